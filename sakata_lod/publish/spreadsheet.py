"""Bytes of a workbook → the texts of one sheet as its cells show them, and the cells that are merged."""

import io
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
    """A sheet as shown. spans: first cell of merged ones → how many rows and columns they take.

    hidden_rows, hidden_columns: those with text that it does not show.
    """

    title: str
    texts: list[list[str]]
    spans: dict[tuple[int, int], tuple[int, int]]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]


def read_sheet(file: Path, content: bytes, wanted: str | None) -> Sheet:
    """Read a sheet of a workbook. wanted: its name; may be None where there is only one.

    Raises: MalformedTable.
    """
    formulas = _workbook(file, content, values=False)
    title = _title(file, [each.title for each in formulas.worksheets], wanted)
    sheet = formulas[title]
    if any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row):
        sheet = _workbook(file, content, values=True)[title]
        _refuse_unknown_results(file, sheet, formulas[title])
    texts = [[_text(file, title, cell) for cell in row] for row in sheet.iter_rows()]
    spans = {
        (each.min_row, each.min_col): (each.max_row - each.min_row + 1, each.max_col - each.min_col + 1)
        for each in sheet.merged_cells.ranges
        if each.size["rows"] * each.size["columns"] > 1
    }
    return Sheet(title, texts, spans, *_hidden(sheet, texts))


def _hidden(sheet: Worksheet, texts: list[list[str]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The rows and columns with text that a sheet does not show."""
    rows = {number for number, each in sheet.row_dimensions.items() if each.hidden}
    groups = [(each.min, each.max) for each in sheet.column_dimensions.values() if each.hidden]
    columns = {number for first, last in groups if first and last for number in range(first, last + 1)}
    printed = [(r, c) for r, row in enumerate(texts, 1) for c, text in enumerate(row, 1) if text.strip()]
    return (
        tuple(sorted(rows & {row for row, _ in printed})),
        tuple(sorted(columns & {column for _, column in printed})),
    )


def _workbook(file: Path, content: bytes, *, values: bool) -> Workbook:
    try:
        return openpyxl.load_workbook(io.BytesIO(content), data_only=values)
    except Exception as error:  # openpyxl lets whatever its parsers raise through
        raise MalformedTable(Place(file), "XLSX", words_of(error)) from error


def _title(file: Path, sheets: list[str], wanted: str | None) -> str:
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
