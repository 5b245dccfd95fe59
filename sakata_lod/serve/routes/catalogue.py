"""The catalogue, its datasets, and what the whole holds."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import partial

import pyoxigraph as ox
from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, NotFound

from sakata_lod.formats import GRAPH_FORMATS, HTML, RDF_XML, Format
from sakata_lod.iris import IriSpace
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
def catalogue(suffix: str = "", city: str = "") -> Response:
    """A page of the catalogue; of a city's own, in a federation."""
    form = _form(f"catalog.{suffix}") if suffix else None
    since = _since()
    iris = space(city)
    shown = catalogue_page(service().store, iris, page_number(), since)
    if shown.number > shown.pages:
        raise NotFound(gettext("This document has %(pages)s pages.", pages=shown.pages))
    chosen = form or format_for(request, DOCUMENT_OFFERS, _path(iris, "catalog"))
    write = partial(_write_catalogue, (iris, shown), suffix or chosen.suffix, since)
    query = f"?{page_query(shown.number, since)}" if since or shown.number > 1 else ""
    return documents.respond(_document(iris, "catalog", write, query), form)


@blueprint.get("/dataset/<name>")
def dataset(name: str, city: str = "") -> Response:
    """One dataset of the catalogue; of a city's own, in a federation."""
    stem, form = split_suffix(name)
    if form is None and name.endswith(f".{_XML}"):
        stem, form = name.removesuffix(f".{_XML}"), RDF_XML
    iris = space(city)
    entry = dataset_entry(service().store, iris, stem)
    if entry is None:
        raise NotFound
    return documents.respond(_document(iris, f"dataset/{stem}", partial(_write_dataset, iris, entry)), form)


@blueprint.get("/.well-known/void")
@blueprint.get("/.well-known/void.<suffix>")
def whole(suffix: str = "", city: str = "") -> Response:
    """What the dataset holds, counted; or a city's part of it."""
    form = _form(f"void.{suffix}") if suffix else None
    iris = space(city)
    triples = void.void_triples(service().release, city)
    if triples is None:
        raise NotFound
    return documents.respond(_document(iris, void.ADDRESS, partial(_write_void, iris, triples)), form)


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


def space(city: str) -> IriSpace:
    """The IRIs of a city of the federation; of the whole, where none is named. Raises: NotFound."""
    iris = service().iris
    if city and city not in iris.cities:
        raise NotFound
    return iris.city(city) if city else iris


def _path(iris: IriSpace, name: str) -> str:
    return service().path(f"{_below(iris)}{name}")


def _document(iris: IriSpace, name: str, write: documents.Write, query: str = "") -> Document:
    release = service().release
    site = release.manifest.site_of(iris.base)
    version = f"{release.id}-{hashlib.sha256(query.encode()).hexdigest()[:8]}" if query else release.id
    return Document(f"{_below(iris)}{name}", version, site.last_modified, write, (), query, site.licence)


def _write_catalogue(
    told: tuple[IriSpace, CataloguePage], suffix: str, since: str, form: Format, language: str
) -> bytes | str:
    iris, shown = told
    if form is HTML:
        lines = dataset_lines(shown, language)
        return page(
            "catalogue.html",
            datasets=lines,
            shown=shown,
            formats=GRAPH_FORMATS,
            since=since,
            below=_below(iris),
            iri=str(iris.catalogue()),
        )
    return serialize(shown.linked(iris, suffix, since), form, str(iris.catalogue()))


def _write_dataset(iris: IriSpace, entry: Entry, form: Format, language: str) -> bytes | str:
    store = service().store
    triples = dataset_triples(store, iris, entry)
    if form is not HTML:
        return serialize(triples, form, entry.iri)
    names = store.labels({each.value for triple in triples for each in _named(triple)})
    shown = dataset_page(entry, triples, service(), names, language)
    cited = citation(service().release.manifest, language, shown.title.value, shown.iri)
    return page("dataset.html", dataset=shown, formats=GRAPH_FORMATS, below=_below(iris), cited=cited)


def _write_void(iris: IriSpace, triples: Sequence[ox.Triple], form: Format, language: str) -> bytes | str:
    whole = str(iris.description())
    if form is not HTML:
        return serialize(triples, form, f"{whole}#dataset")
    return page(
        "void.html",
        title=void.title(triples, iris, language),
        lines=void.counted(triples, iris, language),
        name=f"{_below(iris)}{void.ADDRESS}",
        iri=f"{whole}#dataset",
        formats=GRAPH_FORMATS,
    )


def _below(iris: IriSpace) -> str:
    """What the path of a city's own pages begins with."""
    return iris.base.removeprefix(service().iris.base)
