"""Corrections are data: each says what it expects to find; if the table says otherwise nothing is read."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from sakata_lod.errors import CorrectionDoesNotFit, Words
from sakata_lod.publish.cells import Cell, Table
from sakata_lod.publish.headings import Header
from sakata_lod.publish.laid_rows import LaidRow, LaidTable, ReadCell
from sakata_lod.site import Correction

_ROW_OF_A_LIST = Words("見出しの下の行", "a row under headings")
_A_SHEET = Words("sheets に書いたシートの名前", "the name of one of the `sheets`")
_ROW_OF_A_FORM = Words("様式（[block]）の行", "a row of a [block]")


def counted(table: Table, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """The same with rows counted through, where several sheets make a table.

    Raises: CorrectionDoesNotFit: a correction names no sheet of the table.
    """
    if not table.sheets:
        return tuple(corrections)
    above = {each.sheet: each.above for each in table.sheets}
    found: list[Correction] = []
    for each in corrections:
        for sheet in [part.sheet for part in each.cells] or [each.sheet]:
            if sheet not in above:
                place = replace(table.place(1), row=None, sheet=None, sheet_row=None)
                raise CorrectionDoesNotFit(place, each.slug, _A_SHEET, sheet or "")
        cells = tuple(
            part.model_copy(update={"row": part.row + above[part.sheet or ""], "sheet": None})
            for part in each.cells
        )
        moved = {
            key: number + above[each.sheet or ""]
            for key in ("row", "continues")
            if (number := getattr(each, key)) is not None
        }
        found.append(each.model_copy(update={"cells": cells, "sheet": None, **moved}))
    return tuple(found)


def by_sheet(table: Table, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """The same with rows counted in their sheets, as a person writes them."""
    if not table.sheets:
        return tuple(corrections)
    return tuple(_by_sheet(table, each) for each in corrections)


def _by_sheet(table: Table, correction: Correction) -> Correction:
    cells = tuple(
        part.model_copy(update={"sheet": place.sheet, "row": place.row_shown})
        for part in correction.cells
        for place in [table.place(part.row)]
    )
    if correction.row is None:
        return correction.model_copy(update={"cells": cells})
    place = table.place(correction.row)
    further = correction.continues and table.place(correction.continues).row_shown
    return correction.model_copy(update={"sheet": place.sheet, "row": place.row_shown, "continues": further})


def corrected_headings(table: Table, header: Header, correction: Correction | None) -> Sequence[str]:
    """The heading under which each cell of a row is read, "" for a surplus blank."""
    if correction is None or correction.columns is None:
        return header.headings
    known = [heading for heading in header.headings if heading]
    for heading in correction.columns:
        if heading and heading not in known:
            place = table.place(header.row.number)
            raise CorrectionDoesNotFit(place, correction.slug, heading, "、".join(known))
    return correction.columns


def check_rows(table: Table, corrections: Iterable[Correction]) -> None:
    """Hold rows to what corrections expect. Blank cells at its end do not count: formats may drop them."""
    for each in corrections:
        number = each.row or 0
        found = [cell.text for cell in table.rows[number - 1].cells] if number <= len(table.rows) else []
        for column, (cell, expected) in enumerate(zip_longest(found, each.expect, fillvalue=""), start=1):
            if cell != expected:
                raise CorrectionDoesNotFit(table.place(number, column), each.slug, expected, cell)


def refuse_row_readings(table: Table, corrections: Iterable[Correction]) -> None:
    """Refuse corrections that lay a row's cells anew, where a measure is a block of rows."""
    for each in corrections:
        if each.columns is not None or each.continues is not None:
            place = table.place(each.row or 0)
            raise CorrectionDoesNotFit(place, each.slug, _ROW_OF_A_LIST, _ROW_OF_A_FORM)


def with_readings(laid: LaidTable, corrections: Sequence[Correction]) -> LaidTable:
    """Read the cells that corrections are about as they say.

    Raises: CorrectionDoesNotFit.
    """
    readings = _readings(laid, corrections)
    return LaidTable(laid.table, tuple(_with_readings(row, readings) for row in laid.rows))


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
