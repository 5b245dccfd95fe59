"""The parameters of a search: read and checked, and written into links that ask otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from sakata_lod.search_index import FACETS
from sakata_lod.serve.search.words import Word, read_words
from sakata_lod.serve.translation import gettext

SORTS = ("relevance", "plan")
"""relevance: hits in titles first, then in names of what measures belong to; plan: as in the tables."""
MOST_SIGNS = 200
PER_PAGE = 20
MOST_PER_PAGE = 1000
_MOST_PAGES = 1_000_000


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked for.

    chosen: values by facet, any of which will do. unread: parameters that mean nothing here.
    """

    typed: str = ""
    words: tuple[Word, ...] = ()
    chosen: Mapping[str, tuple[str, ...]] | None = None
    sort: str = SORTS[0]
    page: int = 1
    per_page: int = PER_PAGE
    unread: tuple[str, ...] = ()

    def values(self, facet: str) -> tuple[str, ...]:
        """The values chosen of a facet."""
        return (self.chosen or {}).get(facet, ())

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for at all."""
        return bool(self.words or self.chosen)

    def query(self, **others: str) -> str:
        """The query of an address that asks this. others: further parameters."""
        return urlencode([*self.parameters(), *others.items()])

    def parameters(self) -> Iterator[tuple[str, str]]:
        """The parameters that ask this; what is as it would be anyway is left out."""
        if self.typed:
            yield "q", self.typed
        yield from ((facet, value) for facet in FACETS for value in self.values(facet))
        told = (("sort", self.sort), ("per_page", self.per_page), ("page", self.page))
        usual = Search()
        yield from ((name, str(value)) for name, value in told if value != getattr(usual, name))

    def on_page(self, page: int) -> "Search":
        """The same on another page."""
        return replace(self, page=page)

    def toggled(self, facet: str, value: str) -> "Search":
        """The same with a value chosen, or no more chosen; on the first page."""
        had = self.values(facet)
        values = tuple(each for each in had if each != value) if value in had else (*had, value)
        chosen = {**(self.chosen or {}), facet: values}
        return replace(self, chosen={name: each for name, each in chosen.items() if each}, page=1)

    def without(self, word: Word, instead: str = "") -> "Search":
        """The same without a word, or with another in its place; on the first page."""
        others = [each.typed for each in self.words if each != word]
        typed = " ".join([*others, instead] if instead else others)
        return replace(self, typed=typed, words=read_words(typed), page=1)

    def sorted_by(self, sort: str) -> "Search":
        """The same in another order; on the first page."""
        return replace(self, sort=sort, page=1)


def read_search(given: MultiDict[str, str], per_page: int = PER_PAGE) -> Search:
    """Read the parameters of an address. per_page: how many measures a page has where it does not say.

    Raises: BadRequest: one of them cannot be understood.
    """
    typed = _once(given, "q").strip()
    if len(typed) > MOST_SIGNS:
        raise BadRequest(
            gettext("“q” may have %(most)s signs; it has %(signs)s.", most=MOST_SIGNS, signs=len(typed))
        )
    sort = _once(given, "sort") or SORTS[0]
    if sort not in SORTS:
        raise BadRequest(gettext("“sort” must be one of: %(sorts)s.", sorts=", ".join(SORTS)))
    chosen = {facet: tuple(dict.fromkeys(filter(None, given.getlist(facet)))) for facet in FACETS}
    known = {"q", "sort", "page", "per_page", "lang", *FACETS}
    return Search(
        typed=typed,
        words=read_words(typed),
        chosen={facet: values for facet, values in chosen.items() if values},
        sort=sort,
        page=_whole_number(given, "page", 1, _MOST_PAGES),
        per_page=_whole_number(given, "per_page", per_page, MOST_PER_PAGE),
        unread=tuple(each for each in given if each not in known),
    )


def _once(given: MultiDict[str, str], name: str) -> str:
    values: Sequence[str] = given.getlist(name)
    if len(values) > 1:
        raise BadRequest(gettext("“%(name)s” is given more than once.", name=name))
    return values[0] if values else ""


def _whole_number(given: MultiDict[str, str], name: str, usual: int, most: int) -> int:
    text = _once(given, name)
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most and len(text) < 9):
        raise BadRequest(
            gettext("“%(name)s” must be a whole number from 1 to %(most)s.", name=name, most=most)
        )
    return int(text)
