"""An unknown file → the table in it: what kind of file it is, in which encoding, on which sheet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sakata_lod.errors import EmptySource, MalformedTable, NotATable, Place, Words
from sakata_lod.publish.cells import Table
from sakata_lod.publish.encodings import Encoding, decoded, encodings
from sakata_lod.publish.file_kinds import SAVE_AS_XLSX, ZIP, refuse_other_kinds
from sakata_lod.publish.spreadsheet import WorkbookReader
from sakata_lod.publish.table import read_table, stacked, table_of_sheet
from sakata_lod.site import EditionSource


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """A table, and how its file is to be read. encodings: one if it is sure. sheets: all of a workbook.

    unread: why others of its sheets cannot be read.
    """

    table: Table
    source: EditionSource
    encodings: tuple[Encoding, ...] = ()
    sheets: tuple[str, ...] = ()
    unread: tuple[MalformedTable, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The sheets that were read; none of a file without sheets."""
        return self.source.sheets or ((self.source.sheet,) if self.source.sheet else ())


def open_tables(file: Path, sheets: Sequence[str] = ()) -> tuple[OpenedTable, ...]:
    """Read a file as it says itself that it is: one table, or that of each sheet with text.

    sheets: those of a workbook that are wanted; several make one table.

    Raises: EmptySource, NotATable, MalformedTable, WrongEncoding.
    """
    content = file.read_bytes()
    if not content.strip():
        raise EmptySource(Place(file))
    refuse_other_kinds(Place(file), content)
    _refuse_markup(file, content)
    if content.startswith(ZIP):
        return _of_workbook(file, content, sheets)
    return (_of_text(file, content),)


def _refuse_markup(file: Path, content: bytes) -> None:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        found = Words("HTMLかXMLの文書（名前がxlsでも）", "HTML or XML, whatever its name")
        raise NotATable(Place(file), found, SAVE_AS_XLSX)


def _of_workbook(file: Path, content: bytes, sheets: Sequence[str]) -> tuple[OpenedTable, ...]:
    book = WorkbookReader(file, content)
    found: list[OpenedTable] = []
    unread: list[MalformedTable] = []
    for name in sheets or book.titles:
        source = EditionSource.model_validate({"source": "source.xlsx", "format": "xlsx", "sheet": name})
        try:
            table = table_of_sheet(file, content, book, name)
        except EmptySource:
            if sheets:
                raise
        except MalformedTable as error:
            if sheets:
                raise
            unread.append(error)
        else:
            found.append(OpenedTable(table, _with_hidden(source, table), sheets=book.titles))
    if not found:
        raise unread[0] if unread else EmptySource(Place(file))
    if len(sheets) > 1:
        return (together(found),)
    return tuple(replace(each, unread=tuple(unread)) for each in found)


def _with_hidden(source: EditionSource, table: Table) -> EditionSource:
    """Have what is hidden read, too: whether it may be published is asked, what it says is proposed."""
    return source.model_copy(update={"hidden": "published"}) if table.hidden else source


def together(tables: Sequence[OpenedTable]) -> OpenedTable:
    """The tables of several sheets of one workbook, as one."""
    first = tables[0].source
    names = tuple(each.table.sheet for each in tables)
    values = {"source": first.source, "format": first.format, "sheets": names}
    source = EditionSource.model_validate(values)
    table = stacked([each.table for each in tables])
    return OpenedTable(table, _with_hidden(source, table), sheets=tables[0].sheets, unread=tables[0].unread)


def _of_text(file: Path, content: bytes) -> OpenedTable:
    possible = encodings(content)
    if not possible:
        remedy = Words(
            "表をXLSXかCSV（UTF-8）で保存し直してください", "Save the table as XLSX, or as CSV in UTF-8"
        )
        raise NotATable(
            Place(file), Words("文字として読めないファイル", "neither text nor a workbook"), remedy
        )
    text = decoded(content, possible[0]) or ""
    delimited = _delimiter(text)
    said = {"source": f"source.{delimited}", "format": delimited, "encoding": possible[0]}
    source = EditionSource.model_validate(said)
    return OpenedTable(read_table(file, source), source, possible)


def _delimiter(text: str) -> str:
    """Tabs or commas: whichever parts more lines."""
    lines = Counter(sign for line in text.splitlines() for sign in "\t," if sign in line)
    return "tsv" if lines["\t"] > 0 and lines["\t"] >= lines[","] / 2 else "csv"
