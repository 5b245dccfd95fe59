"""A table as printed: rows of cells that know where they came from, and cells merged into one."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from sakata_lod.errors import Place
from sakata_lod.publish.hidden_parts import HiddenPart

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
class SheetRows:
    """The rows that one of several sheets adds to a table. above: how many rows those before it have."""

    sheet: str
    above: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed, and the bytes that it was read from. merged: place → the cell merged over it.

    sheet: of a workbook. sheets: of a table that several make together, in their order; its rows are counted
    through them. hidden: what its workbook does not show.
    """

    file: Path
    content: bytes
    rows: tuple[Row, ...]
    sheet: str | None = None
    merged: dict[tuple[int, int], Cell] = field(default_factory=dict)
    sheets: tuple[SheetRows, ...] = ()
    hidden: tuple[HiddenPart, ...] = ()

    @property
    def parts(self) -> tuple[tuple[Row, ...], ...]:
        """The rows of each sheet; of a table that is one, all."""
        ends = (*(each.above for each in self.sheets[1:]), len(self.rows))
        starts = [each.above for each in self.sheets] or [0]
        return tuple(self.rows[start:end] for start, end in zip(starts, ends, strict=True))

    def sheet_of(self, row: int) -> SheetRows | None:
        """Which of several sheets a row stands in; None where there are not several."""
        return next((each for each in reversed(self.sheets) if row > each.above), None)

    def place(self, row: int, column: int | None = None, column_name: str | None = None) -> Place:
        """Name a place in it, for an error."""
        if (of := self.sheet_of(row)) is not None:
            return Place(self.file, row, column, column_name, of.sheet, row - of.above)
        return Place(self.file, row, column, column_name, self.sheet)

    def holding(self, row: int, column: int) -> Cell | None:
        """Find the cell whose text holds at a place: its own, or that merged over it; None beyond the row."""
        if merged := self.merged.get((row, column)):
            return merged
        cells = self.rows[row - 1].cells
        return cells[column - 1] if column <= len(cells) else None
