"""The operations of the catalogue and of the sitemap, for the interface's description."""

from collections.abc import Mapping, Sequence

from sakata_lod.formats import DOCUMENT_FORMATS, XML
from sakata_lod.serve.openapi_parts import (
    DOCUMENT,
    LANG,
    TEXT,
    UNCHANGED,
    Data,
    ok,
    operation,
    parameter,
    text,
)

_NUMBER: Data = {"type": "integer", "minimum": 1}
_SUFFIXES = [*(each.suffix for each in DOCUMENT_FORMATS), "xml"]

SUFFIX = parameter("suffix", "path", {"type": "string", "enum": _SUFFIXES}, "The format; xml is rdf", "ttl")
_PAGED = (
    parameter("page", "query", _NUMBER, "Which page, of several", 1),
    parameter("modified_since", "query", TEXT, "A day: datasets that changed on it or later", "2023-01-01"),
    LANG,
)


def of_the_catalogue(datasets: Sequence[str]) -> Mapping[str, Data]:
    """The catalogue, its datasets, and what the whole holds: each negotiated, and in each format.

    datasets: names of some, as examples.
    """
    told = ok(*DOCUMENT_FORMATS, always=DOCUMENT) | UNCHANGED
    name = parameter("name", "path", TEXT, "What catalogues know it by", *datasets)
    return {
        "/catalog": operation(
            "catalogue", "The catalogue (DCAT), page by page", told, (400, 404, 406, 412), _PAGED
        ),
        "/catalog.{suffix}": operation(
            "catalogueInFormat",
            "The catalogue in one format",
            told,
            (400, 404, 412),
            [SUFFIX, *_PAGED],
        ),
        "/dataset/{name}": operation(
            "dataset",
            "A dataset of the catalogue, in the format of its suffix, else as Accept asks",
            told,
            (404, 406, 412),
            [name, LANG],
        ),
        "/.well-known/void": operation(
            "void", "What the dataset holds, counted (VoID)", told, (404, 406, 412), [LANG]
        ),
        "/.well-known/void.{suffix}": operation(
            "voidInFormat", "The same in one format", told, (404, 412), [SUFFIX, LANG]
        ),
        **_of_the_sitemap(),
    }


def _of_the_sitemap() -> Mapping[str, Data]:
    told = text(XML, ("ETag", "Cache-Control")) | UNCHANGED
    number = parameter("number", "path", _NUMBER, "Which part, of several")
    return {
        "/sitemap.xml": operation("sitemap", "All pages, or the list of its parts", told, (412,), []),
        "/sitemap-{number}.xml": operation(
            "sitemapPart", "A part of the list of all pages", told, (404, 412), [number]
        ),
    }
