"""Sheets → an XLSX workbook, for people. The same sheets make the same bytes, on any machine."""

import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
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
_LINE_PT = 18
_HIGHEST_PT = 409  # Excel's own limit
_PAPER_WIDTH = 260
"""So many half-width signs beside one another can still be read on A4."""
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
    widths = [_width(texts) for texts in zip(*_texts(sheet), strict=True)]
    for number, (column, width) in enumerate(zip(sheet.columns, widths, strict=True), start=1):
        heading = _write(written, (1, number), column.name, STRING.number_format)
        heading.font, heading.fill, heading.alignment = _HEADING.values()
        written.column_dimensions[get_column_letter(number)].width = width
    for row_number, row in enumerate(sheet.rows, start=2):
        for number, (column, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            if value is not None:
                shown = column.printed(value)
                _write(written, (row_number, number), shown, column.datatype.number_format)
    for number, texts in enumerate(_texts(sheet), start=1):
        if (lines := max(map(_lines, texts, widths))) > 1:
            written.row_dimensions[number].height = min(lines * _LINE_PT, _HIGHEST_PT)
    written.freeze_panes = "A2"
    if sheet.filtered:
        written.auto_filter.ref = written.dimensions
    _lay_out_for_paper(written, sum(widths))
    return written


def _lay_out_for_paper(sheet: Worksheet, width: int) -> None:
    """Have it printed on A4, the headings on each page; in its whole width where that can be read."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.print_title_rows = "1:1"
    if width <= _PAPER_WIDTH:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0  # as many pages as it takes


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


def _texts(sheet: Sheet) -> Iterator[list[str]]:
    """What stands in each row, the headings first."""
    yield [column.name for column in sheet.columns]
    for row in sheet.rows:
        yield ["" if value is None else str(value) for value in row]


def _width(texts: Iterable[str]) -> int:
    """How many half-width signs wide a column is, within what is comfortable to read."""
    return min(max(max(map(_half_widths, texts)) + 3, _WIDTHS[0]), _WIDTHS[1])


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of that width."""
    return sum(max(1, -(-_half_widths(line) // (width - 1))) for line in text.split("\n"))


def _half_widths(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(sign) in "WFA") for sign in text)


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
