"""A real server on loopback, and real clients."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

from sakata_lod.namespaces import DCTERMS, PLAN, RDF
from tests.full_disk import files_are_at_most

from .conftest import (
    ROOT,
    RunningServer,
    descendants,
    free_port,
    is_alive,
    start_server,
    stop_server,
    wait_until,
)
from .small_release import write_small_release

pytestmark = pytest.mark.outside


class Answer:
    """What a server said, errors included."""

    def __init__(self, url: str, headers: dict[str, str] | None = None, data: bytes | None = None) -> None:
        request = urllib.request.Request(url, data, headers or {})  # noqa: S310
        try:
            answer = urllib.request.urlopen(request, timeout=30)  # noqa: S310
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.status, self.url, self.content = answer.status, answer.url, answer.read()
            self.headers = {name.title(): value for name, value in answer.headers.items()}


def test_the_server_lives_and_is_ready(server: RunningServer) -> None:
    assert json.loads(Answer(server.url("healthz")).content) == {"status": "ok"}
    assert Answer(server.url("readyz")).status == 200


def test_a_things_iri_leads_to_its_document(server: RunningServer) -> None:
    answer = Answer(server.url("id/measure/joho/2-1-2"), {"Accept": "text/turtle"})
    assert answer.url == server.url("doc/measure/joho/2-1-2")
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"


def test_rdflib_reads_a_thing_by_its_iri(server: RunningServer) -> None:
    measure = server.url("id/measure/joho/2-1-2")
    graph = Graph().parse(measure)
    assert (URIRef(measure), RDF.type, PLAN.Measure) in graph


def test_rdflib_queries_the_endpoint(server: RunningServer) -> None:
    graph = Graph(SPARQLStore(server.url("sparql")))
    found = list(graph.triples((URIRef(server.url("id/measure/joho/2-1-2")), DCTERMS.identifier, None)))
    assert [str(value) for _, _, value in found] == ["2-1-2"]


@pytest.mark.parametrize("by_post", ["get", "form", "direct"])
@pytest.mark.parametrize("form", [JSON, XML, CSV])
def test_sparqlwrapper_selects(server: RunningServer, by_post: str, form: str) -> None:
    client = SPARQLWrapper(server.url("sparql"), returnFormat=form)
    if by_post != "get":
        client.setMethod(POST)
    if by_post == "direct":
        client.setRequestMethod(POSTDIRECTLY)
    client.setQuery("SELECT ?n { ?m <http://purl.org/dc/terms/identifier> ?n . FILTER(?n = '2-1-10') }")
    said = client.query().response.read()
    assert b"2-1-10" in said


def test_sparqlwrapper_constructs(server: RunningServer) -> None:
    client = SPARQLWrapper(server.url("sparql"), returnFormat=TURTLE)
    client.setQuery("CONSTRUCT WHERE { <id/plan/joho> ?p ?o }")
    said = client.query().response.read()
    assert b"plan:Plan" in said


def test_a_large_answer_arrives_whole(server: RunningServer) -> None:
    query = "CONSTRUCT WHERE { ?s ?p ?o }"
    headers = {"Accept": "application/n-triples", "Content-Type": "application/sparql-query"}
    answer = Answer(server.url("sparql"), headers, query.encode())
    assert answer.status == 200
    assert len(answer.content) == int(answer.headers["Content-Length"]) > 100_000


def test_files_arrive_in_parts(server: RunningServer) -> None:
    whole = Answer(server.url("dump/dataset.nq"))
    part = Answer(server.url("dump/dataset.nq"), {"Range": "bytes=100-199"})
    assert (part.status, part.content) == (206, whole.content[100:200])


def test_path_traversal_finds_nothing(server: RunningServer) -> None:
    with socket.create_connection(("127.0.0.1", int(server.base.rpartition(":")[2].strip("/")))) as raw:
        raw.sendall(b"GET /dump/../../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        raw.settimeout(10)
        assert raw.recv(4096).startswith(b"HTTP/1.1 404 ")


def test_a_base_iri_with_a_path_is_served_under_that_path(tmp_path: Path) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}/open/lod/"
    running = start_server(port, write_small_release(tmp_path / "release", base), base)
    try:
        assert Graph().parse(f"{base}id/measure/joho/2-1-2")
        home = Answer(base, {"Accept": "text/html"})
        assert home.status == 200
        assert b'href="/open/lod/doc/measure/joho/2-1-2"' in home.content
        assert b'href="/open/lod/static/base.css"' in home.content
        assert Answer(f"{base}static/base.css").status == 200
        assert Answer(f"http://127.0.0.1:{port}/healthz").status == 404
    finally:
        assert stop_server(running) == 0


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_in_order_and_leaves_nobody(tmp_path: Path, by: signal.Signals) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    running = start_server(port, write_small_release(tmp_path / "release", base), base)
    everyone = descendants(running.process.pid)
    assert len(everyone) >= 3  # granian's worker, the zygote, a query worker
    assert stop_server(running, by) == 0
    wait_until(lambda: not any(is_alive(pid) for pid in everyone), "all are gone")


def test_a_killed_server_leaves_nobody(tmp_path: Path) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    running = start_server(port, write_small_release(tmp_path / "release", base), base)
    everyone = descendants(running.process.pid)
    stop_server(running, signal.SIGKILL)
    wait_until(lambda: not any(is_alive(pid) for pid in everyone), "all are gone")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"PORT": "many"}, "environment: PORT: expected a whole number"),
        ({"RELEASE": "/nowhere"}, "/nowhere: there is no release here."),
        ({"BASE_IRI": "https://other.example/"}, "was built for"),
        ({"HOST": "192.0.2.1"}, "cannot listen there: Cannot assign requested address"),
    ],
)
def test_what_keeps_it_from_starting_is_told_in_a_sentence(
    release_folder: Path, settings: dict[str, str], sentence: str
) -> None:
    told = {"RELEASE": str(release_folder), "PORT": str(free_port())} | settings
    ended = start_and_fail(told)
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_port_in_use_is_told_in_a_sentence(release_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = start_and_fail({"RELEASE": str(release_folder), "PORT": str(port)})
    assert f"127.0.0.1:{port}: cannot listen there: Address already in use" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_database_for_which_there_is_no_room_is_told_in_a_sentence(tmp_path: Path) -> None:
    folder = write_small_release(tmp_path / "small")
    with files_are_at_most(1024):
        ended = start_and_fail(
            {"RELEASE": str(folder), "PORT": str(free_port()), "STORE_IN_MEMORY_QUADS": "0"}
        )
    assert f"{folder}: the database of its triples cannot be made there" in ended.stderr
    assert "or set STORE_IN_MEMORY_QUADS higher." in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not list(folder.glob("*oxigraph-*"))


def start_and_fail(settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | settings
    ended = subprocess.run(
        [sys.executable, str(ROOT / "server.py")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    return ended
