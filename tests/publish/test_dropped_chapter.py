"""A chapter is dropped and the next has its number: what a release, `diff`, `inspect` and the pages make of it."""

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from rdflib import Graph, Literal, URIRef

from sakata_lod.cli import main
from sakata_lod.errors import IdentityUnclear, InvalidConfiguration
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import CODE, DCTERMS, PLAN, RDF, SKOS
from sakata_lod.publish.build import build, read_data
from sakata_lod.publish.reconstruction import reconstruct
from sakata_lod.release import Release
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings
from sakata_lod.site import read_site
from tests.dropped_chapter import DIVISIONS, MEASURES, SECOND_TABLE, add_second_edition, make_town
from tests.publish.conftest import default_graph, unwatched

IRIS = IriSpace("http://localhost:8000/")
OLD = IRIS.edition("machi", date(2023, 3, 31))
OLD_GRAPH, NEW_GRAPH = (IRIS.graph("edition", "machi", day) for day in ("2023-03-31", "2024-03-31"))

TEXT_JA = """\
まちの計画: 2023-03-31 → 2024-03-31
章・節の追加 (2)
  3 防災
  3-1 訓練
章・節の廃止 (2)
  2 みどり
  2-1 推進体制
章・節番号の変更 (3)
  2 まなびとスポーツ：3 → 2
  2-1 推進体制：3-1 → 2-1
  2-2 図書館：3-2 → 2-2
章・節名の変更 (1)
  2：まなび → まなびとスポーツ
施策の追加 (1)
  3-1-1 訓練を行う
施策の終了 (1)
  2-1-1 会議を開く
施策番号の変更 (2)
  2-1-1 会議を開く：3-1-1 → 2-1-1
  2-2-1 本を増やす：3-2-1 → 2-2-1
"""

TEXT_EN = """\
Plan for the Town: 2023-03-31 → 2024-03-31
Division added (2)
  3 Disaster prevention
  3-1 訓練
Division ended (2)
  2 Green town
  2-1 推進体制
Division renumbered (3)
  2 Learning: 3 → 2
  2-1 推進体制: 3-1 → 2-1
  2-2 図書館: 3-2 → 2-2
Division renamed (1)
  2: まなび → まなびとスポーツ
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def division(key: str) -> URIRef:
    return IRIS.division("machi", key)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return make_town(tmp_path / "town")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_town(tmp_path_factory.mktemp("dropped") / "town")
    add_second_edition(folder)
    return folder


@pytest.fixture(scope="module")
def release(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    built = build(site, tmp_path_factory.mktemp("dropped-releases"), None, unwatched)
    assert built.release is not None, built.report.violations
    return built.release


@pytest.fixture(scope="module")
def graphs(site: Path) -> dict[URIRef, Graph]:
    return read_data(site, None, unwatched).dataset.named


@pytest.fixture(scope="module")
def client(release: Release) -> Iterator[FlaskClient]:
    app = create_app(Settings(release=release.folder))
    yield app.test_client()
    service_of(app).close()


# The build, and what it asks of a person


def test_the_build_stops_and_proposes_what_a_person_would_say(town: Path) -> None:
    add_second_edition(town, said="")
    with pytest.raises(IdentityUnclear) as raised:
        read_data(town, None, unwatched)
    proposed = tomllib.loads(raised.value.proposal)["editions"]["2024-03-31"]
    said = tomllib.loads(DIVISIONS + MEASURES)["editions"]["2024-03-31"]
    assert proposed == said


def test_the_command_shows_the_proposal_in_either_language(town: Path) -> None:
    add_second_edition(town, said="")
    japanese, english = (
        run("--lang", language, "build", town, "--releases", town.parent / "releases")
        for language in ("ja", "en")
    )
    assert (japanese.exit_code, english.exit_code) == (3, 3)
    assert "章・節2「みどり」が「まなびとスポーツ」になりました" in japanese.stderr
    assert "division 2 was “みどり”, and is “まなびとスポーツ” now" in english.stderr
    for each in (japanese, english):
        assert "[editions.2024-03-31.divisions]" in each.stderr


def test_where_divisions_are_said_only_measures_are_asked(town: Path) -> None:
    add_second_edition(town, said=DIVISIONS)
    with pytest.raises(IdentityUnclear) as raised:
        read_data(town, None, unwatched)
    proposed = tomllib.loads(raised.value.proposal)["editions"]["2024-03-31"]
    assert proposed == tomllib.loads(MEASURES)["editions"]["2024-03-31"]


def test_a_translation_of_no_division_is_refused(town: Path) -> None:
    add_second_edition(town)
    with (town / "plans/machi/translations.toml").open("a", encoding="utf-8") as translations:
        translations.write('"9" = "None"\n')
    with pytest.raises(
        InvalidConfiguration, match=r"en\.9: no division or measure of the plan has this number"
    ):
        read_data(town, None, unwatched)


# What is said


def test_a_division_keeps_its_address_and_says_its_number_and_title_in_each_editions_graph(
    graphs: dict[URIRef, Graph],
) -> None:
    learning = division("3")
    said = [
        (graphs[each].value(learning, SKOS.notation), graphs[each].value(learning, SKOS.prefLabel))
        for each in (OLD_GRAPH, NEW_GRAPH)
    ]
    assert said == [
        (Literal("3"), Literal("まなび", lang="ja")),
        (Literal("2"), Literal("まなびとスポーツ", lang="ja")),
    ]
    assert graphs[NEW_GRAPH].value(division("3-2"), SKOS.broader) == learning
    assert graphs[NEW_GRAPH].value(IRIS.measure("machi", "3-2-1"), PLAN.division) == division("3-2")


def test_the_graph_of_the_old_edition_is_as_it_was(graphs: dict[URIRef, Graph], town: Path) -> None:
    alone = read_data(town, None, unwatched).dataset.named[OLD_GRAPH]
    assert set(graphs[OLD_GRAPH]) == set(alone)


def test_a_new_chapter_under_a_number_that_was_taken_has_an_address_of_its_own(
    graphs: dict[URIRef, Graph],
) -> None:
    new = division("3-2024")
    assert graphs[NEW_GRAPH].value(new, SKOS.notation) == Literal("3")
    assert graphs[NEW_GRAPH].value(division("3-1-2024"), SKOS.broader) == new
    english = Literal("Disaster prevention", lang="en-t-ja")
    assert (new, SKOS.prefLabel, english) in graphs[IRIS.graph("site")]


def test_an_ended_division_says_what_it_was_last_and_is_in_the_plan_no_more(release: Release) -> None:
    now = default_graph(release)
    green = division("2")
    assert set(now.objects(green, RDF.type)) == {PLAN.EndedDivision}
    assert now.value(green, SKOS.notation) == Literal("2")
    assert Literal("みどり", lang="ja") in set(now.objects(green, SKOS.prefLabel))
    assert now.value(green, PLAN.lastEdition) == OLD
    assert not set(now.objects(green, SKOS.inScheme))
    assert {str(each).rpartition("/")[2] for each in now.subjects(RDF.type, PLAN.Division)} == {
        "1", "1-1", "3", "3-1", "3-2", "3-2024", "3-1-2024",
    }  # fmt: skip


def test_what_a_division_was_made_from_is_said(town: Path) -> None:
    add_second_edition(town, DIVISIONS + 'made_from."3" = ["2"]\n' + MEASURES)
    history = read_data(town, None, unwatched).dataset.named[IRIS.graph("history")]
    assert history.value(division("3-2024"), DCTERMS.source) == division("2")
    assert history.value(division("2"), DCTERMS.isReplacedBy) == division("3-2024")


def test_both_tables_are_rebuilt_from_the_graph(site: Path, release: Release) -> None:
    assert [each.is_equal for each in reconstruct(read_site(site), release)] == [True, True]


# sakata-lod diff


def test_diff_tells_what_became_of_divisions(release: Release) -> None:
    assert run("--lang", "ja", "diff", release.folder).stdout == TEXT_JA
    assert run("--lang", "en", "diff", release.folder).stdout.startswith(TEXT_EN)


def test_diff_tells_it_in_json_and_rdf(release: Release) -> None:
    (told,) = json.loads(run("diff", release.folder, "--format", "json").stdout)
    assert [each["subject"] for each in told["changes"] if each["kind"] == "divisionRenumbered"] == [
        str(division(key)) for key in ("3", "3-1", "3-2")
    ]
    graph = Graph().parse(data=run("diff", release.folder, "--format", "turtle").stdout, format="turtle")
    renamed = IRIS.change("machi", ("2023-03-31", "2024-03-31"), "division-renamed-3")
    assert (renamed, DCTERMS.type, CODE.divisionRenamed) in graph
    assert (renamed, DCTERMS.subject, division("3")) in graph


# sakata-lod inspect


def test_inspect_proposes_both_tables_and_asks_to_confirm_each(town: Path) -> None:
    table = town.parent / "machi.csv"
    table.write_text(SECOND_TABLE, encoding="utf-8")
    plan = town / "plans/machi/plan.toml"
    inspected = run(
        "--lang", "en", "inspect", table, "--site", town, "--plan", "machi", "--as-of", "2024-03-31"
    )
    assert inspected.exit_code == 0, inspected.output
    assert "4 measures, 2 questions" in inspected.output
    text = plan.read_text("utf-8")
    for asked in ("divisions", "identity"):
        stopped = run("--lang", "en", "build", town, "--releases", town.parent / "releases")
        assert f"editions.2024-03-31.{asked}.confirm: a question" in stopped.output
        text = text.replace('confirm = "?"\n', "", 1)
        plan.write_text(text, encoding="utf-8")
    said = tomllib.loads(text)["editions"]["2024-03-31"]
    assert {key: said[key] for key in ("divisions", "identity")} == tomllib.loads(DIVISIONS + MEASURES)[
        "editions"
    ]["2024-03-31"]
    read_data(town, None, unwatched)


# Pages


@pytest.mark.parametrize(
    ("path", "language", "told"),
    [
        ("division/machi/3", "ja", ("版ごとの経過", "章・節番号の変更: 2 まなびとスポーツ：3 → 2", "2024年3月31日現在", ">章・節 2<", "会議を開く")),
        ("division/machi/3", "en", ("Over the editions", "Division renamed: 2: まなび → まなびとスポーツ")),
        ("division/machi/2", "ja", ("最新の版には、この章・節はありません", "最後に掲げた版", "章・節の廃止: 2 みどり")),
        ("division/machi/2", "en", ("The newest edition of the plan has this division no more", "Division ended: 2 Green town")),
        ("edition/machi/2024-03-31", "ja", ("章・節の廃止: 2 みどり", "章・節の追加: 3 防災")),
    ],
)  # fmt: skip
def test_the_pages_tell_what_became_of_divisions(
    client: FlaskClient, path: str, language: str, told: tuple[str, ...]
) -> None:
    answer = client.get(f"/doc/{path}", headers={"Accept": "text/html", "Accept-Language": language})
    assert answer.status_code == 200
    assert [each for each in told if each not in answer.text] == []


def test_changes_of_a_kind_stand_in_the_order_of_numbers(client: FlaskClient) -> None:
    page = client.get("/doc/edition/machi/2024-03-31", headers={"Accept": "text/html"}).text
    assert page.index(">章・節の追加: 3 防災<") < page.index(">章・節の追加: 3-1 訓練<")


def test_a_division_that_is_as_it_was_has_no_history(client: FlaskClient) -> None:
    answer = client.get("/doc/division/machi/1", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert 'id="history"' not in answer.text
