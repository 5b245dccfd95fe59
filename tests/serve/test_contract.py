"""What clients rely on, sentence by sentence, at a real server and byte by byte as it comes over the wire."""

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from sakata_lod.serve.compression import COMPRESSORS

from .conftest import RunningServer

MEASURE = "/doc/measure/joho/2-1-2"
DOCUMENTS = [
    MEASURE,
    f"{MEASURE}.ttl",
    f"{MEASURE}.csv",
    f"{MEASURE}.html",
    "/doc/plan/joho",
    "/ontology",
    "/codes.rdf",
]
PAGES = ["/", "/problems", "/dump/", "/context.jsonld", "/reconcile/guide"]
FILES = ["/dump/measures.csv", "/dump/manifest.json", "/dump/source/table.tsv"]
KEPT = [*DOCUMENTS, *PAGES, *FILES]
EVERYWHERE = [*KEPT, "/id/plan/joho", "/sparql", "/healthz", "/readyz", "/metrics", "/robots.txt", "/openapi.json",
              "/static/base.css", "/reconcile", "/reconcile/properties"]  # fmt: skip
OF_THE_MOMENT = {"date", "content-length"}


@dataclass(frozen=True)
class Answer:
    """What came over the wire; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def links(self, relation: str) -> list[str]:
        """The targets of a relation."""
        return re.findall(rf'<([^>]*)>; rel="{relation}"', self.headers.get("link", ""))

    def names(self, header: str) -> set[str]:
        """A header's elements, in lower case."""
        return {each.strip().lower() for each in self.headers.get(header, "").split(",") if each.strip()}


def ask(server: RunningServer, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask without following redirects. headers: underscores stand for hyphens."""
    connection = http.client.HTTPConnection(urlsplit(server.base).netloc, timeout=30)
    try:
        connection.request(
            method, path, headers={name.replace("_", "-"): each for name, each in headers.items()}
        )
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, told, answer.read())
    finally:
        connection.close()


@pytest.mark.parametrize("path", EVERYWHERE)
def test_head_says_what_get_says(server: RunningServer, path: str) -> None:
    get, head = (ask(server, path, method) for method in ("GET", "HEAD"))
    assert head.status == get.status in {200, 303}
    assert head.content == b""
    moment = OF_THE_MOMENT if path == "/metrics" else {"date"}
    assert {name: each for name, each in head.headers.items() if name not in moment} == {
        name: each for name, each in get.headers.items() if name not in moment
    }


@pytest.mark.parametrize("path", KEPT)
@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_what_is_kept_is_validated_by_tag_and_by_date(server: RunningServer, path: str, coding: str) -> None:
    first = ask(server, path, Accept_Encoding=coding)
    assert first.headers["etag"].startswith('"')
    assert "accept-encoding" in first.names("vary") or path in FILES
    for condition in (
        {"If_None_Match": first.headers["etag"]},
        {"If_Modified_Since": first.headers["last-modified"]},
    ):
        again = ask(server, path, Accept_Encoding=coding, **condition)
        assert (again.status, again.content) == (304, b"")
        for name in ("etag", "vary", "cache-control", "content-location", "link"):
            assert again.headers.get(name) == first.headers.get(name)
    assert ask(server, path, Accept_Encoding=coding, If_None_Match='"another"').status == 200


@pytest.mark.parametrize("path", [*DOCUMENTS, *PAGES])
def test_each_coding_has_its_own_tag_and_holds_the_same(server: RunningServer, path: str) -> None:
    plain = ask(server, path, Accept_Encoding="identity")
    tags = {plain.headers["etag"]}
    for coding in COMPRESSORS:
        answer = ask(server, path, Accept_Encoding=coding)
        assert int(answer.headers["content-length"]) == len(answer.content)
        if "content-encoding" in answer.headers:
            tags.add(answer.headers["etag"])
            assert len(answer.content) < len(plain.content)
    assert len(tags) in {1, 1 + len(COMPRESSORS)}


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_document_says_where_it_stands(server: RunningServer, path: str) -> None:
    answer = ask(server, path)
    stem = path.partition(".")[0]
    assert "accept" in answer.names("vary")
    assert answer.headers["content-location"].startswith(f"{stem}.")
    assert answer.links("canonical") == [f"{server.base.rstrip('/')}{stem}"]
    assert answer.links("license") == ["https://creativecommons.org/licenses/by/4.0/"]
    others = answer.links("alternate")
    assert len(others) >= 7
    assert answer.headers["content-location"] not in others
    assert {ask(server, each).status for each in others} == {200}


def test_a_thing_leads_to_its_document_its_plan_and_the_plans(server: RunningServer) -> None:
    assert ask(server, "/id/measure/joho/2-1-2").links("describedby") == [MEASURE]
    document = ask(server, MEASURE)
    assert document.links("describes") == [server.url("id/measure/joho/2-1-2")]
    assert document.links("describedby") == [MEASURE]
    assert document.links("collection") == ["/doc/plan/joho"]
    assert ask(server, "/doc/plan/joho").links("collection") == ["/"]
    assert ask(server, "/doc/department/kanko").links("collection") == []


@pytest.mark.parametrize("path", FILES)
def test_a_file_says_where_it_stands(server: RunningServer, path: str) -> None:
    answer = ask(server, path)
    assert answer.links("license") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert answer.links("collection") == ["/dump/"]
    assert answer.links("canonical") == [f"{server.base.rstrip('/')}{path}"]


@pytest.mark.parametrize("path", [f"{MEASURE}.html", "/", "/problems"])
def test_pages_vary_by_language(server: RunningServer, path: str) -> None:
    for language in ("ja", "en"):
        answer = ask(server, path, Accept_Language=language)
        assert answer.headers["content-language"] == language
        assert f'<html lang="{language}"'.encode() in answer.content
        assert "accept-language" in answer.names("vary")


@pytest.mark.parametrize("path", EVERYWHERE)
def test_any_page_of_any_site_may_read(server: RunningServer, path: str) -> None:
    preflight = ask(
        server, path, "OPTIONS", Origin="https://site.example", Access_Control_Request_Method="GET"
    )
    assert (preflight.status, preflight.content) == (200, b"")
    assert "content-type" not in preflight.headers
    assert {"get", "head", "options"} <= preflight.names("allow")
    assert preflight.names("access-control-allow-methods") == preflight.names("allow")
    assert {"accept", "if-none-match", "range"} <= preflight.names("access-control-allow-headers")
    answer = ask(server, path, Origin="https://site.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    exposed = {"link", "etag", "content-location", "retry-after", "accept-ranges", "content-range"}
    assert answer.names("access-control-expose-headers") == exposed


def test_what_is_not_there_has_no_methods(server: RunningServer) -> None:
    answer = ask(server, "/nowhere", "OPTIONS")
    assert answer.status == 404
    assert "allow" not in answer.headers


@pytest.mark.parametrize("path", [MEASURE, "/ontology", "/dump/", "/sparql"])
def test_what_is_not_acceptable_is_answered_with_what_is(server: RunningServer, path: str) -> None:
    answer = ask(server, path, Accept="image/png, text/html;q=0, application/json;q=0")
    assert answer.status == 406
    assert answer.headers["content-type"] == "application/problem+json"
    assert b'"variants"' in answer.content
    assert "accept" in answer.names("vary")


@pytest.mark.parametrize(
    ("wanted", "status", "length"),
    [
        pytest.param("bytes=0-9", 206, 10, id="the beginning"),
        pytest.param("bytes=-5", 206, 5, id="the end"),
        pytest.param("bytes=999999-", 416, None, id="past the end"),
        pytest.param("lines=1-2", 200, None, id="a unit that is unknown"),
        pytest.param("bytes=0-1,5-6", 200, None, id="several parts"),
        pytest.param("bytes=9-1", 200, None, id="backwards"),
        pytest.param("bytes", 200, None, id="no range"),
    ],
)
@pytest.mark.parametrize("path", ["/dump/measures.csv", "/dump/dataset.nq"])
def test_a_part_of_a_file(
    server: RunningServer, path: str, wanted: str, status: int, length: int | None
) -> None:
    whole = ask(server, path).content
    answer = ask(server, path, Range=wanted)
    assert answer.status == status
    if status == 200:
        assert answer.content == whole
    elif status == 206:
        assert answer.content == (whole[:length] if wanted == "bytes=0-9" else whole[-5:])
        assert answer.headers["content-range"].endswith(f"/{len(whole)}")
    else:
        assert answer.headers["content-range"] == f"bytes */{len(whole)}"


@pytest.mark.parametrize("path", ["/dump/measures.csv", "/static/base.css", MEASURE])
def test_another_than_the_one_insisted_on_is_not_sent(server: RunningServer, path: str) -> None:
    answer = ask(server, path, If_Match='"another"')
    assert (answer.status, answer.content) == (412, b"")
    assert "content-type" not in answer.headers
    assert ask(server, path, If_Match=ask(server, path).headers["etag"]).status == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:1234"])
def test_no_host_header_comes_into_an_answer(server: RunningServer, host: str) -> None:
    for path in (*EVERYWHERE, "/nowhere"):
        answer = ask(server, path, Host=host, X_Forwarded_Host=host, Accept_Encoding="identity")
        assert b"evil" not in answer.content
        assert "evil" not in str(answer.headers)


@pytest.mark.parametrize(
    ("path", "status"), [("/doc/nothing", 404), (MEASURE + "?page=x", 400), ("/sparql?query=", 400)]
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_problems_are_never_kept_and_come_in_both_languages(
    server: RunningServer, path: str, status: int, language: str
) -> None:
    answer = ask(server, path, Accept_Language=language)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == language
    assert answer.headers["cache-control"] == "no-store"
    assert {"accept", "accept-language"} <= answer.names("vary")
