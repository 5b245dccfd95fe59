"""What the page about a thing shows, made of its description."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import PLAN
from sakata_lod.serve.description import LABEL_PROPERTIES, RECORD_PROPERTY, Description
from sakata_lod.serve.labels import Labels, Text
from sakata_lod.serve.tables import BySubject, Link, Row, Table, Value, by_subject, link_of, natural_key

SOURCE_LANGUAGE = "ja"
"""The language that the published tables are written in."""

_RECORD_KINDS = [
    str(each)
    for each in (PLAN.Progress, PLAN.Activity, PLAN.SourceAnomaly, PLAN.ThemeAssignment, PLAN.MeasureRelation)
]


@dataclass(frozen=True, slots=True)
class Part:
    """A thing whose IRI is another's and a fragment, its anchor on the page. cells: its values, by column."""

    anchor: str
    cells: Sequence[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class PartTable:
    """The parts of one kind. columns: the properties that any of them has."""

    types: Sequence[Value]
    columns: Sequence[Value]
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Record:
    """A thing that is about this one. name: its class, leading to its own page."""

    name: Value
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class ResourcePage:
    """The page about a thing.

    originals: its name in Japanese, where the heading is not. name: the path of its document below the base
    IRI, for links to its formats. incoming_first, incoming_last: the numbers, from 1, of the links to it that
    this page shows.
    """

    heading: Text
    originals: Sequence[Text]
    iri: str
    name: str
    query: str
    types: Sequence[Value]
    rows: Sequence[Row]
    parts: Sequence[PartTable]
    records: Sequence[Record]
    incoming: Sequence[Row]
    incoming_first: int
    incoming_last: int
    incoming_total: int
    page: int
    pages: int


def resource_page(description: Description, iris: IriSpace, language: str) -> ResourcePage:
    """Arrange a description for a page in a language."""
    labels = Labels((*description.outgoing, *description.recorded, *description.labels), language)
    table = Table(labels, iris)
    thing, said = description.thing, by_subject(description.outgoing)
    return ResourcePage(
        heading=_heading(description, labels, iris),
        originals=_originals(description, labels),
        iri=thing.value,
        name=iris.document_name(thing.value),
        query=page_query(description.page),
        types=table.types(thing, description.outgoing),
        rows=table.outgoing(thing, said),
        parts=_part_tables(description.parts, said, table),
        records=_records(description, table, iris),
        incoming=table.incoming(each for each in description.incoming if each.predicate != RECORD_PROPERTY),
        incoming_first=description.incoming_first + 1,
        incoming_last=description.incoming_first + len(description.incoming),
        incoming_total=description.incoming_total,
        page=description.page,
        pages=description.pages,
    )


def page_query(number: int) -> str:
    """What a URL says of the page of the links to a thing; nothing for the first."""
    return f"?page={number}" if number > 1 else ""


def _part_tables(parts: Iterable[ox.NamedNode], said: BySubject, table: Table) -> list[PartTable]:
    kinds: dict[tuple[str, ...], list[ox.NamedNode]] = {}
    for each in sorted(parts, key=lambda each: natural_key(each.value)):
        kind = tuple(type_.iri for type_ in table.types(each, said.get(each, ())))
        kinds.setdefault(kind, []).append(each)
    return [_part_table(alike, said, table) for alike in kinds.values()]


def _part_table(parts: Sequence[ox.NamedNode], said: BySubject, table: Table) -> PartTable:
    told = {each: {row.name.iri: row for row in table.outgoing(each, said)} for each in parts}
    columns = {iri: row.name for rows in told.values() for iri, row in rows.items()}
    return PartTable(
        types=table.types(parts[0], said.get(parts[0], ())),
        columns=list(columns.values()),
        parts=[
            Part(each.value.partition("#")[2], [rows[iri].values if iri in rows else () for iri in columns])
            for each, rows in told.items()
        ],
    )


def _records(description: Description, table: Table, iris: IriSpace) -> list[Record]:
    """The things about a measure, how it stands first, then what was done year by year."""
    said = by_subject(each for each in description.recorded if each.predicate != RECORD_PROPERTY)
    found = [(_kind(table.types(each, said.get(each, ()))), each) for each in description.records]
    found.sort(key=lambda pair: (_record_order(pair[0].iri), natural_key(pair[1].value)))
    return [
        Record(Value(kind.text, link_of(each.value, iris), each.value), table.outgoing(each, said))
        for kind, each in found
    ]


def _kind(types: Sequence[Value]) -> Value:
    return min(types, key=lambda each: _record_order(each.iri), default=Value(Text(""), Link()))


def _record_order(iri: str) -> int:
    return _RECORD_KINDS.index(iri) if iri in _RECORD_KINDS else len(_RECORD_KINDS)


def _originals(description: Description, labels: Labels) -> list[Text]:
    """The name that the city gave, where a page in another language shows a translation."""
    thing, shown = description.thing, labels.of(description.thing.value)
    if shown is None or shown.language == SOURCE_LANGUAGE or not shown.language:
        return []
    return [
        Text(each.object.value, SOURCE_LANGUAGE)
        for each in description.outgoing
        if each.subject == thing
        and each.predicate in LABEL_PROPERTIES[:2]
        and isinstance(each.object, ox.Literal)
        and each.object.language == SOURCE_LANGUAGE
    ]


def _heading(description: Description, labels: Labels, iris: IriSpace) -> Text:
    """The thing's own name; for a note about a measure, the measure's; else the end of its IRI."""
    thing = description.thing
    if own := labels.of(thing.value):
        return own
    measures = [
        each.object.value
        for each in description.outgoing
        if each.subject == thing
        and each.predicate.value == str(PLAN.measure)
        and isinstance(each.object, ox.NamedNode)
    ]
    of_measure = labels.of(measures[0]) if len(measures) == 1 else None
    return of_measure or Text(iris.document_name(thing.value).partition("doc/")[2])
