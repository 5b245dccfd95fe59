"""A result as a bar chart: where one column holds numbers, and another says what they count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from sakata_lod.namespaces import XSD
from sakata_lod.serve.labels import Text, shortened

MOST_BARS = 40
_LONGEST_LABEL = 40

_NUMBERS = {
    str(each)
    for each in (
        XSD.integer, XSD.decimal, XSD.double, XSD.float, XSD.int, XSD.long, XSD.nonNegativeInteger,
    )
}  # fmt: skip

Term = Mapping[str, str]
"""A term as SPARQL JSON writes it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar. share: of the longest one, in percent. short: the label, cut where it is too long."""

    label: Text
    short: str
    value: str
    share: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """The bars, in the order of the rows. name, number: the columns. most: the longest bar, if it is one."""

    name: str
    number: str
    bars: Sequence[Bar]
    most: Bar | None


def is_number(term: Term) -> bool:
    """Whether a term is a number."""
    return term["type"] in {"literal", "typed-literal"} and term.get("datatype") in _NUMBERS


def numeric_columns(columns: Sequence[str], rows: Sequence[Mapping[str, Term]]) -> Sequence[str]:
    """The columns that hold numbers and nothing else."""
    return [
        column
        for column in columns
        if any(column in row for row in rows) and all(is_number(row[column]) for row in rows if column in row)
    ]


def bar_chart(columns: Sequence[str], rows: Sequence[Mapping[str, Term]]) -> BarChart | None:
    """Draw a result; None where it is not one number and one name a row, or has too many rows."""
    numbers = numeric_columns(columns, rows)
    names = [column for column in columns if column not in numbers]
    if len(numbers) != 1 or len(names) != 1 or not 1 < len(rows) <= MOST_BARS:
        return None
    number, name = numbers[0], names[0]
    values = [_value(row.get(number)) for row in rows]
    if not all(value is not None and value >= 0 for value in values) or any(name not in row for row in rows):
        return None
    found = [value for value in values if value is not None]
    longest = max(found)
    bars = [_bar(row[name], value, longest) for row, value in zip(rows, found, strict=True)]
    most = bars[found.index(longest)] if found.count(longest) == 1 else None
    return BarChart(name, number, bars, most)


def _bar(label: Term, value: Decimal, longest: Decimal) -> Bar:
    text = shortened(label["value"]) if label["type"] == "uri" else label["value"]
    short = text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1]}…"
    share = value / longest * 100 if longest else Decimal(0)
    return Bar(Text(text, label.get("xml:lang", "")), short, f"{value:f}", f"{share:.2f}%")


def _value(term: Term | None) -> Decimal | None:
    """The number; None where there is none, or none that can be drawn: INF and NaN are numbers, too."""
    if term is None:
        return None
    try:
        value = Decimal(term["value"])
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
