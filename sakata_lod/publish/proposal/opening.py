"""An unknown file → the table in it: what kind of file it is, in which encoding, on which sheet."""

import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from sakata_lod.errors import EmptySource, MalformedTable, NotATable, Place, Words, words_of
from sakata_lod.publish.cells import Table
from sakata_lod.publish.encodings import Encoding, decoded, encodings
from sakata_lod.publish.file_kinds import SAVE_AS_XLSX, ZIP, refuse_other_kinds
from sakata_lod.publish.table import read_table
from sakata_lod.site import EditionSource


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """A table, and how its file is to be read. encodings: one if it is sure. sheets: all of a workbook."""

    table: Table
    source: EditionSource
    encodings: tuple[Encoding, ...] = ()
    sheets: tuple[str, ...] = ()


def open_tables(file: Path, sheet: str | None = None) -> tuple[OpenedTable, ...]:
    """Read a file as it says itself that it is: one table, or that of each sheet with text.

    Raises: EmptySource, NotATable, MalformedTable, WrongEncoding.
    """
    content = file.read_bytes()
    if not content.strip():
        raise EmptySource(Place(file))
    refuse_other_kinds(Place(file), content)
    _refuse_markup(file, content)
    if content.startswith(ZIP):
        return _of_workbook(file, content, sheet)
    return (_of_text(file, content),)


def _refuse_markup(file: Path, content: bytes) -> None:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        found = Words("HTMLかXMLの文書（名前がxlsでも）", "HTML or XML, whatever its name")
        raise NotATable(Place(file), found, SAVE_AS_XLSX)


def _of_workbook(file: Path, content: bytes, sheet: str | None) -> tuple[OpenedTable, ...]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        names = tuple(each.title for each in book.worksheets)
    except Exception as error:  # openpyxl lets whatever its parsers raise through
        raise MalformedTable(Place(file), "XLSX", words_of(error)) from error
    wanted = (sheet,) if sheet is not None else names
    found = []
    for name in wanted:
        source = EditionSource.model_validate({"source": "source.xlsx", "format": "xlsx", "sheet": name})
        try:
            table = read_table(file, source)
        except EmptySource:
            continue
        if table.hidden is not None:
            # Whether it may be published is asked; what it says is proposed all the same.
            source = source.model_copy(update={"hidden": "published"})
        found.append(OpenedTable(table, source, sheets=names))
    if not found:
        raise EmptySource(Place(file, sheet=sheet))
    return tuple(found)


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
