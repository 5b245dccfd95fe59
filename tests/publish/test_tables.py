"""The tables of a release, opened with what people open tables with."""

import csv
import io
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from csvw import CSVW
from rdflib import Graph, Literal, URIRef

from sakata_lod.namespaces import DCTERMS, PREFIXES
from sakata_lod.publish.columns import Column, ColumnEntry, columns_of
from sakata_lod.publish.datatypes import DATATYPES
from sakata_lod.publish.tables import QUERIES, TABLES, FilledTable, TableKind, csv_bytes, fill_table
from sakata_lod.publish.workbook import LONGEST_TEXT, Sheet, add_sheet, new_workbook, workbook_bytes
from sakata_lod.release import Release
from sakata_lod.site import Text
from tests.conftest import ROOT

EXPLANATION = "説明"
Cells = list[list[object]]

SAKATAS = [kind for kind in TABLES if not kind.is_optional]
"""Those of Sakata's release, whose table has no indicators."""
in_every_table = pytest.mark.parametrize("kind", SAKATAS, ids=lambda kind: kind.name)


@pytest.fixture(scope="module")
def store(release: Release) -> ox.Store:
    filled = ox.Store()
    filled.bulk_load(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    return filled


@pytest.fixture(scope="module")
def book(release: Release) -> openpyxl.Workbook:
    return openpyxl.load_workbook(release.folder / "tables.xlsx")


def csv_cells(release: Release, kind: TableKind) -> list[list[str]]:
    text = (release.folder / f"{kind.name}.plain.csv").read_bytes().decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def rows_of(query: str) -> list[tuple[object, ...]]:
    """Ask duckdb."""
    return duckdb.connect().execute(query).fetchall()


def shown(value: object, column: Column) -> str:
    """A typed value as the CSV prints it."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, bool) and column.words:
        return column.words[0] if value else column.words[1]
    return "" if value is None else str(value)


def as_printed(rows: Cells, kind: TableKind) -> list[list[str]]:
    return [[shown(value, column) for value, column in zip(row, kind.columns, strict=True)] for row in rows]


# What is in them


@in_every_table
def test_csv_workbook_and_parquet_hold_the_same_cells(
    release: Release, book: openpyxl.Workbook, kind: TableKind
) -> None:
    headings, *printed = csv_cells(release, kind)
    sheet: Cells = [list(row) for row in book[kind.title.ja].iter_rows(values_only=True)]
    assert sheet[0] == headings
    assert as_printed(sheet[1:], kind) == printed
    parquet = pq.read_table(release.folder / f"{kind.name}.parquet")
    assert parquet.column_names == headings
    rows: Cells = [list(row) for row in zip(*parquet.to_pydict().values(), strict=True)]
    assert as_printed(rows, kind) == printed


def test_parquet_is_written_without_pandas() -> None:
    code = (
        "import sys; from sakata_lod.publish.parquet import table_parquet\n"
        "from sakata_lod.publish.tables import TABLES, FilledTable\n"
        "texts = {'integer': '1', 'gYear': '2024', 'boolean': 'true', 'date': '2024-04-01'}\n"
        "row = tuple(each.datatype.read(texts.get(each.datatype.name, 'a')) for each in TABLES[0].columns)\n"
        "assert all(table_parquet(FilledTable(TABLES[0], rows)) for rows in ((), (row,)))\n"
        "assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("measures", "plan:Measure"),
        ("activities", "plan:Activity"),
        ("departments", "org:OrganizationalUnit"),
        ("anomalies", "plan:SourceAnomaly"),
    ],
)
def test_a_table_has_a_row_for_each_thing_that_the_graph_holds(
    release: Release, store: ox.Store, name: str, thing: str
) -> None:
    query = f"SELECT (COUNT(DISTINCT ?it) AS ?count) {{ ?it a {thing} }}"
    (row,) = store.query(query, prefixes=PREFIXES)  # type: ignore[misc]
    counted = row["count"].value
    path = release.folder / f"{name}.parquet"
    in_parquet = rows_of(f"SELECT count(DISTINCT \"IRI\"), count(*) FROM '{path}'")
    assert in_parquet == [(int(counted), int(counted))]
    listed = release.file(f"{name}.csv")
    assert listed is not None
    assert listed.rows == int(counted)
    assert listed.described_by == f"{name}.csv-metadata.json"


def test_every_query_for_a_table_has_its_headings_and_is_published() -> None:
    assert {path.stem for path in QUERIES.glob("*.toml")} == {kind.name for kind in TABLES}


def test_a_query_whose_columns_are_not_its_headings_makes_no_table(store: ox.Store) -> None:
    class Misnamed(TableKind):
        columns = TABLES[0].columns[1:]

    with pytest.raises(ValueError, match=r"measures\.rq and measures\.toml"):
        fill_table(Misnamed("measures"), store)


@in_every_table
def test_tables_begin_as_those_of_japanese_cities_do(kind: TableKind) -> None:
    assert [each.name for each in kind.columns[:3]] == ["全国地方公共団体コード", "ID", "地方公共団体名"]


@in_every_table
def test_every_column_is_explained_in_both_languages(kind: TableKind) -> None:
    for column in kind.columns:
        assert column.heading.en, column.name
        assert column.description.ja, column.name
        assert column.description.en, column.name


def test_what_a_column_may_hold_is_what_its_shape_says() -> None:
    columns = {column.name: column for column in TABLES[0].columns}
    number, achievement = columns["施策番号"], columns["目標達成"]
    assert (number.required, number.pattern) == (True, "^[0-9]+(-[0-9]+)*$")
    assert not achievement.required
    assert [each.name for each in achievement.codes][:3] == ["exceeded", "achieved", "mostlyAchieved"]
    assert columns["個別施策_英語"].language == "en"
    assert columns["基準日"].datatype is DATATYPES["date"]


def test_a_heading_whose_shape_is_not_there_is_told() -> None:
    with pytest.raises(ValueError, match="題名: there is no shape NoSuchShape"):
        columns_of({"題名": ColumnEntry(en="Title", shape="NoSuchShape")})


# Spreadsheets and data frames


@pytest.mark.parametrize(
    ("name", "encoding"), [("measures.csv", "utf-8-sig"), ("measures.plain.csv", "utf-8")]
)
def test_pandas_reads_both_csv_files(release: Release, name: str, encoding: str) -> None:
    frame = pd.read_csv(release.folder / name, encoding=encoding, dtype=str, keep_default_na=False)
    assert frame.shape == (33, 22)
    assert frame.columns[0] == "全国地方公共団体コード"
    assert set(frame["全国地方公共団体コード"]) == {"062049"}
    assert frame["ほかの所管課"].value_counts().to_dict() == {"なし": 28, "あり": 5}


def test_pandas_reads_every_sheet(release: Release) -> None:
    sheets = pd.read_excel(release.folder / "tables.xlsx", sheet_name=None, dtype={0: str})
    assert list(sheets) == [EXPLANATION, *(kind.title.ja for kind in SAKATAS)]
    assert sheets["年度ごとの取組"].shape == (105, 14)
    assert sheets["年度ごとの取組"]["年度の開始年"].dtype == "int64"
    assert (sheets["施策の一覧"]["基準日"] == pd.Timestamp(2023, 3, 31)).all()


def test_duckdb_finds_typed_columns(release: Release) -> None:
    path = release.folder / "activities.parquet"
    described = rows_of(f"DESCRIBE SELECT * FROM '{path}'")
    types = {name: type_ for name, type_, *_ in described}
    assert (types["基準日"], types["年度の開始年"], types["行"]) == ("DATE", "INTEGER", "BIGINT")
    late = rows_of(f"SELECT count(*) FROM '{path}' WHERE 年度の開始年 >= 2021")
    in_graph = (
        Graph()
        .parse(release.folder / "graph.nt")
        .query(
            "SELECT ?a { ?a plan:fiscalYear/plan:startYear ?y ; a plan:Activity FILTER(STR(?y) >= '2021') }",
            initNs=PREFIXES,
        )
    )
    assert late == [(len(in_graph),)]


@in_every_table
def test_sheets_are_frozen_below_their_headings_filtered_and_printed_with_them(
    book: openpyxl.Workbook, kind: TableKind
) -> None:
    sheet = book[kind.title.ja]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
    widths = [each.width for each in sheet.column_dimensions.values()]
    assert len(widths) == len(kind.columns)
    assert all(8 <= width <= 48 for width in widths)


def test_cells_are_dates_numbers_and_texts(book: openpyxl.Workbook) -> None:
    sheet = book["年度ごとの取組"]
    cells = {heading.value: cell for heading, cell in zip(sheet[1], sheet[2], strict=True)}
    assert cells["基準日"].value == datetime(2023, 3, 31)
    assert cells["基準日"].number_format == "yyyy-mm-dd"
    assert (cells["年度の開始年"].value, cells["年度の開始年"].data_type) == (2018, "n")
    assert (cells["全国地方公共団体コード"].value, cells["施策番号"].number_format) == ("062049", "@")


def test_the_first_sheet_tells_what_the_workbook_is(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    told = {row[1]: (row[2], row[4]) for row in rows if row[0] is None}
    assert told["題名"] == ("酒田市の計画の進捗状況の表", "Sakata City: the progress of its plans, as tables")
    assert told["基準日"] == ("2023-03-31", "2023-03-31")
    assert "https://creativecommons.org/licenses/by/4.0/" in str(told["利用条件"][0])
    assert "not yet confirmed" in str(told["利用条件"][1])
    assert told["公表者"] == ("酒田市", "Sakata City")
    explained = [(row[0], row[1]) for row in rows if row[0]]
    assert explained == [(kind.title.ja, column.name) for kind in SAKATAS for column in kind.columns]


def one_text(text: str) -> FilledTable:
    """A table with one cell."""

    class OneColumn(TableKind):
        columns = columns_of({"題名": ColumnEntry(en="Title", about=Text(ja="題名", en="A title"))})

    return FilledTable(OneColumn("one"), ((text,),))


def written_cell(text: str) -> openpyxl.cell.Cell:
    table = one_text(text)
    book = new_workbook("港市", Text(ja="表"), date(2024, 3, 31))
    add_sheet(book, Sheet("表", table.kind.columns, table.rows))
    cell = openpyxl.load_workbook(io.BytesIO(workbook_bytes(book)))["表"]["A2"]
    assert isinstance(cell, openpyxl.cell.Cell)
    return cell


@pytest.mark.parametrize("text", ["=1+1", "+81-234-22-5111", "-", "@home", '=HYPERLINK("http://x.example/")'])
def test_a_text_like_a_formula_is_a_text_in_a_workbook_and_as_printed_in_csv(text: str) -> None:
    cell = written_cell(text)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert next(csv.reader([csv_bytes([[text]]).decode()])) == [text]


def test_a_text_that_excel_cannot_hold_is_cut_and_says_so() -> None:
    assert written_cell("あ" * LONGEST_TEXT).value == "あ" * LONGEST_TEXT
    cut = str(written_cell("あ" * (LONGEST_TEXT + 1)).value)
    assert len(cut) == LONGEST_TEXT
    assert cut.endswith("…（CSVに全文 · whole in the CSV）")


def test_a_workbook_tells_the_day_of_its_data_and_no_time_of_its_making(release: Release) -> None:
    path = release.folder / "tables.xlsx"
    properties = openpyxl.load_workbook(path).properties
    day = datetime.combine(date(2023, 3, 31), time())
    assert (properties.created, properties.modified, properties.creator) == (day, day, "酒田市")
    with zipfile.ZipFile(path) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# What machines are told


def copied(release: Release, folder: Path) -> Path:
    """The release's tables and what describes them, in a folder where they may be spoilt."""
    folder.mkdir(exist_ok=True)
    for each in release.manifest.files:
        if "/" not in each.path and each.path.endswith((".csv", ".json")) and "graph" not in each.path:
            shutil.copy(release.folder / each.path, folder)
    return folder


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def test_frictionless_accepts_the_data_package(release: Release) -> None:
    report = frictionless.validate(str(release.folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    assert [task.name for task in report.tasks] == [kind.name for kind in SAKATAS]
    assert [task.stats["rows"] for task in report.tasks] == [33, 105, 17, 12]


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("measures", ",2-1-2,", ",二の一の二,", "constraint-error"),
        ("measures", ",2023-03-31,", ",令和5年,", "type-error"),
        ("measures", ",一部達成,○ 一部達成,", ",まあまあ,○ 一部達成,", "constraint-error"),
        ("departments", "062049,gakko-kyoiku,", "062049,bunka-seisaku,", "primary-key"),
        ("activities", ",2-1-1,災害", ",9-9-9,災害", "foreign-key"),
    ],
)
def test_frictionless_refuses_a_spoilt_table(
    release: Release, tmp_path: Path, table: str, old: str, new: str, error: str
) -> None:
    folder = copied(release, tmp_path)
    replace(folder / f"{table}.plain.csv", old, new)
    report = frictionless.validate(str(folder / "datapackage.json"), skip_errors=["hash-count", "byte-count"])
    assert error in {kind for (kind,) in report.flatten(["type"])}


@pytest.mark.parametrize(
    "name",
    [
        "csv-metadata.json",
        *(f"{kind.name}{form}-metadata.json" for kind in SAKATAS for form in (".csv", ".plain.csv")),
    ],
)
def test_csvw_accepts_the_tables_with_their_metadata(release: Release, name: str) -> None:
    described = CSVW(str(release.folder / name), validate=True)
    assert described.is_valid, described.warnings


@pytest.mark.filterwarnings("always:Invalid column value")
@pytest.mark.parametrize(
    ("old", "new"),
    [(",2-1-2,", ",二の一の二,"), (",なし,", ",いる,"), (",2023-03-31,", ",令和5年,"), ("062049,", ",")],
)
def test_csvw_refuses_a_spoilt_table(release: Release, tmp_path: Path, old: str, new: str) -> None:
    folder = copied(release, tmp_path)
    replace(folder / "measures.csv", old, new)
    assert not CSVW(str(folder / "measures.csv-metadata.json"), validate=True).is_valid


@in_every_table
def test_csvw_makes_of_a_row_what_the_graph_says_of_its_thing(release: Release, kind: TableKind) -> None:
    graph = Graph().parse(release.folder / "graph.nt")
    rows = CSVW(str(release.folder / f"{kind.name}.csv-metadata.json")).to_json(minimal=True)
    columns = {column.predicate: column for column in kind.columns}
    seen = 0
    for row in rows:
        for name, value in row.items():
            predicate = name.replace("dc:", str(DCTERMS)).replace("skos:", str(PREFIXES["skos"]))
            if predicate in columns and "//" in predicate:
                said = {str(each) for each in graph.objects(URIRef(row["@id"]), URIRef(predicate))}
                assert {
                    str(Literal(each)) for each in (value if isinstance(value, list) else [value])
                } <= said
                seen += 1
    assert seen >= len(rows)


def test_all_descriptions_name_the_licence(release: Release) -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"
    package = json.loads((release.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"][0]["path"] == licence
    group = json.loads((release.folder / "csv-metadata.json").read_text(encoding="utf-8"))
    assert group["dc:license"] == {"@id": licence}
    assert group["dc:modified"]["@value"] == "2023-03-31"
