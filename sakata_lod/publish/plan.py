"""What one edition of a plan's table says, as data. No I/O, no RDF."""

from dataclasses import dataclass
from datetime import date

from sakata_lod.publish.eras import FiscalYear


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell that holds a text, be it a blank. column_name: the heading printed above it, if any."""

    row: int
    column: int
    column_name: str | None
    text: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row, blank ones too. cell_count: how many cells the file gives it."""

    number: int
    cell_count: int


@dataclass(frozen=True, slots=True)
class Division:
    """A chapter or section. number: "2-1"; parent: "2", None for an outermost one."""

    number: str
    title: str
    parent: str | None
    cells: tuple[SourceCell, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure 個別施策. departments: slugs of the register; other_departments: others are not named."""

    number: str
    title: str
    division: str
    departments: tuple[str, ...]
    other_departments: bool
    department_text: str
    cells: tuple[SourceCell, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a measure came. achievement, response: codes; None where the cell is blank."""

    measure: str
    achievement: str | None
    achievement_text: str
    response: str | None
    response_text: str
    reason: str
    cells: tuple[SourceCell, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """What was done for a measure in a fiscal year. work_line: 1, or 2, 3 … for work that runs beside it."""

    measure: str
    fiscal_year: FiscalYear
    work_line: int
    text: str
    tasks: tuple[str, ...]
    cell: SourceCell


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something doubtful in the table. targets: the cells, or else the rows, that it is about."""

    slug: str
    type: str
    cells: tuple[SourceCell, ...]
    rows: tuple[int, ...]
    measures: tuple[str, ...]
    as_printed: tuple[str, ...]
    as_read: str
    alternatives: tuple[str, ...]
    certain: bool
    comment: dict[str, str]


@dataclass(frozen=True, slots=True)
class Edition:
    """All that one table says. Divisions and measures in the order of the table.

    source_sha256: of the bytes that it was read from.
    """

    plan: str
    as_of: date
    source_sha256: str
    rows: tuple[SourceRow, ...]
    cells: tuple[SourceCell, ...]
    divisions: tuple[Division, ...]
    measures: tuple[Measure, ...]
    progress: tuple[Progress, ...]
    activities: tuple[Activity, ...]
    anomalies: tuple[Anomaly, ...]
