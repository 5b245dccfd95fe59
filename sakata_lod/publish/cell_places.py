"""Which cell a finding is about, as near as it can be told: the blank one, where something is missing."""

from dataclasses import dataclass, replace

from sakata_lod.errors import Place
from sakata_lod.namespaces import PLAN
from sakata_lod.publish.cells import Cell, Table
from sakata_lod.publish.findings import CheckedTable
from sakata_lod.publish.laid_rows import LaidTable
from sakata_lod.publish.validation_report import ValidationResult
from sakata_lod.site import TableLayout
from sakata_lod.vocabulary import PLAN_SHAPES

_ROLES = {
    f"<{PLAN.achievement}>": "achievement",
    f"<{PLAN.achievementText}>": "achievement",
    f"<{PLAN.response}>": "response",
    f"<{PLAN.responseText}>": "response",
    f"<{PLAN.departmentText}>": "departments",
}
"""The columns in which what a path leads to is printed."""

_ROLES_OF_SHAPES = {
    f"{PLAN_SHAPES.iri}#ProgressShape-reasonMissing": "reason",
    f"{PLAN_SHAPES.iri}#ProgressShape-reasonUnneeded": "reason",
}
"""The columns that shapes without a path are about."""


@dataclass(frozen=True, slots=True)
class BlankCells:
    """Finds the cell in which something is missing or too much, by its row and its column's role."""

    laid: LaidTable
    layout: TableLayout
    checked: CheckedTable

    def place(self, result: ValidationResult) -> ValidationResult:
        """The same result, at the cell that it is about."""
        role = _ROLES_OF_SHAPES.get(str(result.source_shape))
        if role is None and result.value is None:
            role = _ROLES.get(result.path or "")
        place = result.place
        if role is None or place is None:
            return result
        cell = self._cell(place.row, role)
        if cell is None:
            return result
        name = cell[0]
        nearer = replace(place, row=cell[1].row, column=cell[1].column, column_name=name)
        return replace(result, place=nearer, source=self.checked.iri(nearer))

    def _cell(self, number: int | None, role: str) -> tuple[str, Cell] | None:
        named = getattr(self.layout.columns, role)
        headings = (named,) if isinstance(named, str) else named or ()
        for row in self.laid.rows:
            if row.row.number == number:
                return next(((each, row.under[each].cell) for each in headings if each in row.under), None)
        return None


def in_a_cell(table: Table, place: Place) -> Place:
    """The same place or, where it is a row, the first cell in it that is not blank."""
    if place.row is None or place.column is not None or place.row > len(table.rows):
        return place
    printed_cells = [cell for cell in table.rows[place.row - 1].cells if not cell.is_blank]
    return replace(place, column=printed_cells[0].column) if printed_cells else place


def printed(table: Table, place: Place) -> str:
    """What stands in a cell; nothing where it is no cell of the table."""
    if place.row is None or place.column is None or place.row > len(table.rows):
        return ""
    cell = table.holding(place.row, place.column)
    return cell.text if cell else ""
