"""Headings of columns → the fiscal year that they name, and what stands below."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.publish.eras import FiscalYear, fiscal_year
from sakata_lod.site import FixedIndicator, TableLayout, YearContent, YearLabel, Years

BETWEEN_LEVELS = "／"
"""What keeps the levels of a heading of several rows apart."""


@dataclass(frozen=True, slots=True)
class YearColumn:
    """What stands in a column: of which year, and what. indicator: that of the configuration it belongs to.

    content: None where it is kept as printed, and not read.
    """

    year: FiscalYear
    content: YearContent | None
    indicator: FixedIndicator | None = None


@dataclass(frozen=True, slots=True)
class YearWords:
    """What the words beside a year mean, by the configuration of a plan's table."""

    years: Years
    indicators: tuple[FixedIndicator, ...]

    @classmethod
    def of(cls, layout: TableLayout) -> "YearWords":
        """The words of a layout."""
        return cls(layout.years, layout.indicators)

    def year(self, label: str) -> FiscalYear | None:
        """Tell the year that a label means; None if it means none."""
        known = self.years.labels.get(" ".join(label.split()))
        return FiscalYear(known.year) if known else fiscal_year(label)

    def column(self, year: FiscalYear, words: str, label: YearLabel | None = None) -> YearColumn | None:
        """Tell what stands under a year and the words beside it; None for words that are not known."""
        words = _folded(words)
        if not words:
            return YearColumn(year, (label and label.holds) or self.years.holds)
        for content, known in self._contents():
            if words in map(_folded, known):
                return YearColumn(year, content)
        for indicator in self.indicators:
            for word, content in indicator.words.items():
                if words == _folded(word):
                    return YearColumn(year, content, indicator)
        return None

    def _contents(self) -> tuple[tuple[YearContent | None, Sequence[str]], ...]:
        years = self.years
        return (
            ("activity", years.activity),
            ("target", years.target),
            ("actual", years.actual),
            ("achievement", years.achievement),
            ("response", years.response),
            ("indicator_achievement", years.indicator_achievement),
            ("indicator_response", years.indicator_response),
            (None, years.ignored),
        )

    def words(self) -> list[str]:
        """All words that may stand beside a year, the longest first."""
        fixed = [word for each in self.indicators for word in each.words]
        known = [word for _, group in self._contents() for word in group]
        return sorted((*known, *fixed), key=len, reverse=True)


def year_column(levels: Sequence[str], words: YearWords) -> YearColumn | None:
    """Tell what stands under a heading that names a fiscal year; None if it names none, or has unknown words.

    levels: the heading's texts, top to bottom ("令和4年度", "目標"), or one that says both ("令和4年度目標").
    """
    whole = BETWEEN_LEVELS.join(levels)
    if label := words.years.labels.get(whole):
        return words.column(FiscalYear(label.year), "", label)
    named = [(level, year) for level in levels if (year := words.year(level)) is not None]
    if len(named) == 1:
        level, year = named[0]
        rest = "".join(each for each in levels if each != level)
        return words.column(year, rest, words.years.labels.get(level))
    return _in_one(levels[0], words) if len(levels) == 1 else None


def is_kept_only(heading: str, layout: TableLayout) -> bool:
    """Tell a column that is only to be kept as printed."""
    year = year_column(heading.split(BETWEEN_LEVELS), YearWords.of(layout))
    return heading in layout.columns.ignored or (year is not None and year.content is None)


def _in_one(heading: str, words: YearWords) -> YearColumn | None:
    text = _folded(heading)
    for word in words.words():
        folded = re.escape(_folded(word))
        for pattern in (rf"(.+?)の?\(?{folded}\)?", rf"{folded}\(?(.+?)\)?"):
            matched = re.fullmatch(pattern, text)
            if matched and (year := words.year(matched[1])):
                return words.column(year, word)
    return None


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
