"""Bytes of a TSV or CSV table → its texts. The declared encoding is checked against the bytes."""

import csv
import io
from pathlib import Path

from sakata_lod.errors import MalformedTable, Place, Words, WrongEncoding, words_of
from sakata_lod.publish.encodings import BYTE_ORDER_MARK, Encoding, decoded, encodings
from sakata_lod.site import EditionSource

_MARKED = Words("BOM（バイト順マーク）で始まっています", "it begins with a byte-order mark")
_UNMARKED = Words("BOM（バイト順マーク）がありません", "it has no byte-order mark")
_IS_UTF_8 = Words("中身はUTF-8です", "the bytes are UTF-8")
_DELIMITERS = {"tsv": "\t", "csv": ","}


def read_delimited(file: Path, content: bytes, source: EditionSource) -> list[list[str]]:
    """Read rows of texts.

    Raises: WrongEncoding, MalformedTable.
    """
    text = _decoded(file, content, source)
    dialect = csv.excel_tab() if source.format == "tsv" else csv.excel()
    dialect.quoting = csv.QUOTE_NONE if source.format == "tsv" else csv.QUOTE_MINIMAL
    dialect.strict = True
    reader = csv.reader(io.StringIO(text, newline=""), dialect)
    rows: list[list[str]] = []
    try:
        rows.extend(row or [""] for row in reader)
    except csv.Error as error:
        raise MalformedTable(Place(file, len(rows) + 1), source.format.upper(), words_of(error)) from error
    return rows


def _decoded(file: Path, content: bytes, source: EditionSource) -> str:
    declared = source.encoding
    if declared == "utf-8" and content.startswith(BYTE_ORDER_MARK):
        raise WrongEncoding(Place(file, 1, 1), declared, _MARKED, _declare_instead("utf-8-sig"))
    if declared == "utf-8-sig" and not content.startswith(BYTE_ORDER_MARK):
        raise WrongEncoding(Place(file, 1, 1), declared, _UNMARKED, _remedy(content, declared))
    if declared == "cp932" and encodings(content) == ("utf-8",) and not content.isascii():
        raise WrongEncoding(Place(file), declared, _IS_UTF_8, _remedy(content, declared))
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
        problem = Words(
            f"先頭から{error.start}バイト目の 0x{content[error.start]:02X} が合いません",
            f"byte 0x{content[error.start]:02X} at offset {error.start} does not belong there",
        )
        raise WrongEncoding(place, declared, problem, _remedy(content, declared)) from error


def _remedy(content: bytes, declared: str) -> Words:
    if content.startswith(BYTE_ORDER_MARK):
        return _declare_instead("utf-8-sig")
    tried: tuple[Encoding, ...] = ("utf-8", "cp932")
    for encoding in tried:
        if encoding != declared and decoded(content, encoding) is not None:
            return _declare_instead(encoding)
    return Words("表をUTF-8で保存し直してください。", "Save the table as UTF-8")


def _declare_instead(encoding: str) -> Words:
    return Words(
        f'{encoding} として読めます。plan.toml に encoding = "{encoding}" と書いてください。',
        f'The bytes read as {encoding}: set encoding = "{encoding}" in plan.toml',
    )
