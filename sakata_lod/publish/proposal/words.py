"""The words by which an unknown table is read: a file that people add to."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from sakata_lod.folding import fold
from sakata_lod.site import Years

_NAMES = ("名", "名称", "項目")
"""How words for a name end, which stay so behind others: 事務事業名, 主な取組名."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Role(_Record):
    """A role of a column, by the words of its heading. within: words that may be a part of it."""

    key: str
    words: tuple[str, ...]
    within: tuple[str, ...]


class Titles(_Record):
    """Headings of titles, outer levels first."""

    levels: tuple[tuple[str, ...], ...]


class YearContents(_Record):
    """What stands beside a year, by what stands below it."""

    activity: tuple[str, ...]
    target: tuple[str, ...]
    actual: tuple[str, ...]
    achievement: tuple[str, ...]
    response: tuple[str, ...]
    ignored: tuple[str, ...]


class Pairs(_Record):
    """Parts of words for the figure aimed at, and the figure reached."""

    target: tuple[str, ...]
    actual: tuple[str, ...]


class DescriptionWords(_Record):
    """Headings of work without a year that say what the measure is: always, or beside work of the years."""

    always: tuple[str, ...]
    beside_work: tuple[str, ...]


class StatusWords(_Record):
    """What the heading says of several statuses that tells the whole; and what that of issues does.

    dashes: signs that say no status.
    """

    whole: tuple[str, ...]
    issues: tuple[str, ...]
    dashes: tuple[str, ...]


class AroundNumbers(_Record):
    """What stands before and behind a number."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class RowWords(_Record):
    """Patterns of rows that say nothing of a measure."""

    ignored: tuple[str, ...]


class FigureWords(_Record):
    """Words and signs in cells of figures; notes: patterns."""

    without_figure: tuple[str, ...]
    same_as_left: tuple[str, ...]
    negative: tuple[str, ...]
    notes: tuple[str, ...]


class DepartmentSigns(_Record):
    """What stands in cells of departments and names none."""

    others_suffix: tuple[str, ...]
    others: tuple[str, ...]
    separators: tuple[str, ...]


class PlanTitles(_Record):
    """How a plan's title ends."""

    endings: tuple[str, ...]


class Words(_Record):
    """The whole file."""

    role: tuple[Role, ...]
    titles: Titles
    years: YearContents
    pairs: Pairs
    descriptions: DescriptionWords
    statuses: StatusWords
    numbers: AroundNumbers
    rows: RowWords
    figures: FigureWords
    departments: DepartmentSigns
    titles_of_plans: PlanTitles


@cache
def known_words() -> Words:
    """Read the file, once."""
    return Words.model_validate(
        tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    )


@cache
def all_year_words() -> Years:
    """Every word that may stand beside a year."""
    return Years(**known_words().years.model_dump())


@cache
def role_of(heading: str) -> str | None:
    """Tell the role that a heading's words have; "title:2" is a title of the third level. None: unknown."""
    folded = fold(heading)
    if not folded:
        return None
    for level, words in enumerate(known_words().titles.levels):
        if folded in map(fold, words):
            return f"title:{level}"
    for role in known_words().role:
        if folded in map(fold, role.words):
            return role.key
    for role in known_words().role:
        if any(fold(word) in folded for word in role.within):
            return role.key
    for level, words in enumerate(known_words().titles.levels):
        if any(folded.endswith(fold(word)) for word in words if word.endswith(_NAMES)):
            return f"title:{level}"
    return None


@cache
def is_word_of_a_role(heading: str) -> bool:
    """Tell a heading that is a word of a role as a whole, not one that has such a word in it."""
    words = known_words()
    known = (*words.titles.levels, *(role.words for role in words.role))
    return fold(heading) in {fold(word) for some in known for word in some}
