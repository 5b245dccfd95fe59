"""One measure's form: labels beside their values → the row, or a row a year, that it would be in a list.

Where fiscal years stand side by side, each row below tells of them what its label says: 取組 under 令和4年度
is read as the heading 令和4年度／取組. Where they stand below one another, headings stand beside their label,
and each year is a row.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sakata_lod.errors import MalformedTable, MisplacedCell, Place, UnknownColumn, UnknownEra
from sakata_lod.publish.cells import Cell, Row, Table
from sakata_lod.publish.eras import FiscalYear, looks_like_a_fiscal_year
from sakata_lod.publish.headings import Header
from sakata_lod.publish.laid_rows import LaidRow, ReadCell
from sakata_lod.publish.year_headings import BETWEEN_LEVELS, YearColumn, YearWords, year_column
from sakata_lod.site import Block, TableLayout


@dataclass(slots=True)
class _Form:
    """What one form says so far.

    years: column → the fiscal year above it. headings: column → the heading above it, where years run down;
    by_year: what the row of each such year says.
    """

    under: dict[str, ReadCell] = field(default_factory=dict)
    years: dict[int, tuple[str, FiscalYear]] = field(default_factory=dict)
    year_columns: dict[str, YearColumn] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    by_year: list[tuple[Row, dict[str, ReadCell]]] = field(default_factory=list)


class FormReader:
    """Reads the forms of one table."""

    def __init__(self, table: Table, layout: TableLayout, block: Block) -> None:
        self.table = table
        self.block = block
        self.columns = layout.columns
        self.words = YearWords.of(layout)
        self.labels = {*layout.read_headings, *layout.columns.ignored, block.starts_with}
        self.yearly = set(self.words.words())

    def rows(self, rows: Sequence[Row]) -> Iterator[LaidRow]:
        """Read a form. Of years that run down, the first one's row holds what the form says beside them.

        Raises: UnknownColumn, UnknownEra, MisplacedCell, MalformedTable.
        """
        form = _Form()
        for row in rows:
            self._read(form, row)
        later = {row.number for row, _ in form.by_year[1:]}
        cells = (cell for row in rows if row.number not in later for cell in row.cells)
        yield self._laid(form, Row(rows[0].number, tuple(cells)), form.by_year[0][1] if form.by_year else {})
        for row, said in form.by_year[1:]:
            yield self._laid(form, row, said)

    def _laid(self, form: _Form, row: Row, said: dict[str, ReadCell]) -> LaidRow:
        for heading in form.under.keys() & said.keys():
            cell = form.under[heading].cell
            raise MisplacedCell(self.table.place(cell.row, cell.column, heading), cell.text)
        under = {**form.under, **said}
        header = Header(row, row.number, tuple(under), form.year_columns)
        names = {read.cell: heading for heading, read in under.items()}
        return LaidRow(row, header, under, names=names, is_block=True, whole=frozenset(form.under))

    def _read(self, form: _Form, row: Row) -> None:
        first, *others = cells = self._without_group([cell for cell in row.cells if not cell.is_blank])
        if first.heading == self.columns.year and others and others[0].heading in self.labels:
            self._headings(form, cells)
        elif first.heading == self.block.years:
            self._years(form, others)
        elif self._is_of_a_year(form, first):
            self._year(form, row)
        elif form.years and first.heading in self.yearly:
            self._yearly(form, first, row)
        else:
            self._labelled(form, cells)

    def _without_group(self, cells: list[Cell]) -> list[Cell]:
        """A row's cells without the label, one that is not read, of the group that a table of years is."""
        labels = {self.block.years, self.columns.year}
        while len(cells) > 1 and cells[0].heading in self.columns.ignored and cells[1].heading in labels:
            cells = cells[1:]
        return cells

    def _headings(self, form: _Form, cells: Iterable[Cell]) -> None:
        form.headings.clear()
        for cell in cells:
            place = self.table.place(cell.row, cell.column)
            if cell.heading not in self.labels:
                raise UnknownColumn(place, cell.heading)
            if cell.heading in form.headings.values():
                raise _twice(place, cell.heading)
            form.headings |= {column: cell.heading for _, column in cell.places}

    def _is_of_a_year(self, form: _Form, first: Cell) -> bool:
        """Whether a row stands below headings. Its first cell need not be a year: it may be merged above."""
        if first.heading in self.labels or first.column not in form.headings:
            return False
        if form.headings[first.column] != self.columns.year:
            return True
        return self.words.year(first.heading) is not None or looks_like_a_fiscal_year(first.heading)

    def _year(self, form: _Form, row: Row) -> None:
        said: dict[str, ReadCell] = {}
        for printed in row.cells:
            cell = self.table.merged.get((row.number, printed.column), printed)
            heading = form.headings.get(printed.column)
            is_of_a_group = heading is None and cell.row != row.number
            if cell.is_blank or is_of_a_group:
                continue
            if heading is None or said.setdefault(heading, ReadCell(cell, cell.text)).cell != cell:
                raise MisplacedCell(self.table.place(cell.row, cell.column), cell.text)
        above = form.by_year[-1][1] if form.by_year else {}
        for heading in self.columns.fill_down:
            if heading in above:
                said.setdefault(heading, above[heading])
        form.by_year.append((row, said))

    def _years(self, form: _Form, cells: Iterable[Cell]) -> None:
        form.years.clear()
        for cell in cells:
            year = self.words.year(cell.heading)
            if year is None:
                raise UnknownEra(self.table.place(cell.row, cell.column), cell.heading)
            form.years |= {column: (cell.heading, year) for _, column in cell.places}

    def _yearly(self, form: _Form, label: Cell, row: Row) -> None:
        for printed in row.cells:
            cell = self.table.merged.get((row.number, printed.column), printed)
            if cell.is_blank or cell == label:
                continue
            if printed.column not in form.years:
                raise MisplacedCell(self.table.place(cell.row, cell.column), cell.text)
            name, year = form.years[printed.column]
            column = self.words.column(year, label.heading)
            if column is None:
                raise UnknownColumn(self.table.place(label.row, label.column), label.heading)
            heading = BETWEEN_LEVELS.join((name, label.heading))
            self._name_year(form, cell, heading, column)
            self._put(form, heading, cell)

    def _labelled(self, form: _Form, cells: Iterable[Cell]) -> None:
        """Labels and the values right of them; a label may be a year: 令和4年度, 令和4年度の取組."""
        label: str | None = None
        for cell in cells:
            if cell.heading in self.labels:
                label = cell.heading
            elif label is not None:
                self._put(form, label, cell)
                label = None
            elif column := year_column((cell.heading,), self.words):
                self._name_year(form, cell, cell.heading, column)
                label = cell.heading
            else:
                raise UnknownColumn(self.table.place(cell.row, cell.column), cell.heading)

    def _name_year(self, form: _Form, cell: Cell, heading: str, column: YearColumn) -> None:
        known = form.year_columns.setdefault(heading, column)
        is_told_twice = any(each == known and name != heading for name, each in form.year_columns.items())
        if column.content is not None and is_told_twice:
            raise _twice(self.table.place(cell.row, cell.column), heading)

    def _put(self, form: _Form, heading: str, cell: Cell) -> None:
        if heading in form.under and form.under[heading].cell != cell:
            raise MisplacedCell(self.table.place(cell.row, cell.column), cell.text)
        form.under[heading] = ReadCell(cell, cell.text)


def _twice(place: Place, heading: str) -> MalformedTable:
    return MalformedTable(place, "table", f"the heading {heading} stands twice in one form")
