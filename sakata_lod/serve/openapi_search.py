"""The operations of the search, for the interface's description."""

from collections.abc import Mapping

from sakata_lod.formats import CSV, HTML, JSON, OPENSEARCH
from sakata_lod.search_index import FACETS
from sakata_lod.serve.openapi_parts import (
    DOCUMENT,
    LANG,
    TEXT,
    UNCHANGED,
    Data,
    json_object,
    ok,
    operation,
    parameter,
    text,
)
from sakata_lod.serve.search.asking import MOST_PER_PAGE, MOST_SIGNS, PER_PAGE, SORTS

_FORMATS = (HTML, JSON, CSV)
_NUMBER: Data = {"type": "integer", "minimum": 1}
_COUNT: Data = {"type": "integer", "minimum": 0}
_SUFFIX = parameter(
    "suffix", "path", {"type": "string", "enum": [each.suffix for each in _FORMATS]}, "The format", "json"
)
_EXAMPLES = {"achievement": "achieved", "theme": "wi-fi", "year": "2021"}


def search_operations() -> Mapping[str, Data]:
    """The search: negotiated, and in each format; and how browsers search here."""
    found = ok(*_FORMATS, always=DOCUMENT, schema=_FOUND) | UNCHANGED
    return {
        "/search": operation("search", "Find measures", found, (400, 404, 406, 412), _asked()),
        "/search.{suffix}": operation(
            "searchInFormat", "Find measures, in one format", found, (400, 404, 412), [_SUFFIX, *_asked()]
        ),
        "/opensearch.xml": operation(
            "openSearch",
            "How browsers search here (OpenSearch)",
            text(OPENSEARCH.media_type, ("ETag", "Cache-Control", "Vary")) | UNCHANGED,
            (412,),
            [LANG],
        ),
    }


def _asked() -> list[Data]:
    several: Data = {"type": "array", "items": TEXT}
    return [
        parameter(
            "q",
            "query",
            TEXT | {"maxLength": MOST_SIGNS},
            'Words, "phrases", and -words to leave out',
            "防災",
        ),
        *(
            parameter(
                each,
                "query",
                several,
                f"Values of {each}, any of which will do",
                *([[_EXAMPLES[each]]] if each in _EXAMPLES else []),
            )
            for each in FACETS
        ),
        parameter(
            "sort", "query", {"type": "string", "enum": list(SORTS)}, "The order of the measures", "plan"
        ),
        parameter("page", "query", _NUMBER, "Which page of them", 1),
        parameter(
            "per_page",
            "query",
            _NUMBER | {"maximum": MOST_PER_PAGE},
            f"How many a page has; where it is left out {PER_PAGE}, in CSV {MOST_PER_PAGE}",
            50,
        ),
        LANG,
    ]


_NAMED = json_object({"value": TEXT, "label": json_object({"ja": TEXT, "en": TEXT})})
_NAMED_OR_NONE: Data = {"oneOf": [_NAMED, {"type": "null"}]}
_ALL_NAMED: Data = {"type": "array", "items": _NAMED}
_TEXTS: Data = {"type": "array", "items": TEXT}
_SNIPPET = json_object(
    {
        "kind": {"enum": ["title", "description", "activity", "reason", "name"]},
        "year": {"type": ["string", "null"]},
        "text": TEXT,
        "parts": {"type": "array", "items": json_object({"text": TEXT, "hit": {"type": "boolean"}})},
    }
)
_MEASURE = json_object(
    {
        "iri": TEXT,
        "number": TEXT,
        "title": {"type": "object", "additionalProperties": TEXT},
        **dict.fromkeys(("city", "plan", "chapter", "achievement", "response"), _NAMED_OR_NONE),
        **dict.fromkeys(("departments", "themes", "years"), _ALL_NAMED),
    },
    snippet=_SNIPPET,
)
_VALUE = json_object(_NAMED["properties"] | {"measures": _COUNT, "chosen": {"type": "boolean"}})
_SPELLING = json_object({"word": TEXT, "offered": TEXT, "measures": _COUNT})
_FOUND = json_object(
    {
        "q": TEXT,
        "words": {
            "type": "array",
            "items": json_object({"text": TEXT, "excluded": {"type": "boolean"}, "measures": _COUNT}),
        },
        "total": _COUNT,
        "page": _NUMBER,
        "pages": _NUMBER,
        "perPage": _NUMBER,
        "sort": {"enum": list(SORTS)},
        "unknown": {"type": "array", "items": json_object({"facet": {"enum": list(FACETS)}, "value": TEXT})},
        "unread": _TEXTS,
        "spellings": {
            "type": "array",
            "items": json_object({"word": TEXT, "offered": TEXT, "measures": _COUNT}),
        },
        "measures": {"type": "array", "items": _MEASURE},
        "facets": json_object({each: {"type": "array", "items": _VALUE} for each in FACETS}),
        "furtherValues": {"type": "object", "additionalProperties": _COUNT},
    },
    prev=TEXT,
    next=TEXT,
)
