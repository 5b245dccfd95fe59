"""What kind of file some bytes are, where it is one that holds no table to be read."""

from sakata_lod.errors import NotATable, Place, Words

ZIP = b"PK\x03\x04"
"""How a workbook begins, and an OpenDocument."""

SAVE_AS_XLSX = Words("XLSXかCSVで保存し直してください", "Save it as XLSX or CSV")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PROTECTED = (
    Words("パスワードの付いたファイル", "protected by a password"),
    Words("パスワードを外して保存し直してください", "Take the password away and save it again"),
)
_THE_ORIGINAL = Words(
    "表の元のファイル（XLSXなど）を使ってください", "Use the file that it was made from, such as an XLSX"
)
_KINDS = (
    (_OLE, Words("古い形式（XLSなど）のファイル", "of an old format, such as XLS"), SAVE_AS_XLSX),
    (b"%PDF", Words("PDF", "a PDF"), _THE_ORIGINAL),
    (b"{\\rtf", Words("リッチテキスト", "a rich text"), SAVE_AS_XLSX),
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UNICODE_TEXT = (
    Words(
        "UTF-16の文字（Excelの「Unicode テキスト」など）", "text in UTF-16, such as Excel's “Unicode Text”"
    ),
    Words("XLSXか「CSV UTF-8」で保存し直してください", "Save it as XLSX or as “CSV UTF-8”"),
)
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"


def refuse_other_kinds(place: Place, content: bytes) -> None:
    """Refuse what is surely neither a workbook nor text. Raises: NotATable."""
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise NotATable(place, *_PROTECTED)
    if content.startswith(ZIP) and _OPEN_DOCUMENT in content[:200]:
        raise NotATable(place, Words("OpenDocument（ODSなど）", "an OpenDocument, such as ODS"), SAVE_AS_XLSX)
    if content.startswith(_UTF_16):
        raise NotATable(place, *_UNICODE_TEXT)
    for beginning, found, remedy in _KINDS:
        if content.startswith(beginning):
            raise NotATable(place, found, remedy)
