"""Where the words of a search stand in a text as printed: marked, and cut to what is around them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sakata_lod.folding import fold
from sakata_lod.search_index import Passage, runs
from sakata_lod.serve.search.index import Listed
from sakata_lod.serve.search.words import Word

_AROUND = 40
_MOST_SIGNS = 160
_FOLLOWING = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text. is_hit: it is a word that was looked for."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of a measure with the words in it.

    kind: title, in another language; description; activity, of a year; reason; or name, of what the measure
    belongs to.
    """

    kind: str
    parts: Sequence[Part]
    year: str | None = None

    @property
    def text(self) -> str:
        """The passage without marks."""
        return "".join(each.text for each in self.parts)


def spans(text: str, folded_word: str) -> Iterator[tuple[int, int]]:
    """Where a folded word stands in a text as printed: from, to.

    Folding changes lengths: what a place in the folded text was is found by folding beginnings of the text.
    """
    folded = _folded(text)
    start = folded.find(folded_word)
    while start >= 0:
        end = start + len(folded_word)
        yield (start, end) if fold(text[start:end]) == folded_word else _printed(text, start, folded_word)
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


def snippet(measure: Listed, words: Sequence[str], title: str | None = None) -> Snippet | None:
    """The passage of a measure in which most words stand that its title lacks; None where it lacks none.

    title: the one that is shown beside it; all of them where it is not given.
    """
    titles = measure.titles.values()
    missing = set(words) - _having(" ".join(titles) if title is None else title, words)
    best, most = None, 0
    for kind, passage in _passages(measure):
        if most == len(missing):
            break
        count = len(_having(passage.text, words) & missing)
        if count > most:
            best, most = (kind, passage), count
    if best is None:
        return None
    kind, passage = best
    return Snippet(kind, _cut(marked(passage.text, words)), passage.year)


def _passages(measure: Listed) -> Iterator[tuple[str, Passage]]:
    yield from (("title", Passage(each)) for each in measure.titles.values())
    if measure.description is not None:
        yield "description", Passage(measure.description)
    yield from (("activity" if each.year else "reason", each) for each in measure.passages)
    yield from (("name", Passage(each)) for each in measure.names)


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    # The measures that stand first in one search often do in the next.
    return fold(text)


def _having(text: str, words: Sequence[str]) -> set[str]:
    folded = _folded(text)
    return {each for each in words if each in folded}


def _printed(text: str, start: int, folded_word: str) -> tuple[int, int]:
    beginnings = range(len(text) + 1)

    def length(count: int) -> int:
        return len(fold(text[:count]))

    begin = bisect_right(beginnings, start, key=length) - 1
    end = bisect_left(beginnings, start + len(folded_word), key=length)
    # A sign of voicing that follows belongs to the last kana: ﾊﾞ are two signs.
    ends = range(end, min(end + _FOLLOWING, len(text)) + 1)
    return begin, next((each for each in ends if fold(text[begin:each]) == folded_word), end)


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
