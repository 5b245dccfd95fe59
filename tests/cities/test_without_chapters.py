"""A plan without chapters, published as its city would: begun, proposed, answered, built and served."""

import csv
from collections.abc import Iterator
from pathlib import Path

import frictionless
import pytest
from click.testing import CliRunner
from csvw import CSVW
from flask.testing import FlaskClient
from rdflib import Graph, URIRef

from sakata_lod.cli import main
from sakata_lod.namespaces import DCTERMS, PLAN, RDF, SKOS
from sakata_lod.publish.build import read_data, validate_data
from sakata_lod.release import Release, open_release
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings
from tests.publish.conftest import unwatched
from tests.sites import make_site

HOME = "http://localhost:8000/"
ANSWERS = {
    'first_fiscal_year = "?"': "first_fiscal_year = 2022",
    'last_fiscal_year = "?"': "last_fiscal_year = 2024",
    '"継続中" = "?"': '"継続中" = "inProgress"',
}


def run(*arguments: str) -> None:
    result = CliRunner().invoke(main, [*arguments, "--lang", "en"])
    assert result.exit_code == 0, result.output


def answer(file: Path, answers: dict[str, str]) -> None:
    text = file.read_text("utf-8")
    for asked, answered in answers.items():
        assert text.count(asked) == 1
        text = text.replace(asked, answered)
    file.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("without-chapters")
    table = make_site("utsutsu", folder) / "plans" / "bosai" / "2024-03-31" / "source.csv"
    site = folder / "site"
    run("new-site", "062049", str(site), "--name", "うつつ町")
    run("inspect", str(table), "--site", str(site), "--plan", "bosai")
    answer(site / "site.toml", {'homepage = "?"': 'homepage = "https://city.example.jp/"'})
    answer(site / "plans" / "bosai" / "plan.toml", ANSWERS)
    run("build", str(site), "--releases", str(folder / "releases"))
    return open_release(folder / "releases" / "site")


@pytest.fixture(scope="module")
def client(release: Release) -> Iterator[FlaskClient]:
    application = create_app(Settings(release=release.folder))
    yield application.test_client()
    service_of(application).close()


def page(client: FlaskClient, path: str, language: str) -> str:
    answered = client.get(path, headers={"Accept": "text/html", "Accept-Language": language})
    assert answered.status_code == 200, path
    return answered.text


def test_its_measures_are_the_plans_own_and_nothing_is_invented(client: FlaskClient) -> None:
    told = Graph().parse(data=client.get("/doc/measure/bosai/2.ttl").text, format="turtle")
    measure, plan = URIRef(f"{HOME}id/measure/bosai/2"), URIRef(f"{HOME}id/plan/bosai")
    assert told.value(measure, DCTERMS.isPartOf) == plan
    assert str(told.value(measure, DCTERMS.identifier)) == "2"
    assert (measure, PLAN.division, None) not in told
    of_plan = Graph().parse(data=client.get("/doc/plan/bosai.ttl").text, format="turtle")
    assert set(of_plan.objects(plan, RDF.type)) == {PLAN.Plan}
    assert (plan, SKOS.hasTopConcept, None) not in of_plan
    asked = client.get("/sparql", query_string={"query": f"ASK {{ ?division a <{PLAN.Division}> }}"})
    assert asked.get_json() == {"head": {}, "boolean": False}


@pytest.mark.parametrize(
    ("language", "title", "chapters"),
    [("ja", "計画の施策", "章ごと"), ("en", "Measures of the plan", "By chapter")],
)
def test_its_page_lists_the_measures_in_their_order_and_compares_no_chapters(
    client: FlaskClient, language: str, title: str, chapters: str
) -> None:
    for path in ("/", "/doc/plan/bosai"):
        shown = page(client, path, language)
        listed = shown.partition(f"<caption>{title}</caption>")[2]
        places = [listed.index(f'href="/doc/measure/bosai/{number}"') for number in (1, 2, 10)]
        assert places == sorted(places)
        assert chapters not in shown
    assert chapters not in page(client, "/compare", language)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_measures_page_leads_up_to_the_plan(client: FlaskClient, language: str) -> None:
    shown = page(client, "/doc/measure/bosai/2", language)
    way = shown.partition('class="breadcrumb"')[2].partition("</nav>")[0]
    assert 'href="/doc/plan/bosai"' in way
    assert "/doc/division/" not in shown
    beside = shown.partition('class="pager"')[2].partition("</nav>")[0]
    assert [f"/doc/measure/bosai/{number}" in beside for number in (1, 10)] == [True, True]


def test_its_measures_are_found_without_a_choice_of_chapters(client: FlaskClient) -> None:
    told = client.get("/search?q=無線", headers={"Accept": "application/json"}).get_json()
    assert [(each["number"], each["chapter"]) for each in told["measures"]] == [("2", None)]
    assert not told["facets"].get("chapter")


def test_its_tables_leave_chapter_and_section_blank(release: Release) -> None:
    table = release.folder / "measures.csv"
    with table.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["章"], row["節"], row["施策番号"]) for row in rows] == [
        ("", "", n) for n in ("1", "2", "10")
    ]
    report = frictionless.validate(str(release.folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    described = CSVW(str(release.folder / "measures.csv-metadata.json"), validate=True)
    assert described.is_valid, described.warnings


CHAPTERED = """番号,施策,担当課,令和4年度,令和5年度,達成状況
第1章 備え,,,,,
1,避難所の備蓄,福祉課,毛布を購入,,達成
2,防災無線の更新,情報課,設計,,継続中
第2章 訓練,,,,,
1,避難訓練,情報課 子育て課,,1回,継続中
"""
GAINED = 'renumbered = { "1-1" = "1", "1-2" = "2", "2-1" = "10" }'
LOST = 'renumbered = { "1" = "1-1", "2" = "1-2", "10" = "2-1" }'


@pytest.mark.parametrize(
    ("chaptered", "newer", "renumbered"),
    [("2025-03-31", "2025-03-31", GAINED), ("2023-03-31", "2024-03-31", LOST)],
    ids=["gained", "lost"],
)
def test_a_plan_may_gain_its_chapters_and_lose_them(
    chaptered: str, newer: str, renumbered: str, tmp_path: Path
) -> None:
    site = make_site("utsutsu", tmp_path)
    folder = site / "plans" / "bosai"
    (folder / chaptered).mkdir()
    (folder / chaptered / "source.csv").write_text(CHAPTERED, "utf-8")
    with (folder / "plan.toml").open("a", encoding="utf-8") as plan:
        plan.write(
            f'[editions.{chaptered}]\nsource = "source.csv"\nformat = "csv"\nmeasures = 3\n'
            f"[editions.{chaptered}.rows]\ndivisions = ['第(?P<number>\\d+)章 (?P<title>.+)']\n"
            "measure = '(?P<number>\\d+) (?P<title>.+)'\n"
            f"[editions.{newer}.identity]\n{renumbered}\n"
        )
    data = read_data(site, None, unwatched)
    assert validate_data(data, unwatched).violations == ()
    plan_iri = URIRef(f"{HOME}id/plan/bosai")
    is_scheme = (plan_iri, RDF.type, SKOS.ConceptScheme) in data.dataset.default
    assert is_scheme == (chaptered == newer)
