"""What numbers and titles leave open of an edition's measures, as data."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """A measure that earlier editions list. number, title: as printed last; no number once it has ended."""

    key: str
    number: str | None
    title: str


@dataclass(frozen=True, slots=True)
class OpenIdentity:
    """What is told of an edition's numbers, and what is open.

    keys: number → measure, where it is told. numbers: those whose measure is open. retitled: those that are
    told, but whose title is another. measures: those of the edition before that no number is told to be.
    """

    keys: Mapping[str, str]
    numbers: tuple[str, ...] = ()
    retitled: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether anything is."""
        return bool(self.numbers or self.retitled or self.measures)


def by_number(number: str) -> tuple[int, ...]:
    """The order of numbers: 2-1-2 before 2-1-10."""
    return tuple(map(int, number.split("-")))
