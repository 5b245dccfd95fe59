"""What programs read about the server itself: robots.txt, the description of its interface, its numbers."""

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from sakata_lod.serve.context import service
from sakata_lod.serve.observation import metrics
from sakata_lod.serve.openapi import openapi

blueprint = Blueprint("interface", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Crawlers are welcome, but to run queries and to read numbers."""
    lines = [
        "User-agent: *",
        f"Disallow: {service().path('sparql')}?",
        f"Disallow: {service().path('metrics')}",
        f"Disallow: {service().path('reconcile')}",
        f"Allow: {service().path('reconcile/guide')}",
    ]
    return Response("".join(f"{each}\n" for each in lines), content_type="text/plain; charset=utf-8")


@blueprint.get("/openapi.json")
def description() -> Response:
    """The interface, as OpenAPI 3.1."""
    response = jsonify(openapi(service().settings, service().release.manifest, service().iris.base))
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/metrics")
def numbers() -> Response:
    """Counts and latencies, for Prometheus."""
    response = Response(generate_latest(metrics().registry), content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response
