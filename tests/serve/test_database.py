"""A release too large for memory is answered from a database on disk, as from memory."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.errors import DatabaseNotMade, QueryTimedOut, ResultTooLarge
from sakata_lod.formats import RESULTS_JSON, TURTLE
from sakata_lod.iris import IriSpace
from sakata_lod.publish.tables import QUERIES as TABLE_QUERIES
from sakata_lod.release import open_release
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.database import database, quads_of
from sakata_lod.serve.quads import QUERIES, EmbeddedQuads, query_text
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.store import QuadStore
from sakata_lod.serve.wire import Question

from .conftest import ROOT
from .small_release import BASE, write_small_release


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = write_small_release(tmp_path_factory.mktemp("disk") / "small")
    application = create_app(Settings(release=folder, store_in_memory_quads=0, query_timeout_s=3))
    assert made_in(folder)
    yield application
    service_of(application).close()


@pytest.fixture
def reader(on_disk: Flask) -> FlaskClient:
    return on_disk.test_client()


def made_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.glob("oxigraph-*"))


# The same answers

PUBLIC_QUERIES = [
    *((TABLE_QUERIES / f"{name}.rq").read_text("utf-8") for name in ("measures", "activities", "departments", "anomalies")),
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "ASK { <id/plan/joho> ?p ?o }",
    "ASK { <id/plan/none> ?p ?o }",
    "SELECT * { <id/measure/joho/2-1-2> ?p ?o } ORDER BY ?p ?o",
    "SELECT * { <id/plan/joho> ^(<http://purl.org/dc/terms/isPartOf>)+ ?m } ORDER BY ?m",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/municipal-plan#Measure> ; ?p ?o }",
    "DESCRIBE <id/plan/joho>",
    "SELECT ?t FROM <id/graph/edition/joho/2022-03-31> { ?m <http://purl.org/dc/terms/title> ?t } ORDER BY ?t",
]  # fmt: skip


@pytest.mark.parametrize("query", PUBLIC_QUERIES)
@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv"])
def test_a_query_has_the_same_answer_from_disk(
    client: FlaskClient, reader: FlaskClient, query: str, accept: str
) -> None:
    one, other = (
        each.get(f"/sparql?query={quote(query)}", headers={"Accept": f"{accept}, application/n-triples"})
        for each in (client, reader)
    )
    assert one.status_code == other.status_code == 200
    assert sorted(one.data.splitlines()) == sorted(other.data.splitlines())


NOTHING_TO_FIND = {
    "anomalies",
    "catalogue-datasets",
    "contact",
    "edition-changes",
    "figures-by-year",
    "indicator-achievements",
    "measure-indicators",
    "measure-links",
    "publisher",
    "thing-changes",
    "validation-results",
}
"""The small release is without doubts, catalogue, contact, changes, indicators, links elsewhere, homepage, findings."""


ABOUT = {
    each: ox.NamedNode(f"{BASE}id/{name}")
    for each, name in (
        ("plan", "plan/joho"),
        ("group", "fiscal-year/2021"),
        ("measure", "measure/joho/2-1-2"),
    )
}
"""What questions are asked about, where they must be about something."""


def asks_by_itself(name: str) -> bool:
    """Whether a question is whole, and has one answer: others are about things filled in, or want any example."""
    text = query_text(name)
    filled_in = set(re.findall(r"VALUES \?(\w+) {}", text))
    return "remote" not in name and filled_in <= ABOUT.keys() and "LIMIT 1" not in text


@pytest.mark.parametrize(
    "name", sorted(each.stem for each in QUERIES.glob("*.rq") if asks_by_itself(each.stem))
)
def test_the_servers_own_questions_have_the_same_answers_from_disk(
    app: Flask, on_disk: Flask, name: str
) -> None:
    text = query_text(name)
    given = {"plan"} if re.search("# Inputs:.*plan", text) else set(re.findall(r"VALUES \?(\w+) {}", text))
    about = {each: ABOUT[each] for each in given}
    found = [
        sorted(
            sorted(f"{key} {term}" for key, term in row.terms.items())
            for row in service_of(each).store.select(name, **about)
        )
        for each in (app, on_disk)
    ]
    assert found[0] == found[1]
    assert bool(found[0]) == (name not in NOTHING_TO_FIND)


def things() -> list[str]:
    release = ox.parse(path=Path(__file__).parent / "release.trig", format=ox.RdfFormat.TRIG, base_iri=BASE)
    named = {quad.subject.value for quad in release if isinstance(quad.subject, ox.NamedNode)}
    return sorted({each.partition("#")[0] for each in named if each.startswith(f"{BASE}id/")})


def test_every_document_is_the_same_from_disk(client: FlaskClient, reader: FlaskClient) -> None:
    for thing in things():
        path = thing.replace(f"{BASE}id/", "/doc/") + ".nt"
        one, other = client.get(path), reader.get(path)
        assert one.status_code == 200, path
        assert one.data == other.data


def test_the_parts_found_by_links_are_those_found_by_looking_at_all(app: Flask) -> None:
    store = service_of(app).store
    release = service_of(app).release
    looked: dict[str, list[str]] = {}
    for row in store.select("fragments"):
        looked.setdefault(row.iri("part").partition("#")[0], []).append(row.iri("part"))
    quads = EmbeddedQuads(release.dataset)
    linked = {thing: [part.value for part in quads.parts(ox.NamedNode(thing))] for thing in things()}
    assert {thing: parts for thing, parts in linked.items() if parts} == looked


def test_ready_tells_how_many_quads_there_are(client: FlaskClient, reader: FlaskClient) -> None:
    assert reader.get("/readyz").json == client.get("/readyz").json


@pytest.mark.parametrize(
    "query", ["SELECT * { ?s ?p", "INSERT DATA { <a> <b> <c> }", "SELECT (<x>(1) AS ?x) {}"]
)
def test_a_mistake_is_told_alike_from_disk(client: FlaskClient, reader: FlaskClient, query: str) -> None:
    one, other = (each.get(f"/sparql?query={quote(query)}") for each in (client, reader))
    assert (one.status_code, one.json["type"]) == (other.status_code, other.json["type"])  # type: ignore[index]
    assert one.status_code == 400


# Workers


def ask(app: Flask, query: str) -> bytes:
    return (
        service_of(app)
        .evaluator.evaluate(Question(query, RESULTS_JSON.media_type, TURTLE.media_type))
        .content
    )


def test_a_runaway_query_is_ended_and_the_next_worker_has_the_database(on_disk: Flask) -> None:
    with pytest.raises((QueryTimedOut, ResultTooLarge)):
        ask(on_disk, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    assert b'"true"' in ask(on_disk, "SELECT ?n { BIND(EXISTS { ?s ?p ?o } AS ?n) }")


def test_a_worker_over_a_database_reaches_nobody_and_changes_no_file() -> None:
    """It is forked, opens the database, is confined, and can then read files, and no more."""
    done = subprocess.run(
        [sys.executable, "-c", CONFINED, str(ROOT)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


CONFINED = """
import os, socket, sys, tempfile
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import pyoxigraph as ox
from sakata_lod import system_calls
from sakata_lod.serve.worker import Limits, StoreFiles, confine, open_descriptors

folder = tempfile.mkdtemp()
made = ox.Store(folder)
made.extend(ox.Quad(ox.NamedNode(f"http://a/{n}"), ox.NamedNode("http://b"), ox.Literal(n)) for n in range(50_000))
made.flush()
del made
system_calls.library()
ours, theirs = socket.socketpair()

def refused(act):
    try:
        act()
    except OSError:
        return True
    return False

pid = os.fork()
if pid == 0:
    ours.close()
    before = open_descriptors()
    quads = ox.Store.read_only(folder)
    files = StoreFiles(frozenset(open_descriptors() - before), 2)
    server = confine(theirs, Limits("http://a/", 512, 10, 1000), os.getppid(), files)
    reads = not refused(lambda: os.close(os.open(folder + "/CURRENT", os.O_RDONLY)))
    kept = (
        refused(lambda: os.open(folder + "/CURRENT", os.O_RDWR)),
        refused(lambda: os.open(folder + "/new", os.O_WRONLY | os.O_CREAT)),
        refused(socket.socket),
        refused(lambda: [os.open(folder + "/CURRENT", os.O_RDONLY) for _ in range(3)]),
    )
    counted = next(iter(quads.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))["n"].value
    server.send(f"{len(files.descriptors)} {reads} {all(kept)} {counted}".encode())
    os._exit(0)
theirs.close()
said = ours.recv(100).decode().split()
assert int(said[0]) > 0 and said[1:] == ["True", "True", "50000"], said
"""


# Making it


def test_a_small_release_stays_in_memory(tmp_path: Path) -> None:
    release = open_release(write_small_release(tmp_path / "small"))
    assert quads_of(release, 1_000_000) == release.dataset
    assert made_in(release.folder) == []


def test_the_database_is_made_once_and_is_no_part_of_the_release(tmp_path: Path) -> None:
    release = open_release(write_small_release(tmp_path / "small"))
    made = database(release)
    inode = made.stat().st_ino
    assert database(release).stat().st_ino == inode
    assert made_in(release.folder) == [made.name]
    assert open_release(release.folder).id == release.id


@pytest.mark.parametrize("damage", ["size", "quads/CURRENT"])
def test_a_database_that_cannot_be_read_is_made_anew(tmp_path: Path, damage: str) -> None:
    release = open_release(write_small_release(tmp_path / "small"))
    (database(release) / damage).unlink()
    assert len(EmbeddedQuads(database(release))) == len(EmbeddedQuads(release.dataset))


def test_what_a_process_left_that_was_ended_while_it_made_one_is_cleared_away(tmp_path: Path) -> None:
    release = open_release(write_small_release(tmp_path / "small"))
    draft = release.folder / f".{database(release).name}"
    shutil.rmtree(database(release))
    (draft / "quads").mkdir(parents=True)
    (draft / "quads" / "CURRENT").write_text("half")
    assert len(EmbeddedQuads(database(release))) == len(EmbeddedQuads(release.dataset))
    assert not draft.exists()


def test_two_processes_that_make_it_at_once_get_the_same(tmp_path: Path) -> None:
    folder = write_small_release(tmp_path / "small")
    code = (
        "import sys; from pathlib import Path; from sakata_lod.release import open_release;"
        "from sakata_lod.serve.database import database, open_database;"
        "made = database(open_release(Path(sys.argv[1]))); print(made.stat().st_ino, len(open_database(made)))"
    )
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, str(folder)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environ) for _ in range(2)]
    said = {each.communicate()[0] for each in both}
    assert len(said) == 1
    assert all(each.returncode == 0 for each in both)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    release = open_release(write_small_release(tmp_path / "small"))
    (release.folder / ".oxigraph.lock").mkdir()  # refuses even the superuser
    with pytest.raises(DatabaseNotMade, match="STORE_IN_MEMORY_QUADS"):
        database(release)


def test_the_next_release_is_opened_from_disk_too(tmp_path: Path) -> None:
    first, second = (open_release(write_small_release(tmp_path / mark, mark=mark)) for mark in "ab")
    for release in (first, second):
        store = QuadStore(release, IriSpace(BASE), quads=EmbeddedQuads(quads_of(release, 0)))
        titles = {
            row.text("number") for row in store.select("measures", plan=ox.NamedNode(f"{BASE}id/plan/joho"))
        }
        assert titles
        assert made_in(release.folder)
