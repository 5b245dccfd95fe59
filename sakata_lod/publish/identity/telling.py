"""Which thing each number of an edition is: told by number, title and division, else by plan.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sakata_lod.errors import Doubt
from sakata_lod.folding import fold
from sakata_lod.publish.identity.listing import Known, Listed, OpenIdentity, by_number
from sakata_lod.site import Identity


@dataclass(frozen=True, slots=True)
class Telling:
    """What an edition lists of one kind on one level, and what the editions before it list of that kind.

    divisions: number → key of this edition's divisions, as far as they are told: those above this level.
    """

    listed: Mapping[str, Listed]
    known: Mapping[str, Known]
    level: int
    divisions: Mapping[str, str]
    as_of: date

    def told(self, identity: Identity) -> OpenIdentity:
        """Tell which each number is, and what stays open."""
        if not self.known:
            return OpenIdentity({number: identity.new.get(number, number) for number in self.listed})
        carried = self._carried(identity)
        said = carried | identity.renumbered | identity.new
        keys = {
            number: said[number]
            for number in self.listed
            if number in said
            and (
                number not in carried or number in identity.renamed or self.is_titled(number, carried[number])
            )
        }
        retitled = [
            number
            for number, key in identity.renumbered.items()
            if number in self.listed and number not in identity.renamed and not self.is_titled(number, key)
        ]
        accounted = {*keys.values(), *identity.renumbered.values(), *identity.ended}
        return OpenIdentity(
            keys=keys,
            numbers=tuple(number for number in self.listed if number not in keys),
            retitled=tuple(retitled),
            lost=tuple(each.key for each in self._before if each.key not in accounted),
        )

    def doubts(self, found: OpenIdentity, *, are_divisions: bool) -> list[Doubt]:
        """What is open, in the order of the numbers."""
        before = {each.number: each.key for each in self._before if each.key in found.lost}
        open_ = [*((n, found.keys[n]) for n in found.retitled), *((n, before.get(n)) for n in found.numbers)]
        titles: list[tuple[str, str | None, str | None]] = [
            (number, self._title_before(number, key), self.listed[number].title) for number, key in open_
        ]
        gone = ((each.number or each.key, each.title) for each in map(self.known.__getitem__, found.lost))
        titles += ((number, title, None) for number, title in gone if number not in found.numbers)
        titles.sort(key=lambda each: (by_number(each[0]), each[2] is None))
        return [Doubt(self.as_of, *each, is_division=are_divisions) for each in titles]

    def is_titled(self, number: str, key: str) -> bool:
        """Whether the titles differ by no more than width, blanks and the like."""
        return fold(self.listed[number].title) == fold(self.known[key].title)

    def is_elsewhere(self, number: str, key: str) -> bool:
        """Whether the division around a number is another one than was around what a key names."""
        around, before = self._division(number), self.known[key].division
        return around is not None and before is not None and around != before

    def is_in_place(self, number: str, key: str) -> bool:
        """Whether a number is as it was within the division around it, whatever the number of that is now."""
        before = self.known[key]
        if before.number is None or self.is_elsewhere(number, key):
            return False
        if before.division is not None and before.division == self._division(number):
            return before.own == self.listed[number].own
        return before.number == number

    def after(self, keys: Mapping[str, str]) -> dict[str, Known]:
        """What is known under each key that this edition lists."""
        return {
            key: Known(key, number, each.own, each.title, self._division(number), self.level, each.contents)
            for number, key in keys.items()
            for each in [self.listed[number]]
        }

    @property
    def _before(self) -> list[Known]:
        """What the edition before lists on this level."""
        return [each for each in self.known.values() if each.number is not None and each.level == self.level]

    def _carried(self, identity: Identity) -> dict[str, str]:
        """The numbers that mean what they meant, but for what plan.toml says."""
        claimed = {*identity.renumbered.values(), *identity.ended}
        spoken = identity.renumbered.keys() | identity.new.keys()
        around = {key: number for number, key in self.divisions.items()}
        places = ((_number_within(each, around.get(each.division or "")), each.key) for each in self._before)
        return {
            number: key
            for number, key in places
            if number in self.listed
            and number not in spoken
            and key not in claimed
            and self.is_in_place(number, key)
        }

    def _title_before(self, number: str, key: str | None) -> str | None:
        """What was printed for a key; what is at a number now, where that is no other title."""
        if key is None:
            return None
        return self.listed[number].title if self.is_titled(number, key) else self.known[key].title

    def _division(self, number: str) -> str | None:
        """The key of the division around a number."""
        around = self.listed[number].division
        return None if around is None else self.divisions[around]


def _number_within(before: Known, around: str | None) -> str:
    """The number that an earlier one would have. around: that of the division around it, if it is there."""
    return before.number or "" if around is None else f"{around}-{before.own}"
