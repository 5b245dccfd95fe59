"""Bytes of a published table → rows of cells that know where they came from.

TSV, CSV (UTF-8, UTF-8 with a byte-order mark, CP932) and XLSX, behind `read_table`. The declared encoding is
checked against the bytes, never guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sakata_lod.errors import EmptySource, MalformedTable, NotATable, Place, Words
from sakata_lod.publish.cells import CONTROL, Cell, Row, SheetRows, Table
from sakata_lod.publish.delimited import read_delimited
from sakata_lod.publish.file_kinds import ZIP, refuse_other_kinds
from sakata_lod.publish.spreadsheet import WorkbookReader
from sakata_lod.site import EditionSource

_WORKBOOK = (
    Words("CSVやTSVでなく、XLSXのブック", "an XLSX workbook, and no text"),
    Words(
        "名前の終わりを .xlsx に、plan.toml の format を xlsx にしてください",
        "Let its name end in .xlsx, and set `format` in plan.toml to xlsx",
    ),
)
_TEXT = Words("文字", "text")
_Spans = Mapping[tuple[int, int], tuple[int, int]]


def read_table(file: Path, source: EditionSource) -> Table:
    """Read a published table.

    Raises: EmptySource, NotATable, WrongEncoding, MalformedTable.
    """
    return table_of(file, file.read_bytes(), source)


def table_of(file: Path, content: bytes, source: EditionSource) -> Table:
    """Read a table from its bytes. file: its name, for errors.

    Raises: EmptySource, NotATable, WrongEncoding, MalformedTable.
    """
    if not content:
        raise EmptySource(Place(file))
    refuse_other_kinds(Place(file), content)
    if source.format == "xlsx":
        book = WorkbookReader(file, content)
        if source.sheets:
            return stacked([table_of_sheet(file, content, book, each) for each in source.sheets])
        return table_of_sheet(file, content, book, source.sheet)
    if content.startswith(ZIP):
        raise NotATable(Place(file), *_WORKBOOK)
    table = _numbered(Table(file, content, ()), read_delimited(file, content, source), {})
    return _with_text(table)


def table_of_sheet(file: Path, content: bytes, book: WorkbookReader, wanted: str | None) -> Table:
    """Read the table on one sheet of a workbook.

    Raises: EmptySource, MalformedTable.
    """
    sheet = book.sheet(wanted)
    empty = Table(file, content, (), sheet.title, hidden=book.hidden)
    return _with_text(_numbered(empty, sheet.texts, sheet.spans))


def stacked(tables: Sequence[Table]) -> Table:
    """The tables of several sheets as one, below one another, their rows counted through."""
    rows: list[Row] = []
    merged: dict[tuple[int, int], Cell] = {}
    sheets: list[SheetRows] = []
    for table in tables:
        above = len(rows)
        sheets.append(SheetRows(table.sheet or "", above))
        moved = [[replace(cell, row=cell.row + above) for cell in row.cells] for row in table.rows]
        rows += [Row(row.number + above, tuple(cells)) for row, cells in zip(table.rows, moved, strict=True)]
        spanning = (cell for cells in moved for cell in cells if (cell.row_span, cell.column_span) != (1, 1))
        merged |= {place: cell for cell in spanning for place in cell.places}
    first = tables[0]
    return Table(first.file, first.content, tuple(rows), None, merged, tuple(sheets), first.hidden)


def _with_text(table: Table) -> Table:
    if all(row.is_blank for row in table.rows):
        raise EmptySource(Place(table.file, sheet=table.sheet))
    return table


def _numbered(table: Table, texts: Sequence[Sequence[str]], spans: _Spans) -> Table:
    rows = []
    for number, row in enumerate(texts, start=1):
        cells = []
        for column, text in enumerate(row, start=1):
            if unprintable := CONTROL.search(text):
                sign = f"U+{ord(unprintable[0]):04X}"
                problem = Words(
                    f"セルに制御文字 {sign} があります", f"a control character, {sign}, in the cell"
                )
                raise MalformedTable(table.place(number, column), _TEXT, problem)
            cells.append(Cell(number, column, text, *spans.get((number, column), (1, 1))))
        rows.append(Row(number, tuple(cells)))
    spanning = [cell for row in rows for cell in row.cells if (cell.row, cell.column) in spans]
    merged = {place: cell for cell in spanning for place in cell.places}
    return replace(table, rows=tuple(rows), merged=merged)
