"""Whether a measure's cells stand where their headings say."""

from collections.abc import Iterable

from sakata_lod.errors import AmbiguousRow, MergedAcrossRoles
from sakata_lod.publish.cells import Cell, Table
from sakata_lod.publish.laid_rows import LaidRow
from sakata_lod.publish.marks import StatusMarks, is_status, says_no_status
from sakata_lod.site import TableLayout


def check_alignment(row: LaidRow, table: Table, layout: TableLayout) -> None:
    """Refuse a row whose status stands beside its column: it has too many year cells, or too few.

    Raises: AmbiguousRow.
    """
    if row.is_block or not layout.columns.achievement:
        return
    heading, marks = layout.columns.achievement[0], StatusMarks.of(layout, "achievement")
    expected = row.header.headings.index(heading) + 1
    under = row.under.get(heading)
    if under is not None and (under.cell.column != expected or is_status(under.text, marks)):
        return
    says_none = under is not None and (under.cell.is_blank or says_no_status(under.text, marks))
    years = len(row.years)
    for cell in _cells_of_years(row) if says_none else _cells_of_text(row, layout):
        if is_status(cell.text, marks):
            place = table.place(row.row.number, cell.column)
            raise AmbiguousRow(place, years + cell.column - expected, years)


def _cells_of_years(row: LaidRow) -> Iterable[Cell]:
    """Where a status may have slid to if its own cell says none. Other columns know their words."""
    for heading, column in row.years.items():
        if column.content == "activity" and heading in row.under:
            yield row.under[heading].cell


def _cells_of_text(row: LaidRow, layout: TableLayout) -> Iterable[Cell]:
    """All cells but those of indicators' figures and statuses, in which a word such as 達成 may stand."""
    statuses = layout.columns.indicator_statuses.values()
    of_indicators = {
        read.cell
        for heading, read in row.under.items()
        if heading in statuses or (heading in row.years and row.years[heading].content != "activity")
    }
    return (cell for cell in row.row.cells if cell not in of_indicators)


def check_merges(laid: LaidRow, table: Table, layout: TableLayout) -> None:
    """Refuse a measure's cell that is merged over columns of different roles.

    Over several years it holds for each of them; over number and title it is both.

    Raises: MergedAcrossRoles.
    """
    columns = layout.columns
    one_role = {columns.number or "", columns.title, *columns.ignored}
    under: dict[Cell, list[str]] = {}
    for heading, read in laid.under.items():
        if read.cell.column_span > 1 and not read.cell.is_blank:
            under.setdefault(read.cell, []).append(heading)
    for cell, headings in under.items():
        are_years = all(heading in laid.years for heading in headings)
        if not are_years and not set(headings) <= one_role and len(headings) > 1:
            raise MergedAcrossRoles(table.place(cell.row, cell.column), cell.text, "、".join(headings))
