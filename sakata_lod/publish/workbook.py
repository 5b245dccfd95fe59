"""Sheets → an XLSX workbook, for people. The same sheets make the same bytes, on any machine."""

import io
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from sakata_lod.publish.columns import Column
from sakata_lod.publish.datatypes import STRING, Value
from sakata_lod.site import Text

LONGEST_TEXT = 32_767
"""How many characters Excel lets a cell hold."""

_LONGER = "…（CSVに全文 · whole in the CSV）"
_LONG_TEXT = 255
_WIDTHS = (8, 48)
_HEADING = {
    "font": Font(bold=True, color="FFFFFF"),
    "fill": PatternFill("solid", fgColor="1F4E79"),
    "alignment": Alignment(vertical="center", wrap_text=True),
}
_BODY = Alignment(vertical="top", wrap_text=True)
_NO_DAY = (1980, 1, 1, 0, 0, 0)  # the first that ZIP can tell


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: a heading row, and rows below it. filtered: its headings sort and filter it."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    filtered: bool = True


def new_workbook(creator: str, title: Text, as_of: date) -> openpyxl.Workbook:
    """Begin a workbook without sheets. as_of: the day that it says it was made on."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    day = datetime.combine(as_of, time())
    book.properties = DocumentProperties(
        creator=creator, lastModifiedBy=creator, title=title.ja, language="ja", created=day, modified=day
    )
    return book


def add_sheet(book: openpyxl.Workbook, sheet: Sheet) -> Worksheet:
    """Put a sheet behind the others."""
    written: Worksheet = book.create_sheet(sheet.name)
    for number, column in enumerate(sheet.columns, start=1):
        heading = _write(written, (1, number), column.name, STRING.number_format)
        heading.font, heading.fill, heading.alignment = _HEADING.values()
        texts = [column.name, *(str(row[number - 1] or "") for row in sheet.rows)]
        written.column_dimensions[get_column_letter(number)].width = _width(texts)
    for row_number, row in enumerate(sheet.rows, start=2):
        for number, (column, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            if value is not None:
                shown = column.printed(value)
                _write(written, (row_number, number), shown, column.datatype.number_format)
    written.freeze_panes = "A2"
    if sheet.filtered:
        written.auto_filter.ref = written.dimensions
    return written


def _write(sheet: Worksheet, place: tuple[int, int], value: Value, number_format: str) -> Cell | MergedCell:
    """Write a cell. A text is a text, whatever it begins with, and stays one when somebody edits it."""
    cell = sheet.cell(*place)
    if isinstance(value, str):
        cell.value = value if len(value) <= LONGEST_TEXT else value[: LONGEST_TEXT - len(_LONGER)] + _LONGER
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value
    # A long text in a cell formatted as text is shown as ##### by some versions of Excel.
    cell.number_format = "General" if len(str(value)) > _LONG_TEXT else number_format
    cell.alignment = _BODY
    return cell


def _width(texts: Iterable[str]) -> int:
    """How many half-width signs wide a column is, within what is comfortable to read."""
    widest = max(sum(1 + (unicodedata.east_asian_width(sign) in "WFA") for sign in text) for text in texts)
    return min(max(widest + 3, _WIDTHS[0]), _WIDTHS[1])


def workbook_bytes(book: openpyxl.Workbook) -> bytes:
    """Write a workbook, without the time that openpyxl and ZIP would put into it.

    Its parts are not compressed: what zlib makes of them differs from one build of zlib to another.
    """
    as_of = book.properties.modified
    saved = io.BytesIO()
    book.save(saved)
    book.properties.modified = as_of
    timeless = io.BytesIO()
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(timeless, "w") as archive:
        for name in parts.namelist():
            content = tostring(book.properties.to_tree()) if name == ARC_CORE else parts.read(name)
            archive.writestr(zipfile.ZipInfo(name, _NO_DAY), content)
    return timeless.getvalue()
