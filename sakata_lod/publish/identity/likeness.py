"""What would settle which things an edition lists: guesses by the likeness of titles, to be confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from sakata_lod.folding import fold
from sakata_lod.publish.identity.listing import OpenIdentity, by_number
from sakata_lod.publish.identity.telling import Telling
from sakata_lod.site import Identity

_LIKE = 60
"""From which likeness on two titles are proposed as one thing's: of 0 to 100, which is the same."""

_LIKE_IN_PLACE = 45
"""The same where the number is unchanged, which speaks for it, too."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A number that seems to be what a key names, and how like their titles are."""

    number: str
    key: str
    score: int


def likeness(one: str, other: str) -> int:
    """How like two titles are, of 0 to 100."""
    return round(fuzz.ratio(fold(one), fold(other)))


def paired(found: OpenIdentity, telling: Telling) -> tuple[Pair, ...]:
    """Pair off the likest titles first; of equal ones, those within the same division, and in place."""
    scored = [_pair(number, key, telling) for number in found.numbers for key in found.lost]
    pairs = {number: _pair(number, found.keys[number], telling) for number in found.retitled}
    taken: set[str] = set()
    for each in sorted(scored, key=lambda each: _rank(each, telling)):
        if _is_like(each, telling) and each.number not in pairs and each.key not in taken:
            pairs[each.number] = each
            taken.add(each.key)
    return tuple(sorted(pairs.values(), key=lambda each: by_number(each.number)))


def _pair(number: str, key: str, telling: Telling) -> Pair:
    return Pair(number, key, likeness(telling.listed[number].title, telling.known[key].title))


def _is_like(pair: Pair, telling: Telling) -> bool:
    return pair.score >= (_LIKE_IN_PLACE if telling.is_in_place(pair.number, pair.key) else _LIKE)


def _rank(pair: Pair, telling: Telling) -> tuple[object, ...]:
    is_elsewhere = telling.is_elsewhere(pair.number, pair.key)
    is_in_place = telling.is_in_place(pair.number, pair.key)
    return (-pair.score, is_elsewhere, not is_in_place, by_number(pair.number), by_number(pair.key))


def proposed(identity: Identity, found: OpenIdentity, pairs: Iterable[Pair], telling: Telling) -> Identity:
    """What plan.toml says, and what would settle the rest."""
    of_number = {each.number: each for each in pairs}
    settled = {number: each.key for number, each in of_number.items() if _must_be_said(each, telling)}
    renamed = {
        number: telling.listed[number].title
        for number, each in of_number.items()
        if not telling.is_titled(number, each.key)
    }
    addresses: dict[str, str] = {}
    for number in sorted(set(found.numbers) - of_number.keys(), key=by_number):
        taken = {*telling.known, *identity.new.values(), *addresses.values()}
        addresses[number] = _free(number, taken, telling)
    kept = {each.key for each in of_number.values()}
    gone = sorted((each for each in found.lost if each not in kept), key=by_number)
    return identity.model_copy(
        update={
            "renumbered": {**identity.renumbered, **settled},
            "renamed": {**identity.renamed, **renamed},
            "new": {**identity.new, **addresses},
            "ended": (*identity.ended, *gone),
        }
    )


def _must_be_said(pair: Pair, telling: Telling) -> bool:
    """Whether the number is another one; or the same, but within another division."""
    is_another = telling.known[pair.key].number != pair.number
    return is_another or telling.is_elsewhere(pair.number, pair.key)


def _free(number: str, taken: set[str], telling: Telling) -> str:
    """The address of what is new: its number; where an earlier one has that, with the year or the day."""
    tried = (number, f"{number}-{telling.as_of.year}", f"{number}-{telling.as_of:%Y%m%d}")
    return next(each for each in tried if each not in taken)
