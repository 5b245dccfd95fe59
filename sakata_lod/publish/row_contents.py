"""What the cells of a measure's row tell of which fiscal year, whatever the shape of its table."""

from dataclasses import dataclass

from sakata_lod.errors import UnknownColumn, UnknownEra
from sakata_lod.publish.cells import Table
from sakata_lod.publish.eras import FiscalYear
from sakata_lod.publish.indicators import FigureCell
from sakata_lod.publish.laid_rows import LaidRow, LaidTable
from sakata_lod.publish.status_cells import StatusCell, statuses_of_indicators, statuses_of_measure
from sakata_lod.publish.year_headings import YearColumn, YearWords
from sakata_lod.site import TableLayout


@dataclass(frozen=True, slots=True)
class RowContents:
    """The headings of a row's cells by what they tell. year: the one that the whole row is of, if any.

    standings: statuses of the measure, each of a year; statuses: those of its indicators.
    """

    year: FiscalYear | None
    activities: tuple[tuple[str, FiscalYear], ...]
    figures: tuple[FigureCell, ...]
    standings: tuple[StatusCell, ...]
    statuses: tuple[StatusCell, ...]


def row_contents(row: LaidRow, table: Table, layout: TableLayout) -> RowContents:
    """Tell what a row's cells are: of the year that a column names, or of those that the headings name.

    Raises: UnknownEra, UnknownColumn.
    """
    if layout.columns.year is None:
        return _contents(None, _by_heading(row, table, layout), row, layout)
    words, heading = YearWords.of(layout), layout.columns.year
    year = words.year(row.text(heading))
    if year is None:
        raise UnknownEra(row.place(table, heading), row.text(heading))
    return _contents(year, _of_one_year(year, layout), row, layout)


def kept_by_kind(laid: LaidTable, layout: TableLayout) -> frozenset[tuple[int, int]]:
    """The places of cells that are only kept as printed, for so the kind of their row says (達成率)."""
    kind, words = layout.columns.kind, YearWords.of(layout)
    places = set[tuple[int, int]]()
    for row in laid.rows if kind else ():
        for heading, column in row.years.items():
            told = words.column(column.year, row.text(kind)) if row.text(kind) else None
            if told is not None and told.content is None:
                places |= {(cell.row, cell.column) for cell in row.printed(heading)}
    return frozenset(places)


def _contents(
    year: FiscalYear | None, columns: dict[str, YearColumn], row: LaidRow, layout: TableLayout
) -> RowContents:
    return RowContents(
        year,
        _activities(columns),
        _figures(columns),
        statuses_of_measure(columns),
        statuses_of_indicators(columns, year, row, layout),
    )


def _by_heading(row: LaidRow, table: Table, layout: TableLayout) -> dict[str, YearColumn]:
    """Year columns; where a cell of the row tells their kind (目標, 実績), as that says."""
    kind = layout.columns.kind
    if kind is None:
        return dict(row.years)
    words, text = YearWords.of(layout), row.text(kind)
    told: dict[str, YearColumn] = {}
    for heading, column in row.years.items():
        known = words.column(column.year, text)
        if known is None or not text:
            raise UnknownColumn(row.place(table, kind), text or kind)
        told[heading] = known
    return told


def _of_one_year(year: FiscalYear, layout: TableLayout) -> dict[str, YearColumn]:
    columns = layout.columns
    told: dict[str, YearColumn] = {}
    if columns.activity:
        told[columns.activity] = YearColumn(year, "activity")
    if columns.target:
        told[columns.target] = YearColumn(year, "target")
    if columns.actual:
        told[columns.actual] = YearColumn(year, "actual")
    for each in layout.indicators:
        told |= {word: YearColumn(year, content, each) for word, content in each.words.items()}
    return told


def _activities(columns: dict[str, YearColumn]) -> tuple[tuple[str, FiscalYear], ...]:
    return tuple((heading, each.year) for heading, each in columns.items() if each.content == "activity")


def _figures(columns: dict[str, YearColumn]) -> tuple[FigureCell, ...]:
    found = []
    for heading, each in columns.items():
        if each.content == "target" or each.content == "actual":
            found.append(FigureCell(heading, each.year, each.content, each.indicator))
    return tuple(found)
