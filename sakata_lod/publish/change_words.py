"""Changes between editions in words: a line each, and under which heading."""

from collections.abc import Iterable
from itertools import groupby

from sakata_lod.publish.changes import Change, concept_label
from sakata_lod.site import Text

_NOTHING = "—"
_ONE_SIDED = ("Added", "Removed")


def line(change: Change, language: str) -> str:
    """Tell a change: "2-1-4 …: Achieved → Partly achieved"."""
    about = change.about and _in(change.about, language)
    said = _said(change, language)
    return (": " if language == "en" else "：").join(part for part in (about, said) if part)


def sentence(change: Change, language: str) -> str:
    """Tell a change by itself, with its kind."""
    return f"{_in(concept_label(change.kind), language)}: {line(change, language)}"


def headed_lines(changes: Iterable[Change], language: str) -> str:
    """Tell changes kind by kind, each under its heading with how many there are."""
    text: list[str] = []
    for kind, found in groupby(changes, key=lambda each: each.kind):
        lines = [f"  {line(each, language)}" for each in found]
        text += [f"{_in(concept_label(kind), language)} ({len(lines)})", *lines]
    return "\n".join(text)


def _said(change: Change, language: str) -> str:
    before, after = (each and _in(each, language) for each in (change.before, change.after))
    if before is None and after is None:
        return ""
    if change.kind.endswith(_ONE_SIDED):
        return before or after or ""
    return f"{before or _NOTHING} → {after or _NOTHING}"


def _in(text: Text, language: str) -> str:
    return text.en if language == "en" and text.en else text.ja
