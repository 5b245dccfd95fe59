"""Cells of figures: from the number, the unit and the notes printed in them to a decimal."""

import re
from dataclasses import dataclass
from decimal import Decimal

from sakata_lod.errors import Place, UnknownFigure
from sakata_lod.site import Figures

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_FOLD = str.maketrans(_HALF_WIDTH | {ord(sign): ord("-") for sign in "−‐－﹣"})
# Only widths are folded: NFKC would read 10² as 102.
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<decimals>\.[0-9]+)?(?P<unit>.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as read. value: None where words say that there is none. unit: as printed behind it."""

    value: Decimal | None
    unit: str | None = None


def is_same_as_left(text: str, words: Figures) -> bool:
    """Tell a cell that says it holds what the cell before it does."""
    return _is_one_of(text, words.same_as_left)


def says_no_figure(text: str, words: Figures) -> bool:
    """Tell a cell that says that there is no figure: －."""
    return _is_one_of(text, words.without_figure)


def figure(text: str, unit: str | None, words: Figures, place: Place) -> Figure | None:
    """Read a cell of figures; None for a blank one, which is not zero.

    text: digits of any width, thousands marked by commas, any minus sign, then a unit. unit: of its column.
    Raises: UnknownFigure: neither a number nor a word that stands for none.
    """
    if not text.strip():
        return None
    if says_no_figure(text, words):
        return Figure(None)
    bare = _without_notes(text, words)
    matched = _NUMBER.fullmatch(_positive(bare, words))
    if matched is None:
        raise UnknownFigure(place, text)
    known = {_folded(each): each for each in (*words.units, *([unit] if unit else ()))}
    behind = _folded(matched["unit"])
    if behind and behind not in known:
        raise UnknownFigure(place, text)
    digits = matched["digits"].replace(",", "") + (matched["decimals"] or "")
    return Figure(Decimal(matched["sign"] + digits), known.get(behind))


def _is_one_of(text: str, words: tuple[str, ...]) -> bool:
    return _folded(text) in map(_folded, words)


def _without_notes(text: str, words: Figures) -> str:
    folded = text.translate(_FOLD)
    for note in words.notes:
        folded = re.sub(note.translate(_FOLD), "", folded)
    return "".join(folded.split())


def _positive(text: str, words: Figures) -> str:
    """Write a sign that means minus in this plan as one."""
    for sign in words.negative:
        if text.startswith(_folded(sign)):
            return "-" + text.removeprefix(_folded(sign))
    return text


def _folded(text: str) -> str:
    return "".join(text.translate(_FOLD).split())
