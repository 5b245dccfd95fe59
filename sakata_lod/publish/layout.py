"""Which cell of a table stands under which heading, corrections applied.

Corrections are data: each says what it expects to find, and if the table says otherwise nothing is read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from sakata_lod.errors import CorrectionDoesNotFit, HeaderNotFound, MalformedTable, UnknownColumn, UnknownEra
from sakata_lod.publish.eras import FiscalYear, fiscal_year, looks_like_a_fiscal_year
from sakata_lod.publish.table import Cell, Row, Table
from sakata_lod.site import Correction, TableLayout


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell as printed, and the text that it is read as."""

    cell: Cell
    text: str


@dataclass(frozen=True, slots=True)
class Header:
    """A header row: the printed heading above each column, and the fiscal years among them."""

    row: Row
    headings: tuple[str, ...]
    fiscal_years: dict[str, FiscalYear]

    def above(self, column: int) -> str | None:
        """The heading printed above a column, counted from 1; None where there is none."""
        return (self.headings[column - 1] or None) if column <= len(self.headings) else None


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row below a header.

    under: its cells by heading. surplus: printed cells under no heading. continues: the row that it goes on.
    """

    row: Row
    header: Header
    under: dict[str, ReadCell]
    surplus: tuple[Cell, ...]
    continues: int | None

    def text(self, heading: str) -> str:
        """What is read under a heading; blank where the row has no cell there."""
        read = self.under.get(heading)
        return read.text.strip() if read else ""

    def printed_text(self, heading: str) -> str:
        """What is printed under a heading, whatever it is read as."""
        read = self.under.get(heading)
        return read.cell.text if read else ""

    def printed(self, *headings: str) -> tuple[Cell, ...]:
        """The cells under some headings in which something is printed."""
        found = (self.under[heading].cell for heading in headings if heading in self.under)
        return tuple(cell for cell in found if not cell.is_blank)


@dataclass(frozen=True, slots=True)
class LaidTable:
    """A table whose rows are laid under their headings. Rows above the first header are in `table` alone."""

    table: Table
    rows: tuple[LaidRow, ...]

    def row(self, number: int) -> LaidRow | None:
        """Find a row by its number in the file; None above the first header and for header rows."""
        return next((each for each in self.rows if each.row.number == number), None)


def lay_out(table: Table, layout: TableLayout, corrections: Sequence[Correction]) -> LaidTable:
    """Put each cell under its heading, and let the corrections say otherwise.

    Raises: HeaderNotFound, UnknownColumn, UnknownEra, MalformedTable, CorrectionDoesNotFit.
    """
    of_row = {each.row: each for each in corrections if each.row is not None}
    _check_rows(table, of_row.values())
    laid = LaidTable(table, tuple(_laid_rows(table, layout, of_row)))
    readings = _readings(laid, corrections)
    return LaidTable(table, tuple(_with_readings(row, readings) for row in laid.rows))


def _laid_rows(table: Table, layout: TableLayout, of_row: dict[int, Correction]) -> Iterable[LaidRow]:
    header: Header | None = None
    for row in table.rows:
        if _is_header(row, layout):
            header = _header(table, row, layout)
        elif header is not None:
            correction = of_row.get(row.number)
            headings = _corrected_headings(table, header, correction)
            yield _laid_row(row, header, headings, correction.continues if correction else None)
    if header is None:
        raise _header_not_found(table, layout)


def _corrected_headings(table: Table, header: Header, correction: Correction | None) -> Sequence[str]:
    if correction is None or correction.columns is None:
        return header.headings
    known = [heading for heading in header.headings if heading]
    for heading in correction.columns:
        if heading and heading not in known:
            place = table.place(header.row.number)
            raise CorrectionDoesNotFit(place, correction.slug, heading, "、".join(known))
    return correction.columns


def _is_header(row: Row, layout: TableLayout) -> bool:
    return set(layout.columns.headings) <= {cell.text.strip() for cell in row.cells}


def _header(table: Table, row: Row, layout: TableLayout) -> Header:
    known = {*layout.columns.headings, *layout.columns.ignored}
    years: dict[str, FiscalYear] = {}
    seen: set[object] = set()
    for cell in row.cells:
        place, label = table.place(row.number, cell.column), cell.text.strip()
        year = fiscal_year(label)
        if year is not None:
            years[label] = year
        elif looks_like_a_fiscal_year(label):
            raise UnknownEra(place, label)
        elif label and label not in known:
            raise UnknownColumn(place, label)
        if label and (year or label) in seen:
            raise MalformedTable(place, "table", f"the heading {label} stands over two columns")
        seen.add(year or label)
    return Header(row, tuple(cell.text.strip() for cell in row.cells), years)


def _header_not_found(table: Table, layout: TableLayout) -> HeaderNotFound:
    expected = layout.columns.headings
    nearest = min(table.rows, key=lambda row: len(set(expected) - {cell.text.strip() for cell in row.cells}))
    found = {cell.text.strip() for cell in nearest.cells}
    missing = [heading for heading in expected if heading not in found]
    return HeaderNotFound(table.place(nearest.number), "、".join(expected), "、".join(missing))


def _laid_row(row: Row, header: Header, headings: Sequence[str], continues: int | None) -> LaidRow:
    under: dict[str, ReadCell] = {}
    surplus: list[Cell] = []
    for cell in row.cells:
        heading = headings[cell.column - 1] if cell.column <= len(headings) else ""
        if heading:
            under[heading] = ReadCell(cell, cell.text)
        elif not cell.is_blank:
            surplus.append(cell)
    return LaidRow(row, header, under, tuple(surplus), continues)


def _check_rows(table: Table, corrections: Iterable[Correction]) -> None:
    """Hold rows to what corrections expect. Blank cells at its end do not count: formats may drop them."""
    for each in corrections:
        number = each.row or 0
        found = [cell.text for cell in table.rows[number - 1].cells] if number <= len(table.rows) else []
        for column, (cell, expected) in enumerate(zip_longest(found, each.expect, fillvalue=""), start=1):
            if cell != expected:
                raise CorrectionDoesNotFit(table.place(number, column), each.slug, expected, cell)


def _readings(laid: LaidTable, corrections: Sequence[Correction]) -> dict[Cell, str]:
    readings: dict[Cell, str] = {}
    for each in corrections:
        for expected in each.cells:
            row = laid.row(expected.row)
            read = row.under.get(expected.column) if row else None
            if read is None or read.cell.text != expected.expect:
                place = laid.table.place(expected.row, read.cell.column if read else None, expected.column)
                raise CorrectionDoesNotFit(place, each.slug, expected.expect, read.cell.text if read else "")
            if each.reading is not None:
                readings[read.cell] = each.reading
    return readings


def _with_readings(row: LaidRow, readings: dict[Cell, str]) -> LaidRow:
    under = {
        heading: ReadCell(read.cell, readings.get(read.cell, read.text))
        for heading, read in row.under.items()
    }
    return replace(row, under=under)
