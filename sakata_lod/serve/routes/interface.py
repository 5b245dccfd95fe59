"""What programs read about the server itself: robots.txt, the description of its interface, its numbers."""

from collections.abc import Sequence

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from werkzeug.exceptions import NotFound

from sakata_lod.errors import QueryError
from sakata_lod.formats import XML
from sakata_lod.release import VOID_FILE
from sakata_lod.serve import void
from sakata_lod.serve.catalogue import all_entries
from sakata_lod.serve.context import service
from sakata_lod.serve.observation import metrics
from sakata_lod.serve.openapi import openapi
from sakata_lod.serve.pages import listed_pages
from sakata_lod.serve.sitemap import Addresses, Sitemap, addresses
from sakata_lod.serve.vocabularies import shared_concepts

blueprint = Blueprint("interface", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Crawlers are welcome, but to run queries and to read numbers."""
    lines = [
        "User-agent: *",
        f"Disallow: {service().path('sparql')}?",
        f"Disallow: {service().path('search')}?",
        f"Disallow: {service().path('search')}.",
        f"Disallow: {service().path('metrics')}",
        f"Disallow: {service().path('reconcile')}",
        f"Allow: {service().path('reconcile/guide')}",
        f"Sitemap: {service().iris.base}sitemap.xml",
    ]
    return Response("".join(f"{each}\n" for each in lines), content_type="text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The list of all pages, or where one file does not hold it, of its parts."""
    pages = _sitemap()
    return _xml(pages.part(1) if pages.parts == 1 else pages.index(service().iris.base))


@blueprint.get("/sitemap-<int(min=1):number>.xml")
def sitemap_part(number: int) -> Response:
    """A part of the list of all pages."""
    pages = _sitemap()
    if not 1 < pages.parts >= number:
        raise NotFound
    return _xml(pages.part(number))


def _sitemap() -> Sitemap:
    store, iris = service().store, service().iris
    pages = ["", *listed_pages(), *([void.ADDRESS] if service().release.file(VOID_FILE) else [])]
    known = [*shared_concepts()] if store.summary else [*_documents(store.documents), *shared_concepts()]
    listed = list(addresses(iris, pages, all_entries(store, iris), known))
    found = Addresses(listed, store.summary.documents, _read) if store.summary else Addresses(listed)
    return Sitemap(found, service().release.manifest.last_modified)


def _read(first: int, most: int) -> list[str]:
    """The documents of things of all cities: so many, after the first so many."""
    summary, iris = service().store.summary, service().iris
    things = summary.some_documents(first, most) if summary else []
    return [iris.document(each) for each in _documents(things)]


def _documents(things: Sequence[str]) -> list[str]:
    """Of some things those that have a page of their own here."""
    return [each for each in things if service().iris.has(each)]


def _xml(text: str) -> Response:
    response = Response(text, content_type=f"{XML}; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/openapi.json")
def description() -> Response:
    """The interface, as OpenAPI 3.1."""
    served = service()
    response = jsonify(openapi(served.settings, served.release.manifest, served.iris.base, _datasets()))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _datasets() -> list[str]:
    """The names of the catalogue's datasets, as examples; none where the store is down."""
    try:
        return [each.name for each in all_entries(service().store, service().iris)]
    except QueryError:
        return []


@blueprint.get("/metrics")
def numbers() -> Response:
    """Counts and latencies, for Prometheus."""
    response = Response(generate_latest(metrics().registry), content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response
