"""What was typed into the search box → words to look for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sakata_lod.folding import fold
from sakata_lod.search_index import expression

_QUOTES = '"“”＂'
_WORD = re.compile(
    rf"(?P<minus>(?<![^\s{_QUOTES}])[-－−‐])?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<word>[^\s{_QUOTES}]+))"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a phrase in quotes. text: as typed; excluded: measures that have it are not wanted."""

    text: str
    folded: str
    expression: str
    excluded: bool = False

    @property
    def typed(self) -> str:
        """How it is typed into the search box."""
        quoted = f'"{self.text}"' if re.search(r"\s|^[-－−‐]", self.text) else self.text
        return f"-{quoted}" if self.excluded else quoted


def read_words(typed: str) -> tuple[Word, ...]:
    """Read words, "phrases" and -words. What holds no letter and no digit can be no word, and is left out."""
    return tuple(dict.fromkeys(_words(typed)))


def _words(typed: str) -> Iterator[Word]:
    for found in _WORD.finditer(typed):
        text = (found["phrase"] or found["word"] or "").strip()
        folded = fold(text)
        if looked_for := expression(folded):
            yield Word(text, folded, looked_for, bool(found["minus"]))
