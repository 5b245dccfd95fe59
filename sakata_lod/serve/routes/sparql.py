"""The SPARQL endpoint: SPARQL 1.1 Protocol, query operation."""

from dataclasses import replace

import pyoxigraph as ox
from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from sakata_lod.errors import QueryError
from sakata_lod.formats import GRAPH_FORMATS, HTML, RESULT_FORMATS, RESULTS_JSON, TURTLE, Format
from sakata_lod.serialization import serialize
from sakata_lod.serve import limits, problems
from sakata_lod.serve.context import service
from sakata_lod.serve.library_answer import ParameterRefused, values
from sakata_lod.serve.negotiation import DOCUMENT_OFFERS, LANGUAGES, format_for, language_for
from sakata_lod.serve.pages import page_response
from sakata_lod.serve.policy import QueryForm, is_volatile
from sakata_lod.serve.protocol import ProtocolRequest, read_request
from sakata_lod.serve.query_library import by_topic, library
from sakata_lod.serve.service_description import service_description
from sakata_lod.serve.sparql_page import (
    EDITOR,
    Workbench,
    example_bench,
    formats,
    shown_answer,
    starting_bench,
)
from sakata_lod.serve.translation import gettext, saying_it_in
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
        return _shown(Workbench(asked.query, answer=shown_answer(answer)))
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
    return _shown(Workbench(asked.query, problem=problem)) if as_page else problems.respond(problem)


def _wants_page() -> bool:
    return format_for(request, (RESULTS_JSON, *DOCUMENT_OFFERS)) is HTML


def _description() -> Response:
    chosen = format_for(request, DOCUMENT_OFFERS)
    if chosen is HTML:
        return _first_page()
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


def _first_page() -> Response:
    """The workbench before anything is asked; or with an example, and its answer."""
    language, name = language_for(request), request.args.get("example", "")
    if not name:
        return _shown(starting_bench(language))
    example = library().get(name)
    if example is None:
        raise NotFound(gettext("No query has this name. /api/queries lists them all."))
    asked = MultiDict([each for each in request.args.items(multi=True) if each[0] != "example"])
    bench = example_bench(example, {}, language)
    try:
        bench = example_bench(example, values(example, asked), language)
        question = Question(bench.query, RESULTS_JSON.media_type, TURTLE.media_type)
        answer = shown_answer(service().evaluator.evaluate(question), example, language)
    except ParameterRefused as error:
        return _shown(replace(bench, problem=problems.problem_of_http(error)))
    except QueryError as error:
        return _shown(replace(bench, problem=problems.problem_of(error)))
    return _shown(replace(bench, answer=answer))


def _shown(bench: Workbench) -> Response:
    response = page_response(
        "sparql.html",
        bench=bench,
        topics=by_topic(),
        formats=(*RESULT_FORMATS, *GRAPH_FORMATS),
        table_formats=formats(),
        has_editor=EDITOR.exists(),
        limits=limits.sentences(service().settings),
    )
    if bench.problem is not None:
        problems.note(bench.problem)
        response.status_code = bench.problem.kind.status
        response.headers.update(bench.problem.headers)
    return response
