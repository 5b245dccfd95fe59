"""The rows of one measure → the measure and its progress."""

from collections.abc import Iterable
from dataclasses import dataclass, field

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
from sakata_lod.publish.marks import status_code
from sakata_lod.publish.plan import Measure, Progress
from sakata_lod.publish.source_cells import SourceCells
from sakata_lod.site import StatusAxis, TableLayout


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A row of a measure. year: the one that the whole row is of, in a table with a row for each."""

    row: LaidRow
    year: FiscalYear | None


@dataclass(slots=True)
class OpenMeasure:
    """A measure and the rows found of it so far."""

    number: str
    title: str
    division: str | None
    rows: list[MeasureRow] = field(default_factory=list)


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

    def measure(self, found: OpenMeasure, cells: SourceCells) -> Measure:
        """Read a measure: its departments are those of its newest row that names any.

        Raises: UnknownDepartment.
        """
        columns = self.layout.columns
        named = [self._departments(each.row) for each in _counting(found.rows, columns.departments)]
        texts = [self._department_text(each.row) for each in _counting(found.rows, columns.departments)]
        return Measure(
            key=found.number,
            number=found.number,
            title=found.title,
            division=found.division,
            departments=tuple(dict.fromkeys(slug for each in named for slug in each.slugs)),
            other_departments=any(each.others for each in named),
            department_text=next(filter(str.strip, texts), ""),
            cells=cells.of(_printed(found, *columns.number_and_title, *columns.departments)),
        )

    def progress(self, found: OpenMeasure, cells: SourceCells) -> Progress:
        """Read how far a measure came: by its newest row that says so.

        A table without any status says that the measure is there, which its number and title do.
        Raises: UnknownMark, MarkAndWordsDisagree, RowsDisagree, StatusesDisagree.
        """
        columns = self.layout.columns
        achievement, response = self._status(found, "achievement"), self._status(found, "response")
        reason = self._agreed(found, columns.reason)
        status = (*columns.achievement, *columns.response, columns.reason, columns.year, columns.kind)
        printed = _printed(found, *status) or _printed(found, *columns.number_and_title)
        return Progress(
            measure=found.number,
            achievement=achievement.code,
            achievement_text=achievement.text,
            response=response.code,
            response_text=response.text,
            reason=reason.printed_text(columns.reason) if reason else "",
            cells=cells.of(printed),
        )

    def _status(self, found: OpenMeasure, axis: StatusAxis) -> _Status:
        """The first column counts in which a status stands; all are held to the marks that are known."""
        headings: tuple[str, ...] = getattr(self.layout.columns, axis)
        codes: dict[str, str] = getattr(self.layout, axis)
        told: list[_Status] = []
        for heading in headings:
            for each in found.rows:
                status_code(each.row.text(heading), codes, each.row.place(self.table, heading))
            if row := self._agreed(found, heading, axis if self.layout.columns.indicator else None):
                code = status_code(row.text(heading), codes, row.place(self.table, heading))
                told.append(_Status(code, row.printed_text(heading)))
        return next(iter(told), _Status())

    def _agreed(
        self, found: OpenMeasure, heading: str | None, axis: StatusAxis | None = None
    ) -> LaidRow | None:
        """The row that counts for a column; None if it is blank in all. Those that count must agree.

        axis: of a status, in a table whose rows name indicators: what each of them may have its own of.
        """
        rows = [each.row for each in _counting(found.rows, (heading,))]
        for row in rows[1:]:
            if row.text(heading) != rows[0].text(heading):
                place, first = row.place(self.table, heading), rows[0].place(self.table, heading).row or 0
                if axis is not None:
                    raise StatusesDisagree(place, row.text(heading), first, rows[0].text(heading), axis)
                raise RowsDisagree(place, row.text(heading), first, rows[0].text(heading))
        return rows[0] if rows else None

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


def _counting(rows: Iterable[MeasureRow], headings: tuple[str | None, ...]) -> list[MeasureRow]:
    """The rows that print something under some headings; of a table with a row a year, the newest of them."""
    printing = [each for each in rows if any(each.row.text(heading) for heading in headings)]
    years = [each.year for each in printing if each.year is not None]
    return [each for each in printing if each.year == max(years)] if years else printing


def _printed(found: OpenMeasure, *headings: str | None) -> tuple[Cell, ...]:
    return tuple(dict.fromkeys(cell for each in found.rows for cell in each.row.printed(*headings)))
