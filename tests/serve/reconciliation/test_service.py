"""The service as Reconciliation Service API 0.2 has it, clause by clause."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import quote

import jsonschema  # type: ignore[import-untyped]
import pytest
import requests
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, sync_playwright

from sakata_lod.errors import QueryTimedOut
from sakata_lod.serve.app import service_of
from sakata_lod.serve.reconciliation.matching import candidates
from sakata_lod.serve.reconciliation.requests import BATCH_SIZE, ENTITIES_EXTENDED, Query

from .conftest import MEASURE, PATIENCE_S, Reconciler

TEXT = {"type": "string", "minLength": 1}
URL = {"type": "string", "pattern": "^https?://"}
TEMPLATE = {"type": "string", "pattern": r"\{\{id\}\}"}


def obliged(**members: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(members), "properties": members}


def listed(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


NAMED = obliged(id=TEXT, name=TEXT)
AT = obliged(service_url=URL, service_path=TEXT)
MANIFEST = obliged(
    versions={"const": ["0.1", "0.2"]},
    name=TEXT,
    identifierSpace=URL,
    schemaSpace=URL,
    defaultTypes=listed(NAMED) | {"uniqueItems": True, "minItems": 8},
    documentation=URL,
    logo=URL,
    serviceVersion=TEXT,
    view=obliged(url=TEMPLATE),
    feature_view=obliged(url=TEMPLATE),
    preview=obliged(url=TEMPLATE, width={"type": "integer"}, height={"type": "integer"}),
    suggest=obliged(entity=AT, type=AT, property=AT),
    extend=obliged(
        propose_properties=AT,
        property_settings=listed(
            obliged(type={"enum": ["number", "select"]}, name=TEXT, label=TEXT, help_text=TEXT, default={})
        ),
    ),
    batchSize={"const": BATCH_SIZE},
) | {"additionalProperties": False}
CANDIDATE = obliged(
    id=URL,
    name=TEXT,
    description=TEXT,
    type=listed(NAMED),
    score={"type": "number", "minimum": 0, "maximum": 100},
    match={"type": "boolean"},
    features=listed(obliged(id=TEXT, value={"type": ["number", "boolean"]})),
)
RESULTS = {"type": "object", "additionalProperties": obliged(result=listed(CANDIDATE))}
ONLY = {"additionalProperties": False}
CELL = {
    "oneOf": [
        obliged(id=TEXT, name=TEXT) | ONLY,
        obliged(str={"type": "string"}) | ONLY,
        obliged(int={"type": "integer"}) | ONLY,
        obliged(float={"type": "number"}) | ONLY,
        obliged(date={"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$"}) | ONLY,
    ]
}
EXTENDED = obliged(
    meta=listed(NAMED | {"properties": {"type": NAMED}}),
    rows={
        "type": "object",
        "additionalProperties": {"type": "object", "additionalProperties": listed(CELL)},
    },
)


@pytest.fixture(scope="module")
def manifest(service: Reconciler) -> Any:
    return service.get().json()


def test_the_manifest_is_as_specified(service: Reconciler, manifest: Any) -> None:
    jsonschema.validate(manifest, MANIFEST)
    assert manifest["identifierSpace"] == service.server.url("id/")


def test_every_address_of_the_manifest_answers(service: Reconciler, manifest: Any) -> None:
    iri = service.iri("measure/2-1-2")
    addresses = [
        manifest["documentation"],
        manifest["logo"],
        manifest["preview"]["url"].replace("{{id}}", quote(iri, safe="")),
        manifest["feature_view"]["url"].replace("{{id}}", "name_exact"),
        *(f"{each['service_url']}{each['service_path']}" for each in manifest["suggest"].values()),
        "{service_url}{service_path}".format(**manifest["extend"]["propose_properties"]),
    ]
    assert {requests.get(each, timeout=PATIENCE_S).status_code for each in addresses} == {200}
    viewed = requests.get(manifest["view"]["url"].replace("{{id}}", quote(iri, safe="")), timeout=PATIENCE_S)
    assert viewed.url == service.server.url("doc/measure/joho-keikaku/2-1-2")
    assert (viewed.status_code, viewed.headers["Content-Type"]) == (200, "text/turtle; charset=utf-8")


def test_a_shared_code_is_viewed_on_its_page(service: Reconciler) -> None:
    answer = service.get("/view", id="https://w3id.org/municipal-plan/codes#achieved")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/codes#achieved")


def test_get_and_post_answer_alike_as_specified(service: Reconciler) -> None:
    queries = json.dumps({"a": {"query": "情報", "limit": 3}, "b": {"query": "どこにもない名称xyz"}})
    got, posted = service.get(queries=queries), service.post(queries=queries)
    assert got.json() == posted.json()
    jsonschema.validate(got.json(), RESULTS)
    assert list(got.json()) == ["a", "b"]
    scores = [each["score"] for each in got.json()["a"]["result"]]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 3
    assert (got.headers["Cache-Control"], posted.headers["Cache-Control"]) == ("no-cache", "no-store")


def test_every_feature_is_explained(service: Reconciler) -> None:
    asked = [{"pid": "theme", "v": "観光"}]
    found = service.candidates("フリーWi-Fi", properties=asked)
    told = {feature["id"] for each in found for feature in each["features"]}
    assert told == {"name_exact", "name_edits", "name_overlap", "name_content", "name_coverage", "properties"}
    page = service.get("/guide").text
    assert set(re.findall(r'<div id="(\w+)">', page)) == told


@pytest.mark.parametrize(
    "path", ["", "/suggest/entity", "/suggest/type", "/suggest/property", "/properties", "/guide"]
)
def test_other_sites_may_read_every_answer(service: Reconciler, path: str) -> None:
    assert service.get(path).headers["Access-Control-Allow-Origin"] == "*"
    preflight = requests.options(f"{service.address}{path}", timeout=PATIENCE_S)
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in preflight.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("callback", ["jQuery1102_17", "a.b.$c"])
def test_jsonp_calls_the_function(service: Reconciler, callback: str) -> None:
    answer = service.get(callback=callback)
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    body = answer.text.removeprefix(f"/**/{callback}(").removesuffix(");")
    assert json.loads(body) == service.get().json()


@pytest.mark.parametrize("callback", ["", "alert(1)//", "a b", "1a", "a" * 101, "a\u2028b", "<script>"])
def test_jsonp_calls_nothing_but_a_function(service: Reconciler, callback: str) -> None:
    answer = service.get(callback=callback)
    assert answer.status_code == 400
    assert answer.json()["where"] == "callback"


REFUSED: dict[str, tuple[dict[str, str], int, str | None]] = {
    "no JSON": ({"queries": "{"}, 400, "queries"),
    "a list": ({"queries": "[]"}, 400, "queries"),
    "neither name nor properties": ({"queries": '{"q3": {}}'}, 400, "queries.q3"),
    "limit of none": ({"queries": '{"q3": {"query": "a", "limit": 0}}'}, 400, "queries.q3.limit"),
    "limit in words": ({"queries": '{"q3": {"query": "a", "limit": "many"}}'}, 400, "queries.q3.limit"),
    "unknown strictness": ({"queries": '{"q": {"query": "a", "type_strict": "no"}}'}, 400, "queries.q.type_strict"),
    "a number for a name": ({"queries": '{"q": {"query": 5}}'}, 400, "queries.q.query"),
    "a long name": ({"queries": json.dumps({"q": {"query": "a" * 301}})}, 400, "queries.q.query"),
    "unknown property": (
        {"queries": '{"q": {"query": "a", "properties": [{"pid": "P31", "v": "b"}]}}'}, 400, "queries.q.properties.0.pid",
    ),
    "property without value": (
        {"queries": '{"q": {"query": "a", "properties": [{"pid": "theme"}]}}'}, 400, "queries.q.properties.0.v",
    ),
    "too many": ({"queries": json.dumps({str(n): {"query": "a"} for n in range(BATCH_SIZE + 1)})}, 413, None),
    "nested deep": ({"queries": '{"q":' + "[" * 5000}, 400, "queries"),
    "half a surrogate": ({"queries": '{"q": {"query": "\\ud800"}}'}, 400, "queries"),
    "both": ({"queries": "{}", "extend": "{}"}, 400, "extend"),
    "extension without things": ({"extend": '{"properties": []}'}, 400, "extend.ids"),
    "unknown property to extend": ({"extend": '{"ids": [], "properties": [{"id": "P31"}]}'}, 400, "extend.properties.0.id"),
    "too many things": (
        {"extend": json.dumps({"ids": [str(n) for n in range(ENTITIES_EXTENDED + 1)], "properties": []})}, 413, None,
    ),
    "nothing": ({}, 400, "queries"),
    "a body that is too large": ({"queries": " " * 300_000}, 413, None),
}  # fmt: skip


@pytest.mark.parametrize(("form", "status", "where"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_read_is_refused_with_its_place(
    service: Reconciler, form: dict[str, str], status: int, where: str | None
) -> None:
    answer = requests.post(
        service.address, data=form or "x=", headers={"Content-Type": "application/x-www-form-urlencoded"}, timeout=PATIENCE_S
    )  # fmt: skip
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json().get("where") == where


def test_other_bodies_and_methods_and_long_urls_are_refused(service: Reconciler) -> None:
    assert requests.post(service.address, json={"queries": {}}, timeout=PATIENCE_S).status_code == 415
    assert requests.put(service.address, timeout=PATIENCE_S).status_code == 405
    assert service.get(queries="x" * 20_000).status_code == 414
    for name, value in (("cursor", "-1"), ("cursor", "x"), ("cursor", "9" * 30)):
        answer = service.get("/suggest/entity", prefix="a", **{name: value})
        assert (answer.status_code, answer.json()["where"]) == (400, "cursor")


def test_a_batch_that_takes_too_long_is_ended(app: Flask) -> None:
    served = service_of(app)
    with app.test_request_context():
        register = served.reconcilables.register()
    with pytest.raises(QueryTimedOut):
        candidates({"a": Query(query="税")}, register, served.store, timeout_s=-1)


def test_an_empty_cell_finds_nothing(service: Reconciler) -> None:
    assert service.ask({"a": {"query": " "}, "b": {"query": "「」"}}) == {
        "a": {"result": []},
        "b": {"result": []},
    }


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from(["theme", MEASURE]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
queries = st.dictionaries(
    st.text(max_size=5),
    st.fixed_dictionaries(
        {"query": st.text(max_size=40) | values},
        optional={
            "type": values,
            "limit": st.integers() | values,
            "type_strict": st.sampled_from(["any", "all", "should"]) | values,
            "properties": st.lists(st.fixed_dictionaries({"pid": st.just("theme") | values, "v": values}), max_size=2),
        },
    ),
    max_size=3,
)  # fmt: skip


@settings(max_examples=150)
@given(asked=queries)
def test_whatever_is_asked_the_status_is_documented(service: Reconciler, asked: dict[str, Any]) -> None:
    answer = service.post(queries=json.dumps(asked))
    assert answer.status_code in {200, 400}, (asked, answer.text)
    if answer.status_code == 200:
        jsonschema.validate(answer.json(), RESULTS)
        assert set(answer.json()) == set(asked)


@settings(max_examples=60)
@given(name=st.text(min_size=1, max_size=60))
def test_a_name_that_is_not_there_is_never_the_very_name(service: Reconciler, name: str) -> None:
    for each in service.candidates(name, type=None):
        assert 0 <= each["score"] <= 100
        assert each["match"] <= (each["score"] >= 70)


def test_values_are_fetched_as_specified(service: Reconciler) -> None:
    measure, plan = service.iri("measure/2-1-2"), service.iri("plan/joho-keikaku")
    wanted = ("responsibleDepartment", "theme", "identifier", "startDate", "asOf", "startYear")
    found = service.extend([measure, plan, "urn:x:unknown"], *({"id": each} for each in wanted))
    jsonschema.validate(found, EXTENDED)
    assert [each["id"] for each in found["meta"]] == list(wanted)
    assert found["meta"][0]["type"]["id"] == "http://www.w3.org/ns/org#OrganizationalUnit"
    rows = found["rows"]
    assert rows[measure]["responsibleDepartment"] == [
        {"id": service.iri("department/koryu-kanko"), "name": "交流観光課"}
    ]
    assert rows[measure]["identifier"] == [{"str": "2-1-2"}]
    assert rows[plan]["startDate"] == [{"date": "2018-04-01T00:00:00"}]
    assert rows[plan]["asOf"] == [{"date": "2023-03-31T00:00:00"}]
    assert rows["urn:x:unknown"] == {each: [] for each in wanted}
    year = service.iri("fiscal-year/2021")
    assert service.extend([year], {"id": "startYear"})["rows"][year] == {"startYear": [{"int": 2021}]}


def test_settings_limit_values_and_choose_a_language(service: Reconciler) -> None:
    measure = service.iri("measure/2-1-2")

    def cells(name: str, **chosen: object) -> Any:
        return service.extend([measure], {"id": name, "settings": chosen})["rows"][measure][name]

    assert len(cells("theme")) == 3
    assert len(cells("theme", limit="2")) == 2
    assert cells("title", language="en") == [{"str": "Expansion of free Wi-Fi areas"}]
    assert cells("title", language="ja") == [{"str": "フリーWi-Fiエリアの拡充"}]
    assert len(cells("title", limit="", language="any")) == 2


def test_what_was_fetched_can_be_asked_for(service: Reconciler) -> None:
    measure = service.iri("measure/2-1-2")
    theme = service.extend([measure], {"id": "theme"})["rows"][measure]["theme"][0]
    first = service.candidates("フリーWi-Fiエリアの拡充", properties=[{"pid": "theme", "v": theme}])[0]
    assert (first["id"], first["score"]) == (measure, 100)


def test_properties_are_proposed_for_a_type(service: Reconciler) -> None:
    told = service.get("/properties", type=MEASURE, limit=3).json()
    assert (told["type"], told["limit"], len(told["properties"])) == (MEASURE, 3, 3)
    of_plans = {each["name"] for each in service.get("/properties", type="Plan").json()["properties"]}
    assert "所管課" not in of_plans
    assert len(service.get("/properties").json()["properties"]) > len(of_plans)


def suggested(service: Reconciler, what: str, **asked: Any) -> list[Any]:
    answer = service.get(f"/suggest/{what}", **asked)
    assert answer.status_code == 200
    found: list[Any] = answer.json()["result"]
    for each in found:
        jsonschema.validate(each, obliged(id=TEXT, name=TEXT, description=TEXT))
    return found


def test_things_are_suggested_while_they_are_typed(service: Reconciler) -> None:
    assert (
        suggested(service, "entity", prefix="ふりーwi", type=MEASURE)[0]["name"] == "フリーWi-Fiエリアの拡充"
    )
    assert suggested(service, "entity", prefix="情報企画課")[0]["id"] == service.iri("department/joho-kikaku")
    assert (
        suggested(service, "entity", prefix=service.iri("measure/2-1-2"))[0]["name"]
        == "フリーWi-Fiエリアの拡充"
    )
    of_measures = suggested(service, "entity", prefix="情報", type=MEASURE)
    assert {each["notable"][0]["id"] for each in of_measures} == {MEASURE}
    assert suggested(service, "entity", prefix="") == []


def test_a_cursor_leads_to_all_suggestions_once(service: Reconciler) -> None:
    found: list[str] = []
    while more := suggested(service, "entity", prefix="の", cursor=len(found)):
        found += [each["id"] for each in more]
    assert len(found) == len(set(found)) > 20


def test_types_and_properties_are_suggested(service: Reconciler) -> None:
    assert suggested(service, "type", prefix="施")[0]["id"] == MEASURE
    assert suggested(service, "type", prefix="measure")[0]["id"] == MEASURE
    assert len(suggested(service, "type", prefix="")) == 8
    assert suggested(service, "property", prefix="所管")[0]["name"] == "所管課"
    assert suggested(service, "property", prefix="responsible", type=MEASURE)[0]["name"] == "所管課"
    assert suggested(service, "property", prefix="所管", type="Plan") == []


def test_names_come_in_the_language_asked_for(service: Reconciler) -> None:
    asked = json.dumps({"q": {"query": "フリーWi-Fiエリアの拡充", "type": MEASURE, "limit": 1}})
    answer = service.get(queries=asked, lang="en")
    told = answer.json()["q"]["result"][0]
    assert (told["name"], told["type"][0]["name"]) == ("Expansion of free Wi-Fi areas", "Measure")
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        missing = "chromium is not installed (Debian: apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def another_site() -> Iterator[Callable[[str], str]]:
    """Serves a page on a port of its own, as OpenRefine is on one's own machine; answers where."""
    page = b""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_args: Any) -> None: ...

    def serve(content: str) -> str:
        nonlocal page
        page = f"<!doctype html><link rel=icon href=data:,>{content}".encode()
        return f"http://127.0.0.1:{server.server_port}/"

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        Thread(target=server.serve_forever).start()
        yield serve
        server.shutdown()


@pytest.mark.parametrize(
    ("language", "heading"), [("ja", "フリーWi-Fiエリアの拡充"), ("en", "Expansion of free Wi-Fi areas")]
)
def test_a_preview_fits_its_frame_on_another_site(
    service: Reconciler,
    manifest: Any,
    browser: Browser,
    another_site: Callable[[str], str],
    language: str,
    heading: str,
) -> None:
    shown = manifest["preview"]
    address = (
        shown["url"].replace("{{id}}", quote(service.iri("measure/2-1-2"), safe="")) + f"&lang={language}"
    )
    frame = f'<iframe src="{address}" width="{shown["width"]}" height="{shown["height"]}"></iframe>'
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(another_site(frame))
    inner = page.frame_locator("iframe")
    assert inner.locator("h1").inner_text() == heading
    sizes = inner.locator("html").evaluate("element => [element.scrollWidth, element.scrollHeight]")
    assert sizes[0] <= shown["width"]
    assert sizes[1] <= shown["height"]
    assert problems == []
    page.close()


def test_only_the_preview_may_be_framed(service: Reconciler) -> None:
    preview = service.get("/preview", id=service.iri("measure/2-1-2"))
    assert "frame-ancestors *" in preview.headers["Content-Security-Policy"]
    assert "default-src 'none'" in preview.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in preview.headers
    guide = service.get("/guide")
    assert "frame-ancestors 'none'" in guide.headers["Content-Security-Policy"]
    assert guide.headers["X-Frame-Options"] == "DENY"
    assert service.get("/preview", id="urn:x:unknown").status_code == 404
