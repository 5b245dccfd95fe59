"""The pages of a server, one for each template and state: what the tests of this folder look at."""

import urllib.error
import urllib.request
from collections.abc import Mapping

PAGES: Mapping[str, str] = {
    "home": "",
    "plan": "doc/plan/joho-keikaku",
    "measure": "doc/measure/joho-keikaku/4-1-9",
    "department": "doc/department/nozei",
    "theme": "themes/disaster-prevention",
    "fiscal-year": "doc/fiscal-year/2021",
    "division": "doc/division/joho-keikaku/3",
    "achievement": "codes/partlyAchieved",
    "response": "codes/continue",
    "edition": "doc/edition/joho-keikaku/2023-03-31",
    "source-table": "doc/source/joho-keikaku/2023-03-31",
    "note": "doc/anomaly/joho-keikaku/2023-03-31/4-1-9-six-year-cells",
    "workbench": "sparql",
    "workbench-with-a-table": "sparql?example=with-theme",
    "workbench-with-a-chart": "sparql?example=achievements",
    "workbench-with-a-mistake": "sparql?query=SELECT+%7B",
    "queries": "queries",
    "downloads": "dump/",
    "catalogue": "catalog",
    "tables": "dataset/062049_tables",
    "dataset": "dataset/062049_joho-keikaku-2023-03-31",
    "contents": ".well-known/void",
    "ontology": "ontology",
    "codes": "codes",
    "themes": "themes",
    "shapes": "shapes",
    "quality": "quality",
    "about": "about",
    "licence": "licence",
    "accessibility": "accessibility",
    "api": "api",
    "problems": "problems",
    "components": "components",
    "not-found": "nowhere",
    "bad-request": "quality?page=x",
}
"""The name of each, and where it is. Those of rooms that a server may lack are in ELSEWHERE."""

ELSEWHERE: Mapping[str, str] = {
    "search": "search?q=%E9%98%B2%E7%81%BD",
    "search-without-result": "search?q=zzzz",
    "validate": "validate",
    "compare": "compare",
    "harvest": "harvest",
    "reconcile": "reconcile/guide",
}


def there(base: str) -> dict[str, str]:
    """The pages that a server has."""
    return {**PAGES, **{name: path for name, path in ELSEWHERE.items() if answers(base, path)}}


def answers(base: str, path: str) -> bool:
    """Whether there is anything at a path."""
    asked = urllib.request.Request(f"{base}{path}", headers={"Accept": "text/html"})  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(asked, timeout=30):  # noqa: S310
            return True
    except urllib.error.HTTPError:
        return False
