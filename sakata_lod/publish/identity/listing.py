"""What an edition lists under numbers, what those before it did, and what that leaves open, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sakata_lod.folding import fold
from sakata_lod.publish.plan import Edition


@dataclass(frozen=True, slots=True)
class Listed:
    """A division or a measure as an edition prints it. division: the number of the one around it, if any.

    contents: the titles of all that a division holds, folded.
    """

    number: str
    title: str
    division: str | None
    contents: frozenset[str] = frozenset()

    @property
    def own(self) -> str:
        """Its number without that of the division around it: of 1-2-3 in chapter 1, 2-3."""
        return self.number if self.division is None else self.number.removeprefix(f"{self.division}-")


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier editions list under an address, by its key.

    number, title, division, contents: as they were last; no number once it has ended. division: the key of
    the one around it; own: the number without that one's. level: how many divisions are around it; of a
    measure always 0.
    """

    key: str
    number: str | None
    own: str
    title: str
    division: str | None
    level: int
    contents: frozenset[str]


@dataclass(frozen=True, slots=True)
class OpenIdentity:
    """What is told of an edition's numbers, and what is open.

    keys: number → key, where it is told. numbers: those of which it is open. retitled: those that are told,
    but whose title is another. lost: the keys of those in the edition before that no number is told to be.
    """

    keys: Mapping[str, str]
    numbers: tuple[str, ...] = ()
    retitled: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether anything is."""
        return bool(self.numbers or self.retitled or self.lost)


def by_number(number: str) -> tuple[int, ...]:
    """The order of numbers: 2-1-2 before 2-1-10."""
    return tuple(map(int, number.split("-")))


def listed_divisions(edition: Edition) -> Sequence[Mapping[str, Listed]]:
    """An edition's divisions by number, level by level, the outermost first."""
    parents = {each.number: each.parent for each in edition.divisions}
    contents = _contents(edition, parents)
    levels: dict[int, dict[str, Listed]] = {}
    for each in edition.divisions:
        it = Listed(each.number, each.title, each.parent, frozenset(contents[each.number]))
        levels.setdefault(len(_around(each.parent, parents)), {})[each.number] = it
    return [levels[level] for level in sorted(levels)]


def listed_measures(edition: Edition) -> Sequence[Mapping[str, Listed]]:
    """An edition's measures by number, which are all of one level."""
    return [{each.number: Listed(each.number, each.title, each.division) for each in edition.measures}]


def _contents(edition: Edition, parents: Mapping[str, str | None]) -> Mapping[str, set[str]]:
    """The titles of all that each division holds, be it in another."""
    contents: dict[str, set[str]] = {number: set() for number in parents}
    within = [(each.title, each.parent) for each in edition.divisions]
    within += [(each.title, each.division) for each in edition.measures]
    for title, division in within:
        for around in _around(division, parents):
            contents[around].add(fold(title))
    return contents


def _around(division: str | None, parents: Mapping[str, str | None]) -> list[str]:
    """A division and those around it."""
    return [] if division is None else [division, *_around(parents[division], parents)]
