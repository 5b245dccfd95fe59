"""What kind of row a text begins, and the numbers that it bears."""

import re
import unicodedata
from dataclasses import dataclass

from sakata_lod.site import Rows, TableLayout

_ROMAN = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ", "Ⅶ", "Ⅷ", "Ⅸ", "Ⅹ", "Ⅺ", "Ⅻ")
_KANJI = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_NUMERALS = {sign: str(value) for signs in (_ROMAN, _KANJI) for value, sign in enumerate(signs, start=1)}
_NUMERALS |= {unicodedata.normalize("NFKC", sign): str(value) for value, sign in enumerate(_ROMAN, start=1)}
_CIRCLED = {0x2460 + value: f"({value + 1})" for value in range(20)}
_DASH = "[-.・_の‐－−―]"
_SEPARATOR = re.compile(rf"{_DASH}?(?:[()]+{_DASH}?)+|{_DASH}")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number and a title as read. number: in digits joined by hyphens; None where none can be told."""

    number: str | None
    title: str


def numbered(pattern: str, text: str, rows: Rows) -> Numbered | None:
    """Match a whole text with the pattern of a kind of row; None if it does not fit."""
    matched = re.fullmatch(pattern, text, re.DOTALL)
    if matched is None or not (matched["title"] or "").strip():
        return None
    groups, title = matched.groupdict(), matched["title"]
    printed = groups.get("number")
    if not printed:
        return Numbered(rows.numbers.get(title), title)
    number = plain_number(printed)
    return Numbered(number, title) if number else None


def plain_number(printed: str) -> str | None:
    """Write a printed number in digits and hyphens; None if it is none.

    "１" → "1", "Ⅱ" → "2", "2.1" → "2-1", "1-(2)-③" and "1(2)③" → "1-2-3".
    """
    text = "".join(unicodedata.normalize("NFKC", printed.translate(_CIRCLED)).split())
    parts = _SEPARATOR.split(text.removeprefix("(").removesuffix(")"))
    digits = [part if part.isascii() and part.isdigit() else _NUMERALS.get(part) for part in parts]
    return None if None in digits else "-".join(filter(None, digits))


def is_ignored(text: str, rows: Rows) -> bool:
    """Tell a row that says nothing of any measure: a note, a total."""
    return any(re.fullmatch(pattern, text, re.DOTALL) for pattern in rows.ignored)


def division_row(text: str, layout: TableLayout, depth: int) -> tuple[int, Numbered] | None:
    """Tell the level, from 0, of a division that a row of its own begins; None if it begins none.

    depth: how many divisions are open, one inside the other: a section stands in a chapter.
    """
    in_rows = len(layout.rows.divisions) - len(layout.columns.divisions)
    for level, pattern in enumerate(layout.rows.divisions[:in_rows]):
        if level <= depth and (found := numbered(pattern, text, layout.rows)):
            return level, found
    return None


def measure_row(text: str, layout: TableLayout, depth: int, *, is_alone: bool) -> Numbered | None:
    """Tell the measure that a row is of; None if it is of none.

    depth: see division_row. is_alone: the row prints nothing else. Where measures print no number, any text
    is like a title of one: a row that names a division and says no more is then the division's.
    """
    is_numbered = "number" in re.compile(layout.rows.measure).groupindex
    if is_alone and not is_numbered and division_row(text, layout, depth) is not None:
        return None
    return numbered(layout.rows.measure, text, layout.rows)


def begins_division(text: str, layout: TableLayout, *, is_alone: bool) -> bool:
    """Tell a row of a division, of whatever level. is_alone: it prints nothing else."""
    deepest = len(layout.rows.divisions)
    if measure_row(text, layout, deepest, is_alone=is_alone):
        return False
    return division_row(text, layout, deepest) is not None
