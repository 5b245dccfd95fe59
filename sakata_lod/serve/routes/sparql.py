"""The SPARQL endpoint for people, and its description. Programs' queries are answered by `sparql_door`."""

from typing import Any

import pyoxigraph as ox
from flask import Blueprint, Response, request

from sakata_lod.errors import QueryError
from sakata_lod.formats import GRAPH_FORMATS, HTML, RESULT_FORMATS
from sakata_lod.serialization import serialize
from sakata_lod.serve import limits, problems
from sakata_lod.serve.context import service
from sakata_lod.serve.negotiation import DOCUMENT_OFFERS, LANGUAGES, format_for
from sakata_lod.serve.pages import page_response
from sakata_lod.serve.service_description import service_description
from sakata_lod.serve.sparql_door import Finding, finding
from sakata_lod.serve.sparql_page import shown_answer, starting_query
from sakata_lod.serve.translation import saying_it_in

blueprint = Blueprint("sparql", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Tell what was found out about a query; without one, what the endpoint is."""
    found = finding(request.environ)
    if found.error is not None:
        return _refusal(found, found.error)
    if found.answer is None:
        return _description()
    response = _page(asked=found.asked, answer=shown_answer(found.answer))
    if found.is_volatile:
        response.headers["Cache-Control"] = "no-store"
    return response


def _refusal(found: Finding, error: Exception) -> Response:
    if not isinstance(error, QueryError):
        raise error
    problem = problems.problem_of(error)
    if not found.as_page:
        return problems.respond(problem)
    problems.note(problem)
    response = _page(asked=found.asked, problem=problem)
    response.status_code = problem.kind.status
    response.headers.update(problem.headers)
    return response


def _description() -> Response:
    chosen = format_for(request, DOCUMENT_OFFERS)
    if chosen is HTML:
        return _page()
    endpoint = f"{service().iris.base}sparql"
    response = Response(serialize(_described(endpoint), chosen, endpoint), content_type=chosen.content_type)
    response.vary.add("Accept")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _described(endpoint: str) -> list[ox.Triple]:
    graphs = [each.iri("graph") for each in service().store.select("graphs")]
    told = {}
    for language in LANGUAGES:
        with saying_it_in(language):
            told[language] = limits.sentences(service().settings)
    return service_description(endpoint, graphs, told, service().release.manifest.licence)


def _page(**facts: Any) -> Response:
    formats = (*RESULT_FORMATS, *GRAPH_FORMATS)
    return page_response(
        "sparql.html",
        formats=formats,
        starting_query=starting_query(),
        limits=limits.sentences(service().settings),
        **facts,
    )
