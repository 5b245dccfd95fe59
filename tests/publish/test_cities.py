"""Three invented cities, each with tables of another shape; the figures are those written in their tables."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest

from sakata_lod.iris import IriSpace
from sakata_lod.publish.build import Built, build
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.reconstruction import Reconstruction, reconstruct
from sakata_lod.site import read_site
from tests.publish.conftest import read_plan, unwatched
from tests.sites import CITIES

PLANS = [
    ("kakuu", "sogo"), ("utsutsu", "jisshi"), ("utsutsu", "bosai"), ("maboroshi", "kankyo"), ("maboroshi", "kanko"),
]  # fmt: skip


@pytest.fixture(scope="module")
def built(cities: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    releases = tmp_path_factory.mktemp("releases")
    return {city: build(folder, releases / city, None, unwatched) for city, folder in cities.items()}


@pytest.fixture(scope="module")
def editions(cities: dict[str, Path]) -> dict[str, Edition]:
    return {slug: read_plan(cities[city], slug) for city, slug in PLANS}


def rebuilt(built: Built, folder: Path) -> tuple[Reconstruction, ...]:
    assert built.release is not None
    return reconstruct(read_site(folder), built.release)


def select(built: Built, query: str) -> list[tuple[str, ...]]:
    assert built.release is not None
    store = ox.Store()
    store.bulk_load(path=built.release.dataset, format=ox.RdfFormat.N_QUADS)
    solutions = store.query("PREFIX plan: <https://w3id.org/municipal-plan#>\n" + query)
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple("" if value is None else value.value for value in row) for row in solutions]


@pytest.mark.parametrize("city", CITIES)
def test_a_release_is_made_without_a_violation_or_a_warning(city: str, built: dict[str, Built]) -> None:
    assert built[city].release is not None
    assert {kind for kind, count in built[city].report.counts.items() if count} <= {"Info"}


@pytest.mark.parametrize("city", CITIES)
def test_the_graph_rebuilds_every_cell_and_nothing_is_left_unread(
    city: str, cities: dict[str, Path], built: dict[str, Built]
) -> None:
    for table in rebuilt(built[city], cities[city]):
        assert (table.differences, table.unread, table.misstated) == ((), (), ())


@pytest.mark.parametrize(("slug", "numbers"), [
    ("sogo", ["1-1", "1-2", "2-1", "2-2"]),
    ("jisshi", ["1-1-1", "1-1-2", "2-1-1"]),
    ("bosai", ["1", "2", "10"]),
    ("kankyo", ["1-1", "1-2"]),
    ("kanko", ["1-1", "1-2", "2-1"]),
])  # fmt: skip
def test_measures_bear_the_numbers_of_their_divisions(
    slug: str, numbers: list[str], editions: dict[str, Edition]
) -> None:
    assert [each.number for each in editions[slug].measures] == numbers


def figures(edition: Edition, measure: str, title: str) -> dict[int, tuple[str, str]]:
    key = next(each.key for each in edition.indicators if (each.measure, each.title) == (measure, title))
    return {
        each.fiscal_year.start_year: (str(each.target), str(each.actual))
        for each in edition.indicator_values
        if (each.measure, each.indicator) == (measure, key)
    }


def test_indicators_of_a_two_level_header_have_targets_and_actual_figures(
    editions: dict[str, Edition],
) -> None:
    assert figures(editions["sogo"], "1-1", "窓口の満足度") == {
        2021: ("None", "90"), 2022: ("90", "94.7"), 2023: ("95.5", "None"),
    }  # fmt: skip
    assert figures(editions["sogo"], "1-1", "申請件数") == {
        2021: ("None", "None"), 2022: ("1200", "1350"), 2023: ("1200", "1500"),
    }  # fmt: skip
    assert figures(editions["sogo"], "2-1", "一人一日の量の増減") == {
        2021: ("None", "-3.5"), 2022: ("-5.0", "-4.2"), 2023: ("-6", "None"),
    }  # fmt: skip


def test_zero_is_a_figure_and_a_blank_is_none(editions: dict[str, Edition]) -> None:
    assert figures(editions["sogo"], "1-2", "見守り協力店")[2021] == ("None", "0")
    assert figures(editions["jisshi"], "1-1-2", "事業費") == {2022: ("800", "0"), 2023: ("800", "None")}


def test_figures_keep_what_is_printed(editions: dict[str, Edition]) -> None:
    texts = {
        text for each in editions["sogo"].indicator_values for text in (each.target_text, each.actual_text)
    }
    assert {"94.7%", "95.5%(注1)", "集計中", "1,350件", "同左", "１，５００", "▲5.0", "−3.5"} <= texts


def test_a_merged_cell_of_figures_holds_for_target_and_actual(editions: dict[str, Edition]) -> None:
    value = next(
        each
        for each in editions["sogo"].indicator_values
        if (each.measure, each.fiscal_year.start_year) == ("1-2", 2022)
    )
    assert (value.target, value.actual) == (Decimal(10), Decimal(10))
    assert [(cell.row, cell.column, cell.column_span) for cell in value.cells] == [(7, 8, 2)]


def test_a_cell_merged_over_years_holds_in_each_and_the_graph_says_which_cell(
    editions: dict[str, Edition], built: dict[str, Built]
) -> None:
    painted = [each for each in editions["kanko"].activities if each.text == "塗装"]
    assert [each.fiscal_year.start_year for each in painted] == [2018, 2019, 2020]
    assert {(each.cell.row, each.cell.column, each.cell.column_span) for each in painted} == {(5, 4, 3)}
    found = select(
        built["maboroshi"],
        """SELECT (COUNT(?activity) AS ?years) ?span {
             ?activity a plan:Activity ; <http://www.w3.org/ns/prov#wasDerivedFrom> ?cell .
             ?cell plan:columnSpan ?span } GROUP BY ?cell ?span""",
    )
    assert Counter(found) == Counter([("3", "3"), ("2", "2")])


def test_codes_and_labels_in_one_cell_are_one_code(editions: dict[str, Edition]) -> None:
    told = {each.measure: (each.achievement, each.response) for each in editions["sogo"].progress}
    assert told == {
        "1-1": ("achieved", "expand"), "1-2": ("partlyAchieved", "continue"),
        "2-1": (None, "reduce"), "2-2": ("achieved", "continue"),
    }  # fmt: skip


def test_an_edition_gives_the_same_letters_another_meaning(editions: dict[str, Edition]) -> None:
    assert {each.measure: each.achievement for each in editions["jisshi"].progress} == {
        "1-1-1": "achieved", "1-1-2": "late", "2-1-1": "achieved",
    }  # fmt: skip


def test_of_a_row_a_year_the_newest_status_counts(editions: dict[str, Edition]) -> None:
    progress = next(each for each in editions["jisshi"].progress if each.measure == "1-1-1")
    assert progress.achievement_text == "A"
    assert {(cell.row, cell.column) for cell in progress.cells} == {(5, 10), (5, 6), (6, 10), (6, 6)}


def test_departments_of_two_levels_are_told_by_both(editions: dict[str, Edition]) -> None:
    assert {each.number: each.departments for each in editions["jisshi"].measures} == {
        "1-1-1": ("joho",), "1-1-2": ("joho",), "2-1-1": ("kosodate", "fukushi"),
    }  # fmt: skip


def test_without_a_status_progress_is_derived_from_number_and_title(editions: dict[str, Edition]) -> None:
    assert {each.achievement for each in editions["kanko"].progress} == {None}
    first = editions["kanko"].progress[0]
    assert [(cell.row, cell.column) for cell in first.cells] == [(5, 1), (5, 2)]


def test_a_form_tells_what_a_row_would(editions: dict[str, Edition]) -> None:
    edition = editions["kankyo"]
    assert [(each.measure, each.fiscal_year.start_year, each.text) for each in edition.activities] == [
        ("1-1", 2023, "春と秋に清掃"), ("1-1", 2024, "春と秋に清掃"), ("1-1", 2025, "続ける"), ("1-2", 2023, "下草刈り"),
    ]  # fmt: skip
    assert figures(edition, "1-1", "実施回数") == {2023: ("2", "2"), 2024: ("2", "3"), 2025: ("2", "None")}
    assert edition.progress[1].reason == "大雨のため"


def test_indicators_are_found_by_sparql_with_their_unit(built: dict[str, Built]) -> None:
    found = select(
        built["kakuu"],
        """SELECT ?title ?unit ?actual ?text {
             ?measure a plan:Measure ; plan:indicator ?it . ?it <http://purl.org/dc/terms/title> ?title ; plan:unit ?unit .
             ?value plan:indicator ?it ; plan:fiscalYear/plan:startYear ?year ; plan:actualText ?text .
             OPTIONAL { ?value plan:actual ?actual }
             FILTER(STR(?year) = "2023") } ORDER BY ?text""",
    )
    assert found == [
        ("見守り協力店", "店", "9", "9"), ("窓口の満足度", "％", "", "集計中"), ("申請件数", "件", "1500", "１，５００"),
    ]  # fmt: skip


def test_a_merge_that_the_graph_tells_otherwise_is_a_difference(
    cities: dict[str, Path], built: dict[str, Built], tmp_path: Path
) -> None:
    site = read_site(cities["maboroshi"])
    path = next(plan for plan in site.plans if plan.slug == "kanko").editions[0].path
    before = path.read_bytes()
    try:
        book = openpyxl.load_workbook(path)
        book["観光計画"].unmerge_cells("D5:F5")
        book.save(path)
        table = rebuilt(built["maboroshi"], cities["maboroshi"])[0]
    finally:
        path.write_bytes(before)
    assert [(each.row, each.column, each.printed, each.rebuilt) for each in table.differences] == [
        (5, 4, None, "1×3")
    ]


def test_indicators_are_named_by_their_title_not_their_place(editions: dict[str, Edition]) -> None:
    iris = IriSpace("https://data.example.jp/")
    indicator = editions["jisshi"].indicators[0]
    expected = "https://data.example.jp/id/indicator/jisshi/1-1-1/ef628282"
    assert str(iris.indicator("jisshi", indicator.measure, indicator.key)) == expected
