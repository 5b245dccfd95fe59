"""The SPARQL endpoint: SPARQL 1.1 Protocol, query operation."""

from typing import Any

import pyoxigraph as ox
from flask import Blueprint, Response, request

from sakata_lod.errors import QueryError
from sakata_lod.formats import GRAPH_FORMATS, HTML, RESULT_FORMATS, RESULTS_JSON, TURTLE, Format
from sakata_lod.serialization import serialize
from sakata_lod.serve import limits, problems
from sakata_lod.serve.context import service
from sakata_lod.serve.negotiation import DOCUMENT_OFFERS, LANGUAGES, format_for
from sakata_lod.serve.pages import page_response
from sakata_lod.serve.policy import QueryForm, is_volatile
from sakata_lod.serve.protocol import ProtocolRequest, read_request
from sakata_lod.serve.service_description import service_description
from sakata_lod.serve.sparql_page import shown_answer, starting_query
from sakata_lod.serve.translation import saying_it_in
from sakata_lod.serve.wire import Question

blueprint = Blueprint("sparql", __name__)

_RESULT_OFFERS = (*RESULT_FORMATS, HTML)


@blueprint.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer a query; without one, tell what the endpoint is."""
    asked = read_request(request)
    if asked is None:
        return _description()
    try:
        form = service().evaluator.form(asked.query)
    except QueryError as error:
        return _refusal(error, asked, _wants_page())
    chosen = _chosen(asked, form)
    try:
        response = _answer(asked, chosen)
    except QueryError as error:
        return _refusal(error, asked, chosen is HTML)
    if is_volatile(asked.query):
        response.headers["Cache-Control"] = "no-store"
    return response


def _answer(asked: ProtocolRequest, chosen: Format) -> Response:
    results = chosen if chosen.results else RESULTS_JSON
    graph = chosen if chosen.rdf else TURTLE
    question = Question(
        asked.query, results.media_type, graph.media_type, asked.default_graphs, asked.named_graphs
    )
    answer = service().evaluator.evaluate(question)
    if chosen is HTML:
        return _page(asked=asked, answer=shown_answer(answer))
    response = Response(answer.content, content_type=answer.form.content_type)
    response.vary.add("Accept")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _chosen(asked: ProtocolRequest, form: QueryForm | None) -> Format:
    """The format of the answer: as the page's form says, else as the client accepts for this form."""
    offers = DOCUMENT_OFFERS if form is QueryForm.GRAPH else _RESULT_OFFERS
    named = next((each for each in offers if each.suffix == asked.suffix), None)
    return named or format_for(request, offers)


def _refusal(error: QueryError, asked: ProtocolRequest, as_page: bool) -> Response:  # noqa: FBT001
    problem = problems.problem_of(error)
    if not as_page:
        return problems.respond(problem)
    problems.note(problem)
    response = _page(asked=asked, problem=problem)
    response.status_code = problem.kind.status
    response.headers.update(problem.headers)
    return response


def _wants_page() -> bool:
    return format_for(request, (RESULTS_JSON, *DOCUMENT_OFFERS)) is HTML


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
