"""Next year's edition of Sakata's table, put beside the first: what it changes, and what it leaves as it was."""

import json
import tomllib
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from rdflib import Graph, Literal, URIRef

from sakata_lod.cli import main
from sakata_lod.errors import IdentityUnclear, InvalidConfiguration
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import CODE, DCAT, DCTERMS, PLAN, PREFIXES, PROV, RDF, RDFS
from sakata_lod.publish.build import read_data
from sakata_lod.publish.reconstruction import reconstruct
from sakata_lod.release import Release
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings
from sakata_lod.site import read_site
from tests.conftest import SiteCopy
from tests.next_edition import IDENTITY, add_next_edition
from tests.publish.conftest import default_graph, store_of, unwatched

IRIS = IriSpace("http://localhost:8000/")
OLD, NEW = (URIRef(f"{IRIS.base}id/edition/joho-keikaku/{day}") for day in ("2023-03-31", "2024-03-31"))
OLD_GRAPH = ox.NamedNode(f"{IRIS.base}id/graph/edition/joho-keikaku/2023-03-31")

TEXT_JA = """\
酒田市情報化計画: 2023-03-31 → 2024-03-31
施策の追加 (1)
  4-2-3 生成AIの利用指針の策定
施策の終了 (1)
  2-1-4 観光施設へのフリーWi-Fi整備
施策番号の変更 (1)
  2-1-4 飛鳥への光ファイバ整備：2-1-5 → 2-1-4
施策名の変更 (1)
  2-1-2：フリーWi-Fiエリアの拡充 → フリーWi-Fiエリアの拡大
施策の完了 (1)
  3-3-7 IoTを活用した地域連携型観光情報の発信：継続 → 完了
目標達成の改善 (1)
  3-2-1 広報広聴活動推進事業の実施：一部達成 → 達成
目標達成の悪化 (1)
  3-2-3 オープンデータへの取り組み：達成 → 一部達成
理由の変更 (1)
  3-2-3 オープンデータへの取り組み：— → 更新が遅れた。
所管課の改称 (1)
  納税課 → 収納課
取組の追加 (1)
  3-1-1 防災や減災に繋がる情報発信環境の拡大（令和3年度）：更新?
取組の変更 (1)
  3-2-2 利用者拡大に向けた図書館からの情報発信の推進（令和元年度）：業者との打合せ 公募の実施(プロボ) 業者の決定 → 業者との打合せ 公募の実施(プロポ) 業者の決定
疑義の発生 (1)
  疑問符の意味が分からない。
疑義の解消 (1)
  3-2-2の「プロボ」は、4-1-1にある「プロポ」（プロポーザル）の誤植。本文は印刷のとおり残す。
"""

TEXT_EN = """\
Sakata City ICT Plan: 2023-03-31 → 2024-03-31
Measure added (1)
  4-2-3 生成AIの利用指針の策定
Measure ended (1)
  2-1-4 Free Wi-Fi at tourist facilities
Measure renumbered (1)
  2-1-4 Optical fibre for Asuka (飛鳥): 2-1-5 → 2-1-4
Measure renamed (1)
  2-1-2: フリーWi-Fiエリアの拡充 → フリーWi-Fiエリアの拡大
Measure finished (1)
  3-3-7 Tourist information shared across the region through the Internet of things (IoT): Continue → Complete
Achievement improved (1)
  3-2-1 Public information and public hearing activities: Partly achieved → Achieved
Achievement worsened (1)
  3-2-3 Work on open data: Achieved → Partly achieved
Reason changed (1)
  3-2-3 Work on open data: — → 更新が遅れた。
Department renamed (1)
  Tax Payment Division → Revenue Division
Activity added (1)
  3-1-1 Broader channels of information for disaster prevention and mitigation (FY2021): 更新?
Activity changed (1)
  3-2-2 More information from the library to bring in more users (FY2019): 業者との打合せ 公募の実施(プロボ) 業者の決定 → 業者との打合せ 公募の実施(プロポ) 業者の決定
Anomaly found (1)
  What the question mark means is not known.
Anomaly solved (1)
  プロボ in 3-2-2 is a misprint of プロポ (proposal), as 4-1-1 has it. The text stays as printed.
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture(scope="module")
def now(next_release: Release) -> Graph:
    """The default graph with the next edition in it."""
    return default_graph(next_release)


def measure(key: str) -> URIRef:
    return IRIS.measure("joho-keikaku", key)


# The build, and what it asks of a person


def test_the_build_stops_and_what_it_proposes_makes_it_go_through(
    site: SiteCopy, next_release: Release, tmp_path: Path
) -> None:
    add_next_edition(site.folder, identity="")
    command = ("--lang", "en", "build", site.folder, "--releases", tmp_path / "releases")
    refused = run(*command)
    assert refused.exit_code == 3
    proposal = refused.stderr[refused.stderr.index("[editions.2024-03-31.identity]") :]
    with site.plan.open("a", encoding="utf-8") as plan:
        plan.write("\n" + proposal)
    built = run(*command, "--json")
    assert built.exit_code == 0, built.output
    assert json.loads(built.stdout)["release"] == next_release.id


def test_the_proposal_is_what_a_person_would_say(site: SiteCopy) -> None:
    add_next_edition(site.folder, identity="")
    with pytest.raises(IdentityUnclear) as raised:
        read_data(site.folder, None, unwatched)
    assert tomllib.loads(raised.value.proposal) == tomllib.loads(IDENTITY)


def test_a_department_that_became_one_outside_the_register_is_refused(site: SiteCopy) -> None:
    add_next_edition(site.folder)
    register = site.folder / "departments.ttl"
    site.replace(
        register, "org:originalOrganization <department/nozei>", "org:originalOrganization <department/zei>"
    )
    with pytest.raises(
        InvalidConfiguration, match="org:originalOrganization must name departments of this register"
    ):
        read_data(site.folder, None, unwatched)


def test_a_decision_about_a_measure_that_ended_is_no_error(site: SiteCopy) -> None:
    add_next_edition(site.folder)
    with (site.folder / "themes.toml").open("a", encoding="utf-8") as themes:
        themes.write(
            '\n[[link]]\nplan = "joho-keikaku"\nmeasure = "2-1-4"\ntheme = "tourism"\naccept = true\n'
            'reason.ja = "観光施設の施策。"\n'
        )
    links = read_data(site.folder, None, unwatched).dataset.named[IRIS.graph("links")]
    assert not set(links.subjects(PLAN.measure, measure("2-1-4")))


# What stays


def test_the_graph_of_the_old_edition_is_the_same_byte_for_byte(
    release: Release, next_release: Release
) -> None:
    for suffix in ("nt", "ttl", "jsonld", "rdf"):
        name = f"edition/joho-keikaku/2023-03-31.{suffix}"
        assert (next_release.folder / name).read_bytes() == (release.folder / name).read_bytes()


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT ?s ?p ?o {{ GRAPH {OLD_GRAPH} {{ ?s ?p ?o }} }}",
        f"SELECT ?s ?p ?o FROM {OLD_GRAPH} {{ ?s ?p ?o }}",
        f"""SELECT ?number ?title ?mark FROM {OLD_GRAPH} {{
            ?measure a plan:Measure ; dct:identifier ?number ; dct:title ?title .
            ?progress plan:measure ?measure ; plan:achievementText ?mark }}""",
    ],
)
def test_the_old_edition_answers_as_it_did(release: Release, next_release: Release, query: str) -> None:
    before, after = (
        {tuple(map(str, row)) for row in store_of(each).query(query, prefixes=PREFIXES)}  # type: ignore[union-attr]
        for each in (release, next_release)
    )
    assert before == after
    assert len(after) >= 33


def test_both_tables_are_rebuilt_from_the_graph(next_site: Path, next_release: Release) -> None:
    tables = reconstruct(read_site(next_site), next_release)
    assert [each.is_equal for each in tables] == [True, True]


def test_a_measure_keeps_its_address_under_another_number(now: Graph) -> None:
    fibre = measure("2-1-5")
    assert now.value(fibre, DCTERMS.identifier) == Literal("2-1-4")
    assert Literal("飛鳥への光ファイバ整備", lang="ja") in set(now.objects(fibre, DCTERMS.title))
    activities = {str(each) for each in now.subjects(PLAN.measure, fibre)}
    assert f"{IRIS.base}id/activity/joho-keikaku/2-1-5/2021" in activities
    assert not any("/2-1-4" in each for each in activities)


# What is true now, and how it came to be


def test_an_ended_measure_tells_so_and_has_its_last_progress_but_no_status(now: Graph) -> None:
    ended = measure("2-1-4")
    assert set(now.objects(ended, RDF.type)) == {PLAN.EndedMeasure}
    assert now.value(ended, PLAN.lastEdition) == OLD
    assert not set(now.objects(ended, PLAN.currentAchievement)) | set(now.objects(ended, DCTERMS.isPartOf))
    last = IRIS.progress("joho-keikaku", "2-1-4", date.fromisoformat("2023-03-31"))
    assert now.value(last, PLAN.achievement) == CODE.achieved
    assert len(set(now.subjects(RDF.type, PLAN.Measure))) == 33


def test_the_history_tells_number_title_and_status_in_each_edition(now: Graph) -> None:
    rows = now.query(
        """SELECT ?day ?number ?title ?code {
            ?progress plan:measure ?measure ; plan:edition/plan:asOf ?day ; dct:identifier ?number ;
                dct:title ?title ; plan:achievement ?code
        } ORDER BY ?day""",
        initNs=PREFIXES,
        initBindings={"measure": measure("2-1-2")},
    )
    assert [tuple(map(str, row)) for row in rows] == [  # type: ignore[arg-type]
        ("2023-03-31", "2-1-2", "フリーWi-Fiエリアの拡充", str(CODE.partlyAchieved)),
        ("2024-03-31", "2-1-2", "フリーWi-Fiエリアの拡大", str(CODE.partlyAchieved)),
    ]


def test_each_progress_revises_the_one_before(now: Graph) -> None:
    revisions = set(now.subject_objects(PROV.wasRevisionOf))
    assert len(revisions) == 32
    one, other = (
        IRIS.progress("joho-keikaku", "2-1-5", date.fromisoformat(day))
        for day in ("2024-03-31", "2023-03-31")
    )
    assert (one, other) in revisions


def test_the_catalogue_has_both_editions_in_their_order(now: Graph) -> None:
    series = IRIS.series("joho-keikaku")
    assert set(now.subjects(DCAT.inSeries, series)) == {OLD, NEW}
    assert (now.value(NEW, DCAT.prev), now.value(OLD, DCAT.prev)) == (OLD, None)
    assert [str(now.value(each, DCAT.version)) for each in (OLD, NEW)] == ["2023-03-31", "2024-03-31"]


def test_the_changes_are_in_the_graph_and_say_which_english_is_a_machines(now: Graph) -> None:
    found = set(now.subjects(RDF.type, PLAN.Change))
    assert len(found) == 13
    worse = IRIS.change("joho-keikaku", ("2023-03-31", "2024-03-31"), "achievement-worsened-3-2-3")
    assert set(now.predicate_objects(worse)) == {
        (RDF.type, PLAN.Change),
        (DCTERMS.type, CODE.achievementWorsened),
        (DCTERMS.subject, measure("3-2-3")),
        (PLAN.fromEdition, OLD),
        (PLAN.toEdition, NEW),
        (RDFS.label, Literal("目標達成の悪化: 3-2-3 オープンデータへの取り組み：達成 → 一部達成", lang="ja")),
        (
            RDFS.label,
            Literal(
                "Achievement worsened: 3-2-3 Work on open data: Achieved → Partly achieved",
                lang="en-t-ja-t0-und",
            ),
        ),
    }


def test_a_measure_split_off_names_what_it_was_made_from(site: SiteCopy) -> None:
    add_next_edition(site.folder, IDENTITY + 'made_from."4-2-3" = ["2-1-4"]\n')
    history = read_data(site.folder, None, unwatched).dataset.named[IRIS.graph("history")]
    assert history.value(measure("4-2-3"), DCTERMS.source) == measure("2-1-4")
    assert history.value(measure("2-1-4"), DCTERMS.isReplacedBy) == measure("4-2-3")


# sakata-lod diff


@pytest.mark.parametrize(("language", "text"), [("ja", TEXT_JA), ("en", TEXT_EN)])
def test_diff_tells_every_change_between_the_last_two_editions(
    next_release: Release, language: str, text: str
) -> None:
    result = run("--lang", language, "diff", next_release.folder)
    assert (result.exit_code, result.stdout) == (0, text)


def test_diff_tells_the_same_of_the_releases_before_and_after(
    release: Release, next_release: Release
) -> None:
    result = run("--lang", "en", "diff", release.folder, next_release.folder)
    # The release before knows the renamed department by its own register, as does the one after.
    assert (result.exit_code, result.stdout) == (0, TEXT_EN)


def test_diff_writes_the_triples_of_the_history(next_release: Release, now: Graph) -> None:
    result = run("diff", next_release.folder, "--format", "turtle")
    told = Graph().parse(data=result.stdout, format="turtle")
    assert set(told) == {
        triple for each in now.subjects(RDF.type, PLAN.Change) for triple in now.triples((each, None, None))
    }


def test_diff_writes_json_for_scripts(next_release: Release) -> None:
    (told,) = json.loads(run("diff", next_release.folder, "--format", "json").stdout)
    assert (told["from"], told["to"]) == (str(OLD), str(NEW))
    assert len(told["changes"]) == 13
    assert told["changes"][2] == {
        "kind": "measureRenumbered",
        "subject": str(measure("2-1-5")),
        "also": [],
        "about": {"ja": "2-1-4 飛鳥への光ファイバ整備", "en": "2-1-4 Optical fibre for Asuka (飛鳥)"},
        "before": {"ja": "2-1-5"},
        "after": {"ja": "2-1-4"},
        "sentence": {
            "ja": "施策番号の変更: 2-1-4 飛鳥への光ファイバ整備：2-1-5 → 2-1-4",
            "en": "Measure renumbered: 2-1-4 Optical fibre for Asuka (飛鳥): 2-1-5 → 2-1-4",
        },
    }


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("--exit-code",), 1, "Measure added (1)"),
        (("--from", "2024-03-31", "--exit-code"), 0, "2024-03-31 → 2024-03-31\nno changes\n"),
        (("--to", "2023-03-31"), 0, "2023-03-31 → 2023-03-31\nno changes\n"),
        (("--from", "2024-03-31", "--to", "2023-03-31"), 0, "Measure ended (1)\n  4-2-3"),
        (("--plan", "joho-keikaku"), 0, "Sakata City ICT Plan"),
    ],
)
def test_diff_takes_the_editions_and_the_plan_that_are_named(
    next_release: Release, options: tuple[str, ...], code: int, told: str
) -> None:
    result = run("--lang", "en", "diff", next_release.folder, *options)
    assert result.exit_code == code
    assert told in result.stdout


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("--from", "2022-03-31"), 4, "id/edition/joho-keikaku/2022-03-31"),
        (("--plan", "none"), 4, "id/plan/none"),
    ],
)
def test_diff_refuses_what_the_release_does_not_have(
    next_release: Release, options: tuple[str, ...], code: int, told: str
) -> None:
    result = run("--lang", "en", "diff", next_release.folder, *options)
    assert result.exit_code == code
    assert told in result.stderr


def test_diff_needs_two_editions_or_two_releases(release: Release, next_release: Release) -> None:
    alone = run("diff", release.folder)
    assert (alone.exit_code, "two editions" in alone.stderr) == (2, True)
    both = run("diff", release.folder, next_release.folder, "--from", "2023-03-31")
    assert (both.exit_code, "leave out NEW" in both.stderr) == (2, True)


# Pages


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("measure/joho-keikaku/2-1-2", ("版ごとの経過", "フリーWi-Fiエリアの拡充", "フリーWi-Fiエリアの拡大")),
        ("measure/joho-keikaku/2-1-5", ("版ごとの経過", ">2-1-5<", ">2-1-4<")),
        ("measure/joho-keikaku/2-1-4", ("最新の版には、この施策はありません", "最後に掲げた版", "2023年3月31日現在")),
        ("department/nozei", ("版ごとの経過", "所管課の改称: 納税課 → 収納課")),
        ("edition/joho-keikaku/2024-03-31", ("前の版からの変更", "施策の終了: 2-1-4 観光施設へのフリーWi-Fi整備")),
    ],
)  # fmt: skip
def test_the_pages_tell_what_changed(next_release: Release, path: str, told: tuple[str, ...]) -> None:
    app = create_app(Settings(release=next_release.folder))
    answer = app.test_client().get(f"/doc/{path}", headers={"Accept": "text/html", "Accept-Language": "ja"})
    service_of(app).close()
    assert answer.status_code == 200
    assert [each for each in told if each not in answer.text] == []


def test_the_page_of_an_old_edition_lists_measures_under_the_numbers_that_they_had(
    next_release: Release,
) -> None:
    app = create_app(Settings(release=next_release.folder))
    answer = app.test_client().get("/doc/edition/joho-keikaku/2023-03-31", headers={"Accept": "text/html"})
    service_of(app).close()
    assert "前の版からの変更" not in answer.text
    assert answer.text.index("2-1-4</") < answer.text.index("2-1-5</")
