"""The page of a shared vocabulary: each term, where it stands, how often it is used here, what binds it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sakata_lod.namespaces import DCTERMS, OWL, RDF, RDFS, SKOS, VANN
from sakata_lod.serve import void
from sakata_lod.serve.labels import Labels, Text, language_rank
from sakata_lod.serve.pagemodels.naming import Names, concept_link
from sakata_lod.serve.pagemodels.questions import Asker, Question
from sakata_lod.serve.pagemodels.shape_rules import Binding, binding
from sakata_lod.serve.store import Solution
from sakata_lod.serve.tables import BySubject, Link, Row, Table, Value, anchor_of, by_subject, natural_key
from sakata_lod.serve.translation import LazyText, lazy_gettext
from sakata_lod.serve.vocabularies import Vocabulary

_GROUPS: Sequence[tuple[str, LazyText]] = (
    (str(OWL.Class), lazy_gettext("Classes")),
    (str(OWL.ObjectProperty), lazy_gettext("Properties that link things")),
    (str(OWL.DatatypeProperty), lazy_gettext("Properties with a text, number or date")),
    (str(SKOS.ConceptScheme), lazy_gettext("Lists")),
    (str(SKOS.Concept), lazy_gettext("Concepts")),
)
_OTHERS = lazy_gettext("Other terms")
_CONCEPT = str(SKOS.Concept)
_CLASS = str(OWL.Class)
_PROPERTIES = {str(OWL.ObjectProperty), str(OWL.DatatypeProperty)}
_TOLD_OTHERWISE = {str(each) for each in (RDF.type, SKOS.definition, SKOS.scopeNote, RDFS.isDefinedBy)}
_OF_THE_WHOLE = (
    OWL.versionInfo,
    OWL.versionIRI,
    OWL.priorVersion,
    DCTERMS.created,
    DCTERMS.modified,
    DCTERMS.license,
)
_LONGEST_EXAMPLE = 80


@dataclass(frozen=True, slots=True)
class Example:
    """A statement of this release. value: none where the thing itself is the example, of a class."""

    subject: Value
    value: Value | None


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term. anchor: the fragment of its IRI.

    uses: how many things of a class, or statements with a property, this release has; None where it does not
    say. measures: of a concept, how many have it; page: where they are listed.
    """

    anchor: str
    iri: str
    name: Text
    definition: Text | None
    note: Text | None
    rows: Sequence[Row]
    uses: int | None
    measures: int | None
    page: Link | None
    example: Example | None
    rules: Sequence[Binding]


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms of one kind, or of one list of concepts."""

    title: Text
    terms: Sequence[TermEntry]


@dataclass(frozen=True, slots=True)
class TermsPage:
    """A vocabulary. prefix, namespace: as its authors abbreviate it; facts: its version, dates, licence."""

    title: Text
    description: Text | None
    prefix: str
    namespace: str
    facts: Sequence[Row]
    groups: Sequence[TermGroup]


@dataclass(frozen=True, slots=True)
class _Known:
    """What entries are made from."""

    said: BySubject
    labels: Labels
    table: Table
    uses: Mapping[str, int]
    measures: Mapping[str, int]
    examples: Mapping[str, Example]
    asker: Asker


def terms_page(vocabulary: Vocabulary, described: Iterable[ox.Triple], asker: Asker) -> TermsPage:
    """Arrange a vocabulary. described: what the release says of its own contents (VoID)."""
    said = by_subject(vocabulary.triples)
    named = {each.value for triple in vocabulary.triples for each in _names(triple)}
    labels = Labels((*asker.store.labels(sorted(named)), *vocabulary.triples), asker.language)
    table = Table(labels, asker.iris)
    known = _Known(
        said, labels, table, void.uses(described, asker.iris), _measures(asker), _examples(said, asker), asker
    )
    whole = ox.NamedNode(vocabulary.iri)
    kept = {str(each) for each in _OF_THE_WHOLE}
    return TermsPage(
        title=vocabulary.about(str(DCTERMS.title), asker.language) or labels.or_iri(vocabulary.iri),
        description=vocabulary.about(str(DCTERMS.description), asker.language),
        prefix=_said(said, whole, VANN.preferredNamespacePrefix),
        namespace=_said(said, whole, VANN.preferredNamespaceUri),
        facts=[each for each in table.outgoing(whole, said) if each.name.iri in kept],
        groups=_groups(known),
    )


def _groups(known: _Known) -> list[TermGroup]:
    """By kind, concepts by the list they are in."""
    by_title: dict[tuple[int, Text], list[TermEntry]] = {}
    for term in known.said:
        if isinstance(term, ox.NamedNode) and "#" in term.value:
            by_title.setdefault(_group(term, known), []).append(_entry(term, known))
    ordered = sorted(by_title.items(), key=lambda group: (group[0][0], group[0][1].value))
    return [
        TermGroup(title, sorted(entries, key=lambda each: natural_key(each.anchor)))
        for (_, title), entries in ordered
    ]


def _group(term: ox.NamedNode, known: _Known) -> tuple[int, Text]:
    types = set(_iris(known.said, term, RDF.type))
    schemes = _iris(known.said, term, SKOS.inScheme)
    for rank, (kind, title) in enumerate(_GROUPS):
        if kind not in types:
            continue
        if kind == _CONCEPT and schemes:
            return rank, known.labels.or_iri(schemes[0])
        return rank, Text(str(title), known.labels.language)
    return len(_GROUPS), Text(str(_OTHERS), known.labels.language)


def _entry(term: ox.NamedNode, known: _Known) -> TermEntry:
    iri = term.value
    is_concept = _CONCEPT in _iris(known.said, term, RDF.type)
    return TermEntry(
        anchor=anchor_of(iri),
        iri=iri,
        name=known.labels.of(iri) or Text(iri.partition("#")[2]),
        definition=_text(known, term, SKOS.definition),
        note=_text(known, term, SKOS.scopeNote),
        rows=[
            each for each in known.table.outgoing(term, known.said) if each.name.iri not in _TOLD_OTHERWISE
        ],
        uses=None if is_concept else known.uses.get(iri),
        measures=known.measures.get(iri) if is_concept else None,
        page=concept_link(iri, known.asker.iris) if is_concept else None,
        example=known.examples.get(iri),
        rules=binding(iri, known.asker.language),
    )


def _measures(asker: Asker) -> Mapping[str, int]:
    if asker.store.summary is not None:
        return asker.store.summary.measures
    rows = Question("concept-measures", {}).ask(asker)
    return {row.iri("concept"): int(row.text("measures")) for row in rows}


def _examples(said: BySubject, asker: Asker) -> dict[str, Example]:
    """A statement for each class and property that this release uses."""
    found: dict[str, Solution] = {}
    for term in said:
        types = set(_iris(said, term, RDF.type)) if isinstance(term, ox.NamedNode) else set()
        name = "class-example" if _CLASS in types else "term-example" if types & _PROPERTIES else ""
        rows = (
            Question(name, {"term": term.value}).ask(asker) if name and isinstance(term, ox.NamedNode) else ()
        )
        found |= {str(term).strip("<>"): row for row in rows}
    names = Names(asker, {iri for row in found.values() for iri in (row.iri("subject"), row.iri("object"))})
    return {
        iri: Example(
            _value(row, "subject", names), _value(row, "object", names) if "object" in row.terms else None
        )
        for iri, row in found.items()
    }


def _value(row: Solution, column: str, names: Names) -> Value:
    """A thing with its name, or a text, shortened."""
    if iri := row.iri(column):
        return names.value(iri)
    term = row.terms[column]
    text = row.text(column)
    short = text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE]}…"
    return Value(Text(short, (term.language or "") if isinstance(term, ox.Literal) else ""), Link())


def _text(known: _Known, term: ox.NamedNode, predicate: str) -> Text | None:
    """What a term says of itself, in the language of the page, else in another."""
    found = [
        Text(each.object.value, each.object.language or "")
        for each in known.said[term]
        if each.predicate.value == str(predicate) and isinstance(each.object, ox.Literal)
    ]
    return min(found, key=lambda each: language_rank(each.language, known.asker.language), default=None)


def _said(said: BySubject, subject: ox.NamedNode, predicate: str) -> str:
    found = (each.object for each in said.get(subject, ()) if each.predicate.value == str(predicate))
    return next((each.value for each in found if isinstance(each, ox.Literal)), "")


def _iris(said: BySubject, subject: object, predicate: str) -> list[str]:
    found = (each.object for each in said.get(subject, ()) if each.predicate.value == str(predicate))
    return [each.value for each in found if isinstance(each, ox.NamedNode)]


def _names(triple: ox.Triple) -> list[ox.NamedNode]:
    return [each for each in (triple.predicate, triple.object) if isinstance(each, ox.NamedNode)]
