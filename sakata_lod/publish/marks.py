"""Status cells: from the marks and words printed in them to a code of the shared lists."""

from sakata_lod.errors import MarkAndWordsDisagree, Place, UnknownMark


def status_code(text: str, codes: dict[str, str], place: Place) -> str | None:
    """Tell the code that a status cell names; None for a blank one.

    text: as read ("◎ 達成"). codes: mark or word → code. Looked up is the whole cell, else each word of it.
    Raises: UnknownMark, MarkAndWordsDisagree.
    """
    text = text.strip()
    if not text or text in codes:
        return codes.get(text)
    words = text.split()
    if unknown := [word for word in words if word not in codes]:
        raise UnknownMark(place, " ".join(unknown), "、".join(codes))
    found = list(dict.fromkeys(codes[word] for word in words))
    if len(found) > 1:
        raise MarkAndWordsDisagree(place, text, " / ".join(found))
    return found[0]


def is_status(text: str, codes: dict[str, str]) -> bool:
    """Tell whether a cell holds nothing but marks and words of a status."""
    words = text.split()
    return text.strip() in codes or (bool(words) and all(word in codes for word in words))
