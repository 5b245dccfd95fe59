"""Rows whose cells are laid under their headings: what every shape of table comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sakata_lod.errors import Place
from sakata_lod.publish.cells import Cell, Row, Table
from sakata_lod.publish.headings import Header
from sakata_lod.publish.year_headings import YearColumn


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell as printed, and the text that it is read as."""

    cell: Cell
    text: str

    def is_of(self, row: Row) -> bool:
        """Whether it is printed in that row, and does not hold there from a row above."""
        return self.cell in row.cells


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row below a header, or a block of rows that tells of one measure as such a row would.

    under: its cells by heading. surplus: printed cells under no heading. continues: the row that it goes on.
    names: in a block, the heading of each of its cells. is_ignored: it says nothing of any measure.
    whole: of a form whose years stand below one another, the labels of what it says of no one year.
    """

    row: Row
    header: Header
    under: Mapping[str, ReadCell]
    surplus: tuple[Cell, ...] = ()
    continues: int | None = None
    names: Mapping[Cell, str] = field(default_factory=dict)
    is_block: bool = False
    is_ignored: bool = False
    whole: frozenset[str] = frozenset()

    @property
    def years(self) -> Mapping[str, YearColumn]:
        """The headings that name fiscal years, and what stands under each."""
        return self.header.years

    def text(self, heading: str | None) -> str:
        """What is read under a heading; blank where the row has no cell there."""
        read = self.under.get(heading) if heading else None
        return read.text.strip() if read else ""

    def joined_text(self, *headings: str) -> str:
        """What is read under some headings in one; a cell that is merged over them counts once."""
        read = {
            each.cell: each.text.strip() for heading in headings if (each := self.under.get(heading or ""))
        }
        return " ".join(filter(None, read.values()))

    def printed_text(self, heading: str | None) -> str:
        """What is printed under a heading, whatever it is read as."""
        read = self.under.get(heading) if heading else None
        return read.cell.text if read else ""

    def printed(self, *headings: str | None) -> tuple[Cell, ...]:
        """The cells under some headings in which something is printed."""
        found = (self.under[heading].cell for heading in filter(None, headings) if heading in self.under)
        return tuple(dict.fromkeys(cell for cell in found if not cell.is_blank))

    def is_alone(self, *headings: str) -> bool:
        """Whether the row prints nothing but what stands under some headings."""
        printed = self.printed(*headings)
        return all(cell.is_blank or cell in printed for cell in self.row.cells)

    def name_of(self, cell: Cell) -> str | None:
        """The heading printed above a cell, or beside it in a block; None where there is none."""
        if self.is_ignored:
            return None
        return self.names.get(cell) if self.is_block else self.header.above(cell.column)

    def place(self, table: Table, heading: str | None) -> Place:
        """Where the cell under a heading stands; the row alone where it has none."""
        read = self.under.get(heading or "")
        if read is None:
            return table.place(self.row.number, None, heading)
        return table.place(read.cell.row, read.cell.column, heading)

    def covers(self, number: int) -> bool:
        """Whether a row of the file is this one, or one of this block's."""
        return number == self.row.number or any(cell.row == number for cell in self.row.cells)


@dataclass(frozen=True, slots=True)
class LaidTable:
    """A table whose rows are laid under their headings. Rows above the first header are in `table` alone."""

    table: Table
    rows: tuple[LaidRow, ...]

    def row(self, number: int) -> LaidRow | None:
        """Find a row by its number in the file; None above the first header and for header rows."""
        return next((each for each in self.rows if each.covers(number)), None)
