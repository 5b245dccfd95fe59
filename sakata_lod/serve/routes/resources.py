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
def thing(name: str, city: str = "") -> Response:
    """A thing is no document: point to the one about it. city: its code, of a federation's."""
    if (canonical := _canonical(name, city)) is not None:
        return _moved(_below(city, "id"), canonical)
    iri = _thing(name, city)
    _refuse_withdrawn(iri)
    if not service().store.knows(iri):
        raise UnknownIri(iri)
    path = service().path(f"{_below(city, 'doc')}{name}")
    query = request.query_string.decode("ascii", "replace")
    response = Response(status=303)
    response.headers.remove("Content-Type")
    # Relative to the host that the client knows: the server may stand behind another name.
    response.headers["Location"] = f"{path}?{query}" if query else path
    response.headers["Link"] = f'<{path}>; rel="describedby"'
    return response


@blueprint.get("/doc/<path:name>")
def document(name: str, city: str = "") -> Response:
    """The document about a thing. city: its code, of a federation's."""
    stem, form = split_suffix(name, _SUFFIXED)
    if (canonical := _canonical(stem, city)) is not None:
        return _moved(_below(city, "doc"), f"{canonical}.{form.suffix}" if form else canonical)
    iri = _thing(stem, city)
    _refuse_withdrawn(iri)
    return _told(iri, form)


@blueprint.get("/<any(codes, themes):vocabulary>/<name>")
def concept(vocabulary: str, name: str) -> Response:
    """The document about a shared code or theme: what it means, and which measures here have it."""
    stem, form = split_suffix(name, _SUFFIXED)
    return _told(_SPACES[vocabulary][stem], form)


def _thing(name: str, city: str) -> URIRef:
    """Raises: UnknownIri: there is no such city."""
    iris = service().iris
    try:
        return iris.thing(name, city)
    except ValueError:
        raise UnknownIri(iris.address(f"{_below(city, 'id')}{name}")) from None


def _below(city: str, kind: str) -> str:
    """The path of all things or documents of a city."""
    return f"{city}/{kind}/" if city else f"{kind}/"


def _told(iri: URIRef, form: Format | None) -> Response:
    stem = service().iris.document_name(iri)
    description = service().store.describe(iri, page_number())
    if description.page > description.pages:
        raise NotFound(gettext("This document has %(pages)s pages.", pages=description.pages))
    release = service().release
    site = release.manifest.site_of(iri)
    links = (
        f'<{iri}>; rel="describes"',
        f'<{service().path(stem)}>; rel="describedby"; anchor="{iri}"',
        *_collection(iri),
        *_neighbours(service().path(stem), form, description),
    )
    write = partial(_write, description)
    query = page_query(description.page)
    version = f"{release.id}{query and f'-{description.page}'}"
    told = Document(stem, version, site.last_modified, write, links, query, site.licence)
    return documents.respond(told, form)


def _refuse_withdrawn(iri: URIRef) -> None:
    """Raises: IriWithdrawn, IriReplaced: the thing is published no more."""
    found = service().release.withdrawn(iri)
    if found is None:
        return
    reason = Words(found.reason["ja"], found.reason.get("en"))
    if found.successor:
        successor = service().iris.space_of(iri).thing(found.successor)
        raise IriReplaced(iri, found.since, reason, successor)
    raise IriWithdrawn(iri, found.since, reason)


def _collection(iri: str) -> Iterator[str]:
    """The document of the plan that a thing belongs to, which leads to all of it; of a plan, the plans."""
    iris = service().iris
    plan = iris.plan_of(iri)
    if plan is None:
        return
    whole = iris.space_of(iri).plan(plan)
    home = iris.space_of(iri).base.removeprefix(iris.base)
    path = service().path(home if str(iri) == str(whole) else iris.document_name(whole))
    yield f'<{path}>; rel="collection"'


def _neighbours(path: str, form: Format | None, description: Description) -> Iterator[str]:
    """The pages before and after, in the format of the address asked for."""
    address = f"{path}.{form.suffix}" if form else path
    if description.page > 1:
        yield f'<{address}{page_query(description.page - 1)}>; rel="prev"'
    if description.page < description.pages:
        yield f'<{address}{page_query(description.page + 1)}>; rel="next"'


def _canonical(name: str, city: str) -> str | None:
    """The canonical spelling of a thing's name, where the request spells it otherwise; else None.

    IRIs of things have no percent sign, and a path has no fragment. Some servers tell the path as it was
    sent; where they do not (granian), what was escaped once has been decoded, and means the same thing.
    """
    sent = request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or ""
    plain = unquote(name)
    if plain == name and "#" not in name and "%" not in sent.partition("?")[0]:
        return None
    return plain if service().store.knows(_thing(plain, city)) else None


def _moved(below: str, name: str) -> Response:
    stem, mark, fragment = name.partition("#")
    query = request.query_string.decode("ascii", "replace")
    address = f"{service().path(below)}{quote(stem)}"
    response = Response(status=301)
    response.headers.remove("Content-Type")
    response.headers["Location"] = f"{address}{'?' if query else ''}{query}{mark}{quote(fragment, safe='=,')}"
    return response


def _page_about(description: Description, language: str) -> str:
    """The page of the thing's kind; one that shows its statements alone where it has none."""
    shown = resource_page(description, service().iris, language)
    site = service().release.manifest.site_of(shown.iri)
    kind = kind_of_page(description, service().release)
    return page(
        kind.template if kind else "resource.html",
        site=site,
        resource=shown,
        shown=kind.make(description, asker(language)) if kind else None,
        formats=(*GRAPH_FORMATS, CSV),
        cited=citation(site, language, shown.heading.value, shown.iri),
        json_ld=embedded(description.triples, description.thing.value),
    )


def _write(description: Description, form: Format, language: str) -> bytes | str:
    if form is HTML:
        return _page_about(description, language)
    if form is CSV:
        return statements_csv(description)
    return serialize(description.triples, form, description.thing.value)
