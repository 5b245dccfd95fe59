"""How often a client may ask: counting, refusing, and what a proxy in front changes of it."""

import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from email.message import Message
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.rate_limit import Counts, client_of, rates
from sakata_lod.serve.settings import Settings

from .conftest import RunningServer, free_port, start_server, stop_server
from .small_release import write_small_release
from .test_interface import numbers

LIMIT = 3


@pytest.fixture(scope="module")
def limited(release_folder: Path) -> Iterator[Flask]:
    """An application that lets each client ask three times an hour."""
    settings = Settings(
        release=release_folder, query_workers=1, rate_limit=f"{LIMIT}/hour", log_requests=False
    )
    application = create_app(settings)
    yield application
    service_of(application).close()


def statuses(app: Flask, client: str, path: str, *, times: int, method: str = "GET") -> list[int]:
    asking = Client(app)
    return [
        asking.open(path, method=method, environ_base={"REMOTE_ADDR": client}, buffered=True).status_code
        for _ in range(times)
    ]


def test_a_client_that_asks_too_often_is_refused_and_others_are_not(limited: Flask) -> None:
    assert statuses(limited, "192.0.2.1", "/ontology", times=5) == [200, 200, 200, 429, 429]
    assert statuses(limited, "192.0.2.2", "/ontology", times=1) == [200]


def test_kept_answers_and_errors_and_queries_count(limited: Flask) -> None:
    for path in ("/ontology.ttl", "/nowhere", "/sparql?query=ASK%7B%7D"):
        assert 429 not in statuses(limited, "192.0.2.3", path, times=1)
    assert statuses(limited, "192.0.2.3", "/dump/measures.csv", times=1) == [429]


def test_whether_the_server_is_well_anybody_may_ask(limited: Flask) -> None:
    for path in ("/healthz", "/readyz"):
        assert statuses(limited, "192.0.2.4", path, times=LIMIT + 2) == [200] * (LIMIT + 2)


def test_a_preflight_is_never_refused(limited: Flask) -> None:
    assert statuses(limited, "192.0.2.5", "/ontology", times=5, method="OPTIONS") == [200] * 5


def test_an_ipv6_client_is_its_network(limited: Flask) -> None:
    assert statuses(limited, "2001:db8:0:1::1", "/ontology", times=LIMIT) == [200] * LIMIT
    assert statuses(limited, "2001:db8:0:1:ffff::2", "/ontology", times=1) == [429]
    assert statuses(limited, "2001:db8:0:2::1", "/ontology", times=1) == [200]


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "More than 3 requests in 3600 s"), ("ja", "3600秒間に3件")]
)
def test_a_program_is_told_in_its_language_when_to_go_on(
    limited: Flask, language: str, sentence: str
) -> None:
    statuses(limited, "192.0.2.6", "/ontology", times=LIMIT)
    answer = Client(limited).get(
        "/ontology", headers={"Accept-Language": language}, environ_base={"REMOTE_ADDR": "192.0.2.6"}
    )
    assert answer.status_code == 429
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert answer.json["type"].endswith("/problems#too-many-requests")
    assert sentence in answer.json["detail"]
    assert 3500 < int(answer.headers["Retry-After"]) <= 3600
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_person_is_told_on_a_page(limited: Flask) -> None:
    statuses(limited, "192.0.2.7", "/ontology", times=LIMIT)
    answer = Client(limited).get(
        "/ontology", headers={"Accept": "text/html"}, environ_base={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert answer.status_code == 429
    assert "<h1>要求が多すぎます</h1>" in answer.text


def test_a_flood_of_refusals_is_told_each_as_its_client_asks(limited: Flask) -> None:
    statuses(limited, "192.0.2.11", "/ontology", times=LIMIT)
    asking = Client(limited)
    for _ in range(3):
        for language, title in (("ja", "要求が多すぎます"), ("en", "You ask too often")):
            for method, query in (("GET", ""), ("HEAD", ""), ("GET", f"?lang={language}")):
                answer = asking.open(
                    f"/ontology{query}",
                    method=method,
                    headers={"Accept-Language": "fr" if query else language},
                    environ_base={"REMOTE_ADDR": "192.0.2.11"},
                )
                assert answer.status_code == 429
                assert (title in answer.text) == (method == "GET")
                assert answer.headers["Content-Language"] == language


def test_pages_of_refusals_lead_back_to_where_they_were_asked_for(limited: Flask) -> None:
    statuses(limited, "192.0.2.12", "/ontology", times=LIMIT)
    for path in ("/codes", "/themes"):
        answer = Client(limited).get(
            path, headers={"Accept": "text/html"}, environ_base={"REMOTE_ADDR": "192.0.2.12"}
        )
        assert f'href="{path}?lang=en"' in answer.text


def test_head_is_refused_without_a_body(limited: Flask) -> None:
    statuses(limited, "192.0.2.8", "/ontology", times=LIMIT)
    answer = Client(limited).head("/ontology", environ_base={"REMOTE_ADDR": "192.0.2.8"})
    assert (answer.status_code, answer.data) == (429, b"")
    assert "Retry-After" in answer.headers


def test_refusals_are_counted(limited: Flask) -> None:
    count = numbers(limited.test_client(), "sakata_lod_refusals_total").get(("too-many-requests",), 0)
    assert statuses(limited, "192.0.2.9", "/codes", times=LIMIT + 2)[LIMIT:] == [429, 429]
    told = Client(limited).get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.10"}).text
    assert f'sakata_lod_refusals_total{{kind="too-many-requests"}} {count + 2}' in told


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_window_ends_and_another_begins() -> None:
    clock = Clock()
    counts = Counts(clock=clock)
    assert [counts.incr("a", 60) for _ in range(2)] == [1, 2]
    assert counts.get_expiry("a") == 60
    clock.now = 59.9
    assert counts.incr("a", 60) == 3
    clock.now = 60.0
    assert counts.get("a") == 0
    assert counts.incr("a", 60) == 1


def test_counts_never_grow_past_their_number() -> None:
    counts = Counts(most=100)
    for number in range(1000):
        counts.incr(f"client {number}", 60)
    assert len(counts) == 100
    assert counts.get("client 999") == 1


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix:", "unix:"),
    ],
)
def test_a_client_is_an_address_or_a_network(address: str, client: str) -> None:
    assert client_of(address) == client


@pytest.mark.parametrize("text", ["", "many", "600", "0/minute", "600/fortnight", "-1/minute", "5/minute; x"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        rates(text)


def test_of_two_rates_each_holds(release_folder: Path) -> None:
    settings = Settings(
        release=release_folder, query_workers=1, rate_limit="2/hour; 100/day", log_requests=False
    )
    application = create_app(settings)
    try:
        assert statuses(application, "192.0.2.1", "/codes", times=3) == [200, 200, 429]
    finally:
        service_of(application).close()


def ask(server: RunningServer, headers: Mapping[str, str]) -> tuple[int, Message]:
    request = urllib.request.Request(server.url("id/plan/joho"), headers=dict(headers))  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers


def running(folder: Path, **settings: str) -> RunningServer:
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    released = write_small_release(folder / "release", base)
    return start_server(port, released, base, None, LOG_REQUESTS="0", QUERY_WORKERS="1", **settings)


def test_a_real_server_believes_no_header_unless_it_is_told_to(tmp_path: Path) -> None:
    server = running(tmp_path, RATE_LIMIT="4/hour")
    try:
        # Each follows the redirect of /id/ to /doc/: two requests.
        told = [ask(server, {"X-Forwarded-For": f"203.0.113.{each}"})[0] for each in range(4)]
        assert told == [200, 200, 429, 429]
        assert int(ask(server, {})[1]["Retry-After"]) > 3000
    finally:
        assert stop_server(server) == 0


def test_a_real_server_behind_a_proxy_tells_clients_apart(tmp_path: Path) -> None:
    server = running(tmp_path, RATE_LIMIT="4/hour", TRUSTED_PROXIES="127.0.0.0/8")
    try:
        for client in ("203.0.113.1", "203.0.113.2"):
            for made_up in ("6.6.6.1", "6.6.6.2"):
                status, headers = ask(server, {"X-Forwarded-For": f"{made_up}, {client}", "X-Forwarded-Proto": "https",
                                               "X-Forwarded-Host": "evil.example", "Forwarded": "for=6.6.6.6"})  # fmt: skip
                assert status == 200
                assert "evil.example" not in str(headers)
                assert f'<{server.base}doc/plan/joho>; rel="canonical"' in headers["Link"]
            assert ask(server, {"X-Forwarded-For": f"6.6.6.3, {client}"})[0] == 429
    finally:
        assert stop_server(server) == 0


def test_a_real_server_reads_the_standard_header(tmp_path: Path) -> None:
    server = running(tmp_path, RATE_LIMIT="2/hour", TRUSTED_PROXIES="1", PROXY_HEADERS="forwarded")
    try:
        for client in ('"[2001:db8:0:1::1]:4711"', '"[2001:db8:0:2::1]"', "203.0.113.1;proto=https"):
            assert ask(server, {"Forwarded": f"for=6.6.6.6, for={client}"})[0] == 200
            assert (
                ask(server, {"Forwarded": f"for=6.6.6.7, for={client}", "X-Forwarded-For": "1.1.1.1"})[0]
                == 429
            )
    finally:
        assert stop_server(server) == 0
