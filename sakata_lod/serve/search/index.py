"""The search index of a release, opened for reading: see `sakata_lod.search_index` for what is in it."""

import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cachetools import LRUCache

from sakata_lod.folding import fold
from sakata_lod.release import Release
from sakata_lod.search_index import FACETS, SEARCH_INDEX, TIERS, Choice, Passage
from sakata_lod.serve.sqlite_file import SqliteFile

_ONE = ord("1")
_KEPT_WORDS = 1024
"""Words whose measures are kept: at 60,000 measures and three tiers, some 20 MB in all."""


@dataclass(frozen=True, slots=True)
class HeldChoice:
    """A value of a facet, and the documents that have it: bits, after so many bytes that have none."""

    choice: Choice
    first: int
    size: int
    bits: int

    @property
    def documents(self) -> int:
        """The documents that have it, as bits."""
        return self.bits << 8 * self.first

    def among(self, documents: bytes) -> int:
        """How many of some documents have it; these as the bytes of their bits, the lowest first."""
        near = documents[self.first : self.first + self.size]
        return (int.from_bytes(near, "little") & self.bits).bit_count()


@dataclass(frozen=True, slots=True)
class Listed:
    """A measure, as lists show it. titles: by language tag; choices: in the order of facets.

    description: what it is, as printed, if that is told.
    """

    iri: str
    number: str
    titles: Mapping[str, str]
    names: Sequence[str]
    passages: Sequence[Passage]
    choices: Sequence[Choice]
    description: str | None = None

    def of(self, facet: str) -> list[Choice]:
        """Its values of a facet."""
        return [each for each in self.choices if each.facet == facet]


def index_of(release: Release) -> "SearchIndex | None":
    """Open the search index of a release; None where it was built without one."""
    return SearchIndex(release.folder / SEARCH_INDEX) if release.file(SEARCH_INDEX) else None


class SearchIndex:
    """A search index.

    A set of documents is a whole number, a bit a document, from bit 1.
    """

    def __init__(self, path: Path) -> None:
        self._file = SqliteFile(path)
        self._lock = threading.Lock()
        self._found: LRUCache[str, tuple[int, ...]] = LRUCache(_KEPT_WORDS)

    def close(self) -> None:
        """Close all connections."""
        self._file.close()

    @cached_property
    def everything(self) -> int:
        """All documents."""
        ((count,),) = self._file.all("SELECT COUNT(*) FROM document")
        return (1 << int(count) + 1) - 2

    @cached_property
    def choices(self) -> Mapping[str, Mapping[str, HeldChoice]]:
        """The values that measures can be chosen by: by facet, then by value."""
        found: dict[str, dict[str, HeldChoice]] = {facet: {} for facet in FACETS}
        for held in self._choices.values():
            found[held.choice.facet][held.choice.value] = held
        return found

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """Words that are in the index, each with its folded form."""
        return {text: fold(text) for (text,) in self._file.all("SELECT text FROM spelling")}

    def having(self, expression: str) -> tuple[int, ...]:
        """The documents that have what an FTS5 expression looks for, by tier."""
        with self._lock:
            if expression in self._found:
                return self._found[expression]
        found = tuple(self._having(f"{tier} : {expression}") for tier in TIERS)
        with self._lock:
            self._found[expression] = found
        return found

    def forget(self) -> None:
        """Keep no word's documents."""
        with self._lock:
            self._found.clear()

    def documents(self, numbers: Iterable[int]) -> list[Listed]:
        """Read measures, by their numbers."""
        return [self._document(number) for number in numbers]

    @cached_property
    def _choices(self) -> Mapping[int, HeldChoice]:
        rows = self._file.all("SELECT id, facet, value, ja, en, first, documents FROM choice ORDER BY id")
        return {
            row[0]: HeldChoice(Choice(*row[1:5]), row[5], len(row[6]), int.from_bytes(row[6], "little"))
            for row in rows
        }

    def _document(self, number: int) -> Listed:
        ((iri, plan_number, text),) = self._file.all(
            "SELECT iri, number, said FROM document WHERE id = ?", number
        )
        said = json.loads(text)
        passages = [Passage(words, year) for words, year in said["passages"]]
        choices = [self._choices[each].choice for each in said["choices"]]
        described = said.get("description")
        return Listed(iri, plan_number, said["titles"], said["names"], passages, choices, described)

    def _having(self, expression: str) -> int:
        signs = bytearray(b"0" * self.everything.bit_length())
        # One by one: tens of thousands of tuples at once would have Python look for waste.
        for (number,) in self._file.rows("SELECT rowid FROM word WHERE word MATCH ?", expression):
            signs[-1 - number] = _ONE
        return int(signs, 2)
