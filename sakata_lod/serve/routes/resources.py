"""Things of the city, and the documents about them."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote, unquote

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from sakata_lod.errors import IriReplaced, IriWithdrawn, UnknownIri, Words
from sakata_lod.formats import CSV, GRAPH_FORMATS, HTML, Format
from sakata_lod.serialization import serialize
from sakata_lod.serve import documents
from sakata_lod.serve.context import service
from sakata_lod.serve.description import Description
from sakata_lod.serve.documents import Document, split_suffix
from sakata_lod.serve.negotiation import DOCUMENT_OFFERS
from sakata_lod.serve.pages import page
from sakata_lod.serve.paging import page_number
from sakata_lod.serve.resource_page import page_query, resource_page
from sakata_lod.serve.statements import statements_csv
from sakata_lod.serve.translation import gettext

blueprint = Blueprint("resources", __name__)


_SUFFIXED = (*DOCUMENT_OFFERS, CSV)


@blueprint.get("/id/<path:name>")
def thing(name: str) -> Response:
    """A thing is no document: point to the one about it."""
    if (canonical := _canonical(name)) is not None:
        return _moved("id", canonical)
    iri = service().iris.thing(name)
    _refuse_withdrawn(name)
    if not service().store.knows(iri):
        raise UnknownIri(iri)
    path = service().path(f"doc/{name}")
    query = request.query_string.decode("ascii", "replace")
    response = Response(status=303)
    response.headers.remove("Content-Type")
    # Relative to the host that the client knows: the server may stand behind another name.
    response.headers["Location"] = f"{path}?{query}" if query else path
    response.headers["Link"] = f'<{path}>; rel="describedby"'
    return response


@blueprint.get("/doc/<path:name>")
def document(name: str) -> Response:
    """The document about a thing."""
    stem, form = split_suffix(name, _SUFFIXED)
    if (canonical := _canonical(stem)) is not None:
        return _moved("doc", f"{canonical}.{form.suffix}" if form else canonical)
    _refuse_withdrawn(stem)
    iri = service().iris.thing(stem)
    description = service().store.describe(iri, page_number())
    if description.page > description.pages:
        raise NotFound(gettext("This document has %(pages)s pages.", pages=description.pages))
    release = service().release
    links = (
        f'<{iri}>; rel="describes"',
        f'<{service().path(f"doc/{stem}")}>; rel="describedby"; anchor="{iri}"',
        *_collection(iri),
        *_neighbours(service().path(f"doc/{stem}"), form, description),
    )
    write = partial(_write, description)
    query = page_query(description.page)
    version = f"{release.id}{query and f'-{description.page}'}"
    told = Document(f"doc/{stem}", version, release.manifest.last_modified, write, links, query)
    return documents.respond(told, form)


def _refuse_withdrawn(name: str) -> None:
    """Raises: IriWithdrawn, IriReplaced: the site publishes the thing of that name no more."""
    found = service().release.withdrawn(name)
    if found is None:
        return
    iris = service().iris
    reason = Words(found.reason["ja"], found.reason.get("en"))
    if found.successor:
        raise IriReplaced(iris.thing(name), found.since, reason, iris.thing(found.successor))
    raise IriWithdrawn(iris.thing(name), found.since, reason)


def _collection(iri: str) -> Iterator[str]:
    """The document of the plan that a thing belongs to, which leads to all of it; of a plan, the plans."""
    iris = service().iris
    plan = iris.plan_of(iri)
    if plan is None:
        return
    document = iris.document(iris.plan(plan)).removeprefix(iris.base)
    yield f'<{service().path("" if str(iri) == str(iris.plan(plan)) else document)}>; rel="collection"'


def _neighbours(path: str, form: Format | None, description: Description) -> Iterator[str]:
    """The pages before and after, in the format of the address asked for."""
    address = f"{path}.{form.suffix}" if form else path
    if description.page > 1:
        yield f'<{address}{page_query(description.page - 1)}>; rel="prev"'
    if description.page < description.pages:
        yield f'<{address}{page_query(description.page + 1)}>; rel="next"'


def _canonical(name: str) -> str | None:
    """The canonical spelling of a thing's name, where the request spells it otherwise; else None.

    IRIs of things have no percent sign, and a path has no fragment. Some servers tell the path as it was
    sent; where they do not (granian), what was escaped once has been decoded, and means the same thing.
    """
    sent = request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or ""
    plain = unquote(name)
    if plain == name and "#" not in name and "%" not in sent.partition("?")[0]:
        return None
    return plain if service().store.knows(service().iris.thing(plain)) else None


def _moved(kind: str, name: str) -> Response:
    stem, mark, fragment = name.partition("#")
    query = request.query_string.decode("ascii", "replace")
    address = f"{service().path(f'{kind}/')}{quote(stem)}"
    response = Response(status=301)
    response.headers.remove("Content-Type")
    response.headers["Location"] = f"{address}{'?' if query else ''}{query}{mark}{quote(fragment, safe='=,')}"
    return response


def _write(description: Description, form: Format, language: str) -> bytes | str:
    if form is HTML:
        shown = resource_page(description, service().iris, language)
        return page("resource.html", resource=shown, formats=GRAPH_FORMATS)
    if form is CSV:
        return statements_csv(description)
    return serialize(description.triples, form, description.thing.value)
