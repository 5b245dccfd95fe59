"""What the server tells programs about itself: robots.txt, OpenAPI, metrics, and the log of requests."""

import io
import json
import re
import subprocess
import sys
import threading
from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from openapi_spec_validator import validate
from openapi_spec_validator.validation.validators import OpenAPIV31SpecValidator
from prometheus_client import Histogram
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import Client

from sakata_lod.serve import ledger as ledger_module
from sakata_lod.serve import request_log
from sakata_lod.serve.context import Service
from sakata_lod.serve.entries import Entry
from sakata_lod.serve.lanes import taken
from sakata_lod.serve.ledger import Ledger
from sakata_lod.serve.metrics import Metrics
from sakata_lod.serve.observation import Observer, Routes
from sakata_lod.serve.query_library import library
from sakata_lod.serve.request_log import RequestLog

from .small_release import BASE

BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
PATHS = ["/", "/ontology", "/sparql", "/dump/", "/problems", "/healthz", "/readyz", "/metrics", "/robots.txt",
         "/openapi.json", "/search", "/search.csv", "/opensearch.xml",
         "/id/plan/joho", "/doc/plan/joho", "/codes.ttl", "/dump/manifest.json", "/dump/measures.csv",
         "/static/base.css", "/reconcile", "/reconcile/guide", "/reconcile/suggest/type"]  # fmt: skip


def test_robots_may_read_all_but_queries(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        "User-agent: *",
        "Disallow: /sparql?",
        "Disallow: /search?",
        "Disallow: /search.",
        "Disallow: /metrics",
        "Disallow: /reconcile",
        "Allow: /reconcile/guide",
        f"Sitemap: {BASE}sitemap.xml",
    ]


def test_the_interface_is_described_as_openapi(client: FlaskClient) -> None:
    answer = client.get("/openapi.json")
    assert answer.content_type == "application/json"
    assert answer.json is not None
    assert answer.json["openapi"].startswith("3.1.")
    assert answer.json["servers"] == [{"url": BASE.rstrip("/")}]
    validate(answer.json, cls=OpenAPIV31SpecValidator)


def test_the_interface_described_is_the_one_there_is(app: Flask, client: FlaskClient) -> None:
    described = {
        (re.sub(r"{\w+}", "{}", path), method.upper())
        for path, methods in client.get("/openapi.json").json["paths"].items()  # type: ignore[index]
        for method in methods
    }
    there = {
        (re.sub(r"<[^>]+>", "{}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    examples = {(f"/api/queries/{name}", "GET") for name in library()}
    assert examples < described
    assert described - examples == there


@pytest.mark.parametrize("path", PATHS)
def test_every_address_answers_head_and_options(client: FlaskClient, path: str) -> None:
    get, head, options = (
        client.open(path, method=each, buffered=True) for each in ("GET", "HEAD", "OPTIONS")
    )
    assert get.status_code in {200, 303}
    assert (head.status_code, head.data) == (get.status_code, b"")
    assert head.content_type == get.content_type
    assert options.status_code == 200
    assert {"GET", "HEAD", "OPTIONS"} <= set(options.headers["Allow"].split(", "))
    assert client.delete(path).status_code == 405


def test_what_a_post_may_send_is_what_the_protocol_reads(client: FlaskClient) -> None:
    described = client.get("/openapi.json").json["paths"]["/sparql"]["post"]  # type: ignore[index]
    assert set(described["requestBody"]["content"]) == {
        "application/sparql-query",
        "application/x-www-form-urlencoded",
    }


LABELS = ("route", "method", "status", "kind", "result")


def numbers(client: FlaskClient, name: str) -> dict[tuple[str, ...], float]:
    """The samples of a metric, by the values of their labels."""
    families = text_string_to_metric_families(client.get("/metrics", buffered=True).text)
    samples = (each for family in families for each in family.samples)
    return {
        tuple(each.labels[label] for label in LABELS if label in each.labels): each.value
        for each in samples
        if each.name == name
    }


def test_requests_are_counted_by_route_and_status(client: FlaskClient) -> None:
    before = numbers(client, "sakata_lod_requests_total")
    for path in ("/doc/plan/joho", "/doc/nothing", "/ontology.ttl", "/wp-login.php?password=secret"):
        client.get(path, buffered=True)
    client.open("/sparql", method="BREW", buffered=True)
    after = numbers(client, "sakata_lod_requests_total")
    grown = {
        labels: count - before.get(labels, 0)
        for labels, count in after.items()
        if count != before.get(labels, 0) and labels[0] != "/metrics"
    }
    assert grown == {
        ("/doc", "GET", "2xx"): 1,
        ("/doc", "GET", "4xx"): 1,
        ("/ontology", "GET", "2xx"): 1,
        ("other", "GET", "4xx"): 1,
        ("/sparql", "other", "4xx"): 1,
    }


def test_latencies_are_counted(client: FlaskClient) -> None:
    before = numbers(client, "sakata_lod_request_seconds_count").get(("/healthz",), 0)
    client.get("/healthz", buffered=True)
    assert numbers(client, "sakata_lod_request_seconds_count")[("/healthz",)] == before + 1


def test_refusals_are_counted_by_kind(client: FlaskClient) -> None:
    name = "sakata_lod_refusals_total"
    before = numbers(client, name).get(("query-refused",), 0)
    asked = {"query": "ASK { SERVICE <a:a> {} }"}
    client.get("/sparql", query_string=asked, buffered=True)
    client.get("/sparql", query_string=asked, headers={"Accept": "text/html"}, buffered=True)
    assert numbers(client, name)[("query-refused",)] == before + 2


def entry(**said: Any) -> Entry:
    told = {"time": 1.5, "method": "GET", "route": "/doc", "status": 200, "seconds": 0.001, "size": 1}
    return Entry(**{**told, **said})


def test_kills_are_counted_by_reason() -> None:
    metrics = Metrics()
    metrics.count([entry(problem="query-timed-out"), entry()])
    value = metrics.registry.get_sample_value
    assert value("sakata_lod_query_kills_total", {"reason": "query-timed-out"}) == 1
    assert value("sakata_lod_query_kills_total", {"reason": "query-exhausted-memory"}) == 0


@given(batches=st.lists(st.lists(st.floats(0, 60))))
def test_latencies_counted_together_are_as_if_counted_one_by_one(batches: list[list[float]]) -> None:
    metrics = Metrics()
    library = Histogram("library", "", ["route"], buckets=BUCKETS, registry=metrics.registry).labels("/doc")
    for batch in batches:
        metrics.count([entry(seconds=each) for each in batch])
        for each in batch:
            library.observe(each)
    value = metrics.registry.get_sample_value
    for name in ("sum", "count"):
        found = value(f"sakata_lod_request_seconds_{name}", {"route": "/doc"}) or 0
        assert found == pytest.approx(value(f"library_{name}", {"route": "/doc"}))
    for bound in (*map(str, BUCKETS), "+Inf"):
        labels = {"route": "/doc", "le": bound}
        found = value("sakata_lod_request_seconds_bucket", labels) or 0
        assert found == value("library_bucket", labels)


def test_a_request_leaves_a_line_of_json_and_nothing_personal(app: Flask) -> None:
    written = io.BytesIO()
    log = RequestLog(written)
    ledger = Ledger(Metrics(), log)
    client = Client(Observer(app.wsgi_app, ledger, Routes(app, "/")))
    client.get(
        "/sparql?query=ASK%7B%3Csecret%3Aa%3E%3Fp%3Fo%7D",
        environ_base={"REMOTE_ADDR": "203.0.113.9"},
        buffered=True,
    )
    client.get("/doc/secret-thing", headers={"User-Agent": "secret-agent"}, buffered=True)
    ledger.settle()
    log.write()
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [(each["method"], each["route"], each["status"]) for each in lines] == [
        ("GET", "/sparql", 200),
        ("GET", "/doc", 404),
    ]
    for each in lines:
        assert set(each) == {"event", "time", "method", "route", "status", "duration_ms", "bytes"}
        assert each["time"].endswith("Z")
        assert each["duration_ms"] > 0
    assert lines[0]["bytes"] == len(client.get("/sparql?query=ASK%7B%3Csecret%3Aa%3E%3Fp%3Fo%7D").data)
    assert b"secret" not in written.getvalue()
    assert b"203.0.113.9" not in written.getvalue()


def test_a_log_that_cannot_be_written_keeps_no_answer_back(app: Flask) -> None:
    gone = io.BytesIO()
    gone.close()
    log = RequestLog(gone)
    ledger = Ledger(Metrics(), log)
    client = Client(Observer(app.wsgi_app, ledger, Routes(app, "/")))
    assert client.get("/healthz").status_code == 200
    ledger.settle()
    log.write()
    assert client.get("/healthz").status_code == 200


def test_a_log_that_nobody_reads_takes_no_more_room_and_says_what_it_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(request_log, "_MOST_ENTRIES", 3)
    written = io.BytesIO()
    log = RequestLog(written)
    log.add([entry(route=f"/{number}") for number in range(2)])
    log.add([entry(route=f"/{number}") for number in range(2, 5)])
    log.write()
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [each.get("route") for each in lines] == ["/0", "/1", "/2", None]
    assert (lines[0]["time"], lines[-1]["count"]) == ("1970-01-01T00:00:01.500000Z", 2)


def test_entries_that_nothing_settles_are_settled_by_who_leaves_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "_MOST_ENTRIES", 3)
    metrics = Metrics()
    ledger = Ledger(metrics, None)
    for _ in range(7):
        ledger.leave(entry())
    labels = {"route": "/doc", "method": "GET", "status": "2xx"}
    assert metrics.registry.get_sample_value("sakata_lod_requests_total", labels) == 6


def test_entries_left_by_many_threads_are_each_counted_once() -> None:
    metrics = Metrics()
    ledger = Ledger(metrics, None)

    def leave_some() -> None:
        for number in range(1000):
            ledger.leave(entry())
            if number % 100 == 0:
                ledger.settle()

    threads = [threading.Thread(target=leave_some) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    ledger.settle()
    labels = {"route": "/doc", "method": "GET", "status": "2xx"}
    assert metrics.registry.get_sample_value("sakata_lod_requests_total", labels) == 8000


def test_the_last_entries_are_written_when_the_process_ends() -> None:
    script = """
import sys
from sakata_lod.serve.entries import Entry
from sakata_lod.serve.ledger import Ledger
from sakata_lod.serve.metrics import Metrics
from sakata_lod.serve.request_log import RequestLog
ledger = Ledger(Metrics(), RequestLog(sys.stdout.buffer))
ledger.start()
ledger.leave(Entry(1.5, "GET", "/doc", 200, 0.001, 1))
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, timeout=60)
    assert json.loads(told.stdout)["route"] == "/doc"


def test_looks_for_answers_that_are_kept_are_counted(client: FlaskClient) -> None:
    name, path = "sakata_lod_response_cache_total", "/sparql?query=ASK%7B%7D%23counted"
    before = numbers(client, name)
    for _ in range(3):
        client.get(path)
    after = numbers(client, name)
    assert after[("hit",)] - before[("hit",)] == 2
    assert after[("miss",)] - before[("miss",)] == 2  # the numbers themselves are made anew


def test_queries_that_run_and_that_wait_are_counted(client: FlaskClient, service: Service) -> None:
    def crowd() -> list[float]:
        return [numbers(client, f"sakata_lod_queries_{each}")[()] for each in ("running", "waiting")]

    assert crowd() == [0, 0]
    lanes, workers = service.evaluator._lanes, service.settings.query_workers
    place = lanes._quick.take(1)
    with ExitStack() as held:
        for _ in range(workers):
            held.enter_context(taken(lanes._slow))
        for _ in range(workers + 3):
            held.enter_context(taken(lanes._seats))
        assert crowd() == [1 + workers, 3]
    lanes._quick.give_back(place)
    assert crowd() == [0, 0]
