"""What a search found, as CSV and as JSON: the same measures as on the page, a row each."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sakata_lod.search_index import Choice
from sakata_lod.serve.search.finding import Found
from sakata_lod.serve.search.index import Listed
from sakata_lod.serve.search.marking import Snippet, looked_for, snippet
from sakata_lod.serve.search.suggesting import Spelling

COLUMNS = (
    "全国地方公共団体コード", "地方公共団体名", "計画", "施策番号", "個別施策", "個別施策_英語", "章",
    "所管課", "テーマ", "目標達成", "今後の対応", "年度", "該当箇所", "IRI",
)  # fmt: skip
"""Called as in the tables of the release, where those have the same."""

_SEPARATOR = "、"


def found_csv(found: Found) -> bytes:
    """Write the measures found as CSV: UTF-8 with a byte-order mark, as spreadsheets need it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    words = looked_for(found.search.words)
    writer.writerows(_row(each, snippet(each, words)) for each in found.measures)
    return text.getvalue().encode("utf-8-sig")


def found_json(found: Found, spellings: Sequence[Spelling], links: Mapping[str, str]) -> bytes:
    """Write what was found as JSON: how the search was understood, the measures, and the facets."""
    words = looked_for(found.search.words)
    told = {
        "q": found.search.typed,
        "words": [
            {"text": each.word.text, "excluded": each.word.excluded, "measures": each.measures}
            for each in found.words
        ],
        "total": found.total,
        "page": found.search.page,
        "pages": found.pages,
        "perPage": found.search.per_page,
        "sort": found.search.sort,
        **links,
        "unknown": [{"facet": facet, "value": value} for facet, value in found.unknown],
        "unread": list(found.search.unread),
        "spellings": [
            {"word": each.word.text, "offered": each.offered, "measures": each.measures} for each in spellings
        ],
        "measures": [_measure(each, snippet(each, words)) for each in found.measures],
        "facets": {
            facet.name: [
                _named(each.choice) | {"measures": each.measures, "chosen": each.is_chosen}
                for each in facet.values
            ]
            for facet in found.facets
        },
        "furtherValues": {facet.name: facet.further for facet in found.facets if facet.further},
    }
    return (json.dumps(told, ensure_ascii=False) + "\n").encode()


def _row(measure: Listed, where: Snippet | None) -> list[str]:
    def names(facet: str) -> str:
        return _SEPARATOR.join(each.ja for each in measure.of(facet))

    codes = _SEPARATOR.join(each.value.rpartition("/")[2] for each in measure.of("city"))
    english = next((text for tag, text in measure.titles.items() if tag.startswith("en")), "")
    return [
        codes, names("city"), names("plan"), measure.number, measure.titles.get("ja", ""), english,
        names("chapter"), names("department"), names("theme"), names("achievement"), names("response"),
        names("year"), where.text if where else "", measure.iri,
    ]  # fmt: skip


def _measure(measure: Listed, where: Snippet | None) -> dict[str, Any]:
    told: dict[str, Any] = {"iri": measure.iri, "number": measure.number, "title": dict(measure.titles)}
    several = ("department", "theme", "year")
    for facet in ("city", "plan", "chapter", "achievement", "response"):
        told[facet] = next((_named(each) for each in measure.of(facet)), None)
    told |= {f"{facet}s": [_named(each) for each in measure.of(facet)] for facet in several}
    if where is not None:
        parts = [{"text": each.text, "hit": each.is_hit} for each in where.parts]
        told["snippet"] = {"kind": where.kind, "year": where.year, "text": where.text, "parts": parts}
    return told


def _named(choice: Choice) -> dict[str, Any]:
    return {"value": choice.value, "label": {"ja": choice.ja, "en": choice.en}}
