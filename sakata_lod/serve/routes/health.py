"""Whether the server lives, and whether it can answer."""

from flask import Blueprint, Response, jsonify

from sakata_lod.errors import QueryError
from sakata_lod.formats import PROBLEM_JSON, RESULTS_JSON, TURTLE
from sakata_lod.serve import problems
from sakata_lod.serve.context import service
from sakata_lod.serve.translation import gettext
from sakata_lod.serve.wire import Question

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process lives."""
    return _fresh(jsonify(status="ok"))


@blueprint.get("/readyz")
def ready() -> Response:
    """The data are loaded, and a worker answers."""
    question = Question("ASK {}", RESULTS_JSON.media_type, TURTLE.media_type)
    try:
        service().evaluator.evaluate(question)
        triples = len(service().store)
    except QueryError:
        triples = 0
    if not triples:
        detail = gettext("No query can be answered at present.")
        return problems.respond(problems.not_ready(detail), PROBLEM_JSON)
    return _fresh(jsonify(status="ok", release=service().release.id, triples=triples))


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
