"""`package_search`: which packages, in what order, how many of what."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sakata_lod.errors import SearchRefused, Words
from sakata_lod.serve.ckan.conditions import Condition, condition, words
from sakata_lod.serve.ckan.fields import SORTABLE, STRINGS, TEXT, Fields, normalized
from sakata_lod.serve.ckan.index import Package, PackageIndex
from sakata_lod.serve.ckan.package import Data
from sakata_lod.serve.ckan.parameters import Parameters

ROWS = 10
MOST_ROWS = 1000
FACET_VALUES = 50

_SORT = "score desc, metadata_modified desc"
_WEIGHTS = {"name": 4, "title": 4, "tags": 2, "groups": 2, TEXT: 1}
"""What a word is worth by where it stands: CKAN's own."""

_ORDER = re.compile(r"\s*(\w+)(?:\s+(asc|desc))?\s*", re.IGNORECASE)
_EVERYTHING = {"", "*", "*:*"}
_KNOWN = frozenset({
    "q", "fq", "fq_list", "fl", "rows", "start", "sort", "facet", "qf", "bf", "boost", "defType", "tie", "mm",
    "df", "q.op", "wt", "extras", "include_drafts", "include_deleted", "include_private",
    "use_default_schema", "_",
})  # fmt: skip
"""CKAN's parameters; what they say of weights and of what is not public is read, and changes nothing."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A search, read: which packages, how to order them, which to show."""

    met: Sequence[Condition]
    sought: Sequence[str]
    sort: str
    start: int
    rows: int
    fields: Sequence[str]


def package_search(index: PackageIndex, parameters: Parameters) -> Data:
    """Search packages: q, fq, fq_list, sort, rows (10; at most 1000), start, fl, facet.field, facet.limit.

    Raises: SearchRefused; ParameterInvalid.
    """
    asked = _asked(parameters)
    found = [each for each in index.packages.values() if all(met(each.fields) for met in asked.met)]
    found = _sorted(found, asked)
    facets = _facets(found, parameters)
    return {
        "count": len(found),
        "facets": facets,
        "results": [_shown(each, asked.fields) for each in found[asked.start : asked.start + asked.rows]],
        "sort": asked.sort,
        "search_facets": {field: _facet(index, field, counted) for field, counted in facets.items()},
    }


def _asked(parameters: Parameters) -> _Asked:
    unknown = sorted(
        each for each in parameters.given if each not in _KNOWN and not each.startswith(("ext_", "facet."))
    )
    if unknown:
        names = ", ".join(unknown)
        raise _refused(f"パラメータ {names} はありません。", f"there are no parameters {names}.")
    q = parameters.text("q").strip()
    filters = [*parameters.texts("fq"), *parameters.texts("fq_list")]
    return _Asked(
        met=[*([] if q in _EVERYTHING else [_query(q)]), *map(condition, filters)],
        sought=[] if q in _EVERYTHING or ":" in q else normalized(q).split(),
        sort=_sort(parameters),
        start=parameters.whole("start", 0),
        rows=min(parameters.whole("rows", ROWS), MOST_ROWS),
        fields=parameters.texts("fl"),
    )


def _query(q: str) -> Condition:
    """Read what was typed: Lucene's language where it is that, else words to be sought."""
    try:
        return condition(q)
    except SearchRefused:
        if ":" in q:
            raise
        return words(q)


def _sort(parameters: Parameters) -> str:
    asked = parameters.text("sort").strip()
    return _SORT if asked in {"", "rank", "relevance asc"} else asked


def _sorted(found: Sequence[Package], asked: _Asked) -> list[Package]:
    """Order by each field; ties by the name, so that no package is on two pages."""
    ordered = sorted(found, key=lambda each: each.name)
    for each in reversed(asked.sort.split(",")):
        told = _ORDER.fullmatch(each)
        if told is None:
            raise _refused(f"sort「{each}」を読み取れません。", f'invalid "sort" parameter: {each}.')
        ordered.sort(key=_key(told[1], asked.sought), reverse=(told[2] or "asc").lower() == "desc")
    return ordered


def _key(field: str, sought: Sequence[str]) -> Callable[[Package], Any]:
    if field == "score":
        return lambda package: _score(package.fields, sought)
    name = "title_string" if field == "title" else field
    if name not in SORTABLE:
        raise _refused(f"sort に使えない項目です: {field}", f'invalid "sort" parameter: {field}.')
    return lambda package: package.fields.get(name, ("",))[0]


def _score(fields: Fields, sought: Sequence[str]) -> int:
    return sum(
        weight
        for field, weight in _WEIGHTS.items()
        for word in sought
        if any(word in normalized(value) for value in fields.get(field, ()))
    )


def _shown(package: Package, fields: Sequence[str]) -> Data:
    data = package.data()
    return {name: data[name] for name in fields if name in data} if fields else data


def _facets(found: Sequence[Package], parameters: Parameters) -> dict[str, dict[str, int]]:
    """Count the values of fields, the most frequent first."""
    limit = parameters.whole("facet.limit", FACET_VALUES, least=-1)
    least = parameters.whole("facet.mincount", 1)
    fields = parameters.texts("facet.field") if parameters.flag("facet", default=True) else []
    counted: dict[str, dict[str, int]] = {}
    for field in fields:
        if field not in STRINGS and not field.startswith(("extras_", "vocab_")):
            raise _refused(
                f"項目「{field}」では集計できません。", f"there is no field “{field}” to count by."
            )
        values = Counter(value for each in found for value in each.fields.get(field, ()))
        frequent = sorted(values.items(), key=lambda each: (-each[1], each[0]))
        kept = frequent if limit < 0 else frequent[:limit]
        counted[field] = {value: count for value, count in kept if count >= least}
    return counted


def _facet(index: PackageIndex, field: str, counted: Mapping[str, int]) -> Data:
    """The same with the titles that people know the values by."""
    things = {"organization": index.organizations, "groups": index.groups}.get(field, {})
    items = [
        {"name": value, "display_name": things[value]["title"] if value in things else value, "count": count}
        for value, count in counted.items()
    ]
    return {"title": field, "items": sorted(items, key=lambda each: str(each["display_name"]), reverse=True)}


def _refused(ja: str, en: str) -> SearchRefused:
    return SearchRefused(Words(ja, en))
