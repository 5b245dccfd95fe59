"""Header rows of a table: where they are, what heading each column has, and which columns are years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sakata_lod.errors import HeaderNotFound, RepeatedHeading, SameYearTwice, UnknownColumn, UnknownEra
from sakata_lod.publish.cells import Cell, Row, Table
from sakata_lod.publish.eras import looks_like_a_fiscal_year
from sakata_lod.publish.year_headings import BETWEEN_LEVELS, YearColumn, YearWords, year_column
from sakata_lod.site import TableLayout


@dataclass(frozen=True, slots=True)
class Heading:
    """What is printed above a column: its texts from top to bottom, one for each level that has one."""

    levels: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its levels in one: "令和4年度／目標"."""
        return BETWEEN_LEVELS.join(self.levels)


@dataclass(frozen=True, slots=True)
class Header:
    """A header: the printed heading above each column, and the years among them. last_row: its last."""

    row: Row
    last_row: int
    headings: tuple[str, ...]
    years: dict[str, YearColumn]

    def above(self, column: int) -> str | None:
        """The heading printed above a column, counted from 1; None where there is none."""
        return (self.headings[column - 1] or None) if column <= len(self.headings) else None


def headings_of(table: Table, first: int, count: int) -> tuple[Heading, ...]:
    """Read the headings that stand in some rows. first: the first row's number.

    Where cells of the upper row are merged, or in a file that keeps no merges are blank beside a group, the
    heading on the left goes on above whatever stands below.
    """
    rows = table.rows[first - 1 : first - 1 + count]
    width = max((len(row.cells) for row in rows), default=0)
    grid = [[table.holding(row.number, column) for column in range(1, width + 1)] for row in rows]
    if not table.merged:
        _spread(grid)
    return tuple(Heading(_levels(column)) for column in zip(*grid, strict=True))


def _spread(grid: list[list[Cell | None]]) -> None:
    """Let an upper heading go on to its right, above headings below it, as far as nothing else is printed."""
    for upper, lower in pairwise(grid):
        for index in range(1, len(upper)):
            left_is_group = _printed(upper[index - 1]) and _printed(lower[index - 1])
            if left_is_group and _printed(lower[index]) and not _printed(upper[index]):
                upper[index] = upper[index - 1]


def _printed(cell: Cell | None) -> bool:
    return cell is not None and not cell.is_blank


def _levels(cells: Iterable[Cell | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell.heading for cell in cells if cell is not None and not cell.is_blank))


def begins_header(table: Table, first: int, layout: TableLayout) -> bool:
    """Tell whether a header begins in a row: all columns that are read are among its headings.

    A header of several rows seems to begin above itself, too, in a blank row or one with a note: the last
    such row is the first of the header.
    """
    is_one = layout.rows.header == 1 or not _is_header(table, first + 1, layout)
    return is_one and _is_header(table, first, layout)


def _is_header(table: Table, first: int, layout: TableLayout) -> bool:
    headings = headings_of(table, first, layout.rows.header)
    return set(layout.read_headings) <= {each.text for each in headings}


def header(table: Table, first: int, headings: Sequence[Heading], layout: TableLayout) -> Header:
    """Tell the role of each column under a header.

    Raises: UnknownColumn, UnknownEra, RepeatedHeading, SameYearTwice.
    """
    known = {*layout.read_headings, *layout.columns.ignored}
    words = YearWords.of(layout)
    years: dict[str, YearColumn] = {}
    seen: dict[object, str] = {}
    for column, heading in enumerate(headings, start=1):
        place, text = table.place(first, column), heading.text
        holds_no_year = text in known or layout.columns.year is not None
        year = None if holds_no_year else year_column(heading.levels, words)
        if year is not None:
            years[text] = year
        elif text and text not in known:
            raise (UnknownEra if _wants_a_year(heading, words) else UnknownColumn)(place, text)
        if text and (year or text) in seen and not _is_kept_only(text, year, layout):
            named = seen[year or text]
            raise RepeatedHeading(place, text) if named == text else SameYearTwice(place, text, named)
        seen[year or text] = text
    texts = tuple(each.text for each in headings)
    return Header(table.rows[first - 1], first + layout.rows.header - 1, texts, years)


def _wants_a_year(heading: Heading, words: YearWords) -> bool:
    named = any(words.year(level) for level in heading.levels)
    return not named and any(looks_like_a_fiscal_year(level) for level in heading.levels)


def _is_kept_only(text: str, year: YearColumn | None, layout: TableLayout) -> bool:
    return text in layout.columns.ignored or (year is not None and year.content is None)


def header_not_found(table: Table, rows: Iterable[Row], layout: TableLayout) -> HeaderNotFound:
    """Say which of some rows is nearest to a header, and what it lacks."""
    expected = layout.read_headings
    found = {
        row.number: {each.text for each in headings_of(table, row.number, layout.rows.header)} for row in rows
    }
    nearest = min(found, key=lambda number: len(set(expected) - found[number]))
    missing = [heading for heading in expected if heading not in found[nearest]]
    return HeaderNotFound(table.place(nearest), "、".join(expected), "、".join(missing))
