"""Two axes at once: how many measures have which achievement together with which response."""

from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.serve.pagemodels.naming import Names, code_rank
from sakata_lod.serve.pagemodels.parts import Status
from sakata_lod.serve.pagemodels.questions import Question
from sakata_lod.serve.store import Solution
from sakata_lod.serve.translation import gettext


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How many measures have both codes. share: of the most in a cell, in percent."""

    measures: int
    share: float


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An achievement, and how its measures go on."""

    achievement: Status
    cells: Sequence[MatrixCell]
    total: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Achievement × response. responses: its columns; totals: of each column."""

    finding: str
    responses: Sequence[Status]
    rows: Sequence[MatrixRow]
    totals: Sequence[int]
    question: Question


def matrix(question: Question, counted: Sequence[Solution], names: Names) -> Matrix:
    """Arrange counts by both codes. counted: rows with `achievement`, `response`, `measures`."""
    counts = {(row.iri("achievement"), row.iri("response")): int(row.text("measures")) for row in counted}
    achievements = _statuses({first for first, _ in counts}, names)
    responses = _statuses({second for _, second in counts}, names)
    most = max(counts.values(), default=0)
    rows = []
    for achievement in achievements:
        found = [counts.get((achievement.value.iri, each.value.iri), 0) for each in responses]
        cells = [MatrixCell(each, round(100 * each / most, 1)) for each in found]
        rows.append(MatrixRow(achievement, cells, sum(found)))
    totals = [sum(row.cells[at].measures for row in rows) for at in range(len(responses))]
    return Matrix(_finding(rows, responses), responses, rows, totals, question)


def _statuses(iris: set[str], names: Names) -> list[Status]:
    found = [status for each in iris if (status := names.status(each))]
    return sorted(found, key=lambda each: (code_rank(each.slug), each.slug))


def _finding(rows: Sequence[MatrixRow], responses: Sequence[Status]) -> str:
    pairs = [
        (cell.measures, row.achievement, response)
        for row in rows
        for cell, response in zip(row.cells, responses, strict=True)
    ]
    if not pairs:
        return gettext("No measure has both an achievement and a response.")
    measures, achievement, response = max(pairs, key=lambda each: each[0])
    return gettext(
        "The most frequent pair is “%(achievement)s” with “%(response)s”: %(count)s measures.",
        achievement=achievement.value.text.value,
        response=response.value.text.value,
        count=measures,
    )
