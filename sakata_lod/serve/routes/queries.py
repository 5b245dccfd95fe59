"""The query library: what it holds, and each question's answer at an address of its own."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import NotFound

from sakata_lod.formats import GRAPH_FORMATS, HTML, JSON, Format
from sakata_lod.serialization import serialize
from sakata_lod.serve import documents
from sakata_lod.serve.context import service
from sakata_lod.serve.documents import Document, split_suffix
from sakata_lod.serve.library_answer import OFFERS, SUFFIXES, ParameterRefused, ask, values
from sakata_lod.serve.library_graph import library_graph
from sakata_lod.serve.negotiation import format_for
from sakata_lod.serve.pages import page
from sakata_lod.serve.query_library import LibraryQuery, by_topic, library
from sakata_lod.serve.terms import terms
from sakata_lod.serve.translation import gettext

blueprint = Blueprint("queries", __name__)


@blueprint.get("/queries")
@blueprint.get("/queries.<suffix>")
def queries(suffix: str = "") -> Response:
    """The library, as a page and as RDF."""
    _, form = split_suffix(f"queries.{suffix}")
    if suffix and form is None:
        raise NotFound
    manifest = service().release.manifest
    links = (f'<{service().path("api/queries")}>; rel="alternate"; type="{JSON.media_type}"',)
    return documents.respond(
        Document("queries", service().release.id, manifest.last_modified, _write, links), form
    )


@blueprint.get("/api/queries")
def listed() -> Response:
    """The library, for programs; a browser is sent to the page."""
    if format_for(request, (JSON, HTML)) is HTML:
        return _elsewhere("queries", {})
    response = jsonify({"queries": [_told(each) for each in library().values()]})
    response.vary.add("Accept")
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/api/queries/<name>")
def answer(name: str) -> Response:
    """The answer to a question, asked with the client's values; a browser is sent to the workbench."""
    stem, dot, suffix = name.rpartition(".")
    query = library().get(stem if dot else name)
    if query is None or (dot and suffix not in SUFFIXES):
        raise NotFound(gettext("No query has this name. /api/queries lists them all."))
    given = values(query, request.args)
    form = _form(suffix if dot else "")
    if form is HTML:
        return _elsewhere("sparql", {"example": stem if dot else name})
    answered = ask(query, given, form, service().evaluator)
    response = Response(answered.content, content_type=answered.form.content_type)
    response.headers["Link"] = f'<{service().path("queries")}#{query.name}>; rel="describedby"'
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept")
    return response


@blueprint.get("/api/terms")
def completions() -> Response:
    """The terms that queries are made of, for editors that complete them."""
    response = jsonify(terms())
    response.headers["Cache-Control"] = "no-cache"
    return response


def _form(suffix: str) -> Format:
    """The format of an answer: as the address says, else the parameter, else as the client accepts."""
    asked = suffix or request.args.get("format", "")
    if not asked:
        return format_for(request, (*OFFERS, HTML))
    if asked not in SUFFIXES:
        told = gettext("“format” must be one of: %(known)s.", known=", ".join(SUFFIXES))
        raise ParameterRefused(told, parameter="format", choices=list(SUFFIXES))
    return SUFFIXES[asked]


def _elsewhere(page_name: str, added: dict[str, str]) -> Response:
    """Send a browser to a page, with the parameters that it came with."""
    given = [(name, value) for name, value in request.args.items(multi=True) if name != "format"]
    asked = urlencode([*added.items(), *given])
    response = Response(status=303)
    response.headers.remove("Content-Type")
    response.headers["Location"] = f"{service().path(page_name)}{'?' if asked else ''}{asked}"
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def _write(form: Format, _language: str) -> bytes | str:
    about = f"{service().iris.base}queries"
    if form is not HTML:
        return serialize(library_graph(about, library(), service().release.manifest.licence), form, about)
    return page("queries.html", topics=by_topic(), iri=about, formats=GRAPH_FORMATS)


def _told(query: LibraryQuery) -> dict[str, Any]:
    """A query, as JSON tells it."""
    base = service().iris.base
    return {
        "name": query.name,
        "topic": query.topic,
        "iri": f"{base}queries#{query.name}",
        "url": f"{base}api/queries/{query.name}",
        "question": query.question.said(),
        "about": query.about.said(),
        "columns": [{"name": name, "title": words.said()} for name, words in query.columns.items()],
        "parameters": [
            {
                "name": each.name,
                "title": each.words.said(),
                "default": each.type.written(each.default),
                **({"choices": list(each.type.choices)} if each.type.choices else {}),
                **({"pattern": each.type.pattern} if each.type.pattern else {}),
            }
            for each in query.parameters.values()
        ],
        "query": query.text,
    }
