"""The rows of one measure → the measure and its progress."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from sakata_lod.errors import RowsDisagree, StatusesDisagree
from sakata_lod.publish.cells import Cell, Table
from sakata_lod.publish.departments import (
    DepartmentRegister,
    DepartmentText,
    NamedDepartments,
    named_departments,
)
from sakata_lod.publish.eras import FiscalYear
from sakata_lod.publish.laid_rows import LaidRow
from sakata_lod.publish.marks import StatusMarks, is_status, status_code
from sakata_lod.publish.plan import Measure, Progress
from sakata_lod.publish.source_cells import SourceCells
from sakata_lod.publish.status_cells import StatusCell
from sakata_lod.site import STATUS_AXES, StatusAxis, TableLayout


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A row of a measure. year: the one that the whole row is of, in a table with a row for each.

    standings: its cells of the measure's status in a year.
    """

    row: LaidRow
    year: FiscalYear | None
    standings: tuple[StatusCell, ...] = ()


@dataclass(slots=True)
class OpenMeasure:
    """A measure and the rows found of it so far."""

    number: str
    title: str
    division: str | None
    rows: list[MeasureRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """What a row says under a heading, and of which year, if of one."""

    row: LaidRow
    heading: str
    year: FiscalYear | None

    @property
    def text(self) -> str:
        return self.row.text(self.heading)


_OfYearT = TypeVar("_OfYearT", MeasureRow, _Told)


@dataclass(frozen=True, slots=True)
class _Status:
    code: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class MeasureReader:
    """Reads what the rows of a measure say of it as a whole."""

    table: Table
    layout: TableLayout
    register: DepartmentRegister

    def measure(self, found: OpenMeasure, cells: SourceCells, silent: Iterable[Cell] = ()) -> Measure:
        """Read a measure: its departments are those of its newest row that names any; so is its description.

        silent: cells that say that it has no indicator.
        Raises: UnknownDepartment, RowsDisagree.
        """
        columns = self.layout.columns
        named = [self._departments(each.row) for each in _counting(found.rows, columns.departments)]
        texts = [self._department_text(each.row) for each in _counting(found.rows, columns.departments)]
        described = self._agreed(_told(found, columns.description))
        of_measure = (*columns.number_and_title, *columns.departments, columns.description)
        return Measure(
            key=found.number,
            number=found.number,
            title=found.title,
            division=found.division,
            departments=tuple(dict.fromkeys(slug for each in named for slug in each.slugs)),
            other_departments=any(each.others for each in named),
            department_text=next(filter(str.strip, texts), ""),
            cells=cells.of((*_printed(found, *of_measure), *silent)),
            description=described.row.printed_text(described.heading) if described else "",
        )

    def progress(self, found: OpenMeasure, cells: SourceCells) -> Progress:
        """Read how far a measure came: by its newest row that says so.

        A table without any status says that the measure is there, which its number and title do.
        Raises: UnknownMark, MarkAndWordsDisagree, RowsDisagree, StatusesDisagree.
        """
        columns = self.layout.columns
        achievement, response = self._status(found, "achievement"), self._status(found, "response")
        status = (*columns.achievement, *columns.response, columns.reason, columns.year, columns.kind)
        of_years = (each.row.printed(*(cell.heading for cell in each.standings)) for each in found.rows)
        printed = tuple(dict.fromkeys((*_printed(found, *status), *chain.from_iterable(of_years))))
        printed = printed or _printed(found, *columns.number_and_title)
        return Progress(
            measure=found.number,
            achievement=achievement.code,
            achievement_text=achievement.text,
            response=response.code,
            response_text=response.text,
            reason=self._reason(found),
            cells=cells.of(printed),
        )

    def _status(self, found: OpenMeasure, axis: StatusAxis) -> _Status:
        """The first column counts in which a status stands; all are held to the marks that are known.

        Of statuses beside years the newest one's counts, if no column without a year says any. A cell that
        says no status counts no more than a blank one.
        """
        marks = StatusMarks.of(self.layout, axis)
        headings: tuple[str, ...] = getattr(self.layout.columns, axis)
        beside_years = [
            _Told(each.row, cell.heading, cell.year)
            for each in found.rows
            for cell in each.standings
            if cell.axis == axis
        ]
        columns = [*(_told(found, heading) for heading in headings), beside_years]
        known = {
            each: status_code(each.text, marks, each.row.place(self.table, each.heading))
            for each in chain.from_iterable(columns)
        }
        said = ([each for each in cells if known[each] is not None] for cells in columns)
        counting = [each for cells in said if (each := self._agreed(cells, axis)) is not None]
        if not counting:
            return _Status()
        return _Status(known[counting[0]], counting[0].row.printed_text(counting[0].heading))

    def _reason(self, found: OpenMeasure) -> str:
        """Why the target was missed; blank where that is of an older year than the status that counts."""
        told = self._agreed(_told(found, self.layout.columns.reason))
        if told is None:
            return ""
        judged = _newest(each for each in found.rows if self._is_judged(each.row))
        is_older = told.year is not None and any(each.year and each.year > told.year for each in judged)
        return "" if is_older else told.row.printed_text(told.heading)

    def _is_judged(self, row: LaidRow) -> bool:
        """Whether a row says a status of the measure in a column without a year."""
        return any(
            is_status(row.text(heading), StatusMarks.of(self.layout, axis))
            for axis in STATUS_AXES
            for heading in getattr(self.layout.columns, axis)
        )

    def _agreed(self, cells: Iterable[_Told], axis: StatusAxis | None = None) -> _Told | None:
        """The first of the cells that count; None if all are blank. All that count must agree.

        axis: of a status, of which in a table whose rows name indicators each may have its own.
        """
        counting = _newest(each for each in cells if each.text)
        for each in counting[1:]:
            if each.text != counting[0].text:
                first = counting[0].row.place(self.table, counting[0].heading).row or 0
                place = each.row.place(self.table, each.heading)
                if axis is None or self.layout.columns.indicator is None:
                    raise RowsDisagree(place, each.text, first, counting[0].text)
                table = "years" if each.heading in each.row.years else "columns"
                raise StatusesDisagree(place, each.text, first, counting[0].text, axis, table)
        return next(iter(counting), None)

    def _departments(self, row: LaidRow) -> NamedDepartments:
        *outer, _ = headings = self.layout.columns.departments
        named = [heading for heading in headings if row.text(heading)]
        within = " ".join(row.text(heading) for heading in outer if heading in named[:-1])
        printed = DepartmentText(row.text(named[-1]), within)
        place = row.place(self.table, named[-1])
        return named_departments(printed, self.layout.departments, self.register, place)

    def _department_text(self, row: LaidRow) -> str:
        """What the innermost level prints."""
        texts = [row.printed_text(heading) for heading in self.layout.columns.departments]
        return next(filter(str.strip, reversed(texts)), "")


def _counting(rows: Iterable[MeasureRow], headings: tuple[str, ...]) -> list[MeasureRow]:
    """The rows that print something under some headings; of a table with a row a year, the newest of them."""
    return _newest(each for each in rows if any(each.row.text(heading) for heading in headings))


def _told(found: OpenMeasure, heading: str | None) -> list[_Told]:
    return [_Told(each.row, heading, each.year) for each in found.rows] if heading else []


def _newest(told: Iterable[_OfYearT]) -> list[_OfYearT]:
    """What is of the newest year; all, where nothing is of a year."""
    found = list(told)
    newest = max((each.year for each in found if each.year is not None), default=None)
    return [each for each in found if each.year == newest]


def _printed(found: OpenMeasure, *headings: str | None) -> tuple[Cell, ...]:
    return tuple(dict.fromkeys(cell for each in found.rows for cell in each.row.printed(*headings)))
