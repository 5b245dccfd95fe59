"""Which cell of a table stands under which heading, corrections applied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sakata_lod.publish.blocks import laid_blocks
from sakata_lod.publish.cells import Cell, Row, Table
from sakata_lod.publish.corrections import (
    check_rows,
    corrected_headings,
    refuse_row_readings,
    with_readings,
)
from sakata_lod.publish.headings import Header, begins_header, header, header_not_found, headings_of
from sakata_lod.publish.laid_rows import LaidRow, LaidTable, ReadCell
from sakata_lod.publish.row_kinds import begins_division, is_ignored
from sakata_lod.site import Correction, TableLayout


def lay_out(table: Table, layout: TableLayout, corrections: Sequence[Correction]) -> LaidTable:
    """Put each cell under its heading, and let the corrections say otherwise.

    Raises: HeaderNotFound, UnknownColumn, UnknownEra, MalformedTable, MisplacedCell, CorrectionDoesNotFit.
    """
    of_row = {each.row: each for each in corrections if each.row is not None}
    check_rows(table, of_row.values())
    if layout.block is not None:
        refuse_row_readings(table, of_row.values())
        rows = laid_blocks(table, layout, layout.block)
    else:
        rows = tuple(laid for part in table.parts for laid in _laid_rows(table, part, layout, of_row))
    return with_readings(LaidTable(table, rows), corrections)


def _laid_rows(
    table: Table, rows: Sequence[Row], layout: TableLayout, of_row: dict[int, Correction]
) -> Iterable[LaidRow]:
    """The rows below the headings of one sheet: each has its own, and what stands above them is not read."""
    above: Header | None = None
    filling = _Filling(layout)
    before: list[Row] = []
    for row in rows:
        if above is not None and row.number <= above.last_row:
            continue
        if begins_header(table, row.number, layout):
            headings = headings_of(table, row.number, layout.rows.header)
            first, above = above is None, header(table, row.number, headings, layout)
            if first:
                yield from _divisions_above(table, before, above, layout)
        elif above is None:
            before.append(row)
        else:
            correction = of_row.get(row.number)
            under = corrected_headings(table, above, correction)
            laid = _laid_row(table, row, above, under, correction.continues if correction else None)
            yield filling.filled(_with_ignored(laid, layout))
    if above is None:
        raise header_not_found(table, rows, layout)


def _divisions_above(
    table: Table, rows: Iterable[Row], first: Header, layout: TableLayout
) -> Iterable[LaidRow]:
    """Rows above the first header that name a division and no more. What else stands there is not read."""
    headings = layout.columns.number_and_title
    for row in rows:
        laid = _laid_row(table, row, first, first.headings, None)
        text = laid.joined_text(*headings)
        if text and laid.is_alone(*headings) and begins_division(text, layout, is_alone=True):
            yield laid


def _laid_row(
    table: Table, row: Row, above: Header, headings: Sequence[str], continues: int | None
) -> LaidRow:
    under: dict[str, ReadCell] = {}
    surplus: list[Cell] = []
    for printed in row.cells:
        cell = table.merged.get((row.number, printed.column), printed)
        heading = headings[printed.column - 1] if printed.column <= len(headings) else ""
        if heading:
            under[heading] = ReadCell(cell, cell.text)
        elif not printed.is_blank:
            surplus.append(printed)
    return LaidRow(row, above, under, tuple(surplus), continues)


def _with_ignored(laid: LaidRow, layout: TableLayout) -> LaidRow:
    text = " ".join(cell.text.strip() for cell in laid.row.cells if not cell.is_blank)
    if not text or not is_ignored(text, layout.rows):
        return laid
    return LaidRow(laid.row, laid.header, {}, is_ignored=True)


@dataclass(slots=True)
class _Filling:
    """What stands above, in the columns in which a blank means the same as above."""

    layout: TableLayout
    above: dict[str, ReadCell] = field(default_factory=dict)

    def filled(self, laid: LaidRow) -> LaidRow:
        columns = self.layout.columns
        if laid.is_ignored or laid.row.is_blank or laid.continues is not None or not columns.fill_down:
            return laid
        named = columns.number_and_title
        if begins_division(laid.joined_text(*named), self.layout, is_alone=laid.is_alone(*named)):
            self.above.clear()
            return laid
        self._forget_inner_divisions(laid)
        under = dict(laid.under)
        for heading in columns.fill_down:
            if laid.text(heading):
                self.above[heading] = under[heading]
            elif heading in self.above:
                under[heading] = self.above[heading]
        return LaidRow(laid.row, laid.header, under, laid.surplus, laid.continues)

    def _forget_inner_divisions(self, laid: LaidRow) -> None:
        """Where a chapter begins, the section above is another chapter's."""
        divisions = self.layout.columns.divisions
        for level, heading in enumerate(divisions):
            read = laid.under.get(heading)
            if read is not None and read.is_of(laid.row) and laid.text(heading):
                for inner in divisions[level + 1 :]:
                    self.above.pop(inner, None)
                return
