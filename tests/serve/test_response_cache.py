"""Answers that are kept: the same as those made anew, and gone with their release."""

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings

DOC = "/doc/measure/joho/2-1-2"
ALL = "SELECT * { ?s ?p ?o } LIMIT 200"


class Made:
    """Counts the answers that are made behind the cache."""

    def __init__(self, app: Flask) -> None:
        self.count = 0
        cache = app.wsgi_app._answering._app  # type: ignore[attr-defined]
        self._making = cache._app
        cache._app = self

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.count += 1
        return self._making(environ, start_response)  # type: ignore[no-any-return]


@pytest.fixture
def caching(release_folder: Path) -> Iterator[tuple[FlaskClient, Made]]:
    yield from _serving(Settings(release=release_folder, query_workers=1))


@pytest.fixture
def forgetful(release_folder: Path) -> Iterator[tuple[FlaskClient, Made]]:
    yield from _serving(Settings(release=release_folder, query_workers=1, cache_bytes=0))


def _serving(settings: Settings) -> Iterator[tuple[FlaskClient, Made]]:
    app = create_app(settings)
    yield app.test_client(), Made(app)
    service_of(app).close()


@pytest.mark.parametrize(
    "path",
    [DOC, f"{DOC}.ttl", "/", "/ontology", "/dump/", f"/sparql?query={ALL}", "/sparql", f"{DOC}?lang=en"],
)
def test_an_answer_is_made_once_and_given_again(caching: tuple[FlaskClient, Made], path: str) -> None:
    client, made = caching
    first, second = client.get(path), client.get(path)
    assert made.count == 1
    assert (second.status, second.data, second.headers) == (first.status, first.data, first.headers)


def test_head_says_what_get_says_and_is_answered_from_the_same(caching: tuple[FlaskClient, Made]) -> None:
    client, made = caching
    head, get = client.head(DOC), client.get(DOC)
    assert (head.status, head.headers, head.data) == (get.status, get.headers, b"")
    assert made.count == 1


def test_what_an_answer_depends_on_tells_answers_apart(caching: tuple[FlaskClient, Made]) -> None:
    client, made = caching
    asked: list[tuple[str, dict[str, str]]] = [
        (DOC, {}),
        (f"{DOC}?x=1", {}),
        (DOC, {"Accept": "text/html"}),
        (DOC, {"Accept": "text/html", "Accept-Language": "en"}),
        (DOC, {"Accept-Encoding": "br"}),
        (DOC, {"Accept-Encoding": "gzip"}),
    ]
    said = [client.get(path, headers=headers) for path, headers in asked]
    assert made.count == len(asked)
    assert len({each.headers["ETag"] for each in said}) == len(asked) - 1  # an unknown parameter says nothing


def test_the_same_wish_in_other_words_is_the_same(caching: tuple[FlaskClient, Made]) -> None:
    client, made = caching
    for language, coding in (("ja", "gzip"), ("ja-JP, en;q=0.5", "gzip, deflate"), ("ja;q=0.8", "x-gzip")):
        client.get("/", headers={"Accept-Language": language, "Accept-Encoding": coding})
    assert made.count == 1


def test_queries_by_post_are_told_apart_by_their_bodies(caching: tuple[FlaskClient, Made]) -> None:
    client, made = caching
    said = [client.post("/sparql", data={"query": query}).data for query in (ALL, ALL, "ASK {}")]
    direct = client.post("/sparql", data=ALL, content_type="application/sparql-query").data
    assert made.count == 3
    assert said[0] == said[1] == direct != said[2]


@pytest.mark.parametrize(
    "path",
    [
        "/doc/measure/joho/none",
        "/sparql?query=SELEC",
        "/sparql?query=SELECT (RAND() AS ?r) {}",
        "/sparql?query=SELECT (now%0A() AS ?r) {}",
        "/sparql?query=SELECT (STRUUID() AS ?r) {}",
        "/healthz",
        "/readyz",
    ],
)
def test_errors_and_what_changes_by_itself_are_never_kept(
    caching: tuple[FlaskClient, Made], path: str
) -> None:
    client, made = caching
    said = [client.get(path) for _ in range(2)]
    assert made.count == 2
    assert all(each.headers["Cache-Control"] == "no-store" for each in said)


def test_a_client_that_has_it_is_told_so_from_what_is_kept(caching: tuple[FlaskClient, Made]) -> None:
    client, made = caching
    first = client.get(f"/sparql?query={ALL}")
    again = client.get(f"/sparql?query={ALL}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, made.count) == (304, b"", 1)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Content-Type" not in again.headers


def test_a_post_is_never_answered_with_304(client: FlaskClient) -> None:
    tag = client.post("/sparql", data={"query": ALL}).headers["ETag"]
    again = client.post("/sparql", data={"query": ALL}, headers={"If-None-Match": tag})
    assert again.status_code == 200


def test_with_no_room_nothing_is_kept_and_all_else_is_the_same(
    forgetful: tuple[FlaskClient, Made], client: FlaskClient
) -> None:
    bare, made = forgetful
    said = [bare.get(DOC, headers={"Accept-Encoding": "br"}) for _ in range(2)]
    kept = client.get(DOC, headers={"Accept-Encoding": "br"})
    assert made.count == 2
    assert (said[1].headers, said[1].data) == (kept.headers, kept.data)
    assert bare.get(DOC, headers={"If-None-Match": client.get(DOC).headers["ETag"]}).status_code == 304


def test_what_is_kept_never_takes_more_than_its_room(release_folder: Path) -> None:
    app = create_app(Settings(release=release_folder, query_workers=1, cache_bytes=256 * 1024))
    made = Made(app)
    client = app.test_client()
    large = "CONSTRUCT WHERE { ?s ?p ?o }"  # over a sixteenth of the room
    for _ in range(2):
        client.get("/sparql", query_string={"query": large})
    assert made.count == 2
    for number in range(100):
        client.get(f"{DOC}?n={number}")
    made.count = 0
    client.get(f"{DOC}?n=99")
    assert made.count == 0
    client.get(f"{DOC}?n=0")
    assert made.count == 1
    service_of(app).close()


@pytest.mark.parametrize(
    ("wanted", "coding"),
    [
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, br", "br"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*, br;q=0", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("identity, gzip;q=0.5", None),
        ("gzip;q=0", None),
        ("zstd", None),
        ("*;q=0", None),
        ("", None),
        ("gzip;q=many", None),
    ],
)
def test_a_body_comes_in_the_coding_that_is_wanted_most(
    client: FlaskClient, wanted: str, coding: str | None
) -> None:
    plain, answer = client.get(DOC), client.get(DOC, headers={"Accept-Encoding": wanted})
    assert answer.headers.get("Content-Encoding") == coding
    decoded = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}[coding](answer.data)
    assert decoded == plain.data
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert (answer.headers["ETag"] == plain.headers["ETag"]) == (coding is None)


def test_a_tag_holds_for_its_own_coding_alone(client: FlaskClient) -> None:
    tags = {
        each: client.get(DOC, headers={"Accept-Encoding": each}).headers["ETag"]
        for each in ("", "gzip", "br")
    }
    assert len(set(tags.values())) == 3
    for coding in tags:
        for other, tag in tags.items():
            answer = client.get(DOC, headers={"Accept-Encoding": coding, "If-None-Match": tag})
            assert answer.status_code == (304 if coding == other else 200)


def test_short_answers_come_as_they_are_and_still_tell_that_they_vary(client: FlaskClient) -> None:
    answer = client.get("/sparql?query=ASK {}", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_pages_of_problems_are_compressed_too(client: FlaskClient) -> None:
    answer = client.get("/doc/none", headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    assert answer.status_code == 404
    assert b"</html>" in gzip.decompress(answer.data)


def test_files_come_as_they_are_so_that_their_checksums_hold(client: FlaskClient) -> None:
    with client.get("/dump/dataset.nq", headers={"Accept-Encoding": "gzip, br"}) as answer:
        assert "Content-Encoding" not in answer.headers
        assert answer.headers["ETag"] == f'"{hashlib.sha256(answer.data).hexdigest()}"'
