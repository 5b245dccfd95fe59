"""The vocabulary and the shapes that all cities share, as this server shows them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from sakata_lod.formats import TURTLE, Format
from sakata_lod.namespaces import DCTERMS, OWL, RDF, SH, SKOS
from sakata_lod.serialization import canonical, serialize
from sakata_lod.serve.labels import Labels, Text
from sakata_lod.serve.tables import BySubject, Row, Table, Value, anchor_of, by_subject, natural_key
from sakata_lod.serve.translation import LazyText, lazy_gettext
from sakata_lod.vocabulary import CODES, ONTOLOGY, SHAPES, THEMES, SharedFile

PAGES: Mapping[str, Sequence[SharedFile]] = {
    "ontology": (ONTOLOGY,),
    "codes": (CODES,),
    "themes": (THEMES,),
    "shapes": SHAPES,
}
"""The address of each, and the files that it tells."""

_TYPE = ox.NamedNode(str(RDF.type))
_IN_SCHEME = ox.NamedNode(str(SKOS.inScheme))

_GROUPS: Sequence[tuple[str, LazyText]] = (
    (str(OWL.Class), lazy_gettext("Classes")),
    (str(OWL.ObjectProperty), lazy_gettext("Properties that link things")),
    (str(OWL.DatatypeProperty), lazy_gettext("Properties with a text, number or date")),
    (str(SKOS.ConceptScheme), lazy_gettext("Lists")),
    (str(SKOS.Concept), lazy_gettext("Concepts")),
    (str(SH.NodeShape), lazy_gettext("Shapes of things")),
    (str(SH.PropertyShape), lazy_gettext("Shapes of properties")),
)
_OTHERS = lazy_gettext("Other terms")


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term on a vocabulary's page. anchor: the fragment of its IRI."""

    anchor: str
    iri: str
    name: Text
    definition: Text | None
    types: Sequence[Value]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms of one kind, or of one list of concepts."""

    title: Text
    terms: Sequence[TermEntry]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The triples of one page's files. digest: of the files; modified: the day that the first one names."""

    iri: str
    triples: Sequence[ox.Triple]
    turtle: bytes
    digest: str
    modified: str | None

    def write(self, form: Format) -> bytes:
        """Write it in a graph format; in Turtle as its authors wrote it."""
        return self.turtle if form is TURTLE else serialize(self.triples, form, self.iri)

    def about(self, predicate: str, language: str) -> Text | None:
        """What the vocabulary says of itself, in a language."""
        return _best(self.triples, self.iri, predicate, language)


@cache
def load_vocabulary(name: str) -> Vocabulary:
    """Read the files of a page."""
    files = [each.path.read_bytes() for each in PAGES[name]]
    triples = [
        quad.triple
        for content in files
        for quad in ox.parse(content, ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    ]
    digest = hashlib.sha256(b"".join(files)).hexdigest()[:16]
    iri = str(PAGES[name][0].iri)
    modified = _best(triples, iri, str(DCTERMS.modified), "")
    return Vocabulary(
        iri, canonical(triples), b"\n".join(files), digest, modified.value if modified else None
    )


def groups(vocabulary: Vocabulary, labels: Labels, table: Table) -> list[TermGroup]:
    """Arrange the terms for a page: by kind, concepts by the list they are in."""
    said = by_subject(vocabulary.triples)
    by_title: dict[tuple[int, Text], list[TermEntry]] = {}
    for term, triples in said.items():
        if isinstance(term, ox.NamedNode) and "#" in term.value:
            entry = _entry(term, said, labels, table)
            by_title.setdefault(_group(triples, labels), []).append(entry)
    ordered = sorted(by_title.items(), key=lambda group: (group[0][0], group[0][1].value))
    return [
        TermGroup(title, sorted(entries, key=lambda each: natural_key(each.anchor)))
        for (_, title), entries in ordered
    ]


def _group(said: Sequence[ox.Triple], labels: Labels) -> tuple[int, Text]:
    types = {
        each.object.value
        for each in said
        if each.predicate == _TYPE and isinstance(each.object, ox.NamedNode)
    }
    schemes = [each.object for each in said if each.predicate == _IN_SCHEME]
    for rank, (kind, title) in enumerate(_GROUPS):
        if kind not in types:
            continue
        if kind == str(SKOS.Concept) and schemes and isinstance(schemes[0], ox.NamedNode):
            return rank, labels.or_iri(schemes[0].value)
        return rank, Text(str(title), labels.language)
    return len(_GROUPS), Text(str(_OTHERS), labels.language)


def _entry(term: ox.NamedNode, said: BySubject, labels: Labels, table: Table) -> TermEntry:
    triples = said[term]
    return TermEntry(
        anchor=anchor_of(term.value),
        iri=term.value,
        name=labels.of(term.value) or Text(term.value.partition("#")[2]),
        definition=_best(triples, term.value, str(SKOS.definition), labels.language),
        types=table.types(term, triples),
        rows=table.outgoing(term, said),
    )


def _best(triples: Iterable[ox.Triple], subject: str, predicate: str, language: str) -> Text | None:
    found = [
        Text(each.object.value, each.object.language or "")
        for each in triples
        if isinstance(each.object, ox.Literal)
        and each.predicate.value == predicate
        and isinstance(each.subject, ox.NamedNode)
        and each.subject.value == subject
    ]
    return next((each for each in found if each.language == language), found[0] if found else None)
