"""An unknown file → the table in it: what kind of file it is, in which encoding, on which sheet."""

import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from sakata_lod.errors import EmptySource, MalformedTable, NotATable, Place, Words
from sakata_lod.publish.cells import Table
from sakata_lod.publish.encodings import Encoding, decoded, encodings
from sakata_lod.publish.table import read_table
from sakata_lod.site import EditionSource

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"

_SAVE_AS_XLSX = Words("XLSXかCSVで保存し直してください", "Save it as XLSX or CSV")
_USE_THE_ORIGINAL = Words(
    "表の元のファイル（XLSXなど）を使ってください", "Use the file that it was made from, such as an XLSX"
)
_KINDS = (
    (b"%PDF", Words("PDF", "a PDF"), _USE_THE_ORIGINAL),
    (b"{\\rtf", Words("リッチテキスト", "a rich text"), _SAVE_AS_XLSX),
)  # fmt: skip


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
    _refuse_other_kinds(file, content)
    if content.startswith(_ZIP):
        return _of_workbook(file, content, sheet)
    return (_of_text(file, content),)


def _refuse_other_kinds(file: Path, content: bytes) -> None:
    place = Place(file)
    if content.startswith(_OLE) and _ENCRYPTED in content:
        remedy = Words("パスワードを外して保存し直してください", "Take the password away and save it again")
        raise NotATable(place, Words("パスワードの付いたファイル", "protected by a password"), remedy)
    if content.startswith(_OLE):
        raise NotATable(
            place, Words("古い形式（XLSなど）のファイル", "of an old format, such as XLS"), _SAVE_AS_XLSX
        )
    if _is_markup(content):
        raise NotATable(
            place, Words("HTMLかXMLの文書（名前がxlsでも）", "HTML or XML, whatever its name"), _SAVE_AS_XLSX
        )
    for beginning, found, remedy in _KINDS:
        if content.startswith(beginning):
            raise NotATable(place, found, remedy)


def _is_markup(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def _of_workbook(file: Path, content: bytes, sheet: str | None) -> tuple[OpenedTable, ...]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        names = tuple(each.title for each in book.worksheets)
    except Exception as error:  # openpyxl lets whatever its parsers raise through
        raise MalformedTable(Place(file), "XLSX", str(error) or type(error).__name__) from error
    wanted = (sheet,) if sheet is not None else names
    found = []
    for name in wanted:
        source = EditionSource.model_validate({"source": "source.xlsx", "format": "xlsx", "sheet": name})
        try:
            found.append(OpenedTable(read_table(file, source), source, sheets=names))
        except EmptySource:
            continue
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
