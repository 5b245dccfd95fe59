"""The operations of the cities of a federation, and of comparing, for the interface's description."""

from collections.abc import Mapping

from sakata_lod.formats import CSV, DOCUMENT_FORMATS, HTML
from sakata_lod.release import Manifest
from sakata_lod.serve.openapi_catalogue import SUFFIX
from sakata_lod.serve.openapi_parts import (
    DATED,
    DOCUMENT,
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
)
from sakata_lod.serve.openapi_words import IN_JAPANESE

Paths = Mapping[str, Mapping[str, Data]]
"""What each path answers, by method."""

_LIST: Data = {"type": "array", "items": TEXT}
_CHOICE = (
    parameter("plan", "query", _LIST, "Plans to compare: the city's code in a federation, a slash, the slug"),
    parameter("city", "query", _LIST, "Cities whose plans to compare, by their codes"),
    parameter("theme", "query", _LIST, "Shared themes to compare by, by their names"),
    parameter("by", "query", {"type": "string", "enum": ["achievement", "response"]}, "By which status"),
)
_PAGED = parameter("page", "query", {"type": "integer", "minimum": 1}, "Which page, of several", 1)


def comparing() -> Mapping[str, Data]:
    """The page that compares plans."""
    return {
        "/compare": operation(
            "compare",
            "Plans side by side, by shared themes and codes",
            ok(HTML, always=DATED) | UNCHANGED,
            (400, 412),
            [*_CHOICE, LANG],
        )
    }


def of_the_cities(manifest: Manifest) -> Mapping[str, Data]:
    """What is answered below the code of each city, where the release is a federation's; else nothing."""
    if not manifest.members:
        return {}
    city, plans = _city(manifest), [f"plan/{each.slug}" for each in manifest.members[0].plans]
    name = parameter("name", "path", TEXT, "What follows, slashes included", *plans)
    told = ok(*DOCUMENT_FORMATS, always=DOCUMENT) | UNCHANGED
    found = {
        "/": _of(
            "City", "A city's plans", "市の計画。", ok(HTML, always=DATED) | UNCHANGED, (404, 412), LANG
        ),
        "/id/{name}": _of(
            "Thing", "A thing of a city", "市のもの。", MOVED | SEE_OTHER, (404, 410), name, LANG
        ),
        "/doc/{name}": _of(
            "Document",
            "The document about a thing of a city",
            "市のものについての文書。",
            ok(*DOCUMENT_FORMATS, CSV, always=DOCUMENT) | UNCHANGED | MOVED,
            (400, 404, 406, 410, 412),
            name,
            LANG,
            _PAGED,
        ),
        "/quality": _of(
            "Quality",
            "What is questionable in a city's tables, and what validation found",
            "市の公表された表の疑問点と、検証の結果。",
            ok(HTML, always=DATED) | UNCHANGED,
            (400, 404, 412),
            LANG,
            _PAGED,
        ),
        "/dump/{name}": _of(
            "Dump", "A file of a city", "市のファイル。", file(("Link",)), (404, 412, 416), name
        ),
        "/catalog": _of(
            "Catalogue", "A city's catalogue", "市のカタログ。", told, (400, 404, 406, 412), LANG, _PAGED
        ),
        "/catalog.{suffix}": _of(
            "CatalogueInFormat",
            "The same in one format",
            "同じものを、拡張子の形式で。",
            told,
            (400, 404, 412),
            SUFFIX,
            LANG,
            _PAGED,
        ),
        "/dataset/{name}": _of(
            "Dataset", "A dataset of a city", "市のデータセット。", told, (404, 406, 412), name, LANG
        ),
        "/.well-known/void": _of(
            "Void", "What a city's data hold (VoID)", "市のデータの内容と件数。", told, (404, 406, 412), LANG
        ),
        "/.well-known/void.{suffix}": _of(
            "VoidInFormat",
            "The same in one format",
            "同じものを、拡張子の形式で。",
            told,
            (404, 412),
            SUFFIX,
            LANG,
        ),
    }
    return {
        f"/{{city}}{path}": each | {"parameters": [city, *each["parameters"]]} for path, each in found.items()
    }


def below_each_city(paths: Paths, manifest: Manifest) -> Paths:
    """The same paths below each city's code, telling of its things; none where there are no cities."""
    if not manifest.members:
        return {}
    return {
        f"/{{city}}{path}": {method: _below(_city(manifest), each) for method, each in methods.items()}
        for path, methods in paths.items()
    }


def _below(city: Data, whole: Data) -> Data:
    name = whole["operationId"]
    own = {
        "operationId": f"city{name[0].upper()}{name[1:]}",
        "summary": f"{whole['summary']}; of a city and what all share",
        "responses": whole["responses"] | {"404": {"$ref": "#/components/responses/404"}},
        "parameters": [city, *whole["parameters"]],
    }
    return whole | own | {"description": f"市のものと共通のもの: {IN_JAPANESE[name]}"}


def _city(manifest: Manifest) -> Data:
    return parameter("city", "path", TEXT, "The city's code", manifest.members[0].code)


def _of(name: str, en: str, ja: str, answers: Data, problems: tuple[int, ...], *parameters: Data) -> Data:
    return operation(f"city{name}", en, answers, problems, parameters) | {"description": ja}
