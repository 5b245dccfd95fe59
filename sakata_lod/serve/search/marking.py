"""Where the words of a search stand in a text as printed: marked, and cut to what is around them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sakata_lod.folding import fold
from sakata_lod.search_index import Passage, runs
from sakata_lod.serve.search.index import Listed
from sakata_lod.serve.search.words import Word

_AROUND = 40
_MOST_SIGNS = 160


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text. is_hit: it is a word that was looked for."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of a measure with the words in it.

    year: whose activity it is. is_name: it is the name of something that the measure belongs to.
    """

    parts: Sequence[Part]
    year: str | None = None
    is_name: bool = False

    @property
    def text(self) -> str:
        """The passage without marks."""
        return "".join(each.text for each in self.parts)


def spans(text: str, folded_word: str) -> Iterator[tuple[int, int]]:
    """Where a folded word stands in a text as printed: from, to.

    Folding changes lengths: what a place in the folded text was is found by folding beginnings of the text.
    """
    folded = fold(text)
    start = folded.find(folded_word)
    while start >= 0:
        end = start + len(folded_word)
        yield (start, end) if fold(text[start:end]) == folded_word else _printed(text, start, end)
        start = folded.find(folded_word, end)


def marked(text: str, words: Sequence[str]) -> list[Part]:
    """A text as parts, its hits of folded words marked."""
    parts, done = [], 0
    for start, end in _merged(sorted(span for each in words for span in spans(text, each))):
        parts += [Part(text[done:start]), Part(text[start:end], is_hit=True)]
        done = end
    return [each for each in [*parts, Part(text[done:])] if each.text]


def looked_for(words: Sequence[Word]) -> list[str]:
    """What is to be marked of words."""
    return [run for each in words if not each.excluded for run in runs(each.folded)]


def snippet(measure: Listed, words: Sequence[str]) -> Snippet | None:
    """The passage of a measure in which most words stand, else a name; None where its title has all."""
    title = _having(" ".join(measure.titles.values()), words)
    passages = (*measure.passages, *(Passage(each) for each in measure.names))
    best = max(passages, key=lambda each: len(_having(each.text, words) - title), default=None)
    if best is None or not _having(best.text, words) - title:
        return None
    parts = _cut(marked(best.text, words))
    return Snippet(parts, best.year, is_name=best.text in measure.names)


def _having(text: str, words: Sequence[str]) -> set[str]:
    folded = fold(text)
    return {each for each in words if each in folded}


def _printed(text: str, start: int, end: int) -> tuple[int, int]:
    beginnings = range(len(text) + 1)

    def length(count: int) -> int:
        return len(fold(text[:count]))

    return bisect_right(beginnings, start, key=length) - 1, bisect_left(beginnings, end, key=length)


def _merged(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    done = 0
    for start, end in places:
        if end > done:
            yield max(start, done), end
            done = end


def _cut(parts: Sequence[Part]) -> list[Part]:
    """Leave out what is far from the first hit."""
    first = next((place for place, each in enumerate(parts) if each.is_hit), 0)
    before = "".join(each.text for each in parts[:first])
    kept = [Part(f"…{before[-_AROUND:]}" if len(before) > _AROUND else before)]
    room = _MOST_SIGNS
    for each in parts[first:]:
        kept.append(Part(each.text if len(each.text) <= room else f"{each.text[:room]}…", each.is_hit))
        room -= len(each.text)
        if room <= 0:
            break
    return [each for each in kept if each.text]
