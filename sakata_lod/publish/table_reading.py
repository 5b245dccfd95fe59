"""A table read as far as it goes: what stops the reading is noted and passed over, and the rest is read.

A build stops at the first thing that it would have to guess. Who fills in a table wants to hear of all.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sakata_lod.errors import (
    AmbiguousRow,
    DuplicateNumber,
    HiddenCells,
    MarkAndWordsDisagree,
    MergedAcrossRoles,
    MisplacedCell,
    NoMeasures,
    NumberOutOfPlace,
    RowsDisagree,
    SourceError,
    StatusesDisagree,
    UnitsDiffer,
    UnknownDepartment,
    UnknownFigure,
    UnknownMark,
    UnknownRow,
    UnnumberedRow,
    WrongCount,
)
from sakata_lod.publish.assembly import assemble
from sakata_lod.publish.cells import Cell, Row, Table
from sakata_lod.publish.departments import DepartmentRegister
from sakata_lod.publish.plan import Edition
from sakata_lod.site import PlanSource

_OF_A_CELL = (UnknownMark, MarkAndWordsDisagree, UnknownDepartment, MisplacedCell, UnknownFigure, UnitsDiffer)
_OF_A_ROW = (
    AmbiguousRow,
    UnknownRow,
    DuplicateNumber,
    UnnumberedRow,
    NumberOutOfPlace,
    RowsDisagree,
    StatusesDisagree,
    MergedAcrossRoles,
)
_OF_THE_WHOLE = (NoMeasures, WrongCount)
_MOST_ERRORS = 100
_MOST_ROWS_READ = 50_000


@dataclass(frozen=True, slots=True)
class TableReading:
    """What came of reading a table.

    edition: what the table says, if nothing stopped the reading. errors: what did, in the order met.
    is_whole: whether the table was looked through to its end.
    """

    edition: Edition | None
    errors: tuple[SourceError, ...] = ()
    is_whole: bool = True


def read_through(table: Table, plan: PlanSource, register: DepartmentRegister) -> TableReading:
    """Read a table for its plan's only edition, and tell all that stops the reading."""
    errors: list[SourceError] = []
    left_out: set[int] = set()
    most = min(_MOST_ERRORS, 1 + _MOST_ROWS_READ // len(table.rows))
    while len(errors) < most:
        try:
            edition = assemble(table, plan, plan.editions[0], register)
        except SourceError as error:
            if left_out and _may_follow(error, left_out):
                return TableReading(None, tuple(errors), is_whole=False)
            errors.append(error)
            without = _without(table, error)
            if without is None:
                return TableReading(None, tuple(errors), is_whole=False)
            if isinstance(error, _OF_A_ROW) and error.place.row is not None:
                left_out.add(error.place.row)
            table = without
        else:
            return TableReading(None if errors else edition, tuple(errors))
    return TableReading(None, tuple(errors), is_whole=False)


def _may_follow(error: SourceError, left_out: Collection[int]) -> bool:
    """Whether an error may come of rows that were passed over: of a chapter, say, that it belongs to."""
    if isinstance(error, _OF_THE_WHOLE):
        return True
    is_below = (error.place.row or 0) > min(left_out)
    is_orphan = isinstance(error, UnknownRow) and error.place.column is None
    return is_below and (is_orphan or isinstance(error, DuplicateNumber | NumberOutOfPlace))


def _without(table: Table, error: SourceError) -> Table | None:
    """The table without what an error is about; None where that cannot be told."""
    place = error.place
    if isinstance(error, HiddenCells):
        return replace(table, hidden=())
    if place.row is None or (isinstance(error, _OF_A_CELL) and place.column is None):
        return None
    if not isinstance(error, (*_OF_A_CELL, *_OF_A_ROW)):
        return None
    column = place.column if isinstance(error, _OF_A_CELL) else None
    blanked = table.rows[place.row - 1]
    if any((cell.row, cell.column) in table.merged for cell in blanked.cells):
        return None
    cells = tuple(_blank(cell) if column in (None, cell.column) else cell for cell in blanked.cells)
    if cells == blanked.cells:
        return None
    rows = (*table.rows[: place.row - 1], Row(blanked.number, cells), *table.rows[place.row :])
    return replace(table, rows=rows)


def _blank(cell: Cell) -> Cell:
    return replace(cell, text="")
