"""What pages about all cities of a federation tell, read from its summary: see `sakata_lod.summary`."""

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pyoxigraph as ox

from sakata_lod.release import Release
from sakata_lod.serve.sqlite_file import SqliteFile
from sakata_lod.summary import SUMMARY

_CATALOGUES_KEPT = 128
"""Cities whose catalogues stay in memory: some hundred triples each. A page of the catalogue has fifty."""

_TRUE = ("true", "1")


@dataclass(frozen=True, slots=True)
class Doubts:
    """Questionable places. total: how many; open: of these, those whose reading is not certain."""

    total: int = 0
    open: int = 0

    def __add__(self, other: "Doubts") -> "Doubts":
        return Doubts(self.total + other.total, self.open + other.open)


@dataclass(frozen=True, slots=True)
class ListedDataset:
    """A dataset of the catalogue. modified: the day of its last change."""

    iri: str
    name: str
    modified: str


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A name of a thing. by: the property that says so."""

    thing: str
    type: str
    by: str
    name: str
    language: str


def summary_of(release: Release) -> "Summary | None":
    """Open the summary of a release; None where it has none, being a city's."""
    return Summary(release) if release.file(SUMMARY) else None


class Summary:
    """Counts and lists over all cities. Cities are named by their codes."""

    def __init__(self, release: Release) -> None:
        self._file = SqliteFile(release.folder / SUMMARY)
        self._read = lru_cache(_CATALOGUES_KEPT)(self._catalogue)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @cached_property
    def measures(self) -> Mapping[str, int]:
        """How many measures have each shared code or theme."""
        return dict(self._file.all("SELECT concept, SUM(measures) FROM concept GROUP BY concept"))

    def cities_with(self, concept: str) -> Mapping[str, int]:
        """The cities whose measures have a shared code or theme, by code, and how many have it."""
        rows = "SELECT city, measures FROM concept WHERE concept = ? ORDER BY city"
        return dict(self._file.all(rows, concept))

    def standings(self, concept: str, status: str) -> Mapping[str, int]:
        """How many measures with a shared code or theme have which code. status: achievement or response."""
        rows = "SELECT code, SUM(measures) FROM standing WHERE concept = ? AND status = ? GROUP BY code"
        return dict(self._file.all(rows, concept, status))

    @cached_property
    def doubts(self) -> Mapping[str, Doubts]:
        """The questionable places of each kind."""
        return self._doubts("kind")

    @cached_property
    def doubts_by_city(self) -> Mapping[str, Doubts]:
        """The questionable places of each city."""
        return self._doubts("city")

    @cached_property
    def findings(self) -> Mapping[tuple[str, str], int]:
        """How many results validation had, by severity and shape."""
        rows = "SELECT severity, shape, SUM(results) FROM result GROUP BY severity, shape"
        return {(severity, shape): results for severity, shape, results in self._file.all(rows)}

    @cached_property
    def findings_by_city(self) -> Mapping[str, Mapping[str, int]]:
        """How many results validation had of each city, by severity."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        rows = "SELECT city, severity, SUM(results) FROM result GROUP BY city, severity"
        for city, severity, results in self._file.all(rows):
            found[city][severity] = results
        return found

    def datasets(self, city: str = "") -> Sequence[ListedDataset]:
        """The datasets of a city's catalogue, by name; without one, of all."""
        rows = "SELECT iri, name, modified FROM dataset WHERE ? IN ('', city) ORDER BY name"
        return [ListedDataset(*row) for row in self._file.all(rows, city)]

    def dataset(self, name: str, city: str = "") -> ListedDataset | None:
        """The dataset of that name, if a city's catalogue, or any, has it."""
        rows = "SELECT iri, name, modified FROM dataset WHERE name = ? AND ? IN ('', city)"
        return next((ListedDataset(*row) for row in self._file.rows(rows, name, city)), None)

    def catalogue(self, city: str) -> Mapping[ox.NamedNode, Sequence[ox.Triple]]:
        """What a city's catalogue says, by subject."""
        return self._read(city)

    @cached_property
    def documents(self) -> int:
        """How many things have a page of their own."""
        return int(self._file.all("SELECT COUNT(*) FROM document")[0][0])

    def some_documents(self, first: int, most: int) -> list[str]:
        """The IRIs of things with a page of their own, in order: so many, after the first so many."""
        rows = "SELECT iri FROM document ORDER BY iri LIMIT ? OFFSET ?"
        return [iri for (iri,) in self._file.all(rows, most, first)]

    def names(self) -> Iterator[NamedThing]:
        """The names of everything that a name can be reconciled with."""
        for row in self._file.rows("SELECT entity, type, property, name, language FROM name"):
            yield NamedThing(*row)

    def broader(self) -> Mapping[str, str]:
        """The division that each division is directly within."""
        return dict(self._file.all("SELECT division, broader FROM broader"))

    def _doubts(self, by: str) -> Mapping[str, Doubts]:
        found: dict[str, Doubts] = defaultdict(Doubts)
        rows = f"SELECT {by}, certain, SUM(notes) FROM note GROUP BY {by}, certain"  # noqa: S608 - our own
        for key, certain, notes in self._file.all(rows):
            found[key] += Doubts(notes, 0 if certain in _TRUE else notes)
        return found

    def _catalogue(self, city: str) -> Mapping[ox.NamedNode, Sequence[ox.Triple]]:
        found: dict[ox.NamedNode, list[ox.Triple]] = defaultdict(list)
        for (triples,) in self._file.all("SELECT triples FROM catalogue WHERE city = ?", city):
            for quad in ox.parse(zlib.decompress(triples), format=ox.RdfFormat.N_TRIPLES):
                if isinstance(quad.subject, ox.NamedNode):
                    found[quad.subject].append(quad.triple)
        return found
