"""Numbers of a workbook → the text that their cells show.

Known are General and formats of digits, thousands, decimals, per cent and literal text, with a section for
negative numbers and zero (ECMA-376 Part 1, 18.8.31). In any other a number might be shown scaled or as a
date, so it is refused, not guessed.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite

_LITERAL = r'"[^"]*"|\\.|_.|\*.|[^0#?.,%"\\_*\[\];@A-Za-z/]'
_SECTION = re.compile(
    rf"(?P<before>(?:{_LITERAL})*)(?P<whole>[#0?][#0?,]*)?(?:(?P<point>\.)(?P<decimals>[0#?]*))?(?P<after>(?:{_LITERAL}|%)*)"
)
_HINT = re.compile(r"\[(?:\$[^\]]*|[A-Za-z]+\d*)\]")
_LONGEST = Context(prec=400)
"""Digits enough for any number that a workbook holds."""
_DURATION = re.compile(r"\[[hms]+\]", re.IGNORECASE)


class UnknownNumberFormatError(ValueError):
    """A number format that is not known here."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One section of a format. point: the decimal point, which is shown even where no decimals follow."""

    before: str = ""
    whole: str = "0"
    point: str = ""
    decimals: str = ""
    after: str = ""

    @property
    def is_percent(self) -> bool:
        return "%" in re.sub(r'"[^"]*"|\\.', "", self.after)


def displayed(number: float, number_format: str) -> str:
    """Write a number as its cell shows it.

    Raises: UnknownNumberFormatError.
    """
    if number_format in {"General", "@", ""} or not isfinite(number):
        return _general(number)
    sections = _sections(number_format)
    value = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    section, value = _section(sections, value)
    return _written(value, _pattern(section, number_format))


def _general(number: float) -> str:
    """As a wide cell shows it: eleven significant digits, so that 0.1 + 0.2 reads 0.3."""
    if isinstance(number, int) or number.is_integer():
        return str(int(number))
    return f"{Decimal(f'{number:.11g}'):f}"


def _sections(number_format: str) -> list[str]:
    if _DURATION.search(number_format):
        raise UnknownNumberFormatError(number_format)
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', _HINT.sub("", number_format))


def _section(sections: list[str], value: Decimal) -> tuple[str, Decimal]:
    """The section for a number, and what to write in it: a section for negatives writes its own sign."""
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _pattern(section: str, number_format: str) -> _Pattern:
    if section.strip() in {"General", "@"}:
        return _Pattern()
    matched = _SECTION.fullmatch(section)
    if matched is None or (matched["whole"] or "").endswith(","):
        raise UnknownNumberFormatError(number_format)
    return _Pattern(**{name: text or "" for name, text in matched.groupdict().items()})


def _written(value: Decimal, pattern: _Pattern) -> str:
    if not pattern.whole and not pattern.decimals:
        return _literal(pattern.before + pattern.after)
    if pattern.is_percent:
        value *= 100
    places = Decimal(1).scaleb(-len(pattern.decimals))
    rounded = abs(value).quantize(places, ROUND_HALF_UP, _LONGEST)
    digits = f"{rounded:,f}" if "," in pattern.whole else f"{rounded:f}"
    whole, _, fraction = digits.partition(".")
    optional = len(pattern.decimals) - len(pattern.decimals.rstrip("#?"))
    kept = fraction[: len(fraction) - optional] + fraction[len(fraction) - optional :].rstrip("0")
    wanted = pattern.whole.replace(",", "").count("0")
    whole = "" if rounded < 1 and not wanted else whole.rjust(wanted, "0")
    sign = "-" if value < 0 and rounded else ""
    return f"{sign}{_literal(pattern.before)}{whole}{pattern.point}{kept}{_literal(pattern.after)}"


def _literal(text: str) -> str:
    text = re.sub(r"_.|\*.", "", text)
    return re.sub(r'"([^"]*)"|\\(.)', lambda matched: matched[1] or matched[2] or "", text)
