"""What one edition of a plan's table says, as data. No I/O, no RDF."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sakata_lod.publish.eras import FiscalYear


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell that holds a text, be it a blank. column_name: the heading printed above it, if any.

    row_span, column_span: how many rows and columns are merged into it.
    """

    row: int
    column: int
    column_name: str | None
    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row, blank ones too. cell_count: how many cells the file gives it.

    number: counted through the sheets, where several make the table; sheet: then its own; sheet_number: the
    row's number in it.
    """

    number: int
    cell_count: int
    sheet: str | None = None
    sheet_number: int = 0


@dataclass(frozen=True, slots=True)
class Division:
    """A chapter or section. parent: the key of the one it stands in; None for an outermost one.

    key: the number in its address, under which it was first listed; number: the one that this edition prints.
    """

    key: str
    number: str
    title: str
    parent: str | None
    cells: tuple[SourceCell, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure 個別施策. division: the key of the one it stands in; None in a plan without divisions.

    departments: slugs of the register; other_departments: others are not named.
    description: what it is; blank where the table says none.

    key: the number in its address, under which it was first listed; number: the one that this edition prints.
    All else that is said of a measure names it by its key.
    """

    key: str
    number: str
    title: str
    division: str | None
    departments: tuple[str, ...]
    other_departments: bool
    department_text: str
    cells: tuple[SourceCell, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a measure came. achievement, response: codes; None where the cell is blank or says none."""

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
class Status:
    """How far something came and how it goes on: codes, and as printed. None where the cell says none."""

    achievement: str | None = None
    achievement_text: str = ""
    response: str | None = None
    response_text: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What measures a measure: a KPI. key: tells it from the measure's others, whatever their order.

    status: that of no year.
    """

    measure: str
    key: str
    title: str
    unit: str | None
    cells: tuple[SourceCell, ...]
    status: Status = Status()


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """An indicator in a fiscal year. target, actual: None where no figure is given, or in words alone.

    target_text, actual_text: as printed; blank where nothing is. status: that of the year.
    """

    measure: str
    indicator: str
    fiscal_year: FiscalYear
    target: Decimal | None
    target_text: str
    actual: Decimal | None
    actual_text: str
    cells: tuple[SourceCell, ...]
    status: Status = Status()


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

    source_sha256: of the bytes that it was read from. made_from: a measure → those that it was split off
    from, or that were merged into it, each by its key; divisions_made_from: the same of divisions.
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
    indicators: tuple[Indicator, ...] = ()
    indicator_values: tuple[IndicatorValue, ...] = ()
    made_from: tuple[tuple[str, tuple[str, ...]], ...] = ()
    divisions_made_from: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def read_cells(self) -> set[SourceCell]:
        """The cells that something was read from."""
        found = (self.divisions, self.measures, self.progress, self.indicators, self.indicator_values)
        cells = {cell for kind in found for each in kind for cell in each.cells}
        return cells | {each.cell for each in self.activities}

    @property
    def fiscal_years(self) -> set[FiscalYear]:
        """The years that it tells of."""
        years = {each.fiscal_year for each in self.activities}
        return years | {each.fiscal_year for each in self.indicator_values}
