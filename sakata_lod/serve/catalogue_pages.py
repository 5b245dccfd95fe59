"""What the pages about the catalogue and its datasets show."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import pyoxigraph as ox

from sakata_lod.formats import GRAPH_FORMATS
from sakata_lod.namespaces import DCAT, DCTERMS, RDFS, SPDX
from sakata_lod.serve.catalogue import CataloguePage, Entry
from sakata_lod.serve.context import Service
from sakata_lod.serve.labels import Labels, Text, language_rank
from sakata_lod.serve.preview import Preview, preview
from sakata_lod.serve.schema_org import schema_org
from sakata_lod.serve.tables import BySubject, Link, Row, Table, Value, by_subject
from sakata_lod.serve.translation import gettext

_ROWS_SHOWN = 5
_MEDIA_TYPES = "/media-types/"
_TOLD_OTHERWISE = {
    str(each) for each in (DCTERMS.title, DCTERMS.description, DCTERMS.modified, DCAT.distribution)
}


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a dataset. path: in the release; format: its name; size: bytes; rows: where it is a table."""

    title: Text
    path: str
    media_type: str
    format: str
    size: int
    rows: int | None
    modified: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DatasetLine:
    """A dataset in the list of all. formats: the names of its files' formats."""

    name: str
    title: Text
    description: Text
    modified: str
    formats: Sequence[str]


@dataclass(frozen=True, slots=True)
class DatasetPage:
    """The page about a dataset. modified: the day of its last change.

    structured: the same as schema.org's JSON-LD, safe to stand in a page.
    """

    name: str
    iri: str
    title: Text
    description: Text
    modified: str
    files: Sequence[FileLine]
    above: Sequence[Value]
    preview: Preview | None
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
            sorted({_format(said, file) for file in _files(said, each.iri)}),
        )
        for each in shown.entries
    ]


def dataset_page(
    entry: Entry, triples: Sequence[ox.Triple], served: Service, names: Sequence[ox.Triple], language: str
) -> DatasetPage:
    """Arrange what the catalogue says of a dataset. names: what the things and terms are called."""
    said, iris = by_subject(triples), served.iris
    table = Table(Labels((*triples, *names), language), iris)
    about = [each for each in _of(said, entry.iri) if each.predicate.value not in _TOLD_OTHERWISE]
    it = ox.NamedNode(entry.iri)
    lines = [_file(said, each, served, language) for each in _files(said, entry.iri)]
    files = sorted(lines, key=lambda each: (each.rows is None, each.path))
    return DatasetPage(
        name=entry.name,
        iri=entry.iri,
        title=_text(said, entry.iri, DCTERMS.title, language),
        description=_text(said, entry.iri, DCTERMS.description, language),
        modified=entry.modified,
        files=files,
        above=[Value(Text(gettext("Data catalogue"), language), Link("catalog"))],
        preview=preview(served.release, [each.path for each in files], _ROWS_SHOWN),
        rows=table.outgoing(it, {it: about}),
        structured=_in_script(schema_org(entry, triples, iris, language)),
    )


def _in_script(value: object) -> str:
    """Write JSON such that nothing in it can end the script element that it stands in."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _files(said: BySubject, dataset: str) -> list[str]:
    files = (each.object for each in _of(said, dataset) if each.predicate.value == str(DCAT.distribution))
    return [each.value for each in files if isinstance(each, ox.NamedNode)]


def _file(said: BySubject, iri: str, served: Service, language: str) -> FileLine:
    path = unquote(_iri(said, iri, DCAT.downloadURL).removeprefix(str(served.iris.dump(""))))
    listed = served.release.file(path)
    return FileLine(
        title=_text(said, iri, DCTERMS.title, language),
        path=path,
        media_type=_text(said, _iri(said, iri, DCAT.mediaType), RDFS.label, language).value,
        format=_format(said, iri),
        size=int(_text(said, iri, DCAT.byteSize, language).value),
        rows=listed.rows if listed else None,
        modified=_text(said, iri, DCTERMS.modified, language).value,
        sha256=_text(said, _iri(said, iri, SPDX.checksum), SPDX.checksumValue, language).value,
    )


def _format(said: BySubject, file: str) -> str:
    """The name of a file's format: its own, else as the EU's list of file types spells it."""
    media_type = _iri(said, file, DCAT.mediaType).partition(_MEDIA_TYPES)[2]
    known = {each.media_type: each.name for each in GRAPH_FORMATS}
    return known.get(media_type) or _iri(said, file, DCTERMS.format).rpartition("/")[2].replace("_", "-")


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
