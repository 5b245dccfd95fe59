"""Status cells: from the marks and words printed in them to a code of the shared lists."""

import re
import unicodedata

from sakata_lod.errors import MarkAndWordsDisagree, Place, UnknownMark

_BETWEEN_MARK_AND_WORD = re.compile(r"[\s_:.．：、,()（）【】\[\]]+")


def status_code(text: str, codes: dict[str, str], place: Place) -> str | None:
    """Tell the code that a status cell names; None for a blank one.

    text: as read ("◎ 達成", "A_拡充", "Ｃ：縮小"). codes: mark or word → code. Looked up is the whole cell,
        else each word of it, else each part that a sign between mark and word keeps apart, in any width.
    Raises: UnknownMark, MarkAndWordsDisagree.
    """
    text = text.strip()
    if not text:
        return None
    known = _Known(codes)
    if whole := known.code(text):
        return whole
    words = known.words(text)
    if unknown := [word for word in words if known.code(word) is None]:
        raise UnknownMark(place, " ".join(unknown), "、".join(codes))
    found = list(dict.fromkeys(known.code(word) for word in words))
    if len(found) > 1:
        raise MarkAndWordsDisagree(place, text, " / ".join(filter(None, found)))
    return found[0] if found else None


def is_status(text: str, codes: dict[str, str]) -> bool:
    """Tell whether a cell holds nothing but marks and words of a status."""
    known = _Known(codes)
    words = known.words(text.strip())
    return known.code(text.strip()) is not None or (
        bool(words) and all(known.code(word) is not None for word in words)
    )


class _Known:
    """The marks and words of a plan, each found as it is written, else in any width."""

    def __init__(self, codes: dict[str, str]) -> None:
        self.exact = codes
        self.folded = {_folded(mark): code for mark, code in codes.items()}

    def code(self, word: str) -> str | None:
        return self.exact.get(word) or self.folded.get(_folded(word))

    def words(self, text: str) -> list[str]:
        words = text.split()
        if all(self.code(word) is not None for word in words):
            return words
        parts = [part for part in _BETWEEN_MARK_AND_WORD.split(text) if part]
        return parts if parts and all(self.code(part) is not None for part in parts) else words


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
