"""One measure's form: labels beside their values → the row, or rows, that it would be in a list.

Where fiscal years stand side by side, each row below tells of them what its label says: 取組 under 令和4年度
is read as the heading 令和4年度／取組. A table within the form has headings beside that of its years, or of
its indicators, and each year or indicator below is a row.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sakata_lod.errors import MisplacedCell, SameYearTwice, UnknownColumn, UnknownEra
from sakata_lod.publish.cells import Cell, Row, Table
from sakata_lod.publish.eras import FiscalYear, looks_like_a_fiscal_year
from sakata_lod.publish.headings import Header, Heading, header, headings_of
from sakata_lod.publish.laid_rows import LaidRow, ReadCell
from sakata_lod.publish.year_headings import BETWEEN_LEVELS, YearColumn, YearWords, year_column
from sakata_lod.site import Block, TableLayout


@dataclass(slots=True)
class _Form:
    """What one form says so far.

    last: its last row. years: column → the fiscal year above it. headings: column → the heading above it, in
    a table within the form; header_until: the last row of these; rows: what each row of the table says.
    alone: column → the label without a value right of it, of a row of such labels; alone_until: its last row.
    kept: the labels beside cells that are only kept as printed.
    """

    last: int

    under: dict[str, ReadCell] = field(default_factory=dict)
    years: dict[int, tuple[str, FiscalYear]] = field(default_factory=dict)
    year_columns: dict[str, YearColumn] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    header_until: int = 0
    rows: list[tuple[Row, dict[str, ReadCell]]] = field(default_factory=list)
    alone: dict[int, str] = field(default_factory=dict)
    alone_until: int = 0
    kept: dict[Cell, str] = field(default_factory=dict)


class FormReader:
    """Reads the forms of one table."""

    def __init__(self, table: Table, layout: TableLayout, block: Block) -> None:
        self.table = table
        self.layout = layout
        self.block = block
        self.columns = layout.columns
        self.words = YearWords.of(layout)
        self.labels = {*layout.read_headings, *layout.columns.ignored, block.starts_with}
        self.yearly = set(self.words.words())

    def rows(self, rows: Sequence[Row]) -> Iterator[LaidRow]:
        """Read a form. Of a table within it, the first row holds what the form says beside the table.

        Raises: UnknownColumn, UnknownEra, MisplacedCell, SameYearTwice.
        """
        form = _Form(rows[-1].number)
        for row in rows:
            self._read(form, row)
        self._refuse_status_of_no_row(form)
        later = {row.number for row, _ in form.rows[1:]}
        cells = (cell for row in rows if row.number not in later for cell in row.cells)
        yield self._laid(form, Row(rows[0].number, tuple(cells)), form.rows[0][1] if form.rows else {})
        for row, said in form.rows[1:]:
            yield self._laid(form, row, said)

    def _refuse_status_of_no_row(self, form: _Form) -> None:
        """Refuse the status of an indicator beside a table of indicators: it does not tell which it is of."""
        if self.columns.indicator is None or self.columns.indicator in form.under:
            return
        for heading in self.columns.indicator_statuses.values():
            if form.rows and heading in form.under:
                cell = form.under[heading].cell
                raise MisplacedCell(self.table.place(cell.row, cell.column, heading), cell.text)

    def _laid(self, form: _Form, row: Row, said: dict[str, ReadCell]) -> LaidRow:
        for heading in form.under.keys() & said.keys():
            cell = form.under[heading].cell
            raise MisplacedCell(self.table.place(cell.row, cell.column, heading), cell.text)
        under = {**form.under, **said}
        header = Header(row, row.number, tuple(under), form.year_columns)
        names = form.kept | {read.cell: heading for heading, read in under.items()}
        return LaidRow(row, header, under, names=names, is_block=True, whole=frozenset(form.under))

    def _read(self, form: _Form, row: Row) -> None:
        if row.number <= form.header_until:
            return
        first, *others = cells = self._without_group([cell for cell in row.cells if not cell.is_blank])
        if (begun := self._header(form, row)) is not None:
            self._headings(form, *begun)
        elif first.heading == self.block.years:
            self._years(form, others)
        elif self._is_below_labels(form, cells):
            self._below_labels(form, cells)
        elif self._is_of_the_table(form, first):
            self._table_row(form, row)
        elif form.years and first.heading in self.yearly:
            self._yearly(form, first, row)
        else:
            self._labelled(form, cells)

    def _without_group(self, cells: list[Cell]) -> list[Cell]:
        """A row's cells without the label, one that is not read, of the group that a table is."""
        labels = {self.block.years, self.columns.year}
        while len(cells) > 1 and cells[0].heading in self.columns.ignored and cells[1].heading in labels:
            cells = cells[1:]
        return cells

    def _header(self, form: _Form, row: Row) -> tuple[Header, int] | None:
        """The header that begins in a row of a table within the form, and the index of its first column.

        Its first heading is that of the years or the indicators. Right of a label would stand its value; a
        header has the next heading there.
        """
        key = self.columns.year or self.columns.indicator
        if row.number + self.layout.rows.header - 1 > form.last:
            return None
        headings = headings_of(self.table, row.number, self.layout.rows.header)
        texts = [each.text for each in headings]
        if key not in texts:
            return None
        first = texts.index(key)
        if any(text and text not in self.columns.ignored for text in texts[:first]):
            return None
        beside = [each for each in headings[first:] if each.text != key]
        if self.columns.year is not None:
            beside = [each for each in beside if each.text]
        if not beside or not self._is_known(beside[0]):
            return None
        found = header(self.table, row.number, headings, self.layout)
        return (found, first) if self.columns.year is not None or found.years else None

    def _is_known(self, heading: Heading) -> bool:
        return heading.text in self.labels or year_column(heading.levels, self.words) is not None

    def _headings(self, form: _Form, begun: Header, first: int) -> None:
        form.headings = {
            column: text for column, text in enumerate(begun.headings, start=1) if text and column > first
        }
        form.year_columns |= begun.years
        form.header_until = begun.last_row

    def _is_of_the_table(self, form: _Form, first: Cell) -> bool:
        """Whether a row stands below headings. The cell of the first column may be merged above."""
        if first.heading in self.labels or first.column not in form.headings:
            return False
        if self.columns.year is None:
            names_a_year = year_column((first.heading,), self.words) is not None
            return not names_a_year and not (form.years and first.heading in self.yearly)
        if form.headings[first.column] != self.columns.year:
            return True
        return self.words.year(first.heading) is not None or looks_like_a_fiscal_year(first.heading)

    def _table_row(self, form: _Form, row: Row) -> None:
        said: dict[str, ReadCell] = {}
        for printed in row.cells:
            cell = self.table.merged.get((row.number, printed.column), printed)
            heading = form.headings.get(printed.column)
            is_of_a_group = heading is None and cell.row != row.number
            if cell.is_blank or is_of_a_group:
                continue
            if heading is None or said.setdefault(heading, ReadCell(cell, cell.text)).cell != cell:
                raise MisplacedCell(self.table.place(cell.row, cell.column), cell.text)
        above = form.rows[-1][1] if form.rows else {}
        for heading in self.columns.fill_down:
            if heading in above:
                said.setdefault(heading, above[heading])
        form.rows.append((row, said))

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

    def _labelled(self, form: _Form, cells: Sequence[Cell]) -> None:
        """Labels and the values right of them; a label may be a year: 令和4年度, 令和4年度の取組."""
        if all(cell.heading in self.labels for cell in cells):
            form.headings = {}
            form.alone = {column: cell.heading for cell in cells for _, column in cell.places}
            form.alone_until = max(cell.row + cell.row_span for cell in cells)
            return
        label: str | None = None
        for cell in cells:
            if cell.heading in self.labels:
                label = cell.heading
            elif label is not None:
                self._put(form, label, cell)
                # What is not read may say any number of things.
                label = label if label in self.columns.ignored else None
            elif column := year_column((cell.heading,), self.words):
                self._name_year(form, cell, cell.heading, column)
                label = cell.heading
            else:
                raise UnknownColumn(self.table.place(cell.row, cell.column), cell.heading)

    def _is_below_labels(self, form: _Form, cells: Sequence[Cell]) -> bool:
        """Whether a row has the values of labels above it, which stand in a row that has none."""
        return cells[0].row == form.alone_until and all(
            cell.heading not in self.labels and cell.column in form.alone for cell in cells
        )

    def _below_labels(self, form: _Form, cells: Sequence[Cell]) -> None:
        for cell in cells:
            self._put(form, form.alone[cell.column], cell)

    def _name_year(self, form: _Form, cell: Cell, heading: str, column: YearColumn) -> None:
        known = form.year_columns.setdefault(heading, column)
        first = next(name for name, each in form.year_columns.items() if each == known)
        if column.content is not None and first != heading:
            raise SameYearTwice(self.table.place(cell.row, cell.column), heading, first)

    def _put(self, form: _Form, heading: str, cell: Cell) -> None:
        if heading in self.columns.ignored:
            form.kept[cell] = heading
            return
        if heading in form.under and form.under[heading].cell != cell:
            raise MisplacedCell(self.table.place(cell.row, cell.column), cell.text)
        form.under[heading] = ReadCell(cell, cell.text)
