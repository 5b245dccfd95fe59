"""Rows under their headings → the edition that they say. What cannot be read without guessing is an error."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sakata_lod.errors import (
    DuplicateNumber,
    HiddenCells,
    MisplacedCell,
    NoMeasures,
    Place,
    UnknownRow,
    WrongCount,
)
from sakata_lod.publish.alignment import check_alignment, check_merges
from sakata_lod.publish.anomalies import anomaly
from sakata_lod.publish.cells import Cell, SheetRows, Table
from sakata_lod.publish.corrections import counted
from sakata_lod.publish.departments import DepartmentRegister
from sakata_lod.publish.eras import FiscalYear
from sakata_lod.publish.hidden_parts import told_together
from sakata_lod.publish.indicators import IndicatorReader
from sakata_lod.publish.laid_rows import LaidRow, LaidTable
from sakata_lod.publish.layout import lay_out
from sakata_lod.publish.measures import MeasureReader, MeasureRow, OpenMeasure
from sakata_lod.publish.numbering import Numbering
from sakata_lod.publish.plan import Activity, Edition, SourceRow
from sakata_lod.publish.row_contents import RowContents, kept_by_kind, row_contents
from sakata_lod.publish.row_kinds import Numbered, division_row, measure_row
from sakata_lod.publish.source_cells import SourceCells
from sakata_lod.publish.table import read_table
from sakata_lod.publish.tasks import tasks
from sakata_lod.publish.year_headings import is_kept_only
from sakata_lod.site import EditionFolder, EditionSource, PlanSource, TableLayout


def read_edition(plan: PlanSource, edition: EditionFolder, register: DepartmentRegister) -> Edition:
    """Read a published table and say what is in it.

    Raises: SourceError: where the table cannot be read without guessing.
    """
    return assemble(read_table(edition.path, edition.source), plan, edition, register)


def assemble(table: Table, plan: PlanSource, edition: EditionFolder, register: DepartmentRegister) -> Edition:
    """Say what is in a table that was read.

    Raises: SourceError.
    """
    _refuse_hidden(table, edition.source)
    corrections = counted(table, edition.corrections)
    laid = lay_out(table, edition.layout, corrections)
    reading = _Reading(laid, edition.layout)
    for row in laid.rows:
        reading.read(row)
    _check_count(table, laid, len(reading.measures), edition.source.measures)
    cells, reader = reading.cells, MeasureReader(table, edition.layout, register)
    silent = reading.indicators.silent
    read = Edition(
        plan=plan.slug,
        as_of=edition.as_of,
        source_sha256=hashlib.sha256(table.content).hexdigest(),
        rows=tuple(_source_rows(table)),
        cells=cells.all,
        divisions=reading.numbering.read(cells),
        measures=tuple(
            reader.measure(each, cells, silent.get(each.number, ())) for each in reading.measures.values()
        ),
        progress=tuple(reader.progress(each, cells) for each in reading.measures.values()),
        activities=tuple(reading.activities),
        anomalies=tuple(anomaly(each, laid, cells, reading.measure_of_row) for each in corrections),
        indicators=tuple(reading.indicators.indicators(cells)),
        indicator_values=tuple(reading.indicators.indicator_values(cells)),
    )
    _refuse_unread(laid, edition.layout, read)
    return read


def _source_rows(table: Table) -> Iterator[SourceRow]:
    for row in table.rows:
        of = table.sheet_of(row.number)
        sheet, above = (of.sheet, of.above) if of is not None else (None, 0)
        yield SourceRow(row.number, len(row.cells), sheet, row.number - above)


def _refuse_hidden(table: Table, source: EditionSource) -> None:
    """Refuse what a workbook does not show, until people say that it is to be published."""
    if source.hidden is None and table.hidden:
        raise HiddenCells(Place(table.file), told_together(table.hidden))


def _refuse_unread(laid: LaidTable, layout: TableLayout, read: Edition) -> None:
    """Refuse a text below a heading that came to nothing: it would be lost in silence."""
    known, kept = read.read_cells, kept_by_kind(laid, layout)
    for cell in read.cells:
        name = cell.column_name
        if not name or not cell.text.strip() or cell in known or (cell.row, cell.column) in kept:
            continue
        if not is_kept_only(name, layout):
            raise MisplacedCell(laid.table.place(cell.row, cell.column, name), cell.text)


def _check_count(table: Table, laid: LaidTable, found: int, expected: int | None) -> None:
    if not found:
        rows = [row.row.number for row in laid.rows if not row.row.is_blank]
        raise NoMeasures(table.place(rows[0] if rows else len(table.rows)), len(rows))
    if expected is not None and found != expected:
        raise WrongCount(table.place(len(table.rows)), found, expected)


@dataclass(slots=True)
class _Reading:
    """One pass over the rows, top to bottom, and what it has found so far."""

    laid: LaidTable
    layout: TableLayout
    cells: SourceCells = field(init=False)
    numbering: Numbering = field(init=False)
    indicators: IndicatorReader = field(init=False)
    measures: dict[str, OpenMeasure] = field(default_factory=dict)
    activities: list[Activity] = field(default_factory=list)
    measure_of_row: dict[int, str] = field(default_factory=dict)
    work_lines: dict[str, int] = field(default_factory=dict)
    read_cells: set[tuple[str, FiscalYear, Cell]] = field(default_factory=set)
    sheet: SheetRows | None = None

    def __post_init__(self) -> None:
        self.cells = SourceCells(self.laid)
        self.numbering = Numbering(self.table, self.layout)
        self.indicators = IndicatorReader(self.table, self.layout)

    @property
    def table(self) -> Table:
        return self.laid.table

    def read(self, row: LaidRow) -> None:
        """Read a row: a division, a measure, more of one, or nothing. Each sheet says its own divisions."""
        if (sheet := self.table.sheet_of(row.row.number)) != self.sheet:
            self.sheet = sheet
            self.numbering.open.clear()
        if row.continues is not None:
            self._continue_measure(row, row.continues)
            return
        if row.row.is_blank or row.is_ignored:
            return
        columns = self.layout.columns
        heading = row.joined_text(*columns.number_and_title)
        depth, is_alone = len(self.numbering.open), row.is_alone(*columns.number_and_title)
        if found := measure_row(heading, self.layout, depth, is_alone=is_alone):
            self._read_measure(row, found)
            return
        if begun := division_row(heading, self.layout, depth):
            level, found = begun
            cells = row.printed(*columns.number_and_title)
            self._refuse(cell for cell in row.row.cells if not cell.is_blank and cell not in cells)
            self.numbering.begin(row, level, found, cells)
            return
        printed = next(cell for cell in row.row.cells if not cell.is_blank)
        raise UnknownRow(self.table.place(printed.row, printed.column), printed.text)

    def _read_measure(self, row: LaidRow, found: Numbered) -> None:
        self.numbering.enter(row)
        if len(self.numbering.open) < len(self.layout.rows.divisions):
            heading = row.joined_text(*self.layout.columns.number_and_title)
            raise UnknownRow(self.table.place(row.row.number), heading)
        division = self.numbering.open[-1] if self.numbering.open else None
        number = self.numbering.nested(found, division, row)
        self._check_title(row, found.title)
        check_alignment(row, self.table, self.layout)
        check_merges(row, self.table, self.layout)
        self._refuse(row.surplus)
        contents = row_contents(row, self.table, self.layout)
        measure = self._measure(row, OpenMeasure(number, found.title, division))
        measure.rows.append(MeasureRow(row, contents.year, contents.standings))
        for each in {cell.row for cell in row.row.cells}:
            self.measure_of_row[each] = number
        self._read_contents(row, number, contents)

    def _measure(self, row: LaidRow, found: OpenMeasure) -> OpenMeasure:
        """The measure that a row is of: a new one, or one that has rows already."""
        known = self.measures.get(found.number)
        if known is None:
            self.numbering.claim(found.number, row)
            return self.measures.setdefault(found.number, found)
        columns = self.layout.columns
        own = any(cell in row.row.cells for cell in row.printed(*columns.number_and_title))
        if known.title != found.title or (own and not columns.has_several_rows_a_measure):
            first = known.rows[0].row.row.number
            raise DuplicateNumber(self.table.place(row.row.number), found.number, self.table.place(first))
        return known

    def _continue_measure(self, row: LaidRow, continues: int) -> None:
        measure = self.measure_of_row.get(continues)
        years = row.years if measure else {}
        self._refuse(cell for heading in row.under if heading not in years for cell in row.printed(heading))
        self._refuse(row.surplus)
        if measure is not None:
            self.measure_of_row[row.row.number] = measure
            self._read_contents(row, measure, row_contents(row, self.table, self.layout))

    def _read_contents(self, row: LaidRow, measure: str, contents: RowContents) -> None:
        """Read what was done in each year, and figures. A cell that holds from a row above is read once."""
        self.work_lines[measure] = self.work_lines.get(measure, 0) + 1
        for heading, year in contents.activities:
            read = row.under.get(heading)
            if read is None or not read.text.strip() or (measure, year, read.cell) in self.read_cells:
                continue
            self.read_cells.add((measure, year, read.cell))
            line = self._work_line(measure, year)
            source = self.cells[read.cell]
            self.activities.append(Activity(measure, year, line, read.text, tasks(read.text), source))
        columns = self.layout.columns
        named_in = row.printed(*columns.number_and_title)
        self.indicators.read(row, measure, list(contents.figures), named_in)
        self.indicators.read_statuses(row, measure, contents.statuses, named_in)

    def _work_line(self, measure: str, year: FiscalYear) -> int:
        """Which line of work a row is: among the measure's rows, or among those of its year."""
        if not self.layout.columns.has_several_rows_a_measure:
            return self.work_lines[measure]
        return 1 + sum((each.measure, each.fiscal_year) == (measure, year) for each in self.activities)

    def _check_title(self, row: LaidRow, title: str) -> None:
        columns = self.layout.columns
        if not any(title in row.printed_text(heading) for heading in (columns.number, columns.title)):
            raise UnknownRow(self.table.place(row.row.number), title)

    def _refuse(self, cells: Iterable[Cell]) -> None:
        for cell in cells:
            raise MisplacedCell(self.table.place(cell.row, cell.column), cell.text)
