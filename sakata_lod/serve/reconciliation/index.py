"""Which names are like a name: the nearest as wholes, and those that share its rarest pairs of letters.

rapidfuzz compares a name with every name as a whole faster than an index in Python narrows them. What is
short for a longer name is not near it as a whole: the index finds that, reading POSTINGS_READ entries.
"""

import heapq
import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

POSTINGS_READ = 5_000
"""How many names are counted, pair by pair, the rarest pair first."""
LOOKED_AT = 50
"""How many names are compared in full, of those found in each of the two ways."""

_LEAST_EDITS = 40.0
"""From where on names are near as wholes."""
_OF_CONTENT = 0.97
"""What it is worth that names differ in nothing but what joins their words."""
_LEAST_CONTENT = 4
"""Letters that the content of a name must have to be compared by itself."""
_OF_A_PART = 0.7
"""What finding all of a name within a longer one is worth, against finding it alone."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it is compared: folded, and folded without what only joins its words."""

    key: str
    content: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two names are, each from 0 to 100.

    edits: what need not be typed anew (normalized Indel similarity). overlap: pairs of letters in both, of
    those in either, rare ones counting more. content: the mean of the two, of what carries the meaning.
    coverage: pairs in both, of those in the name asked for.
    """

    edits: float
    overlap: float
    content: float
    coverage: float

    @property
    def score(self) -> float:
        """All in one."""
        return max((self.edits + self.overlap) / 2, self.content * _OF_CONTENT, self.coverage * _OF_A_PART)


EXACT = Likeness(100.0, 100.0, 100.0, 100.0)


class NameIndex:
    """Folded names of one type of entity, by their pairs of letters."""

    def __init__(self, names: Iterable[Spelling]) -> None:
        self.names: Sequence[Spelling] = tuple(names)
        self._keys = [each.key for each in self.names]
        postings: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, name in enumerate(self.names):
            for pair in pairs(name.key):
                postings[pair].append(number)
        self._postings: Mapping[str, array[int]] = dict(postings)

    def like(self, name: Spelling) -> Iterable[tuple[int, Likeness]]:
        """The numbers of the names most like a name, and how like they are; in no order."""
        near = process.extract(
            name.key, self._keys, scorer=fuzz.ratio, limit=LOOKED_AT, score_cutoff=_LEAST_EDITS
        )
        found = {number for _, _, number in near} | self._sharing(name.key)
        return [(each, self.likeness(name, self.names[each])) for each in found]

    def _sharing(self, key: str) -> set[int]:
        """The names that share most of a name's rarest pairs, for their length."""
        counted: dict[int, float] = defaultdict(float)
        read = 0
        known = pairs(key) & self._postings.keys()
        for pair in sorted(known, key=lambda each: (len(self._postings[each]), each)):
            numbers = self._postings[pair][: POSTINGS_READ - read]
            read += len(numbers)
            weight = self._weight(pair)
            for number in numbers:
                counted[number] += weight
        shares = {each: weight / len(self.names[each].key) for each, weight in counted.items()}
        return set(heapq.nlargest(LOOKED_AT, shares, key=lambda each: shares[each]))

    def likeness(self, asked: Spelling, name: Spelling) -> Likeness:
        """Compare two names."""
        if asked.key == name.key:
            return EXACT
        content = 0.0
        if min(len(asked.content), len(name.content)) >= _LEAST_CONTENT:
            content = (
                fuzz.ratio(asked.content, name.content) + self._overlap(asked.content, name.content)
            ) / 2
        edits, overlap = fuzz.ratio(asked.key, name.key), self._overlap(asked.key, name.key)
        return Likeness(edits, overlap, content, self._coverage(asked.key, name.key))

    def _overlap(self, one: str, other: str) -> float:
        mine, its = pairs(one), pairs(other)
        return 200 * self._weights(mine & its) / (self._weights(mine) + self._weights(its) or 1.0)

    def _coverage(self, asked: str, name: str) -> float:
        mine = pairs(asked)
        return 100 * self._weights(mine & pairs(name)) / (self._weights(mine) or 1.0)

    def _weights(self, some: Iterable[str]) -> float:
        return sum(map(self._weight, some))

    def _weight(self, pair: str) -> float:
        """What a pair tells: the fewer names have it, the more."""
        return math.log((len(self.names) + 2) / (len(self._postings.get(pair, ())) + 1))


def pairs(name: str) -> set[str]:
    """The pairs of letters that follow each other in a name; of a letter alone, the letter."""
    return {name[start : start + 2] for start in range(max(len(name) - 1, min(len(name), 1)))}
