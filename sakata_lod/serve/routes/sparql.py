"""The SPARQL endpoint for people, and its description. Programs' queries are answered by `sparql_door`."""

from dataclasses import replace

import pyoxigraph as ox
from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from sakata_lod.errors import QueryError
from sakata_lod.formats import GRAPH_FORMATS, HTML, RESULT_FORMATS, RESULTS_JSON, TURTLE
from sakata_lod.serialization import serialize
from sakata_lod.serve import limits, problems
from sakata_lod.serve.context import service
from sakata_lod.serve.library_answer import ParameterRefused, values
from sakata_lod.serve.negotiation import DOCUMENT_OFFERS, LANGUAGES, format_for, language_for
from sakata_lod.serve.pages import page_response
from sakata_lod.serve.query_library import by_topic, library
from sakata_lod.serve.service_description import service_description
from sakata_lod.serve.sparql_door import Finding, finding
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


@blueprint.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Tell what was found out about a query; without one, what the endpoint is."""
    found = finding(request.environ)
    if found.error is not None:
        return _refusal(found, found.error)
    if found.asked is None or found.answer is None:
        return _description()
    response = _shown(Workbench(found.asked.query, answer=shown_answer(found.answer)))
    if found.is_volatile:
        response.headers["Cache-Control"] = "no-store"
    return response


def _refusal(found: Finding, error: Exception) -> Response:
    if found.asked is None or not isinstance(error, QueryError):
        raise error
    problem = problems.problem_of(error)
    if not found.as_page:
        return problems.respond(problem)
    return _shown(Workbench(found.asked.query, problem=problem))


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
