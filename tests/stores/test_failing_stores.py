"""What clients are told when the store behind the server is down, slow, or answers what cannot be passed on."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace

import pytest
from flask import Flask

from sakata_lod.release import Release
from sakata_lod.serve.settings import Settings
from tests.serve.conftest import free_port

from .conftest import RunningStore, made_app, settings_for

Make = Callable[[Settings], Flask]
QUERY = {"query": "SELECT ?s { ?s a <https://w3id.org/municipal-plan#Measure> }"}
ROW = {"s": {"type": "literal", "value": "x" * 100}}


@pytest.fixture
def make() -> Iterator[Make]:
    with ExitStack() as stack:
        yield lambda settings: made_app(stack, settings)


@contextmanager
def store_that_says(*parts: bytes) -> Iterator[str]:
    """A listener that takes each request and says this, then nothing more; it hangs up if it said anything."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor() as threads:

        def talk(peer: socket.socket) -> None:
            with peer:
                peer.recv(65536)
                for part in parts:
                    peer.sendall(part)
                if not parts:
                    stop.wait(20)

        def listen() -> None:
            while not stop.is_set():
                try:
                    threads.submit(talk, listener.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/query"
        finally:
            stop.set()
            with socket.create_connection(listener.getsockname()):
                thread.join()


def answer(content: bytes, *headers: str, length: int | None = None, status: str = "200 OK") -> bytes:
    size = len(content) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {size}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + content


def results(rows: int) -> bytes:
    return json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [ROW] * rows}}).encode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sparql?query=ASK%7B%7D", 502),
        ("/doc/measure/joho-keikaku/2-1-2", 502),
        ("/id/measure/joho-keikaku/2-1-2", 502),
        ("/doc/nothing", 502),
        ("/sparql", 502),
        ("/", 502),
        ("/readyz", 503),
        ("/healthz", 200),
        ("/dump/", 200),
        ("/sparql?query=ASK", 400),
        ("/sparql?query=ASK%7BSERVICE%20%3Cx:y%3E%7B%7D%7D", 403),
    ],
)
def test_a_store_that_is_down_is_told(down: Flask, path: str, status: int) -> None:
    found = down.test_client().get(path, headers={"Accept": "application/json, text/turtle;q=0.5"})
    assert found.status_code == status
    if status >= 400:
        assert found.content_type == "application/problem+json"
        assert "127.0.0.1" not in found.text


@pytest.fixture(scope="module")
def down(release: Release) -> Iterator[Flask]:
    with ExitStack() as stack:
        url = f"http://127.0.0.1:{free_port()}/query"
        yield made_app(stack, Settings(release=release.folder, store_url=url))


def test_a_store_that_comes_back_is_asked_again(make: Make, release: Release, oxigraph: RunningStore) -> None:
    port = free_port()
    app = make(Settings(release=release.folder, store_url=f"http://127.0.0.1:{port}/query"))
    assert app.test_client().get("/readyz").status_code == 503
    # The same address, now leading to a store that answers.
    target = int(oxigraph.query_url.split(":")[2].partition("/")[0])
    with forwarded(port, target):
        assert app.test_client().get("/readyz").status_code == 200
        assert app.test_client().get("/doc/measure/joho-keikaku/2-1-2").status_code == 200


@contextmanager
def forwarded(port: int, target: int) -> Iterator[None]:
    """Pass on what comes to a port, connection by connection."""

    def pump(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):  # either end may go at any time
            while chunk := source.recv(65536):
                sink.sendall(chunk)

    def connect(peer: socket.socket) -> None:
        with peer, socket.create_connection(("127.0.0.1", target)) as there:
            asking = threading.Thread(target=pump, args=(peer, there), daemon=True)
            asking.start()
            pump(there, peer)

    def listen() -> None:
        try:
            while True:
                threading.Thread(target=connect, args=(listener.accept()[0],), daemon=True).start()
        except OSError:
            return

    with socket.create_server(("127.0.0.1", port)) as listener:
        threading.Thread(target=listen, daemon=True).start()
        yield


def test_an_empty_store_is_not_ready(make: Make, release: Release, empty_store: RunningStore) -> None:
    app = make(settings_for(empty_store, release))
    assert app.test_client().get("/readyz").status_code == 503
    assert app.test_client().get("/id/measure/joho-keikaku/2-1-2").status_code == 404


def test_a_store_that_is_too_slow_ends_at_the_limit(make: Make, release: Release) -> None:
    with store_that_says() as url:
        app = make(Settings(release=release.folder, store_url=url, query_timeout_s=0.5))
        found = app.test_client().post("/sparql", data=QUERY)
        assert app.test_client().get("/doc/plan/joho-keikaku").status_code == 502
    assert found.status_code == 503
    assert found.headers["Retry-After"]
    assert "query-timed-out" in found.text


def test_more_queries_than_may_wait_are_sent_away(make: Make, release: Release) -> None:
    settings = Settings(release=release.folder, query_timeout_s=1, query_workers=1, query_waiting=1)
    with store_that_says() as url, ThreadPoolExecutor() as threads:
        app = make(replace(settings, store_url=url))
        asked = [threads.submit(app.test_client().post, "/sparql", data=QUERY) for _ in range(5)]
        said = [each.result().text for each in asked]
    assert sum("#busy" in each for each in said) >= 3
    assert any("#query-timed-out" in each for each in said)


@pytest.mark.parametrize(("rows", "status"), [(33, 200), (32, 413)])
def test_as_many_rows_as_the_limit_are_answered(
    make: Make, release: Release, oxigraph: RunningStore, rows: int, status: int
) -> None:
    app = make(replace(settings_for(oxigraph, release), result_rows=rows))
    for accept in ("application/json", "text/csv"):
        found = app.test_client().post("/sparql", data=QUERY, headers={"Accept": accept})
        assert found.status_code == status
    graph = {"query": "CONSTRUCT { ?s a ?s } { ?s a <https://w3id.org/municipal-plan#Measure> }"}
    assert app.test_client().post("/sparql", data=graph).status_code == status


def test_a_result_of_too_many_bytes_is_refused(make: Make, release: Release, oxigraph: RunningStore) -> None:
    app = make(replace(settings_for(oxigraph, release), result_bytes=1024))
    assert app.test_client().post("/sparql", data=QUERY).status_code == 413
    everything = {"query": "SELECT * { ?s ?p ?o }"}
    assert app.test_client().post("/sparql", data=everything).status_code == 413


def test_what_virtuoso_cuts_off_is_not_passed_on(
    make: Make, release: Release, virtuoso: RunningStore
) -> None:
    app = make(settings_for(virtuoso, release))
    query = {"query": "SELECT * { { ?s ?p ?o } UNION { ?s ?p ?o } }"}
    found = app.test_client().post("/sparql", data=query)
    assert found.status_code == 413
    assert "10000 rows" in found.text


def test_what_virtuoso_cannot_do_is_told(make: Make, release: Release, virtuoso: RunningStore) -> None:
    app = make(settings_for(virtuoso, release))
    broader = "<http://www.w3.org/2004/02/skos/core#broader>"
    query = {"query": f"SELECT * {{ ?s {broader}+ ?o }}"}
    found = app.test_client().post("/sparql", data=query, headers={"Accept-Language": "en"})
    assert found.status_code == 502
    assert "does not take it: Virtuoso 37000 Error TR...: transitive start not given" in found.text


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (answer(results(3)), 200),
        (answer(results(3), length=10_000), 502),
        (answer(results(3)[:-20]), 502),
        (answer(b"<html>Welcome</html>"), 502),
        (answer(b'{"head": {}, "boolean": 1}'), 502),
        (answer(b"oh", status="500 Internal Server Error"), 502),
        (answer(b"oh", status="503 Service Unavailable"), 502),
        (answer(b"oh", status="504 Gateway Timeout"), 503),
        (answer(b"oh", status="400 Bad Request"), 502),
        (answer(results(3), "X-SPARQL-MaxRows: 3"), 413),
        (answer(results(3), "X-SQL-State: S1TAT"), 503),
        (b"no HTTP at all\r\n\r\n", 502),
    ],
    ids=["whole", "short", "cut", "page", "no result", "500", "503", "504", "400", "rows cut", "time cut", "none"],
)  # fmt: skip
def test_only_a_whole_result_is_passed_on(make: Make, release: Release, said: bytes, status: int) -> None:
    with store_that_says(said) as url:
        app = make(Settings(release=release.folder, store_url=url))
        found = app.test_client().post("/sparql", data=QUERY, headers={"Accept": "application/json"})
    assert found.status_code == status
    if status == 200:
        assert len(json.loads(found.data)["results"]["bindings"]) == 3
