"""The table of indicators: a row an indicator and fiscal year, where a plan has indicators."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pandas as pd
import pytest
from csvw import CSVW
from rdflib import Graph, Literal, URIRef

from sakata_lod.namespaces import PLAN
from sakata_lod.publish.build import build
from sakata_lod.publish.tables import csv_bytes
from sakata_lod.release import Release
from tests.publish.conftest import unwatched


@pytest.fixture(scope="module")
def kakuu(cities: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Release:
    built = build(cities["kakuu"], tmp_path_factory.mktemp("kakuu"), None, unwatched)
    assert built.release is not None
    return built.release


@pytest.fixture(scope="module")
def rows(kakuu: Release) -> list[dict[str, str]]:
    text = (kakuu.folder / "indicators.plain.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def test_each_row_has_its_figures_and_what_is_printed(rows: list[dict[str, str]]) -> None:
    columns = ("施策番号", "指標", "単位", "年度の開始年", "目標値", "目標値_印刷", "実績値", "実績値_印刷")
    assert [tuple(row[each] for each in columns) for row in rows] == [
        ("1-1", "窓口の満足度", "％", "2021", "", "", "90", "90%"),
        ("1-1", "窓口の満足度", "％", "2022", "90", "90%", "94.7", "94.7%"),
        ("1-1", "窓口の満足度", "％", "2023", "95.5", "95.5%(注1)", "", "集計中"),
        ("1-1", "申請件数", "件", "2021", "", "", "", "－"),
        ("1-1", "申請件数", "件", "2022", "1200", "1,200", "1350", "1,350件"),
        ("1-1", "申請件数", "件", "2023", "1200", "同左", "1500", "１，５００"),
        ("1-2", "見守り協力店", "店", "2021", "", "", "0", "0"),
        ("1-2", "見守り協力店", "店", "2022", "10", "10", "10", "10"),
        ("1-2", "見守り協力店", "店", "2023", "10", "10", "9", "9"),
        ("2-1", "一人一日の量の増減", "g", "2021", "", "", "-3.5", "−3.5"),
        ("2-1", "一人一日の量の増減", "g", "2022", "-5", "▲5.0", "-4.2", "▲4.2"),
        ("2-1", "一人一日の量の増減", "g", "2023", "-6", "-6", "", ""),
    ]


def test_a_row_is_what_the_graph_says_of_its_value(kakuu: Release, rows: list[dict[str, str]]) -> None:
    graph = Graph().parse(kakuu.folder / "graph.nt")
    for row in rows:
        for heading, predicate in (("目標値", PLAN.target), ("実績値", PLAN.actual)):
            said = graph.value(URIRef(row["IRI"]), predicate)
            assert (said.toPython() if isinstance(said, Literal) else None) == (
                Decimal(row[heading]) if row[heading] else None
            )


def test_programs_find_numbers(kakuu: Release) -> None:
    found = (
        duckdb.connect()
        .execute(
            f"SELECT 指標, sum(実績値) FROM '{kakuu.folder / 'indicators.parquet'}' GROUP BY 指標 ORDER BY 指標"
        )
        .fetchall()
    )
    assert dict(found) == {
        "一人一日の量の増減": -7.7,
        "申請件数": 2850,
        "窓口の満足度": 184.7,
        "見守り協力店": 19,
    }
    sheet = pd.read_excel(kakuu.folder / "tables.xlsx", sheet_name="指標の目標値と実績値")
    assert sheet["実績値"].dtype == "float64"
    cells = openpyxl.load_workbook(kakuu.folder / "tables.xlsx")["指標の目標値と実績値"]
    assert (cells["N3"].value, cells["O3"].value) == (94.7, "94.7%")


def test_what_describes_it_is_right(kakuu: Release) -> None:
    described = CSVW(str(kakuu.folder / "indicators.csv-metadata.json"), validate=True)
    assert described.is_valid, described.warnings
    report = frictionless.validate(str(kakuu.folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    assert "indicators" in [task.name for task in report.tasks]
    listed = kakuu.file("indicators.csv")
    assert listed is not None
    assert listed.rows == 12


def test_a_release_without_indicators_is_without_the_table(release: Release) -> None:
    assert not list(release.folder.rglob("*indicators*"))
    assert not [each for each in release.manifest.files if "indicators" in each.path]


@pytest.mark.parametrize(
    ("value", "written"), [("0.0000001", "0.0000001"), ("1E+3", "1000"), ("-3.50", "-3.50")]
)
def test_a_decimal_is_written_without_an_exponent(value: str, written: str) -> None:
    assert csv_bytes([[Decimal(value)]]) == f"{written}\r\n".encode()
