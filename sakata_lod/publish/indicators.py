"""Indicators of measures, and their figures year by year, from rows under their headings."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from sakata_lod.errors import MisplacedCell, Place, RowsDisagree, UnitsDiffer, UnknownFigure
from sakata_lod.publish.cells import Cell, Table
from sakata_lod.publish.eras import FiscalYear
from sakata_lod.publish.figures import Figure, figure, is_same_as_left, says_no_figure
from sakata_lod.publish.indicator_statuses import IndicatorStatuses
from sakata_lod.publish.laid_rows import LaidRow, ReadCell
from sakata_lod.publish.marks import StatusMarks, says_no_status
from sakata_lod.publish.plan import Indicator, IndicatorValue
from sakata_lod.publish.row_kinds import numbered
from sakata_lod.publish.source_cells import SourceCells
from sakata_lod.publish.status_cells import StatusCell
from sakata_lod.site import FixedIndicator, TableLayout

Kind = Literal["target", "actual"]


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A cell of figures: of which year, whether aimed at or reached, and of which fixed indicator."""

    heading: str
    year: FiscalYear
    kind: Kind
    fixed: FixedIndicator | None = None


@dataclass(slots=True)
class _Open:
    """An indicator so far."""

    measure: str
    title: str
    unit: str | None
    cells: dict[Cell, None] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return indicator_key(self.title)


@dataclass(frozen=True, slots=True)
class _Read:
    """A figure as read, the text that is printed, and the cells that say so."""

    figure: Figure
    text: str
    cells: tuple[Cell, ...]


def indicator_key(title: str) -> str:
    """What tells an indicator from a measure's others: a digest of its title, the same in every edition."""
    folded = "".join(unicodedata.normalize("NFKC", title).split())
    return hashlib.sha256(folded.encode()).hexdigest()[:8]


class IndicatorReader:
    """Reads the indicators of one table. silent: by measure, the cells that say that it has none."""

    def __init__(self, table: Table, layout: TableLayout) -> None:
        self.table = table
        self.layout = layout
        self.open: dict[tuple[str, str], _Open] = {}
        self.values: dict[tuple[str, str, FiscalYear], dict[Kind, _Read]] = {}
        self.statuses = IndicatorStatuses(table, layout)
        self.silent: dict[str, dict[Cell, None]] = {}

    def read(self, row: LaidRow, measure: str, figures: list[FigureCell], named_in: tuple[Cell, ...]) -> None:
        """Read a row's figures. named_in: the measure's cells, from which a fixed indicator is derived.

        Raises: UnknownFigure, UnitsDiffer, MisplacedCell, RowsDisagree.
        """
        own = self._own(row, measure)
        left: dict[tuple[str, Kind], _Read | None] = {}
        for each in figures:
            read = row.under.get(each.heading)
            if read is None:
                continue
            column = (each.fixed.title if each.fixed else "", each.kind)
            before, left[column] = left.get(column), None
            if not read.text.strip():
                continue
            indicator = self._fixed(measure, each.fixed, named_in) if each.fixed else own
            if indicator is None:
                if not says_no_figure(read.text, self.layout.figures):
                    raise MisplacedCell(self._place(read.cell, each.heading), read.cell.text)
                self._keep_silent(measure, (read.cell,))
                continue
            left[column] = found = self._figure(read, each, indicator, before)
            self._keep(indicator, each, found)

    def read_statuses(
        self, row: LaidRow, measure: str, statuses: Iterable[StatusCell], named_in: tuple[Cell, ...]
    ) -> None:
        """Read the statuses of a row's indicators. A blank cell says nothing.

        Raises: UnknownMark, MarkAndWordsDisagree, MisplacedCell, RowsDisagree.
        """
        own = self._own(row, measure)
        for each in statuses:
            if not row.text(each.heading):
                continue
            indicator = self._fixed(measure, each.fixed, named_in) if each.fixed else own
            if indicator is None:
                if not says_no_status(row.text(each.heading), StatusMarks.of(self.layout, each.axis)):
                    raise MisplacedCell(row.place(self.table, each.heading), row.text(each.heading))
                self._keep_silent(measure, row.printed(each.heading))
                continue
            self.statuses.keep((measure, indicator.key, each.year), row, each)

    def _own(self, row: LaidRow, measure: str) -> _Open | None:
        columns, words = self.layout.columns, self.layout.figures
        title, unit = self._title(row), row.text(columns.unit) or None
        if not title or says_no_figure(title, words):
            beside = row.printed(columns.indicator, columns.unit)
            self._keep_silent(measure, (cell for cell in beside if says_no_figure(cell.text, words)))
            return None
        if unit and says_no_figure(unit, words):
            unit = None
        indicator = self.open.setdefault((measure, indicator_key(title)), _Open(measure, title, unit))
        if unit and indicator.unit and _folded(unit) != _folded(indicator.unit):
            cell = row.under[columns.unit or ""].cell
            raise UnitsDiffer(self._place(cell, columns.unit), unit, indicator.unit)
        indicator.unit = indicator.unit or unit
        indicator.cells |= dict.fromkeys(row.printed(columns.indicator, columns.unit))
        return indicator

    def _keep_silent(self, measure: str, cells: Iterable[Cell]) -> None:
        """Keep what says, in the place of an indicator, that there is none: it is of the measure."""
        self.silent.setdefault(measure, {}).update(dict.fromkeys(cells))

    def _title(self, row: LaidRow) -> str:
        """What names a row's indicator; where that is the measure's title, without the measure's number."""
        columns, rows = self.layout.columns, self.layout.rows
        if columns.indicator == columns.title:
            found = numbered(rows.measure, row.joined_text(*columns.number_and_title), rows)
            return found.title if found else ""
        return row.text(columns.indicator)

    def _fixed(self, measure: str, fixed: FixedIndicator, named_in: tuple[Cell, ...]) -> _Open:
        made = _Open(measure, fixed.title, fixed.unit, dict.fromkeys(named_in))
        return self.open.setdefault((measure, indicator_key(fixed.title)), made)

    def _figure(self, read: ReadCell, each: FigureCell, indicator: _Open, left: _Read | None) -> _Read:
        place, words = self._place(read.cell, each.heading), self.layout.figures
        if is_same_as_left(read.text, words):
            if left is None:
                raise UnknownFigure(place, read.text)
            return _Read(left.figure, read.cell.text, (read.cell, *left.cells))
        found = figure(read.text, indicator.unit, words, place) or Figure(None)
        if found.unit is not None:
            if indicator.unit is not None and _folded(found.unit) != _folded(indicator.unit):
                raise UnitsDiffer(place, found.unit, indicator.unit)
            indicator.unit = indicator.unit or found.unit
        return _Read(found, read.cell.text, (read.cell,))

    def _keep(self, indicator: _Open, each: FigureCell, found: _Read) -> None:
        kept = self.values.setdefault((indicator.measure, indicator.key, each.year), {})
        first = kept.setdefault(each.kind, found)
        if first.cells[0] != found.cells[0]:
            place = self._place(found.cells[0], each.heading)
            raise RowsDisagree(place, found.text, first.cells[0].row, first.text)

    def indicators(self, cells: SourceCells) -> Iterator[Indicator]:
        """The indicators found, in the order of the table. A fixed one is there if a cell tells of it."""
        without_value = self.statuses.without_value(self.values)
        for (measure, key), each in self.open.items():
            of_no_year = (measure, key, None)
            silent = without_value.get((measure, key), ())
            printed = cells.of((*each.cells, *self.statuses.cells(of_no_year), *silent))
            status = self.statuses.status(of_no_year)
            yield Indicator(measure, key, each.title, each.unit, printed, status)

    def indicator_values(self, cells: SourceCells) -> Iterator[IndicatorValue]:
        """Their values, in the order of the table; then years of which a status alone is told."""
        for of_year in dict.fromkeys((*self.values, *self.statuses.of_years)):
            measure, key, year = of_year
            kept = self.values.get(of_year, {})
            target, actual = kept.get("target"), kept.get("actual")
            figures = (cell for each in kept.values() for cell in each.cells)
            yield IndicatorValue(
                measure=measure,
                indicator=key,
                fiscal_year=year,
                target=target.figure.value if target else None,
                target_text=target.text if target else "",
                actual=actual.figure.value if actual else None,
                actual_text=actual.text if actual else "",
                cells=cells.of((*figures, *self.statuses.cells(of_year))),
                status=self.statuses.status(of_year),
            )

    def _place(self, cell: Cell, heading: str | None) -> Place:
        return self.table.place(cell.row, cell.column, heading)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
