"""The catalogue, its datasets, and what the whole holds."""

import hashlib
from datetime import datetime
from functools import partial

import pyoxigraph as ox
from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, NotFound

from sakata_lod.formats import GRAPH_FORMATS, HTML, RDF_XML, Format
from sakata_lod.serialization import serialize
from sakata_lod.serve import documents, void
from sakata_lod.serve.catalogue import (
    CataloguePage,
    Entry,
    catalogue_page,
    dataset_entry,
    dataset_triples,
    page_query,
)
from sakata_lod.serve.catalogue_pages import dataset_lines, dataset_page
from sakata_lod.serve.context import service
from sakata_lod.serve.documents import Document, split_suffix
from sakata_lod.serve.negotiation import DOCUMENT_OFFERS, format_for
from sakata_lod.serve.pagemodels.citation import citation
from sakata_lod.serve.pages import page
from sakata_lod.serve.paging import page_number
from sakata_lod.serve.translation import gettext

blueprint = Blueprint("catalogue", __name__)

_XML = "xml"
"""Older harvesters ask for RDF/XML so."""


@blueprint.get("/catalog")
@blueprint.get("/catalog.<suffix>")
def catalogue(suffix: str = "") -> Response:
    """A page of the catalogue."""
    form = _form(f"catalog.{suffix}") if suffix else None
    since = _since()
    shown = catalogue_page(service().store, service().iris, page_number(), since)
    if shown.number > shown.pages:
        raise NotFound(gettext("This document has %(pages)s pages.", pages=shown.pages))
    chosen = form or format_for(request, DOCUMENT_OFFERS, service().path("catalog"))
    write = partial(_write_catalogue, shown, suffix or chosen.suffix, since)
    query = f"?{page_query(shown.number, since)}" if since or shown.number > 1 else ""
    return documents.respond(_document("catalog", write, query), form)


@blueprint.get("/dataset/<name>")
def dataset(name: str) -> Response:
    """One dataset of the catalogue."""
    stem, form = split_suffix(name)
    if form is None and name.endswith(f".{_XML}"):
        stem, form = name.removesuffix(f".{_XML}"), RDF_XML
    entry = dataset_entry(service().store, stem)
    if entry is None:
        raise NotFound
    return documents.respond(_document(f"dataset/{stem}", partial(_write_dataset, entry)), form)


@blueprint.get("/.well-known/void")
@blueprint.get("/.well-known/void.<suffix>")
def whole(suffix: str = "") -> Response:
    """What the dataset holds, counted."""
    form = _form(f"void.{suffix}") if suffix else None
    if void.void_triples(service().release) is None:
        raise NotFound
    return documents.respond(_document(void.ADDRESS, _write_void), form)


def _form(name: str) -> Format:
    if name.endswith(f".{_XML}"):
        return RDF_XML
    form = split_suffix(name)[1]
    if form is None:
        raise NotFound
    return form


def _since() -> str:
    """The day from which on changes are wanted, of a day or of a time as harvesters write it."""
    asked = request.args.get("modified_since", "")
    try:
        return datetime.fromisoformat(asked).date().isoformat() if asked else ""
    except ValueError:
        detail = gettext("“modified_since” must be a date or a time in ISO 8601, like 2026-01-31.")
        raise BadRequest(detail) from None


def _named(triple: ox.Triple) -> list[ox.NamedNode]:
    return [each for each in (triple.predicate, triple.object) if isinstance(each, ox.NamedNode)]


def _document(name: str, write: documents.Write, query: str = "") -> Document:
    release = service().release
    version = f"{release.id}-{hashlib.sha256(query.encode()).hexdigest()[:8]}" if query else release.id
    return Document(name, version, release.manifest.last_modified, write, (), query)


def _write_catalogue(
    shown: CataloguePage, suffix: str, since: str, form: Format, language: str
) -> bytes | str:
    if form is HTML:
        lines = dataset_lines(shown, language)
        return page("catalogue.html", datasets=lines, shown=shown, formats=GRAPH_FORMATS, since=since)
    iris = service().iris
    return serialize(shown.linked(iris, suffix, since), form, str(iris.catalogue()))


def _write_dataset(entry: Entry, form: Format, language: str) -> bytes | str:
    store = service().store
    triples = dataset_triples(store, service().iris, entry)
    if form is not HTML:
        return serialize(triples, form, entry.iri)
    names = store.labels({each.value for triple in triples for each in _named(triple)})
    shown = dataset_page(entry, triples, service(), names, language)
    cited = citation(service().release.manifest, language, shown.title.value, shown.iri)
    return page("dataset.html", dataset=shown, formats=GRAPH_FORMATS, cited=cited)


def _write_void(form: Format, language: str) -> bytes | str:
    triples = void.void_triples(service().release) or []
    iris = service().iris
    if form is not HTML:
        return serialize(triples, form, f"{iris.address(void.ADDRESS)}#dataset")
    return page(
        "void.html",
        title=void.title(triples, iris, language),
        lines=void.counted(triples, iris, language),
        name=void.ADDRESS,
        iri=f"{iris.address(void.ADDRESS)}#dataset",
        formats=GRAPH_FORMATS,
    )
