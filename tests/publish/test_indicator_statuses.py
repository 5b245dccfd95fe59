"""Statuses of indicators, in tables of every shape: whose each is, what is refused, and what comes of them."""

import csv
import gzip
import io
import shutil
from pathlib import Path

import duckdb
import frictionless
import pyoxigraph as ox
import pytest
from csvw import CSVW

from sakata_lod.errors import (
    InvalidConfiguration,
    MarkAndWordsDisagree,
    MisplacedCell,
    RowsDisagree,
    SourceError,
    StatusesDisagree,
    UnknownMark,
)
from sakata_lod.publish.build import Built, build
from sakata_lod.publish.change_words import sentence
from sakata_lod.publish.comparison import compare_editions
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.reconstruction import reconstruct
from sakata_lod.release import Release, open_release
from sakata_lod.site import read_site
from tests.publish.conftest import unwatched
from tests.publish.small_tables import COLUMNS, ROWS, read_small
from tests.sites import write_workbook

INDICATOR = COLUMNS + 'indicator = "指標"\n'
MARKS = '[achievement]\n"A" = "achieved"\n"B" = "late"\n'
GOES_ON = '[response]\n"拡充" = "expand"\n"終了" = "end"\n'
FIGURES = '[years]\ntarget = "目標"\nactual = "実績"\n'


def statuses(edition: Edition) -> dict[tuple[str, str, int | None], str]:
    """(measure, indicator, year) → achievement as printed, with what is coded behind it."""
    titles = {(each.measure, each.key): each.title for each in edition.indicators}
    whole = [(each.measure, each.title, None, each.status) for each in edition.indicators]
    yearly = [
        (each.measure, titles[each.measure, each.indicator], each.fiscal_year.start_year, each.status)
        for each in edition.indicator_values
    ]
    return {
        (measure, title, year): f"{status.achievement_text} {status.achievement}"
        for measure, title, year, status in (*whole, *yearly)
        if status.achievement_text
    }


# Every shape of table

OF_THE_ROW = (
    INDICATOR + 'indicator_achievement = "達成状況"\nfill_down = ["番号", "施策"]\n' + ROWS + FIGURES + MARKS,
    "番号,施策,指標,R4実績,達成状況\n第1章 章,,,,\n1,一,件数,1,A\n,,人数,2,B\n2,二,回数,3,\n",
    {("1-1", "件数", None): "A achieved", ("1-1", "人数", None): "B late"},
)
BESIDE_A_YEAR = (
    INDICATOR + ROWS + FIGURES + 'indicator_achievement = ["評価", "達成状況"]\n' + MARKS,
    "番号,施策,指標,R4目標,R4実績,R4評価,達成状況（R5）\n第1章 章,,,,,,\n1,一,件数,1,1,Ａ,B\n1,一,人数,2,1,,A\n",
    {
        ("1-1", "件数", 2022): "Ａ achieved",
        ("1-1", "件数", 2023): "B late",
        ("1-1", "人数", 2023): "A achieved",
    },
)
BELOW_A_YEAR = (
    INDICATOR
    + ROWS.replace("[rows]", "[rows]\nheader = 2")
    + FIGURES
    + 'indicator_achievement = "評価"\n'
    + MARKS,
    "番号,施策,指標,R4,,,R5,,\n,,,目標,実績,評価,目標,実績,評価\n第1章 章,,,,,,,,\n1,一,件数,1,1,A,2,1,B\n1,一,人数,5,,A,6,,\n",
    {
        ("1-1", "件数", 2022): "A achieved",
        ("1-1", "件数", 2023): "B late",
        ("1-1", "人数", 2022): "A achieved",
    },
)
ALONE_UNDER_YEARS = (
    INDICATOR + ROWS + '[years]\nholds = "indicator_achievement"\n' + MARKS,
    "番号,施策,指標,R4,R5\n第1章 章,,,,\n1,一,件数,A,B\n1,一,人数,,A\n",
    {
        ("1-1", "件数", 2022): "A achieved",
        ("1-1", "件数", 2023): "B late",
        ("1-1", "人数", 2023): "A achieved",
    },
)
AS_A_KIND = (
    INDICATOR + 'kind = "区分"\nfill_down = ["番号", "施策", "指標"]\n' + ROWS + FIGURES
    + 'indicator_achievement = "評価"\n' + MARKS,
    "番号,施策,指標,区分,R4,R5\n第1章 章,,,,,\n1,一,件数,目標,1,2\n,,,実績,1,1\n,,,評価,A,B\n1,一,人数,実績,1,2\n,,,評価,,A\n",
    {("1-1", "件数", 2022): "A achieved", ("1-1", "件数", 2023): "B late", ("1-1", "人数", 2023): "A achieved"},
)  # fmt: skip
A_ROW_A_YEAR = (
    INDICATOR + 'year = "年度"\ntarget = "目標"\nactual = "実績"\nindicator_achievement = "評価"\n'
    + 'fill_down = ["番号", "施策", "指標"]\n' + ROWS + MARKS,
    "番号,施策,指標,年度,目標,実績,評価\n第1章 章,,,,,,\n1,一,件数,R4,1,1,A\n,,,R5,2,1,B\n1,一,人数,R5,,,A\n",
    {("1-1", "件数", 2022): "A achieved", ("1-1", "件数", 2023): "B late", ("1-1", "人数", 2023): "A achieved"},
)  # fmt: skip
OF_NO_CELL_S_INDICATOR = (
    COLUMNS + ROWS + '[[indicators]]\ntitle = "事業費"\ntarget = "予算"\nachievement = "執行"\n' + MARKS,
    "番号,施策,R4予算,R4執行\n第1章 章,,,\n1,一,10,A\n2,二,20,B\n",
    {("1-1", "事業費", 2022): "A achieved", ("1-2", "事業費", 2022): "B late"},
)
A_ROW_A_YEAR_OF_NO_CELL_S_INDICATOR = (
    COLUMNS
    + 'year = "年度"\n'
    + ROWS
    + '[[indicators]]\ntitle = "事業費"\ntarget = "予算"\nachievement = "執行"\n'
    + MARKS,
    "番号,施策,年度,予算,執行\n第1章 章,,,,\n1,一,R4,10,A\n1,一,R5,20,B\n",
    {("1-1", "事業費", 2022): "A achieved", ("1-1", "事業費", 2023): "B late"},
)
FORM_YEARS_ACROSS = (
    INDICATOR
    + ROWS
    + '[block]\nstarts_with = "番号"\nyears = "年度"\n'
    + FIGURES
    + 'indicator_achievement = "評価"\n'
    + MARKS,
    "第1章 章,,,\n番号,1,施策,一\n指標,件数,,\n年度,R4,R5,\n目標,1,2,\n実績,1,1,\n評価,A,B,\n番号,2,施策,二\n指標,回数,,\n年度,R4,R5,\n評価,,A,\n",
    {
        ("1-1", "件数", 2022): "A achieved",
        ("1-1", "件数", 2023): "B late",
        ("1-2", "回数", 2023): "A achieved",
    },
)
FORM_YEARS_AS_LABELS = (
    INDICATOR + 'indicator_achievement = "達成状況"\n' + ROWS + '[block]\nstarts_with = "番号"\n' + FIGURES
    + 'indicator_achievement = "評価"\n' + MARKS,
    "第1章 章,,,\n番号,1,施策,一\n指標,件数,達成状況,A\nR4目標,1,R4の評価,A\nR5目標,2,R5の評価,B\n",
    {("1-1", "件数", None): "A achieved", ("1-1", "件数", 2022): "A achieved", ("1-1", "件数", 2023): "B late"},
)  # fmt: skip
FORM_YEARS_DOWN = (
    INDICATOR + 'year = "年度"\ntarget = "目標"\nactual = "実績"\nindicator_achievement = "評価"\n' + ROWS
    + '[block]\nstarts_with = "番号"\n' + MARKS,
    "第1章 章,,,\n番号,1,施策,一\n指標,件数,,\n年度,目標,実績,評価\nR4,1,1,A\nR5,2,1,B\n",
    {("1-1", "件数", 2022): "A achieved", ("1-1", "件数", 2023): "B late"},
)  # fmt: skip
FORM_BESIDE_YEARS_DOWN = (
    FORM_YEARS_DOWN[0],
    "第1章 章,,,\n番号,1,施策,一\n指標,件数,評価,A\n年度,目標,実績,\nR4,1,1,\nR5,2,1,\n",
    {("1-1", "件数", None): "A achieved"},
)
SHAPES = {
    name: shape for name, shape in dict(globals()).items() if name.isupper() and isinstance(shape, tuple)
}


@pytest.mark.parametrize("name", SHAPES)
def test_an_indicator_has_its_own_status(tmp_path: Path, name: str) -> None:
    layout, table, expected = SHAPES[name]
    edition = read_small(tmp_path, layout, table)
    assert statuses(edition) == expected
    assert {each.achievement for each in edition.progress} == {None}
    assert {cell for cell in edition.cells if cell.column_name and cell.text} <= edition.read_cells


def test_a_merged_status_holds_for_each_indicator_and_year_that_it_takes(tmp_path: Path) -> None:
    layout, _, _ = BELOW_A_YEAR
    table = """# 表
番号 | 施策 | 指標 | R4 | < | R5 | <
^ | ^ | ^ | 実績 | 評価 | 実績 | 評価
第1章 章 | < | < | < | < | < | <
1 | 一 | 件数 | 1 | A | 2 | B
^ | ^ | 人数 | 3 | ^ | 4 | A
"""
    edition = read_small(tmp_path, layout, table, "xlsx")
    assert statuses(edition) == {
        ("1-1", "件数", 2022): "A achieved", ("1-1", "件数", 2023): "B late",
        ("1-1", "人数", 2022): "A achieved", ("1-1", "人数", 2023): "A achieved",
    }  # fmt: skip
    cells = [each.cells for each in edition.indicator_values if each.fiscal_year.start_year == 2022]
    assert [(cell.row, cell.column, cell.row_span) for some in cells for cell in some[1:]] == [(4, 5, 2)] * 2


def test_the_measure_and_its_indicators_may_each_have_a_status_and_go_on(tmp_path: Path) -> None:
    layout = (
        INDICATOR
        + 'achievement = "総合評価"\nindicator_achievement = "評価"\nindicator_response = "方向性"\n'
        + (ROWS + FIGURES + MARKS + GOES_ON)
    )
    table = "番号,施策,指標,評価,方向性,総合評価,R4実績\n第1章 章,,,,,,\n1,一,件数,A,拡充,B,1\n1,一,人数,B,終了,,2\n"
    edition = read_small(tmp_path, layout, table)
    assert [(each.achievement, each.response) for each in edition.progress] == [("late", None)]
    assert [(each.status.achievement, each.status.response) for each in edition.indicators] == [
        ("achieved", "expand"),
        ("late", "end"),
    ]


def test_a_status_of_a_year_without_figures_is_a_value_of_the_year(tmp_path: Path) -> None:
    edition = read_small(tmp_path, *AS_A_KIND[:2])
    value = next(each for each in edition.indicator_values if each.status.achievement_text == "B")
    assert [(cell.row, cell.column) for cell in value.cells] == [(3, 6), (4, 6), (5, 6)]
    alone = read_small(tmp_path / "alone", *ALONE_UNDER_YEARS[:2]).indicator_values
    assert {(each.target_text, each.actual_text) for each in alone} == {("", "")}


def test_the_same_status_in_two_rows_of_an_indicator_is_one_from_both_cells(tmp_path: Path) -> None:
    layout = INDICATOR + 'kind = "区分"\nindicator_achievement = "評価"\n' + ROWS + FIGURES + MARKS
    rows = "1,一,件数,目標,1,A\n1,一,件数,実績,1,{}\n"
    table = "番号,施策,指標,区分,R4,評価\n第1章 章,,,,,\n" + rows
    found = read_small(tmp_path / "a", layout, table.format("A")).indicators[0]
    assert (found.status.achievement, [cell.row for cell in found.cells if cell.text == "A"]) == (
        "achieved",
        [3, 4],
    )
    with pytest.raises(RowsDisagree) as caught:
        read_small(tmp_path / "b", layout, table.format("B"))
    assert (caught.value.place.row, caught.value.place.column, caught.value.first_row) == (4, 6, 3)


# Statuses of the measure beside its years


@pytest.mark.parametrize(
    ("layout", "table"),
    [
        (
            COLUMNS + ROWS + '[years]\nactivity = "取組"\nachievement = "評価"\n' + MARKS,
            "番号,施策,R4取組,R4評価,R5取組,R5評価\n第1章 章,,,,,\n1,一,調査,A,整備,B\n2,二,調査,A,,\n",
        ),
        (
            COLUMNS + ROWS + '[years]\nholds = "achievement"\n' + MARKS,
            "番号,施策,R4,R5\n第1章 章,,,\n1,一,A,B\n2,二,A,\n",
        ),
        (
            INDICATOR + 'fill_down = ["番号", "施策"]\n' + ROWS + FIGURES + 'achievement = "評価"\n' + MARKS,
            "番号,施策,指標,R4実績,R4評価,R5実績,R5評価\n第1章 章,,,,,,\n1,一,件数,1,A,2,B\n,,人数,1,,2,\n2,二,件数,1,A,,\n",
        ),
        (
            COLUMNS
            + ROWS
            + '[block]\nstarts_with = "番号"\nyears = "年度"\n[years]\nachievement = "評価"\n'
            + MARKS,
            "第1章 章,,,\n番号,1,施策,一\n年度,R4,R5,\n評価,A,B,\n番号,2,施策,二\n年度,R4,R5,\n評価,A,,\n",
        ),
    ],
)
def test_of_statuses_beside_years_the_newest_is_the_measure_s(
    tmp_path: Path, layout: str, table: str
) -> None:
    edition = read_small(tmp_path, layout, table)
    assert [each.achievement_text for each in edition.progress] == ["B", "A"]
    assert [[cell.text for cell in each.cells] for each in edition.progress] == [["A", "B"], ["A"]]
    assert statuses(edition) == {}
    assert {cell for cell in edition.cells if cell.column_name and cell.text} <= edition.read_cells


def test_a_column_of_no_year_counts_before_those_of_years(tmp_path: Path) -> None:
    layout = COLUMNS + 'achievement = "総合"\n' + ROWS + '[years]\nachievement = "評価"\n' + MARKS
    edition = read_small(tmp_path, layout, "番号,施策,R4評価,R5評価,総合\n第1章 章,,,,\n1,一,B,B,A\n")
    assert [(each.achievement, len(each.cells)) for each in edition.progress] == [("achieved", 3)]


# What is refused

KPI = INDICATOR + ROWS + FIGURES + MARKS
HEAD = "番号,施策,指標,評価,R4実績\n第1章 章,,,,\n"


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("1,一,件数,Z,1\n", UnknownMark),
        ("1,一,件数,A B,1\n", MarkAndWordsDisagree),
        ("1,一,,A,\n", MisplacedCell),
    ],
)
def test_a_status_that_cannot_be_read_is_refused_at_its_cell(
    tmp_path: Path, row: str, error: type[SourceError]
) -> None:
    layout = KPI.replace("[rows]", 'indicator_achievement = "評価"\n[rows]')
    with pytest.raises(error) as caught:
        read_small(tmp_path, layout, HEAD + row)
    assert (caught.value.place.row, caught.value.place.column) == (3, 4)


def test_rows_of_a_measure_that_disagree_are_refused_with_the_setting_to_use(tmp_path: Path) -> None:
    layout = KPI.replace("[rows]", 'achievement = "評価"\n[rows]')
    table = HEAD + "1,一,件数,A,1\n1,一,人数,B,2\n"
    with pytest.raises(StatusesDisagree) as caught:
        read_small(tmp_path / "a", layout, table)
    assert (caught.value.place.row, caught.value.place.column, caught.value.first_row) == (4, 4, 3)
    assert all("indicator_achievement" in caught.value.sentence(each) for each in ("ja", "en"))
    mended = layout.replace('achievement = "評価"', 'indicator_achievement = "評価"')
    assert len(statuses(read_small(tmp_path / "b", mended, table))) == 2


def test_rows_that_disagree_beside_a_year_are_refused_with_the_setting_to_use(tmp_path: Path) -> None:
    layout = INDICATOR + ROWS + FIGURES + 'achievement = "評価"\n' + MARKS
    table = "番号,施策,指標,R4実績,R4評価\n第1章 章,,,,\n1,一,件数,1,A\n1,一,人数,2,B\n"
    with pytest.raises(StatusesDisagree, match=r"\[years\] indicator_achievement") as caught:
        read_small(tmp_path / "a", layout, table)
    assert (caught.value.place.row, caught.value.place.column, caught.value.first_row) == (4, 5, 3)
    mended = layout.replace("\nachievement =", "\nindicator_achievement =")
    assert len(statuses(read_small(tmp_path / "b", mended, table))) == 2


def test_an_unknown_mark_of_the_measure_is_not_taken_for_a_shifted_row(tmp_path: Path) -> None:
    layout = KPI.replace("[rows]", 'achievement = "総合"\nindicator_achievement = "評価"\n[rows]')
    table = "番号,施策,指標,評価,R4実績,総合\n第1章 章,,,,,\n1,一,件数,A,1,Z\n"
    with pytest.raises(UnknownMark, match="Z"):
        read_small(tmp_path, layout, table)


@pytest.mark.parametrize(
    ("layout", "said"),
    [
        (COLUMNS + 'indicator_achievement = "評価"\n' + ROWS + MARKS, "goes with `indicator`"),
        (COLUMNS + ROWS + '[years]\nindicator_achievement = "評価"\n' + MARKS, r"\[columns\] indicator"),
        (COLUMNS + ROWS + '[years]\nholds = "indicator_response"\n' + GOES_ON, r"\[columns\] indicator"),
        (INDICATOR + 'indicator_achievement = "評価"\n' + ROWS, r"\[achievement\] maps no word"),
        (INDICATOR + ROWS + '[years]\nindicator_response = "方向"\n', r"\[response\] maps no word"),
        (
            COLUMNS + ROWS + '[[indicators]]\ntitle = "費用"\nactual = "決算"\nachievement = "執行"\n',
            r"\[achievement\] maps no word",
        ),
        (
            INDICATOR + 'achievement = "評価"\nindicator_achievement = "評価"\n' + ROWS + MARKS,
            "of the measure and of its indicator",
        ),
        (
            INDICATOR + ROWS + '[years]\nactual = "評価"\nindicator_achievement = "評価"\n' + MARKS,
            "two kinds of content",
        ),
    ],
)
def test_a_setting_that_names_no_indicator_or_no_code_is_refused(
    tmp_path: Path, layout: str, said: str
) -> None:
    with pytest.raises(InvalidConfiguration, match=said):
        read_small(tmp_path, layout, "番号,施策\n1,一\n")


# What comes of them

WHOLE = (
    INDICATOR
    + 'indicator_achievement = "達成状況"\nindicator_response = "方向性"\n'
    + ROWS.replace("[rows]", "[rows]\nheader = 2")
    + FIGURES
    + 'indicator_achievement = "評価"\n'
    + MARKS
    + GOES_ON
)
WHOLE_TABLE = """# 表
番号 | 施策 | 指標 | R4 | < | R5 | < | 達成状況 | 方向性
^ | ^ | ^ | 実績 | 評価 | 実績 | 評価 | ^ | ^
第1章 章 | < | < | < | < | < | < | < | <
1 | 一 | 件数 | 1 | A | 2 | B | B | 拡充
^ | ^ | 人数 | 3 | ^ | | | A | ^
^ | ^ | 満足度 | | | | | A |
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("statuses")
    read_small(folder, WHOLE, WHOLE_TABLE, "xlsx", counted=1)
    return folder / "site"


@pytest.fixture(scope="module")
def built(site: Path) -> Built:
    return build(site, site.parent / "releases", None, unwatched)


@pytest.fixture(scope="module")
def release(built: Built) -> Release:
    assert built.release is not None
    return built.release


def test_the_graph_keeps_to_the_shapes_and_rebuilds_every_cell(
    site: Path, built: Built, release: Release
) -> None:
    assert {kind for kind, count in built.report.counts.items() if count} <= {"Info"}
    (table,) = reconstruct(read_site(site), release)
    assert (table.differences, table.unread, table.misstated) == ((), (), ())


def test_the_graph_tells_of_each_the_code_the_words_and_the_cell(release: Release) -> None:
    store = ox.Store()
    store.bulk_load(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    found = store.query("""
        PREFIX plan: <https://w3id.org/municipal-plan#> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX dct: <http://purl.org/dc/terms/> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?title (STR(?start) AS ?year) ?code ?text ?row ?column {
          ?it plan:achievement ?code ; plan:achievementText ?text ; prov:wasDerivedFrom ?cell .
          ?cell rdf:value ?text ; plan:row ?row ; plan:column ?column .
          { ?it a plan:Indicator . BIND(?it AS ?indicator) }
          UNION { ?it a plan:IndicatorValue ; plan:indicator ?indicator ; plan:fiscalYear/plan:startYear ?start }
          ?indicator dct:title ?title
        } ORDER BY ?title ?start""")
    assert isinstance(found, ox.QuerySolutions)
    told = [[each and each.value.rpartition("#")[2] for each in row] for row in found]
    assert told == [
        ["人数", None, "achieved", "A", "5", "8"],
        ["人数", "2022", "achieved", "A", "4", "5"],
        ["件数", None, "late", "B", "4", "8"],
        ["件数", "2022", "achieved", "A", "4", "5"],
        ["件数", "2023", "late", "B", "4", "7"],
        ["満足度", None, "achieved", "A", "6", "8"],
    ]


def test_a_text_that_no_cell_prints_is_misstated(site: Path, release: Release, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(release.folder.parent, tmp_path / "releases", symlinks=True))
    spoilt = open_release(folder / release.folder.name)
    content = gzip.decompress(spoilt.dataset.read_bytes()) if spoilt.dataset.suffix == ".gz" else None
    text = (content or spoilt.dataset.read_bytes()).decode()
    text = text.replace('achievementText> "B"@ja', 'achievementText> "b"@ja')
    spoilt.dataset.write_bytes(gzip.compress(text.encode()) if content else text.encode())
    (table,) = reconstruct(read_site(site), spoilt)
    assert sorted(each.rpartition(": ")[2] for each in table.misstated) == ["b", "b"]


def test_the_table_of_indicators_has_the_year_s_status_and_the_indicator_s(release: Release) -> None:
    rows = list(csv.DictReader(io.StringIO((release.folder / "indicators.plain.csv").read_text("utf-8"))))
    columns = (
        "指標",
        "年度の開始年",
        "実績値",
        "目標達成",
        "目標達成_印刷",
        "指標の目標達成",
        "指標の今後の対応_印刷",
    )
    assert [tuple(row[each] for each in columns) for row in rows] == [
        ("件数", "2022", "1", "達成", "A", "遅延", "拡充"),
        ("件数", "2023", "2", "遅延", "B", "遅延", "拡充"),
        ("人数", "2022", "3", "達成", "A", "達成", "拡充"),
        ("満足度", "", "", "", "", "達成", ""),
    ]
    assert rows[3]["IRI"].endswith("/id/indicator/" + rows[3]["ID"])


def test_what_describes_the_table_of_indicators_is_right(release: Release) -> None:
    described = CSVW(str(release.folder / "indicators.csv-metadata.json"), validate=True)
    assert described.is_valid, described.warnings
    report = frictionless.validate(str(release.folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    found = (
        duckdb.connect()
        .execute(
            f"SELECT 目標達成, count(*) FROM '{release.folder / 'indicators.parquet'}' "
            "WHERE 目標達成 IS NOT NULL GROUP BY 目標達成"
        )
        .fetchall()
    )
    assert dict(found) == {"達成": 2, "遅延": 1}


def test_the_next_edition_tells_which_indicators_fell_behind(site: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(site, tmp_path / "site"))
    plan = folder / "plans" / "p"
    (plan / "2025-03-31").mkdir()
    table = WHOLE_TABLE.replace("| 3 | ^ | | | A |", "| 3 | ^ | | | B |").replace(
        "2 | B | B |", "2 | B | A |"
    )
    write_workbook(table, plan / "2025-03-31" / "t.xlsx")
    with (plan / "plan.toml").open("a", encoding="utf-8") as file:
        file.write('\n[editions.2025-03-31]\nsource = "t.xlsx"\nformat = "xlsx"\n')
    built = build(folder, tmp_path / "releases", None, unwatched)
    assert built.release is not None
    assert {kind for kind, count in built.report.counts.items() if count} <= {"Info"}
    (compared,) = compare_editions(built.release, None, (None, None))
    assert [sentence(each, "ja") for each in compared.changes] == [
        "目標達成の改善: 1-1 一（件数）：遅延 → 達成",
        "目標達成の悪化: 1-1 一（人数）：達成 → 遅延",
    ]
