"""What an edition lists under numbers, what those before it did, and what that leaves open, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sakata_lod.publish.plan import Division, Edition


@dataclass(frozen=True, slots=True)
class Listed:
    """A division or a measure as an edition prints it. division: the number of the one around it, if any."""

    number: str
    title: str
    division: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier editions list under an address, by its key.

    number, title, division: as they were last; no number once it has ended. division: the key of the one
    around it. level: how many divisions are around it; of a measure always 0.
    """

    key: str
    number: str | None
    title: str
    division: str | None
    level: int = 0


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
    levels: dict[int, dict[str, Listed]] = {}
    for each in edition.divisions:
        levels.setdefault(_level(each, parents), {})[each.number] = Listed(
            each.number, each.title, each.parent
        )
    return [levels[level] for level in sorted(levels)]


def listed_measures(edition: Edition) -> Sequence[Mapping[str, Listed]]:
    """An edition's measures by number, which are all of one level."""
    return [{each.number: Listed(each.number, each.title, each.division) for each in edition.measures}]


def _level(division: Division, parents: Mapping[str, str | None]) -> int:
    """How many divisions are around one."""
    level, around = 0, division.parent
    while around is not None:
        level, around = level + 1, parents[around]
    return level
