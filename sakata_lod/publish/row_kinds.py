"""What kind of row a text begins, and the numbers that it bears."""

import re
import unicodedata
from dataclasses import dataclass

from sakata_lod.site import Rows, TableLayout

_ROMAN = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ", "Ⅶ", "Ⅷ", "Ⅸ", "Ⅹ", "Ⅺ", "Ⅻ")
_KANJI = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_NUMERALS = {sign: str(value) for signs in (_ROMAN, _KANJI) for value, sign in enumerate(signs, start=1)}
_NUMERALS |= {unicodedata.normalize("NFKC", sign): str(value) for value, sign in enumerate(_ROMAN, start=1)}
_SEPARATOR = re.compile(r"[-.・_の‐－−―]")


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
    """Write a printed number in digits and hyphens: "１" → "1", "Ⅱ" → "2", "2.1" → "2-1"; else None."""
    parts = _SEPARATOR.split("".join(unicodedata.normalize("NFKC", printed).split()))
    digits = [part if part.isascii() and part.isdigit() else _NUMERALS.get(part) for part in parts]
    return None if None in digits else "-".join(filter(None, digits))


def is_ignored(text: str, rows: Rows) -> bool:
    """Tell a row that says nothing of any measure: a note, a total."""
    return any(re.fullmatch(pattern, text, re.DOTALL) for pattern in rows.ignored)


def measure_row(text: str, layout: TableLayout, depth: int) -> Numbered | None:
    """Tell a measure's row; None for any other. depth: how many divisions are open.

    Where measures print no numbers, their pattern may fit anything: what has no number and looks like a
    division is one.
    """
    found = numbered(layout.rows.measure, text, layout.rows)
    if found is not None and found.number is None and division_row(text, layout, depth):
        return None
    return found


def division_row(text: str, layout: TableLayout, depth: int) -> tuple[int, Numbered] | None:
    """Tell the level, from 0, of a division that a row of its own begins; None if it begins none.

    depth: how many divisions are open, one inside the other: a section stands in a chapter.
    """
    in_rows = len(layout.rows.divisions) - len(layout.columns.divisions)
    for level, pattern in enumerate(layout.rows.divisions[:in_rows]):
        if level <= depth and (found := numbered(pattern, text, layout.rows)):
            return level, found
    return None


def begins_division(text: str, layout: TableLayout) -> bool:
    """Tell a row of a division, of whatever level."""
    depth = len(layout.rows.divisions)
    return measure_row(text, layout, depth) is None and division_row(text, layout, depth) is not None
