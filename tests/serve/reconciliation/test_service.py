"""The service as Reconciliation Service API 0.2 has it, clause by clause."""

import json
import re
from typing import Any
from urllib.parse import quote

import jsonschema  # type: ignore[import-untyped]
import pytest
import requests
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from sakata_lod.errors import QueryTimedOut
from sakata_lod.serve.app import service_of
from sakata_lod.serve.reconciliation.matching import candidates
from sakata_lod.serve.reconciliation.requests import BATCH_SIZE, ENTITIES_EXTENDED, Query

from .conftest import MEASURE, PATIENCE_S, Reconciler
from .specification import MANIFEST, RESULTS


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


def test_names_come_in_the_language_asked_for(service: Reconciler) -> None:
    asked = json.dumps({"q": {"query": "フリーWi-Fiエリアの拡充", "type": MEASURE, "limit": 1}})
    answer = service.get(queries=asked, lang="en")
    told = answer.json()["q"]["result"][0]
    assert (told["name"], told["type"][0]["name"]) == ("Expansion of free Wi-Fi areas", "Measure")
    assert "Accept-Language" in answer.headers["Vary"]
