"""Where in the published table a value stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sakata_lod.iris import IriSpace
from sakata_lod.serve.labels import Text
from sakata_lod.serve.pagemodels.lines import printed
from sakata_lod.serve.store import Solution
from sakata_lod.serve.tables import Link, link_of


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the published table. row, column: counted from 1. file: the table's name.

    sheet, sheet_row: where several sheets make the table, the cell's own and the row in it.
    """

    iri: str
    link: Link
    row: int
    column: int
    column_name: Text | None
    value: Text
    file: str
    sheet: Text | None = None
    sheet_row: int | None = None


def cells_of(rows: Iterable[Solution], iris: IriSpace) -> list[Cell]:
    """Arrange the rows of the query for cells, in the order of the table."""
    cells = {row.iri("cell"): _cell(row, iris) for row in rows}
    return sorted(cells.values(), key=lambda each: (each.row, each.column))


def among(cells: Mapping[str, Cell], iris: Sequence[str]) -> list[Cell]:
    """Those of the cells that are named, in the order of the table."""
    found = [cells[each] for each in iris if each in cells]
    return sorted(found, key=lambda each: (each.row, each.column))


def _cell(row: Solution, iris: IriSpace) -> Cell:
    iri = row.iri("cell")
    return Cell(
        iri,
        link_of(iri, iris),
        int(row.text("row")),
        int(row.text("column")),
        printed(row, "columnName"),
        printed(row, "value") or Text(""),
        row.text("file"),
        printed(row, "sheet"),
        int(row.text("sheetRow") or 0) or None,
    )
