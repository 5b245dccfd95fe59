"""What some triples hold, counted such that the counts of several parts can be added up."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sakata_lod.namespaces import RDF
from sakata_lod.serialization import SortedGraph

_TYPE = str(RDF.type)


@dataclass(frozen=True, slots=True)
class Contents:
    """Counts of triples about things that no other part speaks of.

    subjects: the things; entities: those below `id/`. classes, properties: how often each is used.
    """

    triples: int = 0
    subjects: int = 0
    entities: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Contents") -> "Contents":
        return Contents(
            self.triples + other.triples,
            self.subjects + other.subjects,
            self.entities + other.entities,
            self.classes + other.classes,
            self.properties + other.properties,
        )


def contents_of(graph: SortedGraph, base_iri: str) -> Contents:
    """Count what a graph holds. base_iri: of whoever says it."""
    subjects = {subject for subject, _, _ in graph.texts}
    within = f"{base_iri}id/"
    return Contents(
        triples=len(graph),
        subjects=len(subjects),
        entities=sum(each.startswith(within) for each in subjects),
        classes=Counter(classes_of(graph)),
        properties=Counter(predicate for _, predicate, _ in graph.texts),
    )


def classes_of(graph: SortedGraph) -> Iterator[str]:
    """The classes of things, each as often as a thing is said to be of it."""
    return (it[1:-1] for _, predicate, it in graph.texts if predicate == _TYPE and it.startswith("<"))
