"""The release's description of its own dataset (VoID), as it is served."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import VOID
from sakata_lod.release import VOID_FILE, Release
from sakata_lod.serve.labels import Labels, Text
from sakata_lod.serve.tables import by_subject

ADDRESS = ".well-known/void"

_PARTITIONS = {str(VOID.classPartition), str(VOID.propertyPartition)}
_COUNTED = ((str(VOID["class"]), str(VOID.entities)), (str(VOID.property), str(VOID.triples)))
_NUMBERS = (VOID.triples, VOID.entities, VOID.classes, VOID.properties)


@dataclass(frozen=True, slots=True)
class Counted:
    """A dataset, or a part of it, and its numbers in the order of the table's columns."""

    title: Text
    numbers: Sequence[int]


def void_triples(release: Release, city: str = "") -> list[ox.Triple] | None:
    """Read the description, or that of a city of a federation; None where the release was made without."""
    listed = release.file_of(city, VOID_FILE)
    return _read(release.folder / listed.path) if listed else None


def counted(triples: Sequence[ox.Triple], iris: IriSpace, language: str) -> list[Counted]:
    """The dataset and its named graphs, each with how much is in it; the whole first."""
    said, labels = by_subject(triples), Labels(triples, language)
    whole = ox.NamedNode(f"{iris.address(ADDRESS)}#dataset")
    subsets = {each.object for each in said[whole] if each.predicate.value == str(VOID.subset)}
    lines = []
    for part in (whole, *sorted((each for each in subsets if isinstance(each, ox.NamedNode)), key=str)):
        numbers = {
            each.predicate.value: int(each.object.value)
            for each in said[part]
            if isinstance(each.object, ox.Literal) and each.predicate.value in map(str, _NUMBERS)
        }
        if str(VOID.entities) in numbers:
            lines.append(Counted(labels.or_iri(part.value), [numbers[str(each)] for each in _NUMBERS]))
    return lines


def uses(triples: Iterable[ox.Triple], iris: IriSpace) -> dict[str, int]:
    """How many things of each class, and statements with each property, the current data have."""
    said = by_subject(triples)
    whole = ox.NamedNode(f"{iris.address(ADDRESS)}#dataset")
    partitions = [each.object for each in said.get(whole, ()) if each.predicate.value in _PARTITIONS]
    return dict(found for each in partitions if (found := _used(said.get(each, ()))))


def _used(partition: Sequence[ox.Triple]) -> tuple[str, int] | None:
    """The class or property of a partition, and its number."""
    told = {each.predicate.value: each.object for each in partition}
    for kind, number in _COUNTED:
        term, count = told.get(kind), told.get(number)
        if isinstance(term, ox.NamedNode) and isinstance(count, ox.Literal):
            return term.value, int(count.value)
    return None


def title(triples: Sequence[ox.Triple], iris: IriSpace, language: str) -> Text:
    """What the dataset is called."""
    return Labels(triples, language).or_iri(f"{iris.address(ADDRESS)}#dataset")


def _read(path: Path) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
