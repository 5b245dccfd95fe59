"""Status cells: from the marks and words printed in them to a code of the shared lists."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sakata_lod.errors import MarkAndWordsDisagree, Place, UnknownMark
from sakata_lod.site import StatusAxis, TableLayout, folded_mark

_BETWEEN_MARK_AND_WORD = re.compile(r"[\s_:.．：、,()（）【】\[\]]+")


@dataclass(frozen=True, slots=True)
class StatusMarks:
    """The marks and words of one status in a plan. codes: mark → code. without: those that say none."""

    axis: StatusAxis
    codes: Mapping[str, str]
    without: tuple[str, ...] = ()

    @classmethod
    def of(cls, layout: TableLayout, axis: StatusAxis) -> "StatusMarks":
        """Those that plan.toml knows."""
        codes: dict[str, str] = getattr(layout, axis)
        return cls(axis, codes, layout.statuses.without(axis))


def status_code(text: str, marks: StatusMarks, place: Place) -> str | None:
    """Tell the code that a status cell names; None for a blank one, and for one that says no status.

    text: as read ("◎ 達成", "A_拡充", "Ｃ：縮小", "－"). Looked up is the whole cell, else each word of it,
        else each part that a sign between mark and word keeps apart, in any width.
    Raises: UnknownMark, MarkAndWordsDisagree.
    """
    known = _Known(marks)
    words = known.words(text)
    if unknown := [word for word in words if not known.has(word)]:
        raise UnknownMark(place, " ".join(unknown), "、".join((*marks.codes, *marks.without)), marks.axis)
    found = list(dict.fromkeys(map(known.code, words)))
    if len(found) > 1:
        said = (each or f"without_{marks.axis}" for each in found)
        raise MarkAndWordsDisagree(place, text.strip(), " / ".join(said))
    return found[0] if found else None


def is_status(text: str, marks: StatusMarks) -> bool:
    """Tell whether a cell holds nothing but marks and words of a status."""
    known = _Known(marks)
    words = known.words(text)
    return bool(words) and all(known.has(word) and known.code(word) is not None for word in words)


def says_no_status(text: str, marks: StatusMarks) -> bool:
    """Tell whether a cell holds nothing but marks and words that say no status. A blank one holds none."""
    known = _Known(marks)
    words = known.words(text)
    return bool(words) and all(known.has(word) and known.code(word) is None for word in words)


class _Known:
    """The marks and words of a plan, each found as it is written, else in any width."""

    def __init__(self, marks: StatusMarks) -> None:
        self.exact: dict[str, str | None] = {**marks.codes, **dict.fromkeys(marks.without)}
        self.folded = {folded_mark(mark): code for mark, code in self.exact.items()}

    def has(self, word: str) -> bool:
        return word in self.exact or folded_mark(word) in self.folded

    def code(self, word: str) -> str | None:
        """The code of a word that is known; None for one that says no status."""
        return self.exact[word] if word in self.exact else self.folded[folded_mark(word)]

    def words(self, text: str) -> list[str]:
        text = text.strip()
        words = text.split()
        if self.has(text) and text:
            return [text]
        if all(map(self.has, words)):
            return words
        parts = [part for part in _BETWEEN_MARK_AND_WORD.split(text) if part]
        return parts if parts and all(map(self.has, parts)) else words
