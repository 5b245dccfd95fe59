"""Rows under their headings → the edition that they say. What cannot be read without guessing is an error."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from sakata_lod.errors import (
    AmbiguousRow,
    DuplicateNumber,
    MisplacedCell,
    Place,
    UnknownRow,
)
from sakata_lod.publish.departments import DepartmentRegister, NamedDepartments, named_departments
from sakata_lod.publish.layout import LaidRow, LaidTable, lay_out
from sakata_lod.publish.marks import is_status, status_code
from sakata_lod.publish.plan import (
    Activity,
    Anomaly,
    Division,
    Edition,
    Measure,
    Progress,
    SourceCell,
    SourceRow,
)
from sakata_lod.publish.table import Cell, Table, read_table
from sakata_lod.site import Correction, EditionFolder, PlanSource, TableLayout


def read_edition(plan: PlanSource, edition: EditionFolder, register: DepartmentRegister) -> Edition:
    """Read a published table and say what is in it.

    Raises: SourceError: where the table cannot be read without guessing.
    """
    table = read_table(edition.path, edition.source)
    laid = lay_out(table, plan.layout, edition.corrections)
    reading = _Reading(laid, plan.layout, register)
    for row in laid.rows:
        reading.read(row)
    return Edition(
        plan=plan.slug,
        as_of=edition.as_of,
        source_sha256=hashlib.sha256(table.content).hexdigest(),
        rows=tuple(SourceRow(row.number, len(row.cells)) for row in table.rows),
        cells=tuple(reading.cells.values()),
        divisions=tuple(reading.divisions),
        measures=tuple(reading.measures),
        progress=tuple(reading.progress),
        activities=tuple(reading.activities),
        anomalies=tuple(_anomaly(each, laid, reading) for each in edition.corrections),
    )


@dataclass(slots=True)
class _Reading:
    """One pass over the rows, top to bottom, and what it has found so far."""

    laid: LaidTable
    layout: TableLayout
    register: DepartmentRegister
    divisions: list[Division] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    cells: dict[Cell, SourceCell] = field(default_factory=dict)
    measure_of_row: dict[int, str] = field(default_factory=dict)
    work_lines: dict[str, int] = field(default_factory=dict)
    row_of_number: dict[str, int] = field(default_factory=dict)
    open_divisions: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells = {
            cell: SourceCell(cell.row, cell.column, name, cell.text)
            for cell, name in _printed_cells(self.laid)
        }

    @property
    def table(self) -> Table:
        return self.laid.table

    def read(self, row: LaidRow) -> None:
        """Read a row: a division, a measure, more of one, or nothing."""
        if row.continues is not None:
            self._continue_measure(row, row.continues)
            return
        if row.row.is_blank:
            return
        columns = self.layout.columns
        heading = " ".join(filter(None, (row.text(columns.number), row.text(columns.title))))
        if matched := re.fullmatch(self.layout.rows.measure, heading):
            self._read_measure(row, matched["number"], matched["title"])
            return
        for level, pattern in enumerate(self.layout.rows.divisions):
            if level <= len(self.open_divisions) and (matched := re.fullmatch(pattern, heading)):
                self._read_division(row, level, matched["number"], matched["title"])
                return
        printed = next(cell for cell in row.row.cells if not cell.is_blank)
        raise UnknownRow(self.table.place(row.row.number, printed.column), printed.text)

    def _read_division(self, row: LaidRow, level: int, number: str, title: str) -> None:
        columns = self.layout.columns
        cells = row.printed(columns.number, columns.title)
        self._refuse(cell for cell in row.row.cells if not cell.is_blank and cell not in cells)
        parent = "-".join(self.open_divisions[:level]) or None
        self.open_divisions = [*self.open_divisions[:level], unicodedata.normalize("NFKC", number)]
        name = self._named("-".join(self.open_divisions), row)
        self.divisions.append(Division(name, title, parent, self._sources(cells)))

    def _read_measure(self, row: LaidRow, number: str, title: str) -> None:
        columns = self.layout.columns
        if len(self.open_divisions) < len(self.layout.rows.divisions):
            raise UnknownRow(self.table.place(row.row.number), f"{number} {title}")
        division = "-".join(self.open_divisions)
        name = self._named(f"{division}-{unicodedata.normalize('NFKC', number)}", row)
        self._check_alignment(row)
        named = self._departments(row)
        self.measures.append(
            Measure(
                number=name,
                title=title,
                division=division,
                departments=named.slugs,
                other_departments=named.others,
                department_text=row.printed_text(columns.departments),
                cells=self._sources(row.printed(columns.number, columns.title, columns.departments)),
            )
        )
        self.progress.append(self._progress(row, name))
        self.measure_of_row[row.row.number] = name
        self._read_activities(row, name)

    def _continue_measure(self, row: LaidRow, continues: int) -> None:
        measure = self.measure_of_row.get(continues)
        years = row.header.fiscal_years if measure else {}
        self._refuse(cell for heading in row.under if heading not in years for cell in row.printed(heading))
        self._refuse(row.surplus)
        if measure is not None:
            self.measure_of_row[row.row.number] = measure
            self._read_activities(row, measure)

    def _read_activities(self, row: LaidRow, measure: str) -> None:
        line = self.work_lines[measure] = self.work_lines.get(measure, 0) + 1
        for heading, year in row.header.fiscal_years.items():
            read = row.under.get(heading)
            if read is not None and read.text.strip():
                text = read.text
                self.activities.append(
                    Activity(measure, year, line, text, tasks(text), self.cells[read.cell])
                )

    def _progress(self, row: LaidRow, measure: str) -> Progress:
        columns = self.layout.columns
        status = (columns.achievement, columns.response, columns.reason)
        return Progress(
            measure=measure,
            achievement=self._code(row, columns.achievement, self.layout.achievement),
            achievement_text=row.printed_text(columns.achievement),
            response=self._code(row, columns.response, self.layout.response),
            response_text=row.printed_text(columns.response),
            reason=row.printed_text(columns.reason),
            cells=self._sources(row.printed(*status)),
        )

    def _code(self, row: LaidRow, heading: str, codes: dict[str, str]) -> str | None:
        return status_code(row.text(heading), codes, self._place(row, heading))

    def _departments(self, row: LaidRow) -> NamedDepartments:
        heading = self.layout.columns.departments
        return named_departments(
            row.text(heading), self.layout.departments, self.register, self._place(row, heading)
        )

    def _check_alignment(self, row: LaidRow) -> None:
        """Refuse a row whose status stands beside its column: it has too many year cells, or too few."""
        heading, codes = self.layout.columns.achievement, self.layout.achievement
        expected = row.header.headings.index(heading) + 1
        under = row.under.get(heading)
        if under is None or (under.cell.column == expected and not is_status(under.text, codes)):
            years = len(row.header.fiscal_years)
            for cell in row.row.cells:
                if is_status(cell.text, codes):
                    place = self.table.place(row.row.number)
                    raise AmbiguousRow(place, years + cell.column - expected, years)
        self._refuse(row.surplus)

    def _refuse(self, cells: Iterable[Cell]) -> None:
        for cell in cells:
            raise MisplacedCell(self.table.place(cell.row, cell.column), cell.text)

    def _place(self, row: LaidRow, heading: str) -> Place:
        read = row.under.get(heading)
        return self.table.place(row.row.number, read.cell.column if read else None, heading)

    def _named(self, number: str, row: LaidRow) -> str:
        first = self.row_of_number.setdefault(number, row.row.number)
        if first != row.row.number:
            raise DuplicateNumber(self.table.place(row.row.number), number, first)
        return number

    def _sources(self, cells: Iterable[Cell]) -> tuple[SourceCell, ...]:
        return tuple(self.cells[cell] for cell in cells)


def tasks(text: str) -> tuple[str, ...]:
    """Split what was done in a year into its tasks, at blanks; a part in brackets belongs to its neighbour.

    A blank stands where the sheet broke the line, which often, not always, separates two tasks.
    """
    spans: list[tuple[int, int]] = []
    for part in re.finditer(r"\S+", text):
        first_in_brackets = len(spans) == 1 and _is_bracketed(text[slice(*spans[0])])
        if spans and (_is_bracketed(part[0]) or first_in_brackets):
            spans[-1] = (spans[-1][0], part.end())
        else:
            spans.append(part.span())
    return tuple(text[start:end] for start, end in spans)


def _is_bracketed(text: str) -> bool:
    return re.fullmatch(r"[(（][^()（）]*[)）]", text) is not None


def _printed_cells(laid: LaidTable) -> Iterable[tuple[Cell, str | None]]:
    below = {row.row.number: row.header for row in laid.rows}
    for row in laid.table.rows:
        header = below.get(row.number)
        for cell in row.cells:
            if cell.text:
                yield cell, header.above(cell.column) if header else None


def _anomaly(correction: Correction, laid: LaidTable, reading: _Reading) -> Anomaly:
    cells = _targets(correction, laid)
    printed = [each.expect for each in correction.cells] or [" | ".join(correction.expect)]
    touched = [each.row for each in correction.cells] + [correction.row or 0]
    return Anomaly(
        slug=correction.slug,
        type=correction.type,
        cells=tuple(reading.cells[cell] for cell in cells if not cell.is_blank),
        rows=(correction.row,)
        if correction.row is not None
        else tuple(cell.row for cell in cells if cell.is_blank),
        measures=tuple(
            dict.fromkeys(reading.measure_of_row[row] for row in touched if row in reading.measure_of_row)
        ),
        as_printed=tuple(dict.fromkeys(printed)),
        as_read=correction.as_read,
        alternatives=correction.alternatives,
        certain=correction.certain,
        comment=correction.comment.by_language,
    )


def _targets(correction: Correction, laid: LaidTable) -> list[Cell]:
    """The cells that a correction is about; of a whole row, what it says of the years."""
    if correction.row is None:
        rows = [(laid.row(each.row), each.column) for each in correction.cells]
        return [row.under[column].cell for row, column in rows if row is not None]
    row = laid.row(correction.row)
    return list(row.printed(*row.header.fiscal_years)) if row is not None else []
