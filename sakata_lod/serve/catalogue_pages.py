"""What the pages about the catalogue and its datasets show."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCAT, DCTERMS, RDFS, SPDX
from sakata_lod.serve.catalogue import CataloguePage, Entry
from sakata_lod.serve.labels import Labels, Text, language_rank
from sakata_lod.serve.schema_org import schema_org
from sakata_lod.serve.tables import BySubject, Row, Table, by_subject


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a dataset. size: bytes."""

    title: Text
    url: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class DatasetLine:
    """A dataset in the list of all."""

    name: str
    title: Text
    description: Text
    modified: str


@dataclass(frozen=True, slots=True)
class DatasetPage:
    """The page about a dataset. structured: the same as schema.org's JSON-LD, safe to stand in a page."""

    name: str
    iri: str
    title: Text
    description: Text
    files: Sequence[FileLine]
    rows: Sequence[Row]
    structured: str


def dataset_lines(shown: CataloguePage, language: str) -> list[DatasetLine]:
    """Arrange the datasets of a page of the catalogue."""
    said = by_subject(shown.triples)
    return [
        DatasetLine(
            each.name,
            _text(said, each.iri, DCTERMS.title, language),
            _text(said, each.iri, DCTERMS.description, language),
            each.modified,
        )
        for each in shown.entries
    ]


def dataset_page(
    entry: Entry, triples: Sequence[ox.Triple], iris: IriSpace, names: Sequence[ox.Triple], language: str
) -> DatasetPage:
    """Arrange what the catalogue says of a dataset. names: what the things and terms are called."""
    said = by_subject(triples)
    table = Table(Labels((*triples, *names), language), iris)
    hidden = {str(each) for each in (DCTERMS.title, DCTERMS.description, DCAT.distribution)}
    about = {entry.iri: [each for each in _of(said, entry.iri) if each.predicate.value not in hidden]}
    it = ox.NamedNode(entry.iri)
    files = [each.object for each in _of(said, entry.iri) if each.predicate.value == str(DCAT.distribution)]
    lines = [_file(said, each.value, language) for each in files if isinstance(each, ox.NamedNode)]
    structured = schema_org(entry, triples, iris, language)
    return DatasetPage(
        name=entry.name,
        iri=entry.iri,
        title=_text(said, entry.iri, DCTERMS.title, language),
        description=_text(said, entry.iri, DCTERMS.description, language),
        files=sorted(lines, key=lambda each: each.url),
        rows=table.outgoing(it, {it: about[entry.iri]}),
        structured=_in_script(structured),
    )


def _in_script(value: object) -> str:
    """Write JSON such that nothing in it can end the script element that it stands in."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _file(said: BySubject, iri: str, language: str) -> FileLine:
    media_type = _iri(said, iri, DCAT.mediaType)
    return FileLine(
        title=_text(said, iri, DCTERMS.title, language),
        url=_iri(said, iri, DCAT.downloadURL),
        media_type=_text(said, media_type, RDFS.label, language).value,
        size=int(_text(said, iri, DCAT.byteSize, language).value),
        sha256=_text(said, _iri(said, iri, SPDX.checksum), SPDX.checksumValue, language).value,
    )


def _of(said: BySubject, iri: str) -> Sequence[ox.Triple]:
    return said.get(ox.NamedNode(iri), ())


def _iri(said: BySubject, subject: str, predicate: str) -> str:
    found = (each.object for each in _of(said, subject) if each.predicate.value == str(predicate))
    return next(each.value for each in found if isinstance(each, ox.NamedNode))


def _text(said: BySubject, subject: str, predicate: str, language: str) -> Text:
    literals = [
        each.object
        for each in _of(said, subject)
        if each.predicate.value == str(predicate) and isinstance(each.object, ox.Literal)
    ]
    best = min(literals, key=lambda each: language_rank(each.language or "", language))
    return Text(best.value, best.language or "")
