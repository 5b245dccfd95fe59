"""Statuses of indicators, each year's and those of no year: from cells to codes."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from sakata_lod.errors import RowsDisagree
from sakata_lod.publish.cells import Cell, Table
from sakata_lod.publish.eras import FiscalYear
from sakata_lod.publish.laid_rows import LaidRow
from sakata_lod.publish.marks import StatusMarks, status_code
from sakata_lod.publish.plan import Status
from sakata_lod.publish.status_cells import StatusCell
from sakata_lod.site import StatusAxis, TableLayout

StatusKey = tuple[str, str, FiscalYear | None]
"""Of which a status is: the measure, the key of its indicator, and the year, if it is of one."""


@dataclass(slots=True)
class _Told:
    """A status as read. text, printed: of the first cell that says so. cells: all of them."""

    code: str
    text: str
    printed: str
    cells: dict[Cell, None] = field(default_factory=dict)


@dataclass(slots=True)
class IndicatorStatuses:
    """The statuses found in one table so far. _without: cells that say none."""

    table: Table
    layout: TableLayout
    _told: dict[StatusKey, dict[StatusAxis, _Told]] = field(default_factory=dict)
    _without: dict[StatusKey, dict[Cell, None]] = field(default_factory=dict)

    def keep(self, key: StatusKey, row: LaidRow, each: StatusCell) -> None:
        """Read a cell that is not blank. Cells that say the same of one thing are kept, all of them.

        Raises: UnknownMark, MarkAndWordsDisagree, RowsDisagree.
        """
        text, place = row.text(each.heading), row.place(self.table, each.heading)
        code = status_code(text, StatusMarks.of(self.layout, each.axis), place)
        cell = row.under[each.heading].cell
        if code is None:
            self._without.setdefault(key, {})[cell] = None
            return
        told = self._told.setdefault(key, {}).setdefault(each.axis, _Told(code, text, cell.text))
        if told.text != text:
            raise RowsDisagree(place, text, next(iter(told.cells)).row, told.text)
        told.cells[cell] = None

    @property
    def of_years(self) -> Iterable[tuple[str, str, FiscalYear]]:
        """Of which indicators and years there is one, in the order of the table."""
        return ((measure, key, year) for measure, key, year in self._told if year is not None)

    def status(self, key: StatusKey) -> Status:
        """What is told of an indicator, or of it in a year."""
        achievement, response = (self._told.get(key, {}).get(axis) for axis in ("achievement", "response"))
        return Status(
            achievement=achievement.code if achievement else None,
            achievement_text=achievement.printed if achievement else "",
            response=response.code if response else None,
            response_text=response.printed if response else "",
        )

    def cells(self, key: StatusKey) -> tuple[Cell, ...]:
        """The cells that say so, and those that say none."""
        told = (cell for each in self._told.get(key, {}).values() for cell in each.cells)
        return tuple(dict.fromkeys((*told, *self._without.get(key, ()))))

    def without_value(self, values: Container[StatusKey]) -> dict[tuple[str, str], tuple[Cell, ...]]:
        """Of each measure and indicator the cells that say no status of years of which nothing is told.

        values: of which years figures are told. Such a cell makes no value, and is kept with the indicator.
        """
        found: dict[tuple[str, str], tuple[Cell, ...]] = {}
        for key, cells in self._without.items():
            measure, indicator, year = key
            if year is not None and key not in values and key not in self._told:
                found[measure, indicator] = (*found.get((measure, indicator), ()), *cells)
        return found
