"""A thing's triples as a page shows them: rows of a property and its values, each linked to its page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, RDF, RDFS, SKOS, XSD
from sakata_lod.serve.labels import Labels, Text, language_rank, shortened
from sakata_lod.serve.translation import gettext
from sakata_lod.vocabulary import CODE_SHAPES, CODES, ONTOLOGY, PLAN_SHAPES, SHAPES, THEMES

_NESTED_AT_MOST = 6
_FIRST = [
    str(each) for each in (SKOS.prefLabel, DCTERMS.title, RDFS.label, DCTERMS.identifier, SKOS.notation)
]
_LOCAL_PAGES = {
    str(shared.iri): name
    for name, shared in (
        *((each.name, each) for each in (ONTOLOGY, CODES, THEMES)),
        *((PLAN_SHAPES.name, each) for each in SHAPES),
    )
}


@dataclass(frozen=True, slots=True)
class Link:
    """Where a term leads. local: a name for `href`; otherwise the address elsewhere, or nothing to follow."""

    local: str = ""
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property: words, where they lead, and for a nameless node its own rows."""

    text: Text
    link: Link
    iri: str = ""
    rows: Sequence["Row"] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A property and its values."""

    name: Value
    values: Sequence[Value]


def link_of(iri: str, iris: IriSpace) -> Link:
    """Tell where an IRI leads: things of the city and shared terms to the pages here, others elsewhere."""
    if iris.has(iri):
        fragment = iri.partition("#")[2]
        return Link(iris.document_name(iri) + (f"#{fragment}" if fragment else ""))
    vocabulary, mark, _ = iri.partition("#")
    if vocabulary in _LOCAL_PAGES:
        return Link(f"{_LOCAL_PAGES[vocabulary]}{mark}{anchor_of(iri)}")
    if iri.startswith(iris.base):
        return Link(iri.removeprefix(iris.base))
    return Link(elsewhere=iri if iri.startswith(("http://", "https://")) else "")


def anchor_of(iri: str) -> str:
    """Where on its vocabulary's page a term is: its fragment; shapes of codes share a page."""
    vocabulary, _, term = iri.partition("#")
    return f"codes-{term}" if vocabulary == str(CODE_SHAPES.iri) and term else term


BySubject = Mapping[object, Sequence[ox.Triple]]
"""Triples by their subject, itself a node."""


class Table:
    """Makes rows of triples, with the labels and links of one page."""

    def __init__(self, labels: Labels, iris: IriSpace) -> None:
        self._labels = labels
        self._iris = iris

    def outgoing(self, subject: ox.NamedNode | ox.BlankNode, said: BySubject) -> list[Row]:
        """What a thing says: names first, then by property; nameless nodes with what they say themselves."""
        return self._rows(subject, said, 0)

    def incoming(self, triples: Iterable[ox.Triple]) -> list[Row]:
        """What is said of a thing: by property, the things that say it."""
        return self._grouped((each.predicate, each.subject) for each in triples)

    def types(self, subject: ox.NamedNode, triples: Iterable[ox.Triple]) -> list[Value]:
        """The classes of a thing."""
        return [
            self.value(each.object)
            for each in triples
            if each.subject == subject and each.predicate.value == str(RDF.type)
        ]

    def value(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Value:
        """A term, as words with a link."""
        if isinstance(term, ox.NamedNode):
            name = self._labels.of(term.value) or Text(self._local(term.value))
            return Value(name, link_of(term.value, self._iris), term.value)
        if isinstance(term, ox.Literal):
            return Value(self._literal(term), Link())
        return Value(Text(str(term)), Link())

    def _rows(
        self,
        subject: ox.NamedNode | ox.BlankNode,
        nested: BySubject,
        depth: int,
    ) -> list[Row]:
        pairs = [
            (each.predicate, each.object)
            for each in nested.get(subject, ())
            if each.predicate.value != str(RDF.type)
        ]
        return self._grouped(pairs, nested, depth)

    def _grouped(
        self,
        pairs: Iterable[tuple[ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]],
        nested: BySubject | None = None,
        depth: int = 0,
    ) -> list[Row]:
        groups: dict[ox.NamedNode, list[Value]] = {}
        named: set[tuple[ox.NamedNode, str]] = set()
        for predicate, term in pairs:
            value = self.value(term)
            if isinstance(term, ox.BlankNode) and nested is not None and depth < _NESTED_AT_MOST:
                value = Value(Text(""), Link(), rows=self._rows(term, nested, depth + 1))
            values = groups.setdefault(predicate, [])
            # A thing may refer to several parts of another: it is named once.
            if not value.iri or (predicate, value.iri) not in named:
                values.append(value)
                named.add((predicate, value.iri))
        ordered = sorted(groups.items(), key=lambda group: _property_order(group[0].value))
        return [Row(self.value(predicate), self._ordered(values)) for predicate, values in ordered]

    def _ordered(self, values: list[Value]) -> list[Value]:
        language = self._labels.language
        return sorted(
            values,
            key=lambda each: (language_rank(each.text.language, language), natural_key(each.text.value)),
        )

    def _literal(self, literal: ox.Literal) -> Text:
        if literal.datatype.value == str(XSD.boolean):
            return Text(
                gettext("Yes") if literal.value in {"true", "1"} else gettext("No"), self._labels.language
            )
        return Text(literal.value, literal.language or "")

    def _local(self, iri: str) -> str:
        prefix = f"{self._iris.space_of(iri).base}id/"
        return iri.removeprefix(prefix) if iri.startswith(prefix) else shortened(iri)


def by_subject(triples: Iterable[ox.Triple]) -> BySubject:
    """Sort triples by what they speak of."""
    grouped: dict[object, list[ox.Triple]] = {}
    for each in triples:
        grouped.setdefault(each.subject, []).append(each)
    return grouped


def _property_order(iri: str) -> tuple[int, str]:
    return (_FIRST.index(iri) if iri in _FIRST else len(_FIRST), shortened(iri))


def natural_key(text: str) -> list[tuple[int, str]]:
    """A key that sorts numbers in a text by their size: 2-1-10 after 2-1-9."""
    key: list[tuple[int, str]] = []
    digits = ""
    for sign in f"{text}\0":
        if sign.isascii() and sign.isdigit():
            digits += sign
            continue
        if digits:
            key.append((int(digits), ""))
            digits = ""
        key.append((-1, sign))
    return key
