"""What would settle which measures an edition lists: guesses by the likeness of titles, to be confirmed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from sakata_lod.folding import fold
from sakata_lod.publish.open_identity import KnownMeasure, OpenIdentity, by_number
from sakata_lod.site import Identity

_LIKE = 60
"""From which likeness on two titles are proposed as one measure's: of 0 to 100, which is the same."""

_LIKE_UNDER_ITS_NUMBER = 45
"""The same where the number is unchanged, which speaks for the measure, too."""

_CONFIRM = """\
# 要確認: 数は題名の似ている度合い（100は同じ）。
# To be confirmed: the figure is the likeness of the titles (100 is the same).
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """A number that seems to be a measure, and how like their titles are."""

    number: str
    measure: str
    score: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """The measures that the open numbers seem to be, the titles of both, and what addresses are taken."""

    pairs: tuple[Pair, ...]
    known: Mapping[str, KnownMeasure]
    titles: Mapping[str, str]

    @classmethod
    def of(
        cls, found: OpenIdentity, known: Mapping[str, KnownMeasure], titles: Mapping[str, str]
    ) -> "Likeness":
        """Pair off the likest titles first; of equal ones, those whose number is unchanged."""
        scored = [
            Pair(number, key, _likeness(titles[number], known[key].title))
            for number in found.numbers
            for key in found.measures
        ]
        told = [Pair(n, key, _likeness(titles[n], known[key].title)) for n, key in _told(found)]
        pairs: dict[str, Pair] = {each.number: each for each in told}
        taken: set[str] = set()
        for each in sorted(scored, key=lambda each: _rank(each, known)):
            if _is_like(each, known) and each.number not in pairs and each.measure not in taken:
                pairs[each.number] = each
                taken.add(each.measure)
        return cls(tuple(sorted(pairs.values(), key=lambda each: by_number(each.number))), known, titles)

    def is_same_title(self, pair: Pair) -> bool:
        """Whether the titles differ by no more than width, blanks and the like."""
        return fold(self.titles[pair.number]) == fold(self.known[pair.measure].title)


def _told(found: OpenIdentity) -> Iterable[tuple[str, str]]:
    return ((number, found.keys[number]) for number in found.retitled)


def _is_like(pair: Pair, known: Mapping[str, KnownMeasure]) -> bool:
    return pair.score >= (_LIKE_UNDER_ITS_NUMBER if _is_unchanged(pair, known) else _LIKE)


def _is_unchanged(pair: Pair, known: Mapping[str, KnownMeasure]) -> bool:
    """Whether the number is the one that the measure had in the edition before."""
    return known[pair.measure].number == pair.number


def _rank(pair: Pair, known: Mapping[str, KnownMeasure]) -> tuple[object, ...]:
    return (-pair.score, not _is_unchanged(pair, known), by_number(pair.number), by_number(pair.measure))


def _likeness(one: str, other: str) -> int:
    return round(fuzz.ratio(fold(one), fold(other)))


def proposed(identity: Identity, found: OpenIdentity, likeness: Likeness, as_of: date) -> Identity:
    """What plan.toml says, and what would settle the rest."""
    paired = {each.number: each for each in likeness.pairs}
    moved = {n: each.measure for n, each in paired.items() if not _is_unchanged(each, likeness.known)}
    renamed = {n: likeness.titles[n] for n, each in paired.items() if not likeness.is_same_title(each)}
    addresses: dict[str, str] = {}
    for number in sorted(set(found.numbers) - paired.keys(), key=by_number):
        taken = {*likeness.known, *identity.new.values(), *addresses.values()}
        addresses[number] = _free(number, taken, as_of)
    kept = {each.measure for each in likeness.pairs}
    gone = sorted((each for each in found.measures if each not in kept), key=by_number)
    return identity.model_copy(
        update={
            "renumbered": {**identity.renumbered, **moved},
            "renamed": {**identity.renamed, **renamed},
            "new": {**identity.new, **addresses},
            "ended": (*identity.ended, *gone),
        }
    )


def _free(number: str, taken: set[str], as_of: date) -> str:
    """The address of a new measure: its number; where an earlier one has that, with the year or the day."""
    tried = (number, f"{number}-{as_of.year}", f"{number}-{as_of:%Y%m%d}")
    return next(each for each in tried if each not in taken)


def proposal_text(identity: Identity, likeness: Likeness, as_of: date) -> str:
    """Write an edition's table for plan.toml, with the titles meant and their likeness beside each line."""
    lines = [f"[editions.{as_of}.identity]\n{_CONFIRM}"]
    if identity.ended:
        lines.append("ended = [\n")
        lines += (f"  {_quoted(key)},{_note(likeness.known[key].title)}" for key in identity.ended)
        lines.append("]\n")
    scores = {each.number: each for each in likeness.pairs}
    for number, key in _in_order(identity.renumbered):
        score = scores[number].score if number in scores else _likeness_of(number, key, likeness)
        lines.append(f'renumbered."{number}" = "{key}"{_note(likeness.known[key].title, score)}')
    for number, title in _in_order(identity.renamed):
        pair = scores.get(number)
        before = _note(f"← {likeness.known[pair.measure].title}", pair.score) if pair else "\n"
        lines.append(f'renamed."{number}" = {_quoted(title)}{before}')
    for number, key in _in_order(identity.new):
        lines.append(f'new."{number}" = "{key}"{_note(likeness.titles[number])}')
    for number, keys in identity.made_from.items():
        lines.append(f'made_from."{number}" = {json.dumps(list(keys))}\n')
    return "".join(lines)


def _in_order(said: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return sorted(said.items(), key=lambda each: by_number(each[0]))


def _likeness_of(number: str, key: str, likeness: Likeness) -> int:
    return _likeness(likeness.titles[number], likeness.known[key].title)


def _quoted(text: str) -> str:
    """A TOML basic string, which is written as JSON writes one, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _note(text: str, score: int | None = None) -> str:
    """A comment to the line's end; what TOML does not take in one is left out."""
    words = "".join(each for each in " ".join(text.split()) if each.isprintable())
    return f"  # {'' if score is None else f'{score} '}{words}\n"
