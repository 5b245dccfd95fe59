"""What the page of a search shows, in a language."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sakata_lod.search_index import NOT_STATED, Choice
from sakata_lod.serve.labels import Text, language_rank
from sakata_lod.serve.search.asking import SORTS, Search
from sakata_lod.serve.search.finding import Counted, Facet, Found
from sakata_lod.serve.search.index import Listed
from sakata_lod.serve.search.marking import Part, Snippet, looked_for, marked, snippet
from sakata_lod.serve.tables import natural_key
from sakata_lod.serve.translation import LazyText, lazy_gettext

_MOST_VALUES = 40
"""Values of a facet that a page shows; a federation has hundreds of departments, found by narrowing down."""
_ONLY_AMONG_SEVERAL = ("city", "plan")

FACET_NAMES: Mapping[str, LazyText] = {
    "city": lazy_gettext("Municipality"),
    "plan": lazy_gettext("Plan"),
    "chapter": lazy_gettext("Chapter"),
    "department": lazy_gettext("Responsible department"),
    "theme": lazy_gettext("Shared theme"),
    "achievement": lazy_gettext("Achievement"),
    "response": lazy_gettext("How it goes on"),
    "year": lazy_gettext("Fiscal year with an entry"),
}

SORT_NAMES: Mapping[str, LazyText] = {
    "relevance": lazy_gettext("Best match"),
    "plan": lazy_gettext("Order of the plan"),
}


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value of a facet, and the link that chooses it, or chooses it no more."""

    name: str
    measures: int
    is_chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet. further: how many values the page leaves out."""

    name: str
    title: LazyText
    values: Sequence[ShownValue]
    further: int

    @property
    def is_chosen(self) -> bool:
        """Whether any of its values is chosen."""
        return any(each.is_chosen for each in self.values)


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """A measure that was found. path: of its page; title_language: of its title's tag."""

    path: str
    number: str
    title: Sequence[Part]
    title_language: str
    measure: Listed
    where: Snippet | None

    def names(self, facet: str, language: str) -> list[str]:
        """Its values of a facet, in a language; what the plan does not state is none."""
        stated = (each for each in self.measure.of(facet) if each.value != NOT_STATED)
        return [name_of(each, language) for each in stated]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page."""

    found: Found
    facets: Sequence[ShownFacet]
    measures: Sequence[ShownMeasure]
    sorts: Sequence[tuple[LazyText, str, bool]]

    @property
    def first(self) -> int:
        """The number of the first measure on the page, from 1."""
        return (self.found.search.page - 1) * self.found.search.per_page + 1

    @property
    def last(self) -> int:
        """The number of the last."""
        return self.first + len(self.measures) - 1

    @property
    def is_translated(self) -> bool:
        """Whether a title shown is a machine's translation, as its language tag says (RFC 6497)."""
        return any("-t0-" in each.title_language for each in self.measures)

    @property
    def has_cities(self) -> bool:
        """Whether measures are those of several cities."""
        return any(each.name == "city" for each in self.facets)


def search_page(found: Found, several: Callable[[str], bool], base: str, language: str) -> SearchPage:
    """Make the page. several: whether a facet has more than one value in the whole index."""
    words = looked_for(found.search.words)
    return SearchPage(
        found=found,
        facets=list(_facets(found, several, language)),
        measures=[_measure(each, words, base, language) for each in found.measures],
        sorts=[
            (SORT_NAMES[each], found.search.sorted_by(each).query(), each == found.search.sort)
            for each in SORTS
        ],
    )


def name_of(choice: Choice, language: str) -> str:
    """What a value of a facet is called in a language."""
    return choice.ja if language == "ja" else choice.en


def _facets(found: Found, several: Callable[[str], bool], language: str) -> Iterator[ShownFacet]:
    for facet in found.facets:
        is_needed = (
            facet.name not in _ONLY_AMONG_SEVERAL or several(facet.name) or found.search.values(facet.name)
        )
        if facet.values and is_needed:
            yield _facet(facet, found.search, language)


def _facet(facet: Facet, search: Search, language: str) -> ShownFacet:
    def place(each: Counted) -> tuple[object, ...]:
        named = natural_key(name_of(each.choice, language))
        if facet.name in ("chapter", "year"):
            return (each.choice.value == NOT_STATED, natural_key(each.choice.value))
        return (-each.measures, named)

    ordered = sorted(facet.values, key=place)
    shown = [each for count, each in enumerate(ordered) if count < _MOST_VALUES or each.is_chosen]
    values = [
        ShownValue(
            name_of(each.choice, language),
            each.measures,
            each.is_chosen,
            search.toggled(facet.name, each.choice.value).query(),
        )
        for each in shown
    ]
    return ShownFacet(facet.name, FACET_NAMES[facet.name], values, facet.further + len(ordered) - len(shown))


def _measure(measure: Listed, words: Sequence[str], base: str, language: str) -> ShownMeasure:
    tag = min(measure.titles, key=lambda each: language_rank(each, language), default="")
    title = measure.titles.get(tag, "")
    return ShownMeasure(
        path=measure.iri.removeprefix(base).replace("id/", "doc/", 1),
        number=measure.number,
        title=marked(title, words),
        title_language=tag,
        measure=measure,
        where=snippet(measure, words, title),
    )


def shown_unknown(found: Found) -> list[tuple[Text, LazyText, str]]:
    """The values chosen that no measure has: each with its facet, and the link that chooses it no more."""
    return [
        (Text(value), FACET_NAMES[facet], found.search.toggled(facet, value).query())
        for facet, value in found.unknown
    ]
