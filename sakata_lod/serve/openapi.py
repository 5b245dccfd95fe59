"""The interface as OpenAPI 3.1, for programs that make clients, and for tests that hold the server to it.

Every route is here: a test holds the two together. HEAD and OPTIONS are answered everywhere, and left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sakata_lod.formats import (
    CSV,
    DOCUMENT_FORMATS,
    GRAPH_FORMATS,
    HTML,
    JSON,
    JSON_LD,
    OPENSEARCH,
    PROBLEM_JSON,
    RESULT_FORMATS,
    Format,
)
from sakata_lod.release import Manifest
from sakata_lod.search_index import FACETS
from sakata_lod.serve.limits import size
from sakata_lod.serve.protocol import FORM_TYPE, QUERY_TYPE
from sakata_lod.serve.search.asking import MOST_PER_PAGE, MOST_SIGNS, PER_PAGE, SORTS
from sakata_lod.serve.settings import Settings

_Data = dict[str, Any]

_TEXT: _Data = {"type": "string"}
_PLAIN = "text/plain"
_SUFFIXES = [each.suffix for each in DOCUMENT_FORMATS]


def openapi(settings: Settings, manifest: Manifest, base: str) -> _Data:
    """Describe the interface of a server with these settings, at a base IRI."""
    publisher = manifest.publisher.get("en") or next(iter(manifest.publisher.values()))
    paths = {path: {"get": each} for path, each in _gets().items()}
    paths["/sparql"]["post"] = _asking_by_post()
    return {
        "openapi": "3.1.1",
        "info": {
            "title": f"{publisher}: linked open data",
            "version": manifest.software,
            "description": _about(settings),
            "license": {"name": "Licence of the data", "url": manifest.licence},
        },
        "servers": [{"url": base.rstrip("/")}],
        "paths": paths,
        "components": {"schemas": {"Problem": _PROBLEM}, "responses": _problems()},
    }


def _about(settings: Settings) -> str:
    return (
        f"A query may take {settings.query_timeout_s:g} s and {settings.worker_memory_mib} MiB of memory; "
        f"its result may have {settings.result_rows} rows or {size(settings.result_bytes)}, "
        f"its text {size(settings.query_text_bytes)}, a URL {size(settings.url_bytes)}. "
        "HEAD and OPTIONS are answered everywhere."
    )


def _gets() -> Mapping[str, _Data]:
    """What each path answers to GET."""
    return {
        "/": _get("home", "Each plan: how it stands, and its measures", _ok(HTML), _LANG),
        "/id/{name}": _operation(
            "thing", "A thing, which points to the document about it", _REDIRECTS, (404,), [_NAME, _LANG]
        ),
        "/doc/{name}": _operation(
            "document",
            "The document about a thing, in the format of its suffix, else as Accept asks",
            _ok(*DOCUMENT_FORMATS, CSV) | _UNCHANGED | {"301": _MOVED},
            (400, 404, 406),
            [_NAME, _LANG, _PAGE],
        ),
        "/{vocabulary}": _get(
            "vocabulary",
            "A shared vocabulary",
            _ok(*DOCUMENT_FORMATS) | _UNCHANGED,
            _VOCABULARY,
            _LANG,
            problems=(404, 406),
        ),
        "/{vocabulary}.{suffix}": _get(
            "vocabularyInFormat",
            "A shared vocabulary in one format",
            _ok(*DOCUMENT_FORMATS) | _UNCHANGED,
            _VOCABULARY,
            _SUFFIX,
            _LANG,
            problems=(404,),
        ),
        "/context.jsonld": _get("context", "The JSON-LD context of the data", _ok(JSON_LD) | _UNCHANGED),
        "/sparql": _asking_by_get(),
        "/search": _search("search", HTML, JSON, CSV),
        "/search.{suffix}": _search("searchInFormat", HTML, JSON, CSV, suffix=True),
        "/opensearch.xml": _get(
            "openSearch", "How browsers search here (OpenSearch)", _ok(OPENSEARCH), _LANG
        ),
        "/dump/": _get(
            "dumps", "The release's files, with sizes and SHA-256", _ok(JSON, HTML), _LANG, problems=(406,)
        ),
        "/dump/manifest.json": _get(
            "manifest", "What the release is, and of what it was made", _ok(JSON) | _UNCHANGED
        ),
        "/dump/{name}": _get(
            "dump",
            "A file of the release, whole or in part",
            _bytes("200") | _bytes("206") | _UNCHANGED,
            _NAME,
            problems=(404, 416),
        ),
        "/problems": _get("problems", "What the types of problems mean", _ok(HTML), _LANG),
        "/healthz": _get("alive", "The process lives", _ok(JSON)),
        "/readyz": _get("ready", "The data are loaded, and a worker answers", _ok(JSON), problems=(503,)),
        "/metrics": _get("metrics", "Counts and latencies, for Prometheus", _content("200", [_PLAIN])),
        "/robots.txt": _get("robots", "What crawlers may read", _content("200", [_PLAIN])),
        "/openapi.json": _get("interface", "This description", _ok(JSON)),
        "/static/{filename}": _get(
            "static",
            "Styles and icons of the pages",
            _bytes("200") | _UNCHANGED,
            _parameter("filename", "path", _TEXT, "A file"),
            problems=(404,),
        ),
    }


def _search(name: str, *formats: Format, suffix: bool = False) -> _Data:
    """A search over measures, in the format of its suffix, else as Accept asks."""
    choices = [
        _parameter(
            facet, "query", {"type": "array", "items": _TEXT}, f"Values of {facet}, any of which will do"
        )
        for facet in FACETS
    ]
    most: _Data = {"type": "integer", "minimum": 1}
    asked = [
        _parameter(
            "q", "query", _TEXT | {"maxLength": MOST_SIGNS}, 'Words, "phrases", and -words to leave out'
        ),
        *choices,
        _parameter("sort", "query", {"type": "string", "enum": list(SORTS)}, "The order of the measures"),
        _parameter("page", "query", most, "Which page of them"),
        _parameter(
            "per_page",
            "query",
            most | {"maximum": MOST_PER_PAGE},
            f"How many a page has: {PER_PAGE}, in CSV {MOST_PER_PAGE}, where this is left out",
        ),
        _LANG,
    ]
    suffixes = {"type": "string", "enum": [each.suffix for each in formats]}
    path = [_parameter("suffix", "path", suffixes, "The format")] if suffix else []
    problems = (400, 404) if suffix else (400, 404, 406)
    return _operation(name, "Find measures", _ok(*formats) | _UNCHANGED, problems, [*path, *asked])


def _asking_by_get() -> _Data:
    """A query in the URL; without one, what the endpoint is."""
    return _operation(
        "query",
        "Ask a query (SPARQL 1.1 Protocol); without one, the service description",
        _ok(*RESULT_FORMATS, *GRAPH_FORMATS, HTML),
        _QUERY_PROBLEMS,
        [_parameter("query", "query", _TEXT, "The query, once"), *_GRAPHS, _LANG],
    )


def _asking_by_post() -> _Data:
    graphs = {"type": "array", "items": {"type": "string", "format": "iri"}}
    form = {
        "type": "object",
        "required": ["query"],
        "properties": {"query": _TEXT, "default-graph-uri": graphs, "named-graph-uri": graphs},
    }
    asking = _operation(
        "queryByPost",
        "Ask a query (SPARQL 1.1 Protocol)",
        _ok(*RESULT_FORMATS, *GRAPH_FORMATS, HTML),
        (*_QUERY_PROBLEMS, 415),
        [*_GRAPHS, _LANG],
    )
    body = {"required": True, "content": {FORM_TYPE: {"schema": form}, QUERY_TYPE: {"schema": _TEXT}}}
    return asking | {"requestBody": body}


def _get(name: str, summary: str, answers: _Data, *parameters: _Data, problems: Iterable[int] = ()) -> _Data:
    return _operation(name, summary, answers, problems, parameters)


def _operation(
    name: str, summary: str, answers: _Data, problems: Iterable[int], parameters: Sequence[_Data]
) -> _Data:
    refusals = {str(each): {"$ref": f"#/components/responses/{each}"} for each in (*problems, 414, 500)}
    said = {"operationId": name, "summary": summary, "responses": answers | refusals}
    return said | {"parameters": list(parameters)} if parameters else said


def _parameter(name: str, where: str, schema: _Data, description: str) -> _Data:
    told = {
        "name": name,
        "in": where,
        "required": where == "path",
        "schema": schema,
        "description": description,
    }
    return told | ({"explode": True} if schema.get("type") == "array" else {})


def _ok(*formats: Format) -> _Data:
    return _content("200", [each.media_type for each in formats])


def _content(status: str, media_types: Iterable[str]) -> _Data:
    return {status: {"description": "The answer", "content": {each: {} for each in media_types}}}


def _bytes(status: str) -> _Data:
    what = "The file" if status == "200" else "The part of the file that Range asks for"
    return {status: {"description": what, "content": {"*/*": {}}}}


def _problems() -> _Data:
    content = {
        PROBLEM_JSON.media_type: {"schema": {"$ref": "#/components/schemas/Problem"}},
        HTML.media_type: {},
    }
    return {str(status): {"description": what, "content": content} for status, what in _MEANINGS.items()}


_MEANINGS = {
    400: "The request cannot be understood, or the query is not valid",
    403: "The query asks for what this endpoint never does",
    404: "There is nothing here",
    406: "None of the formats accepted is at hand",
    413: "The request or its result is too large",
    414: "The URL is too long",
    415: "The body is of a type that is not read here",
    416: "The file has no such part",
    500: "Something went wrong on this server",
    502: "The query service cannot be reached",
    503: "The query ran into a limit, or too many are running; Retry-After says when to come back",
}
_QUERY_PROBLEMS = (400, 403, 406, 413, 502, 503)

_PROBLEM: _Data = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "iri"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "variants": {"type": "array", "items": {"type": "object"}},
    },
}

_UNCHANGED: _Data = {"304": {"description": "What the client has is still what it would get"}}
_MOVED: _Data = {"description": "The address is spelt otherwise"}
_REDIRECTS: _Data = {"301": _MOVED, "303": {"description": "The document about it is at Location"}}

# OpenAPI has no word for a parameter of a path that holds slashes.
_NAME = _parameter("name", "path", _TEXT, "What follows, slashes included")
_VOCABULARY = _parameter(
    "vocabulary", "path", {"type": "string", "enum": ["ontology", "codes", "themes", "shapes"]}, "Which"
)
_SUFFIX = _parameter("suffix", "path", {"type": "string", "enum": _SUFFIXES}, "The format")
_LANG = _parameter("lang", "query", {"type": "string", "enum": ["ja", "en"]}, "The language of a page")
_PAGE = _parameter("page", "query", {"type": "integer", "minimum": 1}, "Which page of the links to the thing")
_GRAPHS = [
    _parameter(
        name, "query", {"type": "array", "items": {"type": "string", "format": "iri"}}, f"The {what} graphs"
    )
    for name, what in (("default-graph-uri", "default"), ("named-graph-uri", "named"))
]
