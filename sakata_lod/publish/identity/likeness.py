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

_LIKE_WITHIN = 60
"""From which likeness on of what they hold two divisions are proposed as one, whatever their titles."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A number that seems to be what a key names, and how like their titles are; within: what they hold."""

    number: str
    key: str
    score: int
    within: int


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
    now, before = telling.listed[number], telling.known[key]
    return Pair(number, key, likeness(now.title, before.title), _shared(now.contents, before.contents))


def _shared(one: frozenset[str], other: frozenset[str]) -> int:
    """How much of what two divisions hold has the same titles, of 0 to 100."""
    shared = len(one & other)
    # One title alone tells nothing: every chapter may have a section of that title.
    return round(200 * shared / (len(one) + len(other))) if shared > 1 else 0


def _is_like(pair: Pair, telling: Telling) -> bool:
    if telling.known[pair.key].number == pair.number and telling.is_elsewhere(pair.number, pair.key):
        return False  # only by chance, where the division around it became another
    wanted = _LIKE_IN_PLACE if telling.is_in_place(pair.number, pair.key) else _LIKE
    return pair.score >= wanted or pair.within >= _LIKE_WITHIN


def _rank(pair: Pair, telling: Telling) -> tuple[object, ...]:
    is_elsewhere = telling.is_elsewhere(pair.number, pair.key)
    is_in_place = telling.is_in_place(pair.number, pair.key)
    return (
        -max(pair.score, pair.within),
        -pair.score,
        is_elsewhere,
        not is_in_place,
        by_number(pair.number),
        by_number(pair.key),
    )


def proposed(identity: Identity, found: OpenIdentity, pairs: Iterable[Pair], telling: Telling) -> Identity:
    """What plan.toml says, and what would settle the rest."""
    of_number = {each.number: each for each in pairs}
    moved = {n: each.key for n, each in of_number.items() if not telling.is_in_place(n, each.key)}
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
            "renumbered": {**identity.renumbered, **moved},
            "renamed": {**identity.renamed, **renamed},
            "new": {**identity.new, **addresses},
            "ended": (*identity.ended, *gone),
        }
    )


def _free(number: str, taken: set[str], telling: Telling) -> str:
    """The address of what is new: its number; where an earlier one has that, with the year or the day."""
    tried = (number, f"{number}-{telling.as_of.year}", f"{number}-{telling.as_of:%Y%m%d}")
    return next(each for each in tried if each not in taken)
