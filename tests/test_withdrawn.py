"""A thing that is published no more: from withdrawn.toml to 410, by way of the graph and the manifest."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import Literal, URIRef

from sakata_lod.errors import InvalidConfiguration
from sakata_lod.formats import CSV, DOCUMENT_FORMATS
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, OWL, PROV, SKOS, XSD
from sakata_lod.publish.build import build, read_data
from sakata_lod.publish.withdrawals import without_successors_in
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings
from sakata_lod.site import Text, Withdrawal, read_site
from tests.conftest import SAKATA, SiteCopy
from tests.publish.conftest import unwatched

BASE = "http://localhost:8000/"
IRIS = IriSpace(BASE)
WITHDRAWN = """
[[withdrawn]]
path = "department/kanko"
since = 2024-04-01
reason.ja = "観光振興課に改めました。"
reason.en = "It was merged."
successor = "department/kanko-shinko"

[[withdrawn]]
path = "department/mistake"
since = 2023-06-01
reason.ja = "誤って公開しました。"
"""


SUCCESSOR = "department/gakko-kyoiku"
"""A thing that Sakata publishes."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Sakata's release with two things withdrawn, served."""
    folder = tmp_path_factory.mktemp("withdrawn")
    copy = folder / "site"
    copy.mkdir()
    for each in SAKATA.iterdir():
        (copy / each.name).symlink_to(each)
    (copy / "withdrawn.toml").write_text(told(), encoding="utf-8")
    built = build(copy, folder / "releases", None, unwatched)
    assert built.release is not None
    app = create_app(Settings(release=built.release.folder, query_workers=1, log_requests=False))
    yield app.test_client()
    service_of(app).close()


def told() -> str:
    return WITHDRAWN.replace("department/kanko-shinko", SUCCESSOR)


@pytest.mark.parametrize("kind", ["id", "doc"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_is_gone_and_its_successor_named(client: FlaskClient, kind: str, language: str) -> None:
    answer = client.get(f"/{kind}/department/kanko", headers={"Accept-Language": language})
    assert answer.status_code == 410
    assert answer.content_type == "application/problem+json"
    assert answer.headers["Link"] == f'<{BASE}id/{SUCCESSOR}>; rel="successor-version"'
    assert answer.json is not None
    assert answer.json["type"] == f"{BASE}problems#withdrawn"
    assert answer.json["successor"] == f"{BASE}id/{SUCCESSOR}"
    assert answer.json["since"] == "2024-04-01"
    assert {"ja": "観光振興課に改めました。", "en": "It was merged."}[language] in answer.json["detail"]
    assert client.get(f"/id/{SUCCESSOR}").status_code == 303


@pytest.mark.parametrize("suffix", [each.suffix for each in (*DOCUMENT_FORMATS, CSV)])
def test_it_is_gone_in_every_format(client: FlaskClient, suffix: str) -> None:
    path = f"/doc/department/kanko.{suffix}"
    assert client.get(path).status_code == client.head(path).status_code == 410


def test_a_person_is_led_to_the_successor(client: FlaskClient) -> None:
    answer = client.get("/doc/department/kanko?lang=en", headers={"Accept": "text/html"})
    assert answer.status_code == 410
    assert f'<a href="/doc/{SUCCESSOR}?lang=en" rel="successor-version">' in answer.text
    assert "It was merged." in answer.text


def test_without_a_successor_it_is_gone_all_the_same(client: FlaskClient) -> None:
    answer = client.get("/id/department/mistake", headers={"Accept-Language": "en"})
    assert answer.status_code == 410
    assert "Link" not in answer.headers
    assert answer.json is not None
    assert "successor" not in answer.json
    assert "誤って公開しました。" in answer.json["detail"]


def test_another_spelling_moves_to_the_iri_that_is_gone(client: FlaskClient) -> None:
    answer = client.get("/id/department/%6banko")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/id/department/kanko")


def test_what_was_never_published_is_not_found(client: FlaskClient) -> None:
    assert client.get("/id/department/never").status_code == 404


def test_a_query_finds_what_it_was_replaced_by(client: FlaskClient) -> None:
    query = f"ASK {{ <{BASE}id/department/kanko> <{DCTERMS.isReplacedBy}> <{BASE}id/{SUCCESSOR}> }}"
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": "application/json"})
    assert answer.get_json(force=True)["boolean"] is True


def read(site: SiteCopy, text: str) -> None:
    (site.folder / "withdrawn.toml").write_text(text, encoding="utf-8")
    read_data(site.folder, None, unwatched)


def test_the_graph_says_since_when_and_why(site: SiteCopy) -> None:
    (site.folder / "withdrawn.toml").write_text(told(), encoding="utf-8")
    graph = read_data(site.folder, None, unwatched).dataset.named[IRIS.graph("site")]
    it = IRIS.thing("department/kanko")
    assert set(graph.predicate_objects(it)) == {
        (OWL.deprecated, Literal("true", datatype=XSD.boolean)),
        (PROV.invalidatedAtTime, Literal("2024-04-01T00:00:00+09:00", datatype=XSD.dateTime)),
        (SKOS.changeNote, Literal("観光振興課に改めました。", lang="ja")),
        (SKOS.changeNote, Literal("It was merged.", lang="en")),
        (DCTERMS.isReplacedBy, URIRef(f"{BASE}id/{SUCCESSOR}")),
    }


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("department/mistake", "plan/joho-keikaku", "published all the same"),
        ("department/mistake", "source/joho-keikaku/2023-03-31", "published all the same"),
        ("department/kanko-shinko", "department/nobody", "its successor department/nobody is not published"),
        ("department/kanko-shinko", "department/mistake", "its successor department/mistake is withdrawn itself"),
        ("department/mistake", "department/kanko", "withdrawn twice"),
        ("department/mistake", "https://example.org/x", "names no thing"),
        ("department/mistake", "department/x#y", "names no thing"),
        ("department/mistake", "mistake", "names no thing"),
        ("since = 2023-06-01", "", "since: Field required"),
        ('reason.ja = "誤って公開しました。"', "", "reason: Field required"),
        ("since = 2023-06-01", "since = 2023-06-01\nwhy = 1", "why: Extra inputs"),
    ],
)  # fmt: skip
def test_what_cannot_be_withdrawn_so_is_refused(site: SiteCopy, old: str, new: str, problem: str) -> None:
    text = WITHDRAWN.replace(old, new)
    with pytest.raises(InvalidConfiguration, match=problem) as refused:
        read(site, text.replace("department/kanko-shinko", SUCCESSOR))
    assert refused.value.file.name == "withdrawn.toml"


def test_a_site_may_withdraw_nothing() -> None:
    assert read_site(SAKATA).withdrawn == ()


def test_a_successor_in_a_plan_that_is_left_out_is_not_named() -> None:
    def withdrawal(successor: str | None) -> Withdrawal:
        since = "2024-04-01"
        said = {"path": "plan/old", "since": since, "reason": Text(ja="旧"), "successor": successor}
        return Withdrawal.model_validate(said)

    told = tuple(withdrawal(each) for each in ("measure/new/1-1", "measure/other/1-1", "department/a", None))
    kept = without_successors_in(told, ["new"], IRIS)
    assert [each.successor for each in kept] == [None, "measure/other/1-1", "department/a", None]


def test_the_manifest_lists_what_is_withdrawn(site: SiteCopy, tmp_path: Path) -> None:
    (site.folder / "withdrawn.toml").write_text(told(), encoding="utf-8")
    built = build(site.folder, tmp_path / "releases", None, unwatched)
    assert built.release is not None
    listed = built.release.withdrawn(IRIS.thing("department/kanko"))
    assert listed is not None
    assert (listed.since, listed.successor) == ("2024-04-01", SUCCESSOR)
    assert listed.reason == {"ja": "観光振興課に改めました。", "en": "It was merged."}
    assert built.release.withdrawn(IRIS.thing("department/gakko-kyoiku")) is None
