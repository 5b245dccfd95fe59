"""Bytes of a published table → rows of cells that know where they came from.

TSV, CSV (UTF-8, UTF-8 with a byte-order mark, CP932) and XLSX, behind `read_table`. The declared encoding is
checked against the bytes, never guessed.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from sakata_lod.errors import EmptySource, MalformedTable, Place, WrongEncoding
from sakata_lod.site import EditionSource

_BOM = b"\xef\xbb\xbf"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_DELIMITERS = {"tsv": "\t", "csv": ","}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as printed, with its row and column in the file, counted from 1."""

    row: int
    column: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed in it."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Row:
    """A row as printed."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed in it."""
        return all(cell.is_blank for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed, and the bytes that it was read from."""

    file: Path
    content: bytes
    rows: tuple[Row, ...]

    def place(self, row: int, column: int | None = None, column_name: str | None = None) -> Place:
        """Name a place in it, for an error."""
        return Place(self.file, row, column, column_name)


def read_table(file: Path, source: EditionSource) -> Table:
    """Read a published table.

    Raises: EmptySource, WrongEncoding, MalformedTable.
    """
    content = file.read_bytes()
    if not content:
        raise EmptySource(Place(file))
    readers: dict[str, Callable[[Path, bytes, EditionSource], list[list[str]]]] = {
        "tsv": _read_delimited,
        "csv": _read_delimited,
        "xlsx": _read_workbook,
    }
    table = _numbered(file, content, readers[source.format](file, content, source))
    if all(row.is_blank for row in table.rows):
        raise EmptySource(Place(file))
    return table


def _numbered(file: Path, content: bytes, texts: Iterable[list[str]]) -> Table:
    rows = []
    for number, row in enumerate(texts, start=1):
        for column, text in enumerate(row, start=1):
            if unprintable := _CONTROL.search(text):
                code = f"U+{ord(unprintable[0]):04X}"
                raise MalformedTable(
                    Place(file, number, column), "text", f"a control character, {code}, in the cell"
                )
        rows.append(
            Row(number, tuple(Cell(number, column, text) for column, text in enumerate(row, start=1)))
        )
    return Table(file, content, tuple(rows))


def _read_delimited(file: Path, content: bytes, source: EditionSource) -> list[list[str]]:
    text = _decoded(file, content, source)
    dialect = csv.excel_tab() if source.format == "tsv" else csv.excel()
    dialect.quoting = csv.QUOTE_NONE if source.format == "tsv" else csv.QUOTE_MINIMAL
    dialect.strict = True
    reader = csv.reader(io.StringIO(text, newline=""), dialect)
    rows: list[list[str]] = []
    try:
        rows.extend(row or [""] for row in reader)
    except csv.Error as error:
        raise MalformedTable(Place(file, len(rows) + 1), source.format.upper(), str(error)) from error
    return rows


def _decoded(file: Path, content: bytes, source: EditionSource) -> str:
    declared = source.encoding
    if declared == "utf-8" and content.startswith(_BOM):
        raise WrongEncoding(
            Place(file, 1, 1), declared, "it begins with a byte-order mark", _declare_instead("utf-8-sig")
        )
    if declared == "utf-8-sig" and not content.startswith(_BOM):
        raise WrongEncoding(
            Place(file, 1, 1), declared, "it has no byte-order mark", _remedy(content, declared)
        )
    if declared == "cp932" and not content.isascii() and _reads_as(content, "utf-8"):
        raise WrongEncoding(Place(file), declared, "the bytes are UTF-8", _remedy(content, declared))
    try:
        return content.decode(declared)
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line_start = before.rfind(b"\n") + 1
        place = Place(
            file,
            before.count(b"\n") + 1,
            before.count(_DELIMITERS[source.format].encode(), line_start) + 1,
        )
        problem = f"byte 0x{content[error.start]:02X} at offset {error.start} does not belong there"
        raise WrongEncoding(place, declared, problem, _remedy(content, declared)) from error


def _remedy(content: bytes, declared: str) -> str:
    if content.startswith(_BOM):
        return _declare_instead("utf-8-sig")
    for encoding in ("utf-8", "cp932"):
        if encoding != declared and _reads_as(content, encoding):
            return _declare_instead(encoding)
    return "Save the table as UTF-8"


def _declare_instead(encoding: str) -> str:
    return f'The bytes read as {encoding}: set encoding = "{encoding}" in plan.toml'


def _reads_as(content: bytes, encoding: str) -> bool:
    try:
        return _CONTROL.search(content.decode(encoding)) is None
    except UnicodeDecodeError:
        return False


def _read_workbook(file: Path, content: bytes, source: EditionSource) -> list[list[str]]:
    try:
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content))
    except Exception as error:  # openpyxl lets whatever its parsers raise through
        raise MalformedTable(Place(file), "XLSX", str(error) or type(error).__name__) from error
    sheet = _sheet(file, [each.title for each in values.worksheets], source.sheet)
    _refuse_unknown_results(file, values[sheet], formulas[sheet])
    return [[_text(value) for value in row] for row in values[sheet].iter_rows(values_only=True)]


def _sheet(file: Path, sheets: list[str], wanted: str | None) -> str:
    if wanted is None and len(sheets) == 1:
        return sheets[0]
    if wanted in sheets:
        return str(wanted)
    problem = f"it has the sheets {', '.join(sheets)}; name one of them as `sheet` in plan.toml"
    raise MalformedTable(Place(file), "XLSX", problem if sheets else "it has no sheet")


def _refuse_unknown_results(file: Path, values: Worksheet, formulas: Worksheet) -> None:
    for number, row in enumerate(formulas.iter_rows(), start=1):
        for column, cell in enumerate(row, start=1):
            if cell.data_type == "f" and values.cell(number, column).value is None:
                problem = "a formula without a stored result; open the workbook in its program and save it"
                raise MalformedTable(Place(file, number, column), "XLSX", problem)


def _text(value: object) -> str:
    """Write a cell's value as text. Number formats are not applied: 0.5 shown as 50% reads "0.5"."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)
