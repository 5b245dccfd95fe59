"""Bytes of a published table → rows of cells that know where they came from.

TSV, CSV (UTF-8, UTF-8 with a byte-order mark, CP932) and XLSX, behind `read_table`. The declared encoding is
checked against the bytes, never guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sakata_lod.errors import EmptySource, MalformedTable, Place, Words
from sakata_lod.publish.cells import CONTROL, Cell, Row, Table
from sakata_lod.publish.delimited import read_delimited
from sakata_lod.publish.file_kinds import refuse_other_kinds
from sakata_lod.publish.spreadsheet import read_sheet
from sakata_lod.site import EditionSource

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
        sheet = read_sheet(file, content, source.sheet)
        empty = Table(
            file, content, (), sheet.title,
            hidden_rows=sheet.hidden_rows, hidden_columns=sheet.hidden_columns,
        )  # fmt: skip
        table = _numbered(empty, sheet.texts, sheet.spans)
    else:
        table = _numbered(Table(file, content, ()), read_delimited(file, content, source), {})
    if all(row.is_blank for row in table.rows):
        raise EmptySource(Place(file, sheet=table.sheet))
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
