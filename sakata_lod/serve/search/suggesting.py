"""What to do about a search that finds nothing: words spelt alike, and what may be left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from sakata_lod.search_index import FACETS
from sakata_lod.serve.search.asking import Search
from sakata_lod.serve.search.finding import Found, how_many
from sakata_lod.serve.search.index import SearchIndex
from sakata_lod.serve.search.words import Word, read_words

_OFFERED = 3
_ALIKE = 55.0
_ALIKE_SHORT = 50.0
_SHORT = 3
"""How alike, of 100, a spelling must be to be offered. 防才 and 防災, of two signs, are 50."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word that is in the index, to look for instead of one that is not."""

    word: Word
    offered: str
    search: Search
    measures: int


@dataclass(frozen=True, slots=True)
class Loosened:
    """A search without one thing that was asked for. facet: None where it is a word that is left out."""

    left_out: str
    facet: str | None
    search: Search
    measures: int


def spellings(index: SearchIndex, found: Found) -> list[Spelling]:
    """Words to look for instead of those that no measure has."""
    missing = [each.word for each in found.words if not each.measures and not each.word.excluded]
    offers = (_offer(index, found.search, word, text) for word in missing for text in _alike(index, word))
    return [each for each in offers if each.measures]


def loosened(index: SearchIndex, found: Found) -> list[Loosened]:
    """The search without each thing that it asks for, where that finds something."""
    search = found.search
    ways = [
        *((each.typed, None, search.without(each)) for each in search.words),
        *((value, facet, search.toggled(facet, value)) for facet in FACETS for value in search.values(facet)),
    ]
    counted = (Loosened(*way, how_many(index, way[-1])) for way in ways if way[-1].is_narrowed)
    return [each for each in counted if each.measures]


def remaining(found: Found) -> Search | None:
    """The words that are found, and nothing else that was asked for; None where nothing else was."""
    kept = [each.word.typed for each in found.words if each.measures and not each.word.excluded]
    typed = " ".join(kept)
    search = Search(typed=typed, words=read_words(typed))
    return search if kept and (search.words != found.search.words or found.search.chosen) else None


def _alike(index: SearchIndex, word: Word) -> Sequence[str]:
    least = _ALIKE_SHORT if len(word.folded) <= _SHORT else _ALIKE
    found = process.extract(
        word.folded,
        index.spellings,
        scorer=fuzz.ratio,
        processor=None,
        score_cutoff=least,
        limit=_OFFERED * 3,
    )
    alike: dict[str, list[str]] = {}
    for folded, _, text in found:
        alike.setdefault(folded, []).append(text)
    return [_best(folded, texts) for folded, texts in alike.items()][:_OFFERED]


def _best(folded: str, texts: Sequence[str]) -> str:
    """The spelling to offer, of those that fold to the same: オープンデータ rather than おーぷんでーた."""
    return min(texts, key=lambda each: (each == folded, len(each)))


def _offer(index: SearchIndex, search: Search, word: Word, text: str) -> Spelling:
    instead = search.without(word, f'"{text}"' if " " in text else text)
    return Spelling(word, text, instead, how_many(index, instead))
