"""The interface as OpenAPI 3.1, for programs that make clients, and for tests that hold the server to it.

Every route is here: a test holds the two together. HEAD and OPTIONS are answered everywhere, and left out.
"""

from collections.abc import Mapping, Sequence

from sakata_lod.formats import (
    CSV,
    DOCUMENT_FORMATS,
    HTML,
    JSON,
    JSON_LD,
)
from sakata_lod.release import Manifest
from sakata_lod.serve.limits import size
from sakata_lod.serve.openapi_catalogue import of_the_catalogue
from sakata_lod.serve.openapi_check import CHECK_SCHEMAS, checking
from sakata_lod.serve.openapi_cities import below_each_city, comparing, of_the_cities
from sakata_lod.serve.openapi_ckan import of_ckan
from sakata_lod.serve.openapi_library import library_operations
from sakata_lod.serve.openapi_pages import of_the_pages
from sakata_lod.serve.openapi_parts import (
    ALWAYS,
    DATED,
    DOCUMENT,
    HEADERS,
    LANG,
    MOVED,
    SEE_OTHER,
    TEXT,
    UNCHANGED,
    Data,
    file,
    ok,
    operation,
    parameter,
    plain,
    problem_responses,
    schemas,
    style,
)
from sakata_lod.serve.openapi_query import asking_by_get, asking_by_post
from sakata_lod.serve.openapi_reconcile import reconciling
from sakata_lod.serve.openapi_reconcile import schemas as reconciliation_schemas
from sakata_lod.serve.openapi_search import search_operations
from sakata_lod.serve.openapi_words import IN_JAPANESE, INTRODUCTION
from sakata_lod.serve.settings import Settings

_SUFFIXES = [each.suffix for each in DOCUMENT_FORMATS]
_EXAMPLES = 3


def openapi(settings: Settings, manifest: Manifest, base: str, datasets: Sequence[str] = ()) -> Data:
    """Describe the interface of a server with these settings, at a base IRI. datasets: their names."""
    publisher = manifest.publisher.get("en") or next(iter(manifest.publisher.values()))
    paths: Data = {path: {"get": each} for path, each in _gets(manifest, base, datasets).items()}
    paths["/sparql"]["post"] = asking_by_post(base)
    paths["/validate"] = checking()
    paths |= reconciling()
    paths |= below_each_city(reconciling(), manifest)
    paths |= of_ckan()
    for methods in paths.values():
        for each in methods.values():
            if told := IN_JAPANESE.get(each["operationId"]):
                each["description"] = told
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
        "components": {
            "schemas": schemas() | CHECK_SCHEMAS | reconciliation_schemas(),
            "headers": dict(HEADERS),
            "responses": problem_responses(),
        },
    }


def _about(settings: Settings) -> str:
    return INTRODUCTION.format(
        seconds=f"{settings.query_timeout_s:g}",
        mebibytes=settings.worker_memory_mib,
        rows=settings.result_rows,
        result=size(settings.result_bytes),
        text=size(settings.query_text_bytes),
        url=size(settings.url_bytes),
        rate=settings.rate_limit or "—",
    )


def _gets(manifest: Manifest, base: str, datasets: Sequence[str]) -> Mapping[str, Data]:
    """What each path answers to GET."""
    thing = _name(*(f"plan/{each.slug}" for each in manifest.plans))
    return {
        "/id/{name}": _get(
            "thing",
            "A thing, which points to the document about it",
            MOVED | SEE_OTHER,
            thing,
            LANG,
            problems=(404, 410),
        ),
        "/doc/{name}": _get(
            "document",
            "The document about a thing, in the format of its suffix, else as Accept asks",
            ok(*DOCUMENT_FORMATS, CSV, always=DOCUMENT) | UNCHANGED | MOVED,
            thing,
            LANG,
            _PAGE,
            *_CONDITIONS,
            problems=(400, 404, 406, 410, 412),
        ),
        "/{vocabulary}": _get(
            "vocabulary",
            "A shared vocabulary",
            ok(*DOCUMENT_FORMATS, always=DOCUMENT) | UNCHANGED,
            _VOCABULARY,
            LANG,
            *_CONDITIONS,
            problems=(404, 406, 412),
        ),
        "/{vocabulary}.{suffix}": _get(
            "vocabularyInFormat",
            "A shared vocabulary in one format",
            ok(*DOCUMENT_FORMATS, always=DOCUMENT) | UNCHANGED,
            _VOCABULARY,
            _SUFFIX,
            LANG,
            problems=(404, 412),
        ),
        "/{list}/{concept}": _get(
            "concept",
            "The document about a shared code or theme, and which measures here have it",
            ok(*DOCUMENT_FORMATS, CSV, always=DOCUMENT) | UNCHANGED,
            _LIST,
            _CONCEPT,
            LANG,
            _PAGE,
            *_CONDITIONS,
            problems=(400, 404, 406, 412),
        ),
        **of_the_pages(),
        **of_the_catalogue(datasets[:_EXAMPLES]),
        **comparing(),
        **of_the_cities(manifest),
        "/context.jsonld": _get(
            "context",
            "The JSON-LD context of the data",
            ok(JSON_LD, always=DATED) | UNCHANGED,
            problems=(412,),
        ),
        "/sparql": asking_by_get(base),
        **library_operations(),
        **search_operations(),
        **_downloads(manifest),
        "/healthz": _get("alive", "The process lives", ok(JSON, schema=_ref("Alive"))),
        "/readyz": _get(
            "ready",
            "The data are loaded, and a worker answers",
            ok(JSON, schema=_ref("Ready")),
            problems=(503,),
        ),
        "/metrics": _get("metrics", "Counts and latencies, for Prometheus", plain(())),
        "/robots.txt": _get("robots", "What crawlers may read", plain(("ETag",)) | UNCHANGED),
        "/openapi.json": _get("interface", "This description", ok(JSON, always=ALWAYS) | UNCHANGED),
        "/static/{filename}": _get(
            "static",
            "Styles and icons of the pages",
            style(),
            parameter("filename", "path", TEXT, "A file", "base.css"),
            problems=(404, 412),
        ),
    }


def _downloads(manifest: Manifest) -> Mapping[str, Data]:
    """The files of a release."""
    return {
        "/dump/": _get(
            "dumps",
            "The release's files, with sizes and SHA-256",
            ok(JSON, HTML, always=DATED, schema=_ref("Dumps")) | UNCHANGED,
            LANG,
            problems=(406, 412),
        ),
        "/dump/manifest.json": _get(
            "manifest",
            "What the release is, and of what it was made",
            _manifest(),
            problems=(412, 416),
        ),
        "/dump/{name}": _get(
            "dump",
            "A file of the release, whole or in part",
            file(("Link",)),
            _name(*(each.path for each in manifest.files[:_EXAMPLES])),
            parameter("Range", "header", TEXT, "Which part", "bytes=0-99"),
            problems=(404, 412, 416),
        ),
    }


def _manifest() -> Data:
    answers = file(("Link",))
    for status in ("200", "206"):
        answers[status]["content"] = {JSON.media_type: {}}
    answers["200"]["content"] = {JSON.media_type: {"schema": _ref("Manifest")}}
    return answers


def _get(name: str, summary: str, answers: Data, *parameters: Data, problems: tuple[int, ...] = ()) -> Data:
    return operation(name, summary, answers, problems, parameters)


def _ref(schema: str) -> Data:
    return {"$ref": f"#/components/schemas/{schema}"}


def _name(*examples: str) -> Data:
    """OpenAPI has no word for a parameter of a path that holds slashes."""
    return parameter("name", "path", TEXT, "What follows, slashes included", *examples)


_VOCABULARY = parameter(
    "vocabulary",
    "path",
    {"type": "string", "enum": ["ontology", "codes", "themes", "shapes"]},
    "Which",
    "ontology",
)
_LIST = parameter("list", "path", {"type": "string", "enum": ["codes", "themes"]}, "Which list", "codes")
_CONCEPT = parameter("concept", "path", TEXT, "The code or theme, a suffix of a format after it", "achieved")
_SUFFIX = parameter("suffix", "path", {"type": "string", "enum": _SUFFIXES}, "The format", "ttl")
_PAGE = parameter(
    "page", "query", {"type": "integer", "minimum": 1}, "Which page of the links to the thing", 1
)
_CONDITIONS = (
    parameter("If-None-Match", "header", TEXT, "Tags of what the client has", '"0f1e-ttl"'),
    parameter("If-Match", "header", TEXT, "The tag that the client insists on", "*"),
)
