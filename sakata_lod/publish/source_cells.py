"""The cells of a laid table as an edition keeps them: as printed, with the heading above."""

from collections.abc import Iterable

from sakata_lod.publish.cells import Cell
from sakata_lod.publish.laid_rows import LaidTable
from sakata_lod.publish.plan import SourceCell


class SourceCells:
    """Cell → what an edition says of it."""

    def __init__(self, laid: LaidTable) -> None:
        self._cells = {
            cell: SourceCell(cell.row, cell.column, name, cell.text, cell.row_span, cell.column_span)
            for cell, name in _printed_cells(laid)
        }

    def __getitem__(self, cell: Cell) -> SourceCell:
        return self._cells[cell]

    def of(self, cells: Iterable[Cell]) -> tuple[SourceCell, ...]:
        """What is said of some cells, each once."""
        return tuple(self._cells[cell] for cell in dict.fromkeys(cells))

    @property
    def all(self) -> tuple[SourceCell, ...]:
        """Every cell that holds a text, in the order of the table."""
        return tuple(self._cells.values())


def _printed_cells(laid: LaidTable) -> Iterable[tuple[Cell, str | None]]:
    below = {cell: row for row in laid.rows for cell in row.row.cells}
    for row in laid.table.rows:
        for cell in row.cells:
            if cell.text:
                yield cell, below[cell].name_of(cell) if cell in below else None
