"""Fiscal years, by the names that Japanese tables give them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

ERAS = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
"""Era → the Gregorian year that is its year 1 (元年)."""

LAST_YEAR = 2200
"""The latest Gregorian year that is taken for one: no plan runs longer."""

ERA_LETTERS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}

_ERA_YEAR = re.compile(
    rf"({'|'.join(ERAS)}|[{''.join(ERA_LETTERS)}])\s*(元|\d{{1,2}})\s*(?:年度末?|年)?", re.IGNORECASE
)
_TWO_NAMES = re.compile(r"(?P<one>[^()]+)\((?P<bracketed>[^()]+)\)(?P<end>年度|年)?")
_GREGORIAN_YEAR = re.compile(r"(?:FY)?\s*(\d{4})\s*(?:年度末?|年)?", re.IGNORECASE)
_NEARLY_A_YEAR = re.compile(r"\d.*年度|年度.*\d")


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """A Japanese fiscal year: the half-open interval [1 April, next 1 April), dates in JST.

    start_year: the Gregorian year in which it begins.
    """

    start_year: int

    @property
    def beginning(self) -> date:
        """Its first day."""
        return date(self.start_year, 4, 1)

    @property
    def end(self) -> date:
        """The first day after it."""
        return date(self.start_year + 1, 4, 1)

    @property
    def last_day(self) -> date:
        """Its last day, 31 March."""
        return date(self.start_year + 1, 3, 31)

    @property
    def era_name(self) -> str:
        """Its name by the era in force at its end: 令和元年度 for 2019, as the tables have it."""
        era, first = max(
            ((era, first) for era, first in ERAS.items() if first <= self.start_year),
            key=lambda each: each[1],
        )
        number = self.start_year - first + 1
        return f"{era}{'元' if number == 1 else number}年度"

    @property
    def era_letter_name(self) -> str:
        """Its name in short: R1, H30."""
        era = self.era_name[:2]
        letter = next(letter for letter, name in ERA_LETTERS.items() if name == era)
        return f"{letter}{self.start_year - ERAS[era] + 1}"

    @property
    def other_names(self) -> tuple[str, ...]:
        """How else tables call it: full-width digits, the Gregorian year, the era's letter."""
        full_width = self.era_name.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        names = (full_width, f"{self.start_year}年度", self.era_letter_name)
        return tuple(name for name in names if name != self.era_name)


def fiscal_year(label: str) -> FiscalYear | None:
    """Turn a fiscal-year label into its interval; None where the label names no year.

    label: era + number + 年度, an era's letter + number, or a Gregorian year; digits full- or half-width
        ("令和4年度", "R元", "２０２２年度", "FY2022", "令和4年度末"); or two names that agree, the second
        behind a slash or in brackets ("2011(H23)", "令和4年度（2022年度）", "令和4(2022)年度", "H31/R1").
    Source: ERAS; 令和元年度 and 平成31年度 name the same year.
    平成35年度, as plans wrote before that era ended, is 2023.
    """
    text = "".join(unicodedata.normalize("NFKC", label).split())
    if matched := _TWO_NAMES.fullmatch(text):
        years = {_one_name(each + (matched["end"] or "")) for each in (matched["one"], matched["bracketed"])}
        return years.pop() if len(years) == 1 else None
    if text.count("/") == 1:
        years = {_one_name(each) for each in text.split("/")}
        return years.pop() if len(years) == 1 else None
    return _one_name(text)


def _one_name(text: str) -> FiscalYear | None:
    if matched := _ERA_YEAR.fullmatch(text):
        era, number = matched.groups()
        count = 1 if number == "元" else int(number)
        return FiscalYear(ERAS[ERA_LETTERS.get(era.upper(), era)] + count - 1) if count else None
    if matched := _GREGORIAN_YEAR.fullmatch(text):
        year = int(matched[1])
        return FiscalYear(year) if min(ERAS.values()) <= year <= LAST_YEAR else None
    return None


def looks_like_a_fiscal_year(label: str) -> bool:
    """Tell a heading that wants to name a fiscal year, whether or not it succeeds."""
    return _NEARLY_A_YEAR.search(unicodedata.normalize("NFKC", label)) is not None
