"""What pages say of Sakata's plan is what its graph says."""

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from html import unescape

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.publish.build import build
from sakata_lod.serialization import canonical
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings
from tests.conftest import SAKATA
from tests.publish.conftest import unwatched

from .test_pages import Page, get

PREFIXES = """
PREFIX plan: <https://w3id.org/municipal-plan#> PREFIX code: <https://w3id.org/municipal-plan/codes#>
PREFIX dct: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
PLAN = "/doc/plan/joho-keikaku"
MEASURE = "/doc/measure/joho-keikaku/4-1-9"
DEPARTMENT = "/doc/department/joho-kikaku"
YEAR = "/doc/fiscal-year/2021"
EDITION = "/doc/edition/joho-keikaku/2023-03-31"
SUBJECTS = [
    PLAN,
    MEASURE,
    DEPARTMENT,
    YEAR,
    EDITION,
    "/doc/division/joho-keikaku/3",
    "/codes/discontinued",
    "/themes/wi-fi",
    "/doc/anomaly/joho-keikaku/2023-03-31/4-1-9-six-year-cells",
]
MOST_BYTES = 40_000
MOST_TAB_STOPS = 15


@pytest.fixture(scope="module")
def sakata(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    releases = tmp_path_factory.mktemp("sakata")
    assert build(SAKATA, releases, "http://localhost:8000/", unwatched).release is not None
    application = create_app(Settings(release=releases))
    yield application
    service_of(application).close()


@pytest.fixture
def client(sakata: Flask) -> FlaskClient:
    return sakata.test_client()


@pytest.fixture(scope="module")
def graph(sakata: Flask) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=service_of(sakata).release.dataset, format=ox.RdfFormat.N_QUADS)
    return store


def rows(graph: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = graph.query(PREFIXES + query)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(getattr(value, "value", "") for value in row) for row in found]


def test_home_counts_what_the_graph_counts(client: FlaskClient, graph: ox.Store) -> None:
    page = get(client, "/", "ja")
    shown = re.findall(r'href="/codes/(\w+)">.*?<strong>(\d+)</strong>', page)
    counted = [
        (code.rpartition("#")[2], count)
        for each in ("currentAchievement", "currentResponse")
        for code, count in rows(
            graph, f"SELECT ?code (COUNT(?m) AS ?n) {{ ?m plan:{each} ?code }} GROUP BY ?code"
        )
    ]
    assert sorted(shown) == sorted(counted)
    assert "全33施策のうち、達成 27、一部達成 3、取りやめ 3。" in page


def test_a_blank_year_reads_as_no_entry_and_never_as_not_done(client: FlaskClient, graph: ox.Store) -> None:
    strip = get(client, "/", "ja").partition('<div class="strip"')[2].partition("</section>")[0]
    reported = rows(
        graph, "SELECT DISTINCT ?m ?y { ?a a plan:Activity ; plan:measure ?m ; plan:fiscalYear ?y }"
    )
    entries = len(re.findall(r'<td class="entry', strip))
    assert entries == len(reported)
    assert strip.count('<td class="blank">記載なし</td>') == 33 * 5 - entries
    assert "未実施" not in strip


def test_every_chart_s_query_gives_the_numbers_of_its_table(client: FlaskClient) -> None:
    page = get(client, "/", "en")
    figures = re.findall(r'<figure class="figure" id="([^"]+)">(.*?)</figure>', page, re.DOTALL)
    assert len(figures) == 4
    for name, figure in figures:
        links = [unescape(each) for each in re.findall(r'href="(/sparql\?[^"]+as=csv[^"]*)"', figure)]
        assert len(links) == 1, name
        answer = list(csv.DictReader(io.StringIO(client.get(links[0]).text)))
        assert sum(int(row["measures"]) for row in answer) == 33, name
        if "matrix" not in name:
            totals = re.findall(r'<td class="number">(\d+)</td></tr>', figure)
            assert sum(map(int, totals)) == 33, name


def test_only_the_year_that_another_reading_moves_is_doubtful(client: FlaskClient) -> None:
    page = get(client, MEASURE, "ja")
    assert {year: state for state, year in re.findall(r'<li class="([^"]+)" id="(fy\d+)">', page)} == {
        "fy2018": "blank",
        "fy2019": "blank",
        "fy2020": "entry doubtful",
        "fy2021": "entry",
        "fy2022": "entry",
    }
    assert "令和元年度: 電子決裁導入の検討" in page


def test_fiscal_years_are_named_in_both_reckonings(client: FlaskClient) -> None:
    assert "令和4年度（2022年度）" in get(client, MEASURE, "ja")
    assert "FY2022 (R4)" in get(client, MEASURE, "en")


def test_what_was_dropped_stands_with_its_reason(client: FlaskClient, graph: ox.Store) -> None:
    page = get(client, "/codes/discontinued", "ja")
    reasons = rows(
        graph, "SELECT ?r { ?p plan:achievement code:discontinued ; plan:reason ?r ; plan:measure ?m }"
    )
    assert len(reasons) == 3
    assert all(unescape(page).count(reason) >= 1 for (reason,) in reasons)


def test_a_department_counts_its_measures(client: FlaskClient, graph: ox.Store) -> None:
    (count,) = rows(
        graph,
        'SELECT (COUNT(DISTINCT ?m) AS ?n) { ?m plan:responsibleDepartment/skos:prefLabel "情報企画課"@ja }',
    )
    page = get(client, DEPARTMENT, "ja")
    table = page.partition('<table class="measures')[2].partition("</table>")[0]
    assert f"{count[0]}施策を所管" in page
    assert table.count('<th scope="row">') == int(count[0])


def test_a_measure_leads_to_the_cells_it_is_read_from(client: FlaskClient) -> None:
    page = get(client, MEASURE, "en")
    assert 'href="/doc/source/joho-keikaku/2023-03-31#cell=49,6">row 49, column 6</a>' in page
    assert "4-1-8 A more convenient work environment in the city offices" in page
    assert "4-1-10 Standardisation of municipal systems" in page


def test_a_translated_heading_stands_with_the_name_that_the_city_gave(client: FlaskClient) -> None:
    english = get(client, MEASURE, "en")
    assert '<h1><span lang="en-t-ja-t0-und">Promotion of paperless work</span></h1>' in english
    assert '<p class="original" lang="ja">ペーパーレス化の推進</p>' in english
    assert "This title is a machine translation." in english
    assert 'class="original"' not in get(client, MEASURE, "ja")


def test_lists_of_machine_translated_titles_say_so(client: FlaskClient) -> None:
    said = "Titles of measures in English are machine translations."
    for path in ("/", PLAN, DEPARTMENT, YEAR, EDITION, "/codes/achieved"):
        assert said in get(client, path, "en"), path
        assert "機械翻訳" not in get(client, path, "ja"), path


@pytest.mark.parametrize("path", SUBJECTS)
def test_the_json_ld_in_a_page_is_the_graph_of_its_subject(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html"}).text
    written = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(written)["@context"]
    embedded = [quad.triple for quad in ox.parse(written.encode(), ox.RdfFormat.JSON_LD)]
    plain = [quad.triple for quad in ox.parse(client.get(f"{path}.nt").data, ox.RdfFormat.N_TRIPLES)]
    assert plain
    assert set(canonical(embedded)) == set(canonical(plain))


@pytest.mark.parametrize("path", ["/", *SUBJECTS])
def test_a_page_is_light(client: FlaskClient, path: str) -> None:
    text = client.get(path, headers={"Accept": "text/html"}).text
    loaded = {
        str(each["href"]) for each in Page(text).all("link") if each["rel"] in {"stylesheet", "icon"}
    } | {"/static/marks.svg"}
    parts = [text.encode(), *(client.get(each, buffered=True).data for each in loaded)]
    assert sum(len(gzip.compress(each)) for each in parts) <= MOST_BYTES


@pytest.mark.parametrize("path", ["/", *SUBJECTS])
def test_few_things_take_the_focus_before_the_content(client: FlaskClient, path: str) -> None:
    before = get(client, path, "ja").partition("<main")[0]
    assert len(re.findall(r"<(?:a|button|input|select|summary) ", before)) <= MOST_TAB_STOPS


def test_a_page_says_how_its_subject_is_cited(client: FlaskClient) -> None:
    page = unescape(get(client, MEASURE, "en"))
    iri = "http://localhost:8000/id/measure/joho-keikaku/4-1-9"
    assert f"Sakata City: “Promotion of paperless work”. Data as of March 31, 2023. {iri}" in page
    assert "year = {2023}" in page
    assert f"url = {{{iri}}}" in page


def test_a_code_s_page_tells_its_meaning_and_property(client: FlaskClient) -> None:
    page = get(client, "/codes/partlyAchieved", "en")
    assert '<a href="/ontology#currentAchievement">' in page
    assert '<p class="definition">' in page
