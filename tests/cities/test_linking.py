"""From a proposal to a link: a machine proposes, people accept, the release says so, and both sides find it."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, Literal, URIRef

from sakata_lod.cli import main
from sakata_lod.cli.main import EXIT_CODES
from sakata_lod.errors import EndpointFailed, InvalidConfiguration
from sakata_lod.namespaces import FOAF, PROV, SKOS
from sakata_lod.publish.build import read_data
from sakata_lod.publish.link_proposals import CLOSE, Linkable, Wanted, as_toml, proposals
from sakata_lod.publish.linkable_measures import linkable_measures
from sakata_lod.release import Release
from sakata_lod.site import LINKS, read_links
from tests.cities.conftest import BASE, KAKUU, OTHER, OWN, UTSUTSU
from tests.publish.conftest import unwatched
from tests.serve.conftest import free_port, start_server, stop_server
from tests.sites import make_site

PAGE = {"Accept": "text/html"}
ALL = Wanted(at_least=0.0, at_most=100)
THEME = frozenset({"https://w3id.org/municipal-plan/themes#wi-fi"})
WIFI = Linkable("https://a.example.jp/id/measure/ict/2-1", "フリーWi-Fiの整備", THEME, frozenset({"観光課"}))
TOLD = """
[[link]]
accept = "yes"
measure = "measure/sogo/1-1"
other = "https://b.example.jp/id/measure/ict/3"
relation = "closeMatch"
by.ja = "企画課"
on = 2026-04-01
"""


def linked(city: Path, text: str) -> Path:
    (city / LINKS).write_text(text, encoding="utf-8")
    return city


@pytest.fixture
def kakuu(tmp_path: Path) -> Path:
    return make_site("kakuu", tmp_path)


# Proposals


def test_a_proposal_tells_what_it_rests_on(proposed: Path) -> None:
    told = tomllib.loads(proposed.read_text("utf-8"))
    (link,) = told["link"]
    assert (link["accept"], link["relation"]) == ("", "relatedMatch")
    assert (link["measure"], link["other"]) == ("measure/sogo/1-1", OTHER)
    assert (link["own_title"], link["other_title"]) == ("窓口のオンライン化", "オンライン申請の推進")
    weighed = (
        0.6 * link["parts"]["title"] + 0.3 * link["parts"]["themes"] + 0.1 * link["parts"]["departments"]
    )
    assert link["score"] == pytest.approx(weighed, abs=0.01)


def test_the_same_title_written_otherwise_is_the_same() -> None:
    other = Linkable(
        "https://b.example.jp/id/measure/it/7", "ﾌﾘｰ ＷＩＦＩの整備", THEME, frozenset({"観光課"})
    )
    (link,) = proposals([WIFI], [other], ALL)
    assert (link.score, link.relation) == (1.0, "closeMatch")


def test_what_one_side_does_not_say_is_no_evidence_against() -> None:
    bare = Linkable("https://b.example.jp/id/measure/it/7", WIFI.title)
    (link,) = proposals([WIFI], [bare], ALL)
    assert link.parts == {"title": 1.0}
    assert link.score == 1.0


def test_other_themes_are_evidence_against() -> None:
    other = Linkable(
        "https://b.example.jp/id/measure/it/7", WIFI.title, frozenset({"https://example.org/other"})
    )
    (link,) = proposals([WIFI], [other], ALL)
    assert link.score is not None
    assert link.score < CLOSE
    assert link.relation == "relatedMatch"


def test_the_best_come_first_and_no_more_than_asked() -> None:
    others = [replace(WIFI, iri=f"https://b.example.jp/id/measure/it/{number}", title=title)
              for number, title in enumerate(("全く別のこと", "Wi-Fiの整備", "フリーWi-Fiの整備"))]  # fmt: skip
    found = proposals([WIFI], others, Wanted(0.0, 2))
    assert [each.other_title for each in found] == ["フリーWi-Fiの整備", "Wi-Fiの整備"]


def test_what_was_decided_is_not_proposed_again() -> None:
    other = replace(WIFI, iri="https://b.example.jp/id/measure/it/7")
    found = proposals([WIFI], [other], ALL)
    assert found
    assert proposals([WIFI], [other], ALL, found) == []


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=4))
def test_whatever_the_titles_the_file_can_be_read_and_its_order_does_not_depend_on_theirs(
    titles: list[str],
) -> None:
    others = [Linkable(f"https://b.example.jp/id/measure/it/{at}", text) for at, text in enumerate(titles)]
    found = proposals([WIFI], others, ALL)
    assert proposals([WIFI], others[::-1], ALL) == found
    assert [each["other_title"] for each in tomllib.loads(as_toml(found)).get("link", [])] == [
        each.other_title for each in found
    ]


def test_an_endpoint_and_a_release_tell_the_same(unlinked: Release) -> None:
    port = free_port()
    # The base is another's: the endpoint is asked where it is, not where its IRIs say.
    running = start_server(port, unlinked.folder, f"http://127.0.0.1:{port}/")
    try:
        asked = linkable_measures(running.url("sparql"))
    finally:
        stop_server(running)
    assert asked == linkable_measures(str(unlinked.folder))
    assert len(asked) == 15


def test_an_endpoint_that_does_not_answer_is_told(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}/sparql"
    result = CliRunner().invoke(main, ["link", url, url, "--to", str(tmp_path / LINKS)])
    assert result.exit_code == dict(EXIT_CODES)[EndpointFailed.__mro__[1]]
    assert url in result.output
    assert not (tmp_path / LINKS).exists()


def test_a_file_that_is_there_is_not_touched(proposed: Path, unlinked: Release) -> None:
    before = proposed.read_bytes()
    folder = str(unlinked.folder)
    assert CliRunner().invoke(main, ["link", folder, folder, "--to", str(proposed)]).exit_code == 7
    assert proposed.read_bytes() == before


# What is accepted is published


def test_an_open_proposal_publishes_nothing(unlinked: Release, proposed: Path, kakuu: Path) -> None:
    assert "relatedMatch" not in unlinked.dataset.read_text("utf-8")
    data = read_data(linked(kakuu, proposed.read_text("utf-8")), f"{BASE}{KAKUU}/", unwatched)
    assert (None, SKOS.relatedMatch, None) not in data.dataset.default


def test_an_accepted_link_is_found_from_both_sides(store: ox.Store) -> None:
    for one, other in ((OWN, OTHER), (OTHER, OWN)):
        query = f"SELECT ?x {{ <{one}> <{SKOS.relatedMatch}>|^<{SKOS.relatedMatch}> ?x }}"
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        assert [row["x"].value for row in found] == [other]


def test_a_link_says_who_accepted_it_when_and_why(client: FlaskClient, store: ox.Store) -> None:
    graph = ox.NamedNode(f"{BASE}{KAKUU}/id/graph/links")
    quads = store.quads_for_pattern(None, ox.NamedNode(RDF.subject), ox.NamedNode(OWN), graph)
    (record,) = [quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)]
    told = Graph().parse(
        data=client.get(record.removeprefix(BASE[:-1]).replace("/id/", "/doc/") + ".ttl").data
    )
    agent = told.value(URIRef(record), PROV.wasAttributedTo)
    assert Literal("企画課", lang="ja") in set(told.objects(agent, FOAF.name))
    assert told.value(agent, PROV.actedOnBehalfOf) == URIRef(f"{BASE}{KAKUU}/id/organization/{KAKUU}")
    assert str(told.value(URIRef(record), PROV.generatedAtTime)).startswith("2026-04-01T00:00:00")
    assert "0.65" in str(told.value(URIRef(record), URIRef("http://www.w3.org/2000/01/rdf-schema#comment")))
    assert not any(isinstance(quad.subject, ox.BlankNode) for quad in store)


@pytest.mark.parametrize(
    ("path", "shown", "city"),
    [(f"/{KAKUU}/doc/measure/sogo/1-1", f"/{UTSUTSU}/doc/measure/jisshi/1-1-1", "うつつ町"),
     (f"/{UTSUTSU}/doc/measure/jisshi/1-1-1", f"/{KAKUU}/doc/measure/sogo/1-1", "架空市")],
)  # fmt: skip
def test_both_measures_show_the_link(client: FlaskClient, path: str, shown: str, city: str) -> None:
    page = client.get(f"{path}?lang=ja", headers=PAGE).text
    section = page.partition('id="elsewhere"')[2].partition("</section>")[0]
    assert f'href="{shown}?lang=ja"' in section
    assert city in section
    assert "企画課が2026年4月1日に確認" in section


def test_a_measure_without_links_has_no_such_section(client: FlaskClient) -> None:
    assert 'id="elsewhere"' not in client.get(f"/{KAKUU}/doc/measure/sogo/1-2", headers=PAGE).text


def test_a_link_may_be_found_by_people_alone(kakuu: Path) -> None:
    data = read_data(linked(kakuu, TOLD), None, unwatched)
    own, other = URIRef(f"{BASE}id/measure/sogo/1-1"), URIRef("https://b.example.jp/id/measure/ict/3")
    assert (own, SKOS.closeMatch, other) in data.dataset.default


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("https://b.example.jp/id/measure/ict/3", "id/measure/ict/3", "absolute IRI"),
        ("https://b.example.jp/id/measure/ict/3", "https://b.example.jp/a b", "absolute IRI"),
        ("https://b.example.jp/id/measure/ict/3", f"{BASE}id/measure/sogo/1-2", "this site's own"),
        ("measure/sogo/1-1", "measure/sogo/9-9", "no plan published here"),
        ("measure/sogo/1-1", "measure/nothing/1-1", "no plan published here"),
        ("measure/sogo/1-1", "department/shimin", "names no measure"),
        ("closeMatch", "sameAs", "closeMatch"),
        ('"yes"', '"はい"', "accept"),
        ('by.ja = "企画課"', "", "who accepted it"),
        ("on = 2026-04-01", "", "when"),
    ],
)
def test_a_link_that_cannot_be_is_told_with_its_place(kakuu: Path, old: str, new: str, told: str) -> None:
    assert old in TOLD
    with pytest.raises(InvalidConfiguration, match=told) as caught:
        read_data(linked(kakuu, TOLD.replace(old, new)), None, unwatched)
    assert LINKS in str(caught.value)


def test_a_link_said_twice_is_told(kakuu: Path) -> None:
    linked(kakuu, TOLD + TOLD.replace("yes", "no"))
    with pytest.raises(InvalidConfiguration, match="twice"):
        read_links(kakuu / LINKS)
