"""Bytes of a workbook → the texts of one sheet as its cells show them, and the cells that are merged."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sakata_lod.errors import MalformedTable, Place, Words, words_of
from sakata_lod.publish.number_formats import UnknownNumberFormatError, displayed

_NO_RESULT = Words(
    "数式の計算結果が保存されていません。表計算ソフトで開いて保存し直してください",
    "a formula without a stored result; open the workbook in its program and save it",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as shown. spans: first cell of merged ones → how many rows and columns they take."""

    title: str
    texts: list[list[str]]
    spans: dict[tuple[int, int], tuple[int, int]]


class WorkbookReader:
    """Reads the sheets of one workbook, which is parsed once; twice if it has formulas."""

    def __init__(self, file: Path, content: bytes) -> None:
        """Parse it. file: its name, for errors. Raises: MalformedTable."""
        self._file = file
        self._content = content
        self._formulas = _workbook(file, content, values=False)
        self._values: Workbook | None = None

    @property
    def titles(self) -> tuple[str, ...]:
        """The names of its sheets, charts left out."""
        return tuple(each.title for each in self._formulas.worksheets)

    def sheet(self, wanted: str | None) -> Sheet:
        """Read a sheet. wanted: its name; may be None where there is only one.

        Raises: MalformedTable.
        """
        title = _title(self._file, self.titles, wanted)
        sheet = self._formulas[title]
        if any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row):
            if self._values is None:
                self._values = _workbook(self._file, self._content, values=True)
            sheet = self._values[title]
            _refuse_unknown_results(self._file, sheet, self._formulas[title])
        texts = [[_text(self._file, title, cell) for cell in row] for row in sheet.iter_rows()]
        spans = {
            (each.min_row, each.min_col): (each.max_row - each.min_row + 1, each.max_col - each.min_col + 1)
            for each in sheet.merged_cells.ranges
            if each.size["rows"] * each.size["columns"] > 1
        }
        return Sheet(title, texts, spans)


def _workbook(file: Path, content: bytes, *, values: bool) -> Workbook:
    try:
        return openpyxl.load_workbook(io.BytesIO(content), data_only=values)
    except Exception as error:  # openpyxl lets whatever its parsers raise through
        raise MalformedTable(Place(file), "XLSX", words_of(error)) from error


def _title(file: Path, sheets: Sequence[str], wanted: str | None) -> str:
    if wanted is None and len(sheets) == 1:
        return sheets[0]
    if wanted in sheets:
        return str(wanted)
    if not sheets:
        raise MalformedTable(Place(file), "XLSX", Words("シートがありません", "it has no sheet"))
    problem = Words(
        f"シート {'、'.join(sheets)} のどれを読むか、plan.toml の sheet に書いてください",
        f"it has the sheets {', '.join(sheets)}; name one of them as `sheet` in plan.toml",
    )
    raise MalformedTable(Place(file), "XLSX", problem)


def _refuse_unknown_results(file: Path, values: Worksheet, formulas: Worksheet) -> None:
    for number, row in enumerate(formulas.iter_rows(), start=1):
        for column, cell in enumerate(row, start=1):
            if cell.data_type == "f" and values.cell(number, column).value is None:
                place = Place(file, number, column, sheet=values.title)
                raise MalformedTable(place, "XLSX", _NO_RESULT)


def _text(file: Path, sheet: str, cell: SheetCell | MergedCell) -> str:
    """Write a cell as it is shown, as far as its number format tells."""
    match cell.value:
        case None:
            return ""
        case bool():
            return "TRUE" if cell.value else "FALSE"
        case int() | float():
            try:
                return displayed(cell.value, cell.number_format)
            except UnknownNumberFormatError as error:
                problem = Words(
                    f"{cell.value} の表示形式 {error} は扱えません。0.0% のような単純なものにしてください",
                    f"{cell.value} is shown in the number format {error}, which is not known here; "
                    "give the cell a plain one, such as 0.0%",
                )
                raise MalformedTable(
                    Place(file, cell.row, cell.column, sheet=sheet), "XLSX", problem
                ) from error
        case datetime() | date() | time():
            return cell.value.isoformat()
        case _:
            return str(cell.value)
