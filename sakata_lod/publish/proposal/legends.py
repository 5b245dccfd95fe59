"""What the notes of an unknown table say that its marks mean: ※ Ａ：達成、Ｂ：概ね達成."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rdflib import URIRef

from sakata_lod.folding import fold
from sakata_lod.publish.proposal.statuses import FoundMark, codes_by_word

_LONGEST_MARK = 2
_PICTURES = "◎○●◇◆□■△▲▽▼×☆★"
"""Marks that are no part of a word: what stands right behind one is said of it."""
_WORDS = r"[^\s、,。;；/／()（）「」【】]+"


def explained(marks: Sequence[FoundMark], lines: Iterable[str], scheme: URIRef) -> tuple[FoundMark, ...]:
    """Give the marks of which no cell tells the code what the notes say of them.

    A code is given where the notes say a word of the shared list, and of one mark no two.
    """
    notes = [unicodedata.normalize("NFKC", line) for line in lines]
    return tuple(_explained(each, notes, scheme) if each.code is None else each for each in marks)


def _explained(mark: FoundMark, notes: Sequence[str], scheme: URIRef) -> FoundMark:
    if len(mark.text) > _LONGEST_MARK or mark.against:
        return mark
    sign = re.escape(mark.text)
    between = _between(mark)
    says = re.compile(rf"(?<!\w){sign}{between}({_WORDS})|(?<!\w){sign}\(({_WORDS})\)")
    said = dict.fromkeys(found[1] or found[2] for note in notes for found in says.finditer(note))
    if not said:
        return mark
    codes = {code for words in said if (code := codes_by_word(scheme).get(fold(words)))}
    code = codes.pop() if len(codes) == 1 else None
    return replace(mark, noted="、".join(said), code=code, says_none=False)


def _between(mark: FoundMark) -> str:
    """What stands between a mark and what is said of it. A dash before a blank may be one between words."""
    if mark.says_none:
        return r"\s*[:=.・→]+\s*"
    return r"\s*[:=.・→-]*\s*" if mark.text in _PICTURES else r"\s*(?:[:=.・→-]+\s*|\s+)"
