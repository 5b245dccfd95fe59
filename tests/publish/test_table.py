import codecs
import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakata_lod.errors import (
    EmptySource,
    MalformedTable,
    NotATable,
    SheetUnclear,
    SourceError,
    WrongEncoding,
)
from sakata_lod.publish.cells import Table
from sakata_lod.publish.table import read_table
from sakata_lod.site import EditionSource

ROWS = [["項目", "施策", ""], ["(1)", "防災、減災", "◎ 達成"]]


def read(path: Path, content: bytes, **source: str) -> Table:
    path.write_bytes(content)
    return read_table(path, EditionSource.model_validate({"source": path.name} | source))


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def workbook(rows: list[list[object]], **sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for title, content in {"表": rows, **sheets}.items():
        sheet = book.create_sheet(title)
        for row in content:
            sheet.append(row)
    book.remove(book.worksheets[0])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("format_", "encoding", "content"),
    [
        ("tsv", "utf-8", "項目\t施策\t\n(1)\t防災、減災\t◎ 達成".encode()),
        ("tsv", "cp932", "項目\t施策\t\r\n(1)\t防災、減災\t◎ 達成\r\n".encode("cp932")),
        ("csv", "utf-8", '項目,施策,\n(1),"防災、減災",◎ 達成\n'.encode()),
        ("csv", "utf-8-sig", codecs.BOM_UTF8 + "項目,施策,\n(1),防災、減災,◎ 達成\n".encode()),
        ("csv", "cp932", "項目,施策,\r\n(1),防災、減災,◎ 達成\r\n".encode("cp932")),
    ],
)
def test_every_format_and_encoding_gives_the_same_rows(
    tmp_path: Path, format_: str, encoding: str, content: bytes
) -> None:
    table = read(tmp_path / "source", content, format=format_, encoding=encoding)
    assert texts(table) == ROWS


def test_a_workbook_gives_the_same_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [["項目", "施策", None], ["(1)", "防災、減災", "◎ 達成"]]
    assert texts(read(tmp_path / "source.xlsx", workbook(rows), format="xlsx")) == ROWS


def test_cells_know_their_row_and_column_in_the_file(tmp_path: Path) -> None:
    table = read(tmp_path / "a.tsv", b"\n\na\tb\n", format="tsv")
    assert [(cell.row, cell.column, cell.text) for cell in table.rows[2].cells] == [(3, 1, "a"), (3, 2, "b")]


def test_a_quoted_csv_cell_may_hold_commas_and_line_breaks(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", b'"a,b\nc",d\ne,f\n', format="csv")
    assert texts(table) == [["a,b\nc", "d"], ["e", "f"]]


def test_quotes_in_a_tsv_are_text(tmp_path: Path) -> None:
    assert texts(read(tmp_path / "a.tsv", b'"a\tb"c\n', format="tsv")) == [['"a', 'b"c']]


def test_cp932_declared_utf_8_is_refused_at_its_cell_and_told_what_it_is(tmp_path: Path) -> None:
    content = "a\tb\n1\t防災\n".encode("cp932")
    with pytest.raises(WrongEncoding) as caught:
        read(tmp_path / "a.tsv", content, format="tsv", encoding="utf-8")
    assert (caught.value.place.row, caught.value.place.column) == (2, 2)
    assert 'encoding = "cp932"' in str(caught.value)


def test_utf_8_declared_cp932_is_refused_even_if_it_would_decode(tmp_path: Path) -> None:
    with pytest.raises(WrongEncoding, match='encoding = "utf-8"'):
        read(tmp_path / "a.tsv", "ﾃ".encode(), format="tsv", encoding="cp932")


def test_a_byte_order_mark_must_be_declared(tmp_path: Path) -> None:
    with pytest.raises(WrongEncoding, match='encoding = "utf-8-sig"'):
        read(tmp_path / "a.csv", codecs.BOM_UTF8 + b"a,b\n", format="csv", encoding="utf-8")


def test_a_declared_byte_order_mark_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(WrongEncoding, match="no byte-order mark"):
        read(tmp_path / "a.csv", b"a,b\n", format="csv", encoding="utf-8-sig")


def test_utf_16_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(NotATable, match="or as “CSV UTF-8”"):
        read(tmp_path / "a.csv", "施策,◎\n".encode("utf-16"), format="csv")


@pytest.mark.parametrize("content", [b"", b"\n\n\n", b"\t\t\n \t\n"])
def test_a_file_without_text_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(EmptySource):
        read(tmp_path / "a.tsv", content, format="tsv")


def test_an_unclosed_quote_is_refused_at_its_row(tmp_path: Path) -> None:
    with pytest.raises(MalformedTable) as caught:
        read(tmp_path / "a.csv", b'a,b\n"c,d\n', format="csv")
    assert caught.value.place.row == 2


def test_a_control_character_is_refused_at_its_cell(tmp_path: Path) -> None:
    with pytest.raises(MalformedTable, match=r"U\+0007") as caught:
        read(tmp_path / "a.tsv", b"a\tb\nc\td\x07\n", format="tsv")
    assert (caught.value.place.row, caught.value.place.column) == (2, 2)


def test_a_workbook_with_a_broken_archive_is_refused(tmp_path: Path) -> None:
    whole = workbook([["a", "b"]])
    for content in (b"PK\x03\x04 not an archive", whole[: len(whole) // 2]):
        with pytest.raises(MalformedTable, match="cut off or damaged") as caught:
            read(tmp_path / "a.xlsx", content, format="xlsx")
        assert "途中で切れているか、壊れています" in caught.value.sentence("ja")


def test_a_file_is_told_by_its_content_where_its_name_says_another_kind(tmp_path: Path) -> None:
    with pytest.raises(NotATable, match="no XLSX, whatever its name"):
        read(tmp_path / "a.xlsx", "番号,施策\n1,窓口\n".encode("cp932"), format="xlsx")
    for format_ in ("csv", "tsv"):
        with pytest.raises(NotATable, match=r"set `format` in plan.toml to xlsx"):
            read(tmp_path / f"a.{format_}", workbook([["番号", "施策"]]), format=format_)


def test_a_workbook_whose_parts_are_broken_is_told_in_a_sentence(tmp_path: Path) -> None:
    stream, whole = io.BytesIO(), zipfile.ZipFile(io.BytesIO(workbook([["a"]])))
    with whole, zipfile.ZipFile(stream, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, whole.read(name)[: -20 if "sheet1" in name else None])
    with pytest.raises(MalformedTable) as caught:
        read(tmp_path / "a.xlsx", stream.getvalue(), format="xlsx")
    assert "ブックの中身を解釈できません" in caught.value.sentence("ja")


def test_a_sheet_that_reaches_to_the_last_cell_is_refused_with_what_to_do(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book["Sheet"]["A1"], book["Sheet"]["XFD1048576"] = "施策", "x"
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(MalformedTable, match=r"A1:XFD1048576.*delete rows and columns"):
        read(tmp_path / "a.xlsx", stream.getvalue(), format="xlsx")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ODS"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_another_kind_of_file_is_told_whatever_its_name(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(NotATable, match=told):
        read(tmp_path / "a.xlsx", content, format="xlsx")


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(NotATable, match="a ZIP, and no workbook"):
        read(tmp_path / "a.xlsx", stream.getvalue(), format="xlsx")


def test_a_sheet_must_be_named_where_there_are_several(tmp_path: Path) -> None:
    content = workbook([["a"]], 別表=[["b"]])
    with pytest.raises(SheetUnclear, match="表、別表"):
        read(tmp_path / "a.xlsx", content, format="xlsx")
    assert texts(read(tmp_path / "a.xlsx", content, format="xlsx", sheet="別表")) == [["b"]]


def test_a_formula_without_a_stored_result_is_refused_at_its_cell(tmp_path: Path) -> None:
    with pytest.raises(MalformedTable, match="formula") as caught:
        read(tmp_path / "a.xlsx", workbook([["a", "=1+1"]]), format="xlsx")
    assert (caught.value.place.row, caught.value.place.column) == (1, 2)


def test_numbers_truths_and_dates_of_a_workbook_become_text(tmp_path: Path) -> None:
    from datetime import date

    rows: list[list[object]] = [[5, 2.5, 3.0, True, date(2023, 3, 31)]]
    assert texts(read(tmp_path / "a.xlsx", workbook(rows), format="xlsx")) == [
        ["5", "2.5", "3", "TRUE", "2023-03-31"]
    ]


@given(
    st.one_of(st.binary(), st.text().map(str.encode)),
    st.sampled_from(["tsv", "csv", "xlsx"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp932"]),
)
def test_no_bytes_make_the_reader_raise_anything_but_a_source_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, format_: str, encoding: str
) -> None:
    try:
        table = read(tmp_path_factory.getbasetemp() / "any", content, format=format_, encoding=encoding)
    except SourceError:
        return
    assert any(not row.is_blank for row in table.rows)


CELL = st.text(st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters="\t\r\n"), max_size=8)


@given(st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=8))
def test_every_cell_of_a_tsv_is_read_as_it_is_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    rows[0][0] = "施策"
    content = "\n".join("\t".join(row) for row in rows) + "\n"
    table = read(tmp_path_factory.getbasetemp() / "any.tsv", content.encode(), format="tsv")
    assert texts(table) == rows


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (31, "2024年3月31日"),
        (28, "令和6年3月31日"),
        (57, "R6.3.31"),
        (55, "2024年3月"),
        (30, "2024/3/31"),
        (14, "2024/3/31"),
    ],
)
def test_a_date_whose_format_excel_keeps_by_number_alone_is_shown_as_in_japan(
    tmp_path: Path, number: int, shown: str
) -> None:
    book = openpyxl.Workbook()
    cell = book.active["A1"]  # type: ignore[index]
    cell.value, cell.number_format = date(2024, 3, 31), "mm-dd-yy"
    book.save(tmp_path / "t.xlsx")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as saved:
        parts = {name: saved.read(name) for name in saved.namelist()}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'numFmtId="14"', b'numFmtId="%d"' % number)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as rewritten:
        for name, part in parts.items():
            rewritten.writestr(name, part)
    assert texts(read(tmp_path / "t.xlsx", content.getvalue(), format="xlsx")) == [[shown]]
