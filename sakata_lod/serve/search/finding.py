"""What is asked for → the measures that are found, and how many each value of each facet has.

Sets of documents are whole numbers, a bit a document: to combine two takes microseconds at 60,000 measures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from heapq import nlargest
from itertools import islice
from operator import and_, or_

from sakata_lod.search_index import FACETS, Choice
from sakata_lod.serve.search.asking import Search
from sakata_lod.serve.search.index import Listed, SearchIndex
from sakata_lod.serve.search.words import Word

_MOST_VALUES = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of a facet. measures: found ones that have it, as if nothing of its facet were chosen."""

    choice: Choice
    measures: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a facet that found measures have, and those that are chosen: what most have, first.

    further: how many values are left out; a federation has thousands of departments.
    """

    name: str
    values: Sequence[Counted]
    further: int


@dataclass(frozen=True, slots=True)
class WordFound:
    """A word and how many measures have it, whatever else is asked for."""

    word: Word
    measures: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to. measures: those of its page. unknown: values chosen that no measure has."""

    search: Search
    total: int
    measures: Sequence[Listed]
    facets: Sequence[Facet]
    words: Sequence[WordFound]
    unknown: Sequence[tuple[str, str]]

    @property
    def pages(self) -> int:
        """How many pages there are; one, though it be empty."""
        return max(1, -(-self.total // self.search.per_page))


def find(index: SearchIndex, search: Search) -> Found:
    """Search."""
    tiers = _by_tier(index, search)
    chosen = {facet: _chosen(index, search, facet) for facet in FACETS}
    found = reduce(and_, chosen.values(), tiers[-1])
    start = (search.page - 1) * search.per_page
    order = tiers if search.sort == "relevance" else tiers[-1:]
    numbers = _ranked([each & found for each in order], start, search.per_page)
    return Found(
        search=search,
        total=found.bit_count(),
        measures=index.documents(numbers),
        facets=[_facet(index, search, facet, tiers[-1], chosen) for facet in FACETS],
        words=[WordFound(each, _all(index, each).bit_count()) for each in search.words],
        unknown=[
            (facet, value)
            for facet in FACETS
            for value in search.values(facet)
            if value not in index.choices[facet]
        ],
    )


def how_many(index: SearchIndex, search: Search) -> int:
    """How many measures a search would find."""
    chosen = (_chosen(index, search, facet) for facet in FACETS)
    return reduce(and_, chosen, _by_tier(index, search)[-1]).bit_count()


def _by_tier(index: SearchIndex, search: Search) -> list[int]:
    """The documents that have all words in titles; in titles or names; anywhere."""
    everything = index.everything
    for each in search.words:
        if each.excluded:
            everything &= ~_all(index, each)
    reached = [everything] * 3
    for each in search.words:
        if not each.excluded:
            title, name, text = index.having(each.expression)
            within = (title, title | name, title | name | text)
            reached = [before & now for before, now in zip(reached, within, strict=True)]
    return reached


def _all(index: SearchIndex, word: Word) -> int:
    return reduce(or_, index.having(word.expression))


def _chosen(index: SearchIndex, search: Search, facet: str) -> int:
    values = search.values(facet)
    if not values:
        return index.everything
    held = index.choices[facet]
    return reduce(or_, (held[each].documents for each in values if each in held), 0)


def _facet(index: SearchIndex, search: Search, facet: str, words: int, chosen: dict[str, int]) -> Facet:
    others = reduce(and_, (each for name, each in chosen.items() if name != facet), words)
    among = others.to_bytes(others.bit_length() // 8 + 1, "little")
    counted = (
        Counted(held.choice, held.among(among), value in search.values(facet))
        for value, held in index.choices[facet].items()
    )
    values = [each for each in counted if each.measures or each.is_chosen]
    told = nlargest(_MOST_VALUES, values, key=lambda each: (each.is_chosen, each.measures))
    return Facet(facet, told, len(values) - len(told))


def _ranked(sets: Sequence[int], start: int, count: int) -> list[int]:
    """Some documents of sets, each of which holds the one before, in the order of sets, then of plans."""
    numbers: list[int] = []
    before = 0
    for each in sets:
        new = each & ~before
        here = new.bit_count()
        if start < here:
            numbers += islice(_bits(new), start, start + count - len(numbers))
        start = max(0, start - here)
        before = each
        if len(numbers) == count:
            break
    return numbers


def _bits(documents: int) -> Iterator[int]:
    signs = bin(documents)[:1:-1]
    place = signs.find("1")
    while place >= 0:
        yield place
        place = signs.find("1", place + 1)
