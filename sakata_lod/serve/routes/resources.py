"""Things of the city, and the documents about them."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote, unquote

from flask import Blueprint, Response, request
from rdflib import URIRef
from werkzeug.exceptions import NotFound

from sakata_lod.errors import IriReplaced, IriWithdrawn, UnknownIri, Words
from sakata_lod.formats import CSV, GRAPH_FORMATS, HTML, Format
from sakata_lod.namespaces import CODE, THEME
from sakata_lod.serialization import serialize
from sakata_lod.serve import documents
from sakata_lod.serve.context import service
from sakata_lod.serve.description import Description
from sakata_lod.serve.documents import Document, split_suffix
from sakata_lod.serve.negotiation import DOCUMENT_OFFERS
from sakata_lod.serve.pagemodels.citation import citation
from sakata_lod.serve.pagemodels.kinds import kind_of_page
from sakata_lod.serve.pages import asker, embedded, page
from sakata_lod.serve.paging import page_number
from sakata_lod.serve.resource_page import page_query, resource_page
from sakata_lod.serve.statements import statements_csv
from sakata_lod.serve.translation import gettext

blueprint = Blueprint("resources", __name__)


_SUFFIXED = (*DOCUMENT_OFFERS, CSV)
_SPACES = {"codes": CODE, "themes": THEME}


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
    return _told(service().iris.thing(stem), form)


@blueprint.get("/<any(codes, themes):vocabulary>/<name>")
def concept(vocabulary: str, name: str) -> Response:
    """The document about a shared code or theme: what it means, and which measures here have it."""
    stem, form = split_suffix(name, _SUFFIXED)
    return _told(_SPACES[vocabulary][stem], form)


def _told(iri: URIRef, form: Format | None) -> Response:
    stem = service().iris.document_name(iri)
    description = service().store.describe(iri, page_number())
    if description.page > description.pages:
        raise NotFound(gettext("This document has %(pages)s pages.", pages=description.pages))
    release = service().release
    links = (
        f'<{iri}>; rel="describes"',
        f'<{service().path(stem)}>; rel="describedby"; anchor="{iri}"',
        *_collection(iri),
        *_neighbours(service().path(stem), form, description),
    )
    write = partial(_write, description)
    query = page_query(description.page)
    version = f"{release.id}{query and f'-{description.page}'}"
    told = Document(stem, version, release.manifest.last_modified, write, links, query)
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


def _page_about(description: Description, language: str) -> str:
    """The page of the thing's kind; one that shows its statements alone where it has none."""
    shown = resource_page(description, service().iris, language)
    kind = kind_of_page(description, service().release)
    return page(
        kind.template if kind else "resource.html",
        resource=shown,
        shown=kind.make(description, asker(language)) if kind else None,
        formats=(*GRAPH_FORMATS, CSV),
        cited=citation(service().release.manifest, language, shown.heading.value, shown.iri),
        json_ld=embedded(description.triples, description.thing.value),
    )


def _write(description: Description, form: Format, language: str) -> bytes | str:
    if form is HTML:
        return _page_about(description, language)
    if form is CSV:
        return statements_csv(description)
    return serialize(description.triples, form, description.thing.value)
