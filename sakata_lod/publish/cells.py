"""A table as printed: rows of cells that know where they came from, and cells merged into one."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from sakata_lod.errors import Place

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""Control characters, which no printed cell has."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as printed, with its row and column in the file, counted from 1.

    row_span, column_span: how many rows and columns it takes, where cells are merged into it.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed in it."""
        return not self.text.strip()

    @property
    def heading(self) -> str:
        """Its text as a heading is written in plan.toml: any blanks and line breaks in it as one blank."""
        return " ".join(self.text.split())

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """The rows and columns that it takes."""
        rows = range(self.row, self.row + self.row_span)
        columns = range(self.column, self.column + self.column_span)
        return tuple((row, column) for row in rows for column in columns)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as printed."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed in it."""
        return all(cell.is_blank for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed, and the bytes that it was read from. merged: place → the cell merged over it.

    hidden_rows, hidden_columns: those with text that a workbook does not show.
    """

    file: Path
    content: bytes
    rows: tuple[Row, ...]
    sheet: str | None = None
    merged: dict[tuple[int, int], Cell] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()

    def place(self, row: int, column: int | None = None, column_name: str | None = None) -> Place:
        """Name a place in it, for an error."""
        return Place(self.file, row, column, column_name, self.sheet)

    @property
    def hidden(self) -> tuple[str, str] | None:
        """The numbers of the rows, and of the columns, with text that is not shown, as people read them."""
        if not (self.hidden_rows or self.hidden_columns):
            return None
        rows, columns = (", ".join(map(str, each)) or "–" for each in (self.hidden_rows, self.hidden_columns))
        return rows, columns

    def holding(self, row: int, column: int) -> Cell | None:
        """Find the cell whose text holds at a place: its own, or that merged over it; None beyond the row."""
        if merged := self.merged.get((row, column)):
            return merged
        cells = self.rows[row - 1].cells
        return cells[column - 1] if column <= len(cells) else None
