"""Which cells of a row are statuses, of its measure or of its indicators, and of which year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sakata_lod.publish.eras import FiscalYear
from sakata_lod.publish.laid_rows import LaidRow
from sakata_lod.publish.year_headings import YearColumn, YearWords
from sakata_lod.site import FixedIndicator, StatusAxis, TableLayout, YearContent

_OF_MEASURES: Mapping[YearContent, StatusAxis] = {"achievement": "achievement", "response": "response"}
_OF_INDICATORS: Mapping[YearContent, StatusAxis] = {
    "indicator_achievement": "achievement",
    "indicator_response": "response",
}


@dataclass(frozen=True, slots=True)
class StatusCell:
    """A cell of a status. year: None where it is of none.

    fixed: the indicator whose it is, where no cell names that.
    """

    heading: str
    year: FiscalYear | None
    axis: StatusAxis
    fixed: FixedIndicator | None = None


def statuses_of_measure(columns: Mapping[str, YearColumn]) -> tuple[StatusCell, ...]:
    """Statuses of the measure in a year, by the words beside it."""
    return tuple(_beside_years(columns, _OF_MEASURES))


def statuses_of_indicators(
    columns: Mapping[str, YearColumn], year: FiscalYear | None, row: LaidRow, layout: TableLayout
) -> tuple[StatusCell, ...]:
    """Statuses of indicators: by the words beside a year, and by their columns. year: that of the whole row.

    What a form says beside its years, and not among them, is of no year.
    """
    named = (
        StatusCell(heading, None if heading in row.whole else year, axis)
        for axis, heading in layout.columns.indicator_statuses.items()
    )
    return (*_beside_years(columns, _OF_INDICATORS), *named)


def status_headings(row: LaidRow, layout: TableLayout, axis: StatusAxis) -> Iterator[str]:
    """All headings of a row below which a status stands, of whatever it is."""
    columns = layout.columns
    yield from getattr(columns, axis)
    if heading := columns.indicator_statuses.get(axis):
        yield heading
    if columns.year is not None:
        yield from (word for each in layout.indicators if (word := getattr(each, axis)))
    words, kind = YearWords.of(layout), row.text(columns.kind)
    for heading, column in row.years.items():
        told = words.column(column.year, kind) if columns.kind else column
        if told is not None and told.content in (axis, f"indicator_{axis}"):
            yield heading


def _beside_years(
    columns: Mapping[str, YearColumn], axes: Mapping[YearContent, StatusAxis]
) -> Iterator[StatusCell]:
    for heading, each in columns.items():
        axis = axes.get(each.content) if each.content else None
        if axis is not None:
            yield StatusCell(heading, each.year, axis, each.indicator)
