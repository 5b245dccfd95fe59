"""What programs read about the server itself: robots.txt, the description of its interface, its numbers."""

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
from sakata_lod.serve.sitemap import Sitemap, addresses
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
    things = [each for each in store.documents if iris.has(each)]
    pages = ["", *listed_pages(), *([void.ADDRESS] if service().release.file(VOID_FILE) else [])]
    listed = list(addresses(iris, pages, all_entries(store, iris), [*things, *shared_concepts()]))
    return Sitemap(listed, service().release.manifest.last_modified)


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
