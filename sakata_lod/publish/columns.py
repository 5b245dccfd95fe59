"""The columns of tables, defined once: a file of headings, and the shapes that say what stands under them.

Every description of a table comes from here: CSVW, Data Package, the explanations in workbooks, the template.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field
from rdflib import Graph, URIRef
from rdflib.term import Node

from sakata_lod.namespaces import RDF, SH, SKOS
from sakata_lod.publish.datatypes import ANY_URI, DATATYPES, STRING, Datatype, Value
from sakata_lod.site import Text
from sakata_lod.vocabulary import CODES, PLAN_SHAPES, THEMES, SharedFile, concepts, load


@dataclass(frozen=True, slots=True)
class Code:
    """A concept of a code list. name: its local name; label: what a cell holds is the Japanese one."""

    name: str
    label: Text
    definition: Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    heading: the Japanese one stands in the table. shape: the name of what defines it. predicate: the IRI of
    what a literal in it says of the shape's thing. language: of its texts. pattern: of a whole value.
    separator: between several values in one cell. words: for true and false. codes: to choose values from.
    """

    heading: Text
    description: Text
    datatype: Datatype
    required: bool = False
    shape: str | None = None
    predicate: str | None = None
    language: str = "ja"
    pattern: str | None = None
    minimum: int | None = None
    separator: str | None = None
    words: tuple[str, str] | None = None
    codes: tuple[Code, ...] = ()

    @property
    def name(self) -> str:
        """What stands above it."""
        return self.heading.ja

    def printed(self, value: Value) -> Value:
        """A value as tables for people show it: a boolean by its word."""
        if isinstance(value, bool) and self.words is not None:
            return self.words[0] if value else self.words[1]
        return value


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ColumnEntry(_Record):
    """A column in a file of headings: its English heading, and either a shape or what it is about.

    What else is given, holds instead of what the shape says.
    """

    en: str
    shape: str | None = None
    about: Text | None = None
    datatype: str | None = None
    required: bool | None = None
    separator: str | None = None
    words: tuple[str, str] | None = None


class Reference(_Record):
    """Columns whose values together name a row of another table, in which the columns are called the same."""

    columns: tuple[str, ...]
    table: str


class Headings(_Record):
    """A file of headings. key: the column that names a row."""

    title: Text
    key: str | None = None
    refers: Reference | None = None
    columns: dict[str, ColumnEntry] = Field(min_length=1)


HeadingsT = TypeVar("HeadingsT", bound=Headings)


def read_headings(path: Path, kind: type[HeadingsT]) -> HeadingsT:
    """Read a file of headings, one of the software's own."""
    return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def columns_of(entries: Mapping[str, ColumnEntry]) -> tuple[Column, ...]:
    """Make the columns that a file of headings names, by what the shapes say of them."""
    return tuple(_column(heading, entry) for heading, entry in entries.items())


def _column(heading: str, entry: ColumnEntry) -> Column:
    shapes = load(PLAN_SHAPES)
    shape = PLAN_SHAPES.iri + f"#{entry.shape}" if entry.shape else None
    if shape is not None and (shape, SH.description, None) not in shapes:
        raise ValueError(f"{heading}: there is no shape {entry.shape}")
    datatype = DATATYPES[entry.datatype] if entry.datatype else _datatype(shapes, shape)
    pattern, minimum = str(shapes.value(shape, SH.pattern)), shapes.value(shape, SH.minInclusive)
    return Column(
        heading=Text(ja=heading, en=entry.en),
        description=entry.about or _text(shapes, shape, SH.description),
        datatype=datatype,
        required=_is_required(shapes, shape) if entry.required is None else entry.required,
        shape=entry.shape,
        predicate=_predicate(shapes, shape, is_list=entry.separator is not None),
        language=_language(shapes, shape),
        # In SHACL a pattern is looked for anywhere in a value; in CSVW and Data Packages it is of the whole.
        pattern=pattern if pattern.startswith("^") and pattern.endswith("$") else None,
        minimum=int(str(minimum)) if minimum else None,
        separator=entry.separator,
        words=entry.words,
        codes=_codes(shapes, shape),
    )


def _datatype(shapes: Graph, shape: URIRef | None) -> Datatype:
    """What a shape's values are in a cell: things stand there by name, and the thing of a row by its IRI."""
    if shape is None:
        return STRING
    if (shape, RDF.type, SH.NodeShape) in shapes:
        return ANY_URI
    datatype = shapes.value(shape, SH.datatype)
    if datatype is None or datatype == RDF.langString:
        return STRING
    return DATATYPES[str(datatype).partition("#")[2]]


def _predicate(shapes: Graph, shape: URIRef | None, *, is_list: bool) -> str | None:
    """The property whose literals stand in a cell, one, or a list; none for that of things, told by name."""
    path = shapes.value(shape, SH.path)
    is_literal = (shape, SH.datatype, None) in shapes
    is_one = any((shape, predicate, None) in shapes for predicate in (SH.maxCount, SH.uniqueLang))
    return str(path) if is_literal and (is_one or is_list) and isinstance(path, URIRef) else None


def _language(shapes: Graph, shape: URIRef | None) -> str:
    """The language of a column's texts: the one that its shape's values must be in."""
    asked = shapes.value(shape, SH.qualifiedValueShape)
    tags = shapes.value(asked, SH.languageIn) if asked else None
    return str(shapes.value(tags, RDF.first)) if tags else "ja"


def _is_required(shapes: Graph, shape: URIRef | None) -> bool:
    if shape is None or shapes.value(shape, SH.severity) != SH.Violation:
        return False
    counts = (shapes.value(shape, SH.minCount), shapes.value(shape, SH.qualifiedMinCount))
    return (shape, RDF.type, SH.NodeShape) in shapes or any(each and int(str(each)) for each in counts)


def _codes(shapes: Graph, shape: URIRef | None) -> tuple[Code, ...]:
    """The concepts that a shape's values are held to, in the order of their list."""
    asked = shapes.value(shape, SH.node)
    inner = shapes.value(asked, SH.property) if asked else None
    scheme = shapes.value(inner, SH.hasValue) if inner else None
    if not isinstance(scheme, URIRef):
        return ()
    file = THEMES if scheme == THEMES.iri else CODES
    return tuple(_code(file, name, concept) for name, concept in concepts(file, scheme).items())


def _code(file: SharedFile, name: str, concept: URIRef) -> Code:
    said = load(file)
    return Code(name, _text(said, concept, SKOS.prefLabel), _text(said, concept, SKOS.definition))


def _text(graph: Graph, subject: Node | None, predicate: URIRef) -> Text:
    texts = {getattr(each, "language", None): str(each) for each in graph.objects(subject, predicate)}
    return Text(ja=texts.get("ja", ""), en=texts.get("en"))
