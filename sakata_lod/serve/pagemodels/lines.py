"""Measures in a list, in the order of their numbers."""

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from sakata_lod.serve.labels import Text
from sakata_lod.serve.pagemodels.naming import Names
from sakata_lod.serve.pagemodels.parts import MeasureLine
from sakata_lod.serve.store import Solution
from sakata_lod.serve.tables import natural_key


def measure_lines(rows: Iterable[Solution], names: Names) -> list[MeasureLine]:
    """Arrange the rows of a query: each measure once, by plan and number."""
    by_measure: dict[str, Solution] = {}
    for row in rows:
        by_measure.setdefault(row.iri("measure"), row)
    return [_line(row, names) for row in in_order(by_measure.values())]


def in_order(rows: Iterable[Solution]) -> list[Solution]:
    """Sort rows by plan, then by a measure's number."""
    return sorted(rows, key=lambda row: (row.iri("plan"), natural_key(row.text("number"))))


def printed(row: Solution, column: str) -> Text | None:
    """A text of the published table, with its language; None where there is none."""
    term = row.terms.get(column)
    return Text(term.value, term.language or "") if isinstance(term, ox.Literal) else None


def has_reasons(lines: Sequence[MeasureLine]) -> bool:
    """Whether any measure says why it was not achieved."""
    return any(each.reason for each in lines)


def _line(row: Solution, names: Names) -> MeasureLine:
    return MeasureLine(
        row.text("number"),
        names.value(row.iri("measure")),
        names.status(row.iri("achievement")),
        names.status(row.iri("response")),
        printed(row, "reason"),
        names.value(row.iri("plan")) if row.iri("plan") else None,
    )
