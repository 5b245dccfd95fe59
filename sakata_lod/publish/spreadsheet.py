"""Bytes of a workbook → the texts of one sheet as its cells show them, and the cells that are merged."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sakata_lod.errors import MalformedTable, NotATable, Place, SheetUnclear, Words, words_of
from sakata_lod.publish.date_formats import JAPANESE_FORMATS, displayed_date
from sakata_lod.publish.file_kinds import ZIP
from sakata_lod.publish.hidden_parts import HiddenPart
from sakata_lod.publish.number_formats import UnknownNumberFormatError, displayed

# Without these, openpyxl takes a date for the number of days behind it: 45382.
BUILTIN_FORMATS.update(JAPANESE_FORMATS)

_BOOK = "xl/workbook.xml"
_NO_RESULT = Words(
    "数式の計算結果が保存されていません。表計算ソフトで開いて保存し直してください",
    "a formula without a stored result; open the workbook in its program and save it",
)


MOST_CELLS = 500_000
"""How many cells a sheet may have. Formats that reach to the last row make millions of blank ones."""

_RENAMED = (
    Words("名前はXLSXでも中身が違うファイル", "no XLSX, whatever its name"),
    Words(
        "文字の表なら、名前と plan.toml の format を csv か tsv にしてください。"
        "ほかの種類なら、XLSXで保存し直してください",
        "If it is a table in text, name it, and `format` in plan.toml, csv or tsv; else save it as XLSX",
    ),
)
_NO_WORKBOOK = (
    Words("ZIPで、Excelのブックではないもの", "a ZIP, and no workbook"),
    Words("表のブックをXLSXで保存し直してください", "Save the workbook of the table as XLSX"),
)
_CUT_OFF = Words(
    "途中で切れているか、壊れています。元のファイルをもう一度取得してください",
    "it is cut off or damaged; get the original once more",
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
        self._formulas = load_workbook(file, content)
        self._values: Workbook | None = None

    @property
    def titles(self) -> tuple[str, ...]:
        """The names of its sheets, charts left out."""
        return tuple(each.title for each in self._formulas.worksheets)

    @cached_property
    def hidden(self) -> tuple[HiddenPart, ...]:
        """What the workbook holds and does not show, on whichever sheet."""
        return tuple(filter(None, map(_hidden, self._formulas.worksheets)))

    def sheet(self, wanted: str | None) -> Sheet:
        """Read a sheet. wanted: its name; may be None where there is only one.

        Raises: MalformedTable.
        """
        title = _title(self._file, self.titles, wanted)
        sheet = self._formulas[title]
        refuse_too_many_cells(self._file, sheet)
        if any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row):
            if self._values is None:
                self._values = load_workbook(self._file, self._content, values=True)
            sheet = self._values[title]
            _refuse_unknown_results(self._file, sheet, self._formulas[title])
        texts = [[_text(self._file, title, cell) for cell in row] for row in sheet.iter_rows()]
        spans = {
            (each.min_row, each.min_col): (each.max_row - each.min_row + 1, each.max_col - each.min_col + 1)
            for each in sheet.merged_cells.ranges
            if each.size["rows"] * each.size["columns"] > 1
        }
        return Sheet(title, texts, spans)


def _hidden(sheet: Worksheet) -> HiddenPart | None:
    """What of a sheet holds text and is not shown; of one too large to be looked through, all not shown."""
    rows = {number for number, each in sheet.row_dimensions.items() if each.hidden}
    groups = [(each.min, each.max) for each in sheet.column_dimensions.values() if each.hidden]
    columns = {number for first, last in groups if first and last for number in range(first, last + 1)}
    is_hidden = sheet.sheet_state != Worksheet.SHEETSTATE_VISIBLE
    if not (is_hidden or rows or columns):
        return None
    if not _has_too_many_cells(sheet):
        printed = [cell for row in sheet.iter_rows() for cell in row if str(cell.value or "").strip()]
        is_hidden = is_hidden and bool(printed)
        rows &= {cell.row for cell in printed}
        columns &= {cell.column for cell in printed}
    if is_hidden:
        return HiddenPart(sheet.title)
    return HiddenPart(sheet.title, tuple(sorted(rows)), tuple(sorted(columns))) if rows or columns else None


def load_workbook(file: Path, content: bytes, *, values: bool = False) -> Workbook:
    """Parse a workbook. file: its name, for errors. values: results in place of formulas.

    Raises: NotATable, MalformedTable.
    """
    parts_of(file, content)
    try:
        return openpyxl.load_workbook(io.BytesIO(content), data_only=values)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl lets whatever its parsers raise through
        said = words_of(error)
        problem = Words(
            f"ブックの中身を解釈できません（{said.ja}）",
            f"its parts cannot be understood ({said.sentence('en')})",
        )
        raise MalformedTable(Place(file), "XLSX", problem) from error


def parts_of(file: Path, content: bytes) -> list[zipfile.ZipInfo]:
    """List the parts of a workbook. Raises: NotATable, MalformedTable."""
    if not content.startswith(ZIP):
        raise NotATable(Place(file), *_RENAMED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise MalformedTable(Place(file), "XLSX", _CUT_OFF) from error
    if not any(each.filename == _BOOK for each in parts):
        raise NotATable(Place(file), *_NO_WORKBOOK)
    return parts


def _has_too_many_cells(sheet: Worksheet) -> bool:
    return sheet.max_row * sheet.max_column > MOST_CELLS


def refuse_too_many_cells(file: Path, sheet: Worksheet) -> None:
    """Refuse a sheet that nothing could read in reasonable time. Raises: MalformedTable."""
    if _has_too_many_cells(sheet):
        reach = sheet.calculate_dimension()
        problem = Words(
            f"シート「{sheet.title}」のセルが{MOST_CELLS}個を超えます（{reach}）。"
            "表の外にある、書式だけの行や列を削除してください",
            f"the sheet {sheet.title} has more than {MOST_CELLS} cells ({reach}); "
            "delete rows and columns outside the table that have formats alone",
        )
        raise MalformedTable(Place(file, sheet=sheet.title), "XLSX", problem)


def _title(file: Path, sheets: Sequence[str], wanted: str | None) -> str:
    if wanted is None and len(sheets) == 1:
        return sheets[0]
    if wanted in sheets:
        return str(wanted)
    if not sheets:
        raise MalformedTable(Place(file), "XLSX", Words("シートがありません", "it has no sheet"))
    raise SheetUnclear(Place(file), "、".join(sheets))


def _refuse_unknown_results(file: Path, values: Worksheet, formulas: Worksheet) -> None:
    for number, row in enumerate(formulas.iter_rows(), start=1):
        for column, cell in enumerate(row, start=1):
            if cell.data_type == "f" and values.cell(number, column).value is None:
                place = Place(file, number, column, sheet=values.title)
                raise MalformedTable(place, "XLSX", _NO_RESULT)


def _text(file: Path, sheet: str, cell: SheetCell | MergedCell) -> str:
    """Write a cell as it is shown, as far as its number format tells."""
    try:
        match cell.value:
            case None:
                return ""
            case bool():
                return "TRUE" if cell.value else "FALSE"
            case int() | float():
                return displayed(cell.value, cell.number_format)
            case datetime() | date() | time() | timedelta():
                return displayed_date(cell.value, cell.number_format)
            case _:
                return str(cell.value)
    except UnknownNumberFormatError as error:
        problem = Words(
            f"{cell.value} の表示形式 {error} は扱えません。0.0% のような単純なものにしてください",
            f"{cell.value} is shown in the number format {error}, which is not known here; "
            "give the cell a plain one, such as 0.0%",
        )
        raise MalformedTable(Place(file, cell.row, cell.column, sheet=sheet), "XLSX", problem) from error
