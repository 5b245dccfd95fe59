"""What was reported in which fiscal year: a measure a row, a year a column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sakata_lod.serve.labels import Text
from sakata_lod.serve.pagemodels.lines import in_order, measure_lines, printed
from sakata_lod.serve.pagemodels.naming import Names
from sakata_lod.serve.pagemodels.parts import MeasureLine, Year
from sakata_lod.serve.pagemodels.questions import Question
from sakata_lod.serve.store import Solution
from sakata_lod.serve.tables import Value, natural_key
from sakata_lod.serve.translation import gettext


@dataclass(frozen=True, slots=True)
class YearCell:
    """What the table reports of a measure in a year. texts: as printed, none where the cell is blank.

    tasks: how many the texts tell of. is_doubtful: whether a note leaves open how the cell is to be read.
    figures: of how many indicators of the measure there is something in that year.
    """

    year: Year
    texts: Sequence[Text]
    tasks: int = 0
    is_doubtful: bool = False
    figures: int = 0

    @property
    def is_entered(self) -> bool:
        """Whether anything is printed."""
        return bool(self.texts or self.figures)


@dataclass(frozen=True, slots=True)
class StripRow:
    """A measure and its years."""

    line: MeasureLine
    cells: Sequence[YearCell]


@dataclass(frozen=True, slots=True)
class StripChapter:
    """A chapter and its measures, in the plan's order. division: None where the plan has no chapters."""

    division: Value | None
    number: str
    rows: Sequence[StripRow]


@dataclass(frozen=True, slots=True)
class Strip:
    """The measures of a plan by year. reported: for each year, how many measures have an entry."""

    finding: str
    years: Sequence[Year]
    chapters: Sequence[StripChapter]
    reported: Sequence[int]
    question: Question

    @property
    def has_figures(self) -> bool:
        """Whether any measure has figures of indicators."""
        cells = (cell for chapter in self.chapters for row in chapter.rows for cell in row.cells)
        return any(cell.figures for cell in cells)

    @property
    def has_achievements(self) -> bool:
        """Whether of any measure it is told how far its target was achieved."""
        return any(row.line.achievement for chapter in self.chapters for row in chapter.rows)


@dataclass(frozen=True, slots=True)
class StripRows:
    """What a strip is made of. measures: rows with `chapter` and `chapterNumber`; done: the activities.

    figures: of how many indicators each measure has something in each year.
    """

    measures: Sequence[Solution]
    done: Sequence[Solution]
    figures: Sequence[Solution]


def strip(
    question: Question,
    told: StripRows,
    columns: Sequence[Year],
    names: Names,
) -> Strip:
    """Arrange what was done by measure and year.

    columns: the plan's years.
    """
    cells = _cells([*told.done, *told.figures])
    ordered = sorted(in_order(told.measures), key=lambda row: natural_key(row.text("chapterNumber")))
    chapters = [
        StripChapter(
            names.value(chapter) if chapter else None,
            held[0].text("chapterNumber"),
            [strip_row(line, columns, cells) for line in measure_lines(held, names)],
        )
        for chapter, group in groupby(ordered, key=lambda row: row.iri("chapter"))
        if (held := list(group))
    ]
    rows = [row for chapter in chapters for row in chapter.rows]
    reported = [sum(row.cells[at].is_entered for row in rows) for at in range(len(columns))]
    return Strip(_finding(columns, reported, len(rows)), columns, chapters, reported, question)


def strip_rows(
    lines: Sequence[MeasureLine], columns: Sequence[Year], done: Sequence[Solution]
) -> list[StripRow]:
    """What was done for some measures, by year."""
    cells = _cells(done)
    return [strip_row(line, columns, cells) for line in lines]


def strip_row(
    line: MeasureLine, columns: Sequence[Year], cells: Mapping[tuple[str, int], Sequence[Solution]]
) -> StripRow:
    """One measure's years."""
    return StripRow(line, [_cell(each, cells.get((line.measure.iri, each.start), ())) for each in columns])


def _cells(done: Sequence[Solution]) -> dict[tuple[str, int], list[Solution]]:
    cells: dict[tuple[str, int], list[Solution]] = {}
    for row in in_order(done):
        cells.setdefault((row.iri("measure"), int(row.text("startYear"))), []).append(row)
    return cells


def _cell(year: Year, rows: Sequence[Solution]) -> YearCell:
    return YearCell(
        year,
        [text for row in rows if (text := printed(row, "description"))],
        sum(int(row.text("tasks") or 0) for row in rows),
        any(row.text("doubtful") in {"true", "1"} for row in rows),
        sum(int(row.text("figures") or 0) for row in rows),
    )


def _finding(columns: Sequence[Year], reported: Sequence[int], measures: int) -> str:
    if not columns:
        return gettext("No fiscal year is reported on.")
    if not any(reported):
        return gettext("No measure has an entry in any year.")
    most = max(range(len(columns)), key=lambda at: reported[at])
    return gettext(
        "Most measures have an entry in %(year)s: %(count)s of %(total)s.",
        year=columns[most].value.text.value,
        count=reported[most],
        total=measures,
    )
