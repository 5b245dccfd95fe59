"""The search index of a release: an SQLite file that building writes and the server reads.

  document   a measure each, numbered from 1 in the order of the plans: what a list shows of it, as JSON
  choice     a value of a facet each, with its names and, as bits from the lowest, the documents that have it;
             first: how many bytes without any are left out before
  word       FTS5: the bigrams of what a document says, by how much a hit there counts: title, name, text
  spelling   words that are in the index, to offer for words that are not

Japanese has no blanks between words, so that what is indexed is every pair of signs that follow each other,
of the folded text; a word is found as a phrase of its pairs. A run of letters ends in its last sign alone: 税
is found by the pairs, or that end, which begin with it, and no pair of one text makes a phrase with the next.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sakata_lod.folding import fold

SEARCH_INDEX = "search.sqlite"
"""The name of the file in a release."""

FACETS = ("city", "plan", "chapter", "department", "theme", "achievement", "response", "year")
"""What measures can be chosen by."""

NOT_STATED = "not-stated"
"""The value of a facet for measures of which the plan does not say it."""

TIERS = ("title", "name", "text")
"""Where a word may be found, what counts most first. name: of a theme, a department or a division."""

SCHEMA = """
CREATE TABLE document (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, number TEXT NOT NULL, said TEXT NOT NULL);
CREATE TABLE choice (
  id INTEGER PRIMARY KEY, facet TEXT NOT NULL, value TEXT NOT NULL, ja TEXT NOT NULL, en TEXT NOT NULL,
  first INTEGER NOT NULL, documents BLOB NOT NULL, UNIQUE (facet, value)
);
CREATE TABLE spelling (text TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE word USING fts5(
  title, name, text, content='', columnsize=0, tokenize="ascii tokenchars '-'"
);
"""

_NUMBER = re.compile(r"[0-9]+(?:-[0-9]+)+")
_RUN = re.compile(r"(?:[^\W_]|[\u3099\u309a\u0300-\u036f]|(?<=\d)-(?=\d)|ー)+")
_WHOLE_NUMBER = "№"
"""Begins the token of a measure's whole number. It is no ASCII, and folding leaves none in a text."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, and what people call it."""

    facet: str
    value: str
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a measure, as printed. year: which fiscal year's activity it is; none for the reason."""

    text: str
    year: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A measure, as search knows it.

    titles: by language tag. names: of its themes, departments and divisions, in every spelling.
    description: what it is, as printed, if that is told.
    """

    iri: str
    number: str
    titles: Mapping[str, str]
    names: tuple[str, ...]
    passages: tuple[Passage, ...]
    choices: tuple[Choice, ...]
    description: str | None = None

    @property
    def texts(self) -> Iterator[str]:
        """All that the published table says of it, but titles and names."""
        yield from (each.text for each in self.passages)
        if self.description is not None:
            yield self.description


def title_tokens(document: Document) -> str:
    """What is indexed of titles and number: 2-1-2 is found by 2-1, too, and never by 1-2 or 2-1-20."""
    parts = fold(document.number).split("-")
    numbers = [_WHOLE_NUMBER + "-".join(parts[: size + 1]) for size in range(len(parts))]
    return " ".join([*numbers, *(tokens(each) for each in document.titles.values())])


@lru_cache(maxsize=4096)  # the same names come with many measures
def tokens(text: str) -> str:
    """What is indexed of a text: the pairs of its runs of letters, each run's last sign alone after them."""
    return " ".join(_tokens(text))


def _tokens(text: str) -> Iterator[str]:
    for run in runs(fold(text)):
        yield from _pairs(run)
        yield run[-1]


def runs(folded: str) -> list[str]:
    """The runs of letters and digits in a folded text: all of it that can be found."""
    return _RUN.findall(folded)


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run) - 1)]


def expression(folded: str) -> str | None:
    """The FTS5 expression that finds a folded word; None where nothing in it can be found.

    Only letters, digits and hyphens ever come into it, in quotes: no word is taken for FTS5's syntax.
    """
    parts = [_phrase(each) for each in runs(folded)]
    if not parts:
        return None
    found = " AND ".join(parts)
    return f'("{_WHOLE_NUMBER}{folded}" OR ({found}))' if _NUMBER.fullmatch(folded) else f"({found})"


def _phrase(run: str) -> str:
    return f'"{" ".join(_pairs(run))}"' if len(run) > 1 else f'"{run}" *'
