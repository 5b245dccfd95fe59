"""Is a table written so that programs can read it? The rules of `shapes/tables.ttl`, looked after."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from sakata_lod.errors import MalformedTable, Place, Words
from sakata_lod.publish.cells import Cell, Table
from sakata_lod.publish.eras import ERA_LETTERS
from sakata_lod.publish.file_kinds import refuse_other_kinds
from sakata_lod.publish.findings import CheckedTable, Finding
from sakata_lod.publish.spreadsheet import load_workbook, parts_of, refuse_too_many_cells
from sakata_lod.site import EditionSource

MOST_UNPACKED_BYTES = 64 * 1024 * 1024
MOST_PARTS = 2000

_ONE_CELL = "A1:A1"
"""How far a sheet reaches that is blank."""
_DRAWN = re.compile(r"xl/(?:drawings/drawing|media/|charts/chart)[^/]*")
_NUMBER_WITH_TEXT = re.compile(
    r"[△▲+\-−－¥￥]?\s*(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s*"
    r"(?:千|万|億)?(?:円|人|件|回|箇所|か所|世帯|台|%|％)?\s*(?:[（(]?[※*＊注][^0-9]{0,3}\d*[）)]?)?"
)
_PLAIN_NUMBER = re.compile(r"[+\-]?\d+(?:\.\d+)?")
_JUSTIFIED = re.compile(r"\w(?:[ \u3000]+\w)+")
_DITTO = {"〃", "同上", "々", "″", "同左"}
_LETTERS = "".join(ERA_LETTERS)
_SHORT_YEAR = re.compile(
    rf"(?:[{_LETTERS}{_LETTERS.lower()}]\.?\s*(?:元|\d{{1,2}})|['’]?\d{{2}})(?:年度|年)?"
)
_PLATFORM = re.compile(r"[\u2160-\u217f\u2460-\u24ff\u2776-\u2793\u3220-\u3243\u3280-\u32b0\u3300-\u33ff]")


def is_number_with_text(text: str) -> bool:
    """Whether a number stands there with separators, a unit, a sign or a note: `1,234`, `▲5`, `12件`."""
    text = unicodedata.normalize("NFKC", text).strip()
    return _PLAIN_NUMBER.fullmatch(text) is None and _NUMBER_WITH_TEXT.fullmatch(text) is not None


def has_blanks_for_looks(text: str) -> bool:
    """Whether blanks indent a text, follow it, or set its characters apart: `　計`, `合　　計`."""
    if text != text.strip(" \u3000"):
        return True
    return _JUSTIFIED.fullmatch(text) is not None


def is_short_year(text: str) -> bool:
    """Whether a heading abbreviates its year: `R4`, `H30年度`, `'22`."""
    return _SHORT_YEAR.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


_OF_A_TEXT: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("NumberWithText", is_number_with_text),
    ("LineBreak", lambda text: "\n" in text.strip() or "\r" in text.strip()),
    ("BlanksForLooks", has_blanks_for_looks),
    ("DittoMark", lambda text: text.strip() in _DITTO),
    ("PlatformCharacter", lambda text: _PLATFORM.search(text) is not None),
)


@dataclass(frozen=True, slots=True)
class TableForm:
    """A table whose form is looked at, and where its findings are put down."""

    table: Table
    checked: CheckedTable

    def findings(self, heading_row: int | None) -> Iterator[Finding]:
        """Hold all cells to the rules. heading_row: the one with the headings, if it was found."""
        for row in self.table.rows:
            for cell in row.cells:
                if not cell.is_blank:
                    yield from self._of_cell(cell)
        for place, cell in self.table.merged.items():
            if place == (cell.row, cell.column):
                yield self._found("MergedCells", cell)
        if heading_row is not None:
            yield from self._of_headings(heading_row)

    def _of_cell(self, cell: Cell) -> Iterator[Finding]:
        for rule, breaks in _OF_A_TEXT:
            if breaks(cell.text):
                yield self._found(rule, cell)

    def _of_headings(self, number: int) -> Iterator[Finding]:
        headings = {cell.column: cell for cell in self.table.rows[number - 1].cells}
        for cell in headings.values():
            if is_short_year(cell.text):
                yield self._found("ShortYear", cell)
        below = {
            cell.column: cell for row in self.table.rows[number:] for cell in row.cells if not cell.is_blank
        }
        for column in sorted(below):
            heading = headings.get(column)
            if (heading is None or heading.is_blank) and (number, column) not in self.table.merged:
                yield self._found("OmittedHeading", Cell(number, column, ""))

    def _found(self, rule: str, cell: Cell) -> Finding:
        return self.checked.of_rule(rule, self.table.place(cell.row, cell.column), cell.text)


def check_archive(place: Place, content: bytes) -> None:
    """Refuse a workbook that would unpack to more than any table does, before anything is unpacked.

    Raises: NotATable, MalformedTable.
    """
    refuse_other_kinds(place, content)
    parts = parts_of(place.file, content)
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED_BYTES:
        most = MOST_UNPACKED_BYTES // 2**20
        problem = Words(
            f"展開すると上限（部品{MOST_PARTS}個、{most} MiB）を超えます",
            f"unpacked it would have more than {MOST_PARTS} parts and {most} MiB",
        )
        raise MalformedTable(place, "XLSX", problem)


def check_workbook(
    place: Place, content: bytes, source: EditionSource, checked: CheckedTable
) -> tuple[EditionSource, list[Finding]]:
    """Look for what only a workbook has. Answers which sheets to read, and what was found.

    source: names the sheets; where there is but one in which something stands, it may be another.
    Raises: NotATable, MalformedTable.
    """
    check_archive(place, content)
    book = load_workbook(place.file, content)
    titles = [each.title for each in book.worksheets]
    if not source.sheets and source.sheet not in titles:
        filled = [each.title for each in book.worksheets if each.calculate_dimension() != _ONE_CELL]
        source = source.model_copy(update={"sheet": filled[0] if len(filled) == 1 else None})
    found: list[Finding] = []
    for title in source.sheets or (source.sheet,):
        if title in titles:
            refuse_too_many_cells(place.file, book[str(title)])
            found.extend(_formulas(place, book[str(title)], checked))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if drawn := [each for each in archive.namelist() if _DRAWN.fullmatch(each)]:
            found.append(checked.of_rule("DrawnObject", place, drawn[0]))
    return source, found


def _formulas(place: Place, sheet: Worksheet, checked: CheckedTable) -> Iterator[Finding]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                where = Place(place.file, cell.row, cell.column, sheet=sheet.title)
                yield checked.of_rule("Formula", where, str(getattr(cell.value, "text", cell.value)))
