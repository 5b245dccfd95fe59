"""Forms, one a measure: labels beside their values → the row that the form would be in a list.

A form begins at the row whose first cell says so. A label is a cell whose text the configuration names; its
value stands right of it, before the next label. Where a row holds fiscal years, the rows below it tell of
each year what their label says: 取組 under 令和4年度 is read as the heading 令和4年度／取組.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sakata_lod.errors import HeaderNotFound, MisplacedCell, UnknownColumn, UnknownEra
from sakata_lod.publish.cells import Cell, Row, Table
from sakata_lod.publish.eras import FiscalYear
from sakata_lod.publish.headings import Header
from sakata_lod.publish.laid_rows import LaidRow, ReadCell
from sakata_lod.publish.row_kinds import begins_division, is_ignored
from sakata_lod.publish.year_headings import BETWEEN_LEVELS, YearColumn, YearWords
from sakata_lod.site import Block, TableLayout


def laid_blocks(table: Table, layout: TableLayout, block: Block) -> tuple[LaidRow, ...]:
    """Read each form as a row. Rows above the first form are not read, but for divisions' rows.

    Raises: HeaderNotFound, UnknownColumn, UnknownEra, MisplacedCell.
    """
    reader = _Reader(table, layout, block)
    blocks = list(_blocks(table, layout, block))
    if not any(_begins(begun[0], block) for begun in blocks):
        place = table.place(table.rows[0].number)
        raise HeaderNotFound(place, block.starts_with, block.starts_with)
    return tuple(
        reader.form(begun) if _begins(begun[0], block) else _apart(begun[0], layout) for begun in blocks
    )


def _begins(row: Row, block: Block) -> bool:
    return next((cell.heading for cell in row.cells if not cell.is_blank), "") == block.starts_with


def _blocks(table: Table, layout: TableLayout, block: Block) -> Iterator[list[Row]]:
    """Each form's rows together, and each row of a division, a note or a total by itself."""
    begun: list[Row] = []
    for row in table.rows:
        if row.is_blank:
            continue
        if _begins(row, block):
            if begun:
                yield begun
            begun = [row]
        elif _is_apart(row, layout):
            if begun:
                yield begun
            begun = []
            yield [row]
        elif begun:
            begun.append(row)
    if begun:
        yield begun


def _text(row: Row) -> str:
    return " ".join(cell.text.strip() for cell in row.cells if not cell.is_blank)


def _is_apart(row: Row, layout: TableLayout) -> bool:
    text = _text(row)
    return is_ignored(text, layout.rows) or begins_division(text, layout)


def _apart(row: Row, layout: TableLayout) -> LaidRow:
    """A row between forms: of a division, under number and title; or one that says nothing of a measure."""
    header = Header(row, row.number, (), {})
    if is_ignored(_text(row), layout.rows):
        return LaidRow(row, header, {}, is_block=True, is_ignored=True)
    printed = [cell for cell in row.cells if not cell.is_blank]
    headings = (
        (layout.columns.title,) if len(printed) == 1 else (layout.columns.number or "", layout.columns.title)
    )
    under = {heading: ReadCell(cell, cell.text) for heading, cell in zip(headings, printed, strict=False)}
    names = {read.cell: heading for heading, read in under.items()}
    surplus = tuple(cell for cell in printed if cell not in names)
    return LaidRow(row, header, under, surplus, names=names, is_block=True)


@dataclass(slots=True)
class _Form:
    """What one form says so far. years: column → the fiscal year that stands there."""

    under: dict[str, ReadCell] = field(default_factory=dict)
    years: dict[int, tuple[str, FiscalYear]] = field(default_factory=dict)
    year_columns: dict[str, YearColumn] = field(default_factory=dict)


class _Reader:
    """Reads the forms of one table."""

    def __init__(self, table: Table, layout: TableLayout, block: Block) -> None:
        self.table = table
        self.block = block
        self.words = YearWords.of(layout)
        self.labels = {*layout.columns.headings, *layout.columns.ignored, block.starts_with}
        self.yearly = set(self.words.words())

    def form(self, rows: list[Row]) -> LaidRow:
        form = _Form()
        for row in rows:
            cells = [cell for cell in row.cells if not cell.is_blank]
            if cells and cells[0].heading == self.block.years:
                self._years(form, cells[1:])
            elif cells and form.years and cells[0].heading in self.yearly:
                self._yearly(form, cells[0], row)
            else:
                self._labelled(form, cells)
        whole = Row(rows[0].number, tuple(cell for row in rows for cell in row.cells))
        names = {read.cell: heading for heading, read in form.under.items()}
        header = Header(rows[0], rows[0].number, tuple(form.under), form.year_columns)
        return LaidRow(whole, header, form.under, names=names, is_block=True)

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
            form.year_columns[heading] = column
            self._put(form, heading, cell)

    def _labelled(self, form: _Form, cells: Iterable[Cell]) -> None:
        label: str | None = None
        for cell in cells:
            if cell.heading in self.labels:
                label = cell.heading
            elif label is None:
                raise UnknownColumn(self.table.place(cell.row, cell.column), cell.heading)
            else:
                self._put(form, label, cell)
                label = None

    def _put(self, form: _Form, heading: str, cell: Cell) -> None:
        if heading in form.under and form.under[heading].cell != cell:
            raise MisplacedCell(self.table.place(cell.row, cell.column), cell.text)
        form.under[heading] = ReadCell(cell, cell.text)
