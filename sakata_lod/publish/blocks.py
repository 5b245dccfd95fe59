"""Forms, one a measure: labels beside their values → the rows that the forms would be in a list.

A form begins at the row whose first cell says so. A label is a cell whose text the configuration names; its
value stands right of it, before the next label.
"""

from collections.abc import Iterable

from sakata_lod.errors import HeaderNotFound, UnknownRow
from sakata_lod.publish.cells import Row, Table
from sakata_lod.publish.forms import FormReader
from sakata_lod.publish.headings import Header
from sakata_lod.publish.laid_rows import LaidRow, ReadCell
from sakata_lod.publish.row_kinds import begins_division, is_ignored
from sakata_lod.site import Block, TableLayout


def laid_blocks(table: Table, layout: TableLayout, block: Block) -> tuple[LaidRow, ...]:
    """Read each form as rows. Rows above a sheet's first form are not read, but for divisions' rows.

    Raises: HeaderNotFound, UnknownRow, UnknownColumn, UnknownEra, MisplacedCell, MalformedTable.
    """
    reader = FormReader(table, layout, block)
    laid: list[LaidRow] = []
    for rows in table.parts:
        if not any(_begins(row, block) for row in rows):
            raise HeaderNotFound(table.place(rows[0].number), block.starts_with, block.starts_with)
        for begun in _blocks(table, rows, layout, block):
            laid += reader.rows(begun) if _begins(begun[0], block) else [_apart(begun[0], layout)]
    return tuple(laid)


def has_forms(table: Table, layout: TableLayout, block: Block) -> bool:
    """Whether there is a form, and not only one to be filled in: a value stands beside its first label."""
    labels = {*layout.read_headings, *layout.columns.ignored}
    printed = ([cell for cell in row.cells if not cell.is_blank] for row in table.rows if _begins(row, block))
    return any(len(cells) > 1 and cells[1].heading not in labels for cells in printed)


def _begins(row: Row, block: Block) -> bool:
    return next((cell.heading for cell in row.cells if not cell.is_blank), "") == block.starts_with


def _blocks(table: Table, rows: Iterable[Row], layout: TableLayout, block: Block) -> list[list[Row]]:
    """Each form's rows together, and each row of a division, a note or a total by itself.

    A note does not end a form. Below the first form nothing may stand outside: it would be lost in silence.
    """
    found: list[list[Row]] = []
    form: list[Row] | None = None
    for row in rows:
        if row.is_blank:
            continue
        if _begins(row, block):
            form = [row]
            found.append(form)
        elif is_ignored(_text(row), layout.rows):
            found.append([row])
        elif begins_division(_text(row), layout, is_alone=True):
            form = [] if form is not None else None
            found.append([row])
        elif form:
            form.append(row)
        elif form is not None:
            raise _unknown(table, row)
    return found


def _text(row: Row) -> str:
    return " ".join(cell.text.strip() for cell in row.cells if not cell.is_blank)


def _unknown(table: Table, row: Row) -> UnknownRow:
    cell = next(cell for cell in row.cells if not cell.is_blank)
    return UnknownRow(table.place(cell.row, cell.column), cell.text)


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
