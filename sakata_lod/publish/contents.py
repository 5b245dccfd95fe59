"""What some triples hold, counted such that the counts of several parts can be added up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from sakata_lod.namespaces import RDF

_TYPE = ox.NamedNode(RDF.type)


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


def contents_of(triples: Iterable[ox.Triple], base_iri: str) -> Contents:
    """Count what some triples hold. base_iri: of whoever says them; the same triple is given once."""
    said = list(triples)
    subjects = {each.subject for each in said}
    return Contents(
        triples=len(said),
        subjects=len(subjects),
        entities=sum(
            isinstance(each, ox.NamedNode) and each.value.startswith(f"{base_iri}id/") for each in subjects
        ),
        classes=Counter(
            each.object.value
            for each in said
            if each.predicate == _TYPE and isinstance(each.object, ox.NamedNode)
        ),
        properties=Counter(each.predicate.value for each in said),
    )
