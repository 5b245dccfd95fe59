"""Corrections → the record of what is doubtful in a table, and of how it is read."""

from collections.abc import Mapping

from sakata_lod.publish.cells import Cell
from sakata_lod.publish.laid_rows import LaidTable
from sakata_lod.publish.plan import Anomaly
from sakata_lod.publish.source_cells import SourceCells
from sakata_lod.site import Correction


def anomaly(
    correction: Correction, laid: LaidTable, sources: SourceCells, measure_of_row: Mapping[int, str]
) -> Anomaly:
    """Make the record of a correction. measure_of_row: which measure each row of the file is of."""
    cells = _targets(correction, laid)
    printed = [each.expect for each in correction.cells] or [" | ".join(correction.expect)]
    touched = [each.row for each in correction.cells] + [correction.row or 0]
    return Anomaly(
        slug=correction.slug,
        type=correction.type,
        cells=tuple(sources[cell] for cell in cells if not cell.is_blank),
        rows=(correction.row,)
        if correction.row is not None
        else tuple(cell.row for cell in cells if cell.is_blank),
        measures=tuple(dict.fromkeys(measure_of_row[row] for row in touched if row in measure_of_row)),
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
    return list(row.printed(*row.years)) if row is not None else []
