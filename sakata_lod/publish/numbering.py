"""Divisions and the numbers under them, from rows and from columns of chapters and sections."""

from dataclasses import dataclass, field

from sakata_lod.errors import DuplicateNumber, NumberOutOfPlace, UnknownRow, UnnumberedRow
from sakata_lod.publish.cells import Cell, Table
from sakata_lod.publish.laid_rows import LaidRow
from sakata_lod.publish.plan import Division
from sakata_lod.publish.row_kinds import Numbered, numbered
from sakata_lod.publish.source_cells import SourceCells
from sakata_lod.site import TableLayout


@dataclass(slots=True)
class _Open:
    title: str
    parent: str | None
    row: int
    cells: dict[Cell, None]


@dataclass(slots=True)
class Numbering:
    """The divisions found so far; those open now, outermost first; which row took which number."""

    table: Table
    layout: TableLayout
    open: list[str] = field(default_factory=list)
    divisions: dict[str, _Open] = field(default_factory=dict)
    row_of_number: dict[str, int] = field(default_factory=dict)

    def begin(self, row: LaidRow, level: int, found: Numbered, cells: tuple[Cell, ...]) -> None:
        """Open the division that a row of its own begins.

        Raises: UnnumberedRow, NumberOutOfPlace, DuplicateNumber.
        """
        parent = self.open[level - 1] if level else None
        number = self.nested(found, parent, row)
        self.open = [*self.open[:level], number]
        known = self.divisions.get(number)
        if known is not None and known.title == found.title and self._is_on_another_sheet(known.row, row):
            known.cells |= dict.fromkeys(cells)
            return
        self.claim(number, row)
        self.divisions[number] = _Open(found.title, parent, row.row.number, dict.fromkeys(cells))

    def enter(self, row: LaidRow) -> None:
        """Open the divisions that the columns of a measure's row name.

        Raises: UnknownRow, UnnumberedRow, NumberOutOfPlace, DuplicateNumber.
        """
        columns, patterns = self.layout.columns.divisions, self.layout.rows.divisions
        first = len(patterns) - len(columns)
        for level, (heading, pattern) in enumerate(zip(columns, patterns[first:], strict=True), start=first):
            read, text = row.under.get(heading), row.text(heading)
            found = numbered(pattern, text, self.layout.rows)
            if found is None or not text:
                column = read.cell.column if read else None
                raise UnknownRow(self.table.place(row.row.number, column, heading), text)
            self._enter(row, level, found, row.printed(heading))

    def _is_on_another_sheet(self, known: int, row: LaidRow) -> bool:
        return self.table.sheet_of(known) != self.table.sheet_of(row.row.number)

    def _enter(self, row: LaidRow, level: int, found: Numbered, cells: tuple[Cell, ...]) -> None:
        if level > len(self.open):
            raise UnknownRow(self.table.place(row.row.number), found.title)
        parent = self.open[level - 1] if level else None
        number = self.nested(found, parent, row)
        if self.open[level : level + 1] != [number]:
            self.open = [*self.open[:level], number]
        known = self.divisions.get(number)
        if known is None:
            self.claim(number, row)
            self.divisions[number] = _Open(found.title, parent, row.row.number, dict.fromkeys(cells))
        elif known.title != found.title:
            raise DuplicateNumber(self.table.place(row.row.number), number, self.table.place(known.row))
        else:
            known.cells |= dict.fromkeys(cells)

    def nested(self, found: Numbered, parent: str | None, row: LaidRow) -> str:
        """The whole number: a plain one follows on its division's, one of several parts must begin with it.

        Raises: UnnumberedRow, NumberOutOfPlace.
        """
        place = self.table.place(row.row.number)
        if found.number is None:
            raise UnnumberedRow(place, found.title)
        if parent is None or found.number.startswith(f"{parent}-"):
            return found.number
        if "-" in found.number:
            raise NumberOutOfPlace(place, found.number, parent)
        return f"{parent}-{found.number}"

    def claim(self, number: str, row: LaidRow) -> None:
        """Note that a number is taken by a row.

        Raises: DuplicateNumber.
        """
        first = self.row_of_number.setdefault(number, row.row.number)
        if first != row.row.number:
            raise DuplicateNumber(self.table.place(row.row.number), number, self.table.place(first))

    def read(self, cells: SourceCells) -> tuple[Division, ...]:
        """The divisions found, in the order of the table."""
        return tuple(
            Division(number, number, each.title, each.parent, cells.of(each.cells))
            for number, each in self.divisions.items()
        )
