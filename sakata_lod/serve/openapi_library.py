"""The operations of the query library, for the interface's description, each question with its parameters."""

from collections.abc import Mapping

from sakata_lod.formats import DOCUMENT_FORMATS, JSON, Format
from sakata_lod.serve.library_answer import OFFERS, SUFFIXES
from sakata_lod.serve.openapi_parts import (
    ALWAYS,
    DOCUMENT,
    LANG,
    TEXT,
    UNCHANGED,
    Data,
    headers,
    ok,
    operation,
    parameter,
)
from sakata_lod.serve.query_library import LibraryQuery, Parameter, library

_PROBLEMS = (400, 403, 406, 412, 413, 502, 503)
_SEE_PAGE: Data = {
    "303": {
        "description": "For browsers: the page is at Location",
        "headers": headers(("Location",), ("Vary",)),
    }
}
_FORMAT = parameter("format", "query", {"type": "string", "enum": list(SUFFIXES)}, "The format", "csv")


def library_operations() -> Mapping[str, Data]:
    """What each path of the library answers to GET."""
    suffixes = {"type": "string", "enum": [each.suffix for each in DOCUMENT_FORMATS]}
    suffix = parameter("suffix", "path", suffixes, "The format", "ttl")
    name = parameter(
        "name", "path", TEXT, "Its name; .csv, .json, .tsv or .xml may follow", *list(library())[:3]
    )
    documents = ok(*DOCUMENT_FORMATS, always=DOCUMENT) | UNCHANGED
    return {
        "/queries": operation("library", "The example queries", documents, (406, 412), [LANG]),
        "/queries.{suffix}": operation(
            "libraryInFormat", "The example queries in one format", documents, (404, 412), [suffix, LANG]
        ),
        "/api/queries": operation(
            "queries", "The example queries, for programs", _answer(JSON), (406, 412), [LANG]
        ),
        "/api/queries/{name}": operation(
            "libraryAnswer",
            "The answer of any example query; each has an entry of its own, with its parameters",
            _answer(*OFFERS),
            (404, *_PROBLEMS),
            [name, _FORMAT, LANG],
        ),
        "/api/terms": operation(
            "terms",
            "The terms of queries, for editors that complete them",
            ok(JSON, always=("ETag", "Cache-Control")) | UNCHANGED,
            (412,),
            [],
        ),
        **{f"/api/queries/{each.name}": _question(each) for each in library().values()},
    }


def _answer(*formats: Format) -> Data:
    return ok(*formats, always=ALWAYS) | UNCHANGED | _SEE_PAGE


def _question(query: LibraryQuery) -> Data:
    told = [_value(each) for each in query.parameters.values()]
    name = "".join(each.capitalize() for each in query.name.split("-"))
    said = operation(f"answer{name}", query.question.en, _answer(*OFFERS), _PROBLEMS, [*told, _FORMAT, LANG])
    return said | {"description": query.question.ja}


def _value(parameter_: Parameter) -> Data:
    default = parameter_.type.written(parameter_.default)
    schema = dict(TEXT) | {"default": default}
    if parameter_.type.choices:
        schema["enum"] = list(parameter_.type.choices)
    elif parameter_.type.pattern:
        schema["pattern"] = f"^(?:{parameter_.type.pattern})$"
    return parameter(parameter_.name, "query", schema, parameter_.words.en, default)
