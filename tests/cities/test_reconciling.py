"""Names are matched with the measures of several cities: at one endpoint for all, and at each city's own."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import jsonschema  # type: ignore[import-untyped]
import pandas as pd
import pytest
import requests
from flask.testing import FlaskClient
from reconciler import reconcile  # type: ignore[import-untyped]

from sakata_lod.namespaces import ORG
from sakata_lod.release import Release
from tests.cities.conftest import BASE, KAKUU, MABOROSHI, UTSUTSU
from tests.serve.conftest import RunningServer, free_port, start_server, stop_server
from tests.serve.reconciliation.conftest import MEASURE, PANDAS_WARNS, PATIENCE_S
from tests.serve.reconciliation.specification import MANIFEST

DEPARTMENT, MUNICIPALITY = str(ORG.OrganizationalUnit), str(ORG.FormalOrganization)
ENDPOINTS = ["reconcile", f"{KAKUU}/reconcile", f"{UTSUTSU}/reconcile", f"{MABOROSHI}/reconcile"]

TABLE = {
    "見守りの輪": ("架空市", f"{KAKUU}/id/measure/sogo/1-2"),
    "ごみの減量": ("990001", f"{KAKUU}/id/measure/sogo/2-1"),
    "オンライン申請推進": ("うつつ町", f"{UTSUTSU}/id/measure/jisshi/1-1-1"),
    "川の清掃": ("まぼろし村", f"{MABOROSHI}/id/measure/kankyo/1-1"),
}
"""What a spreadsheet calls a measure; its municipality there; the measure."""


@pytest.fixture(scope="module")
def server(release: Release) -> Iterator[RunningServer]:
    """A real server. Its release is made for BASE, so an address that it tells is asked for where it listens."""
    port = free_port()
    running = start_server(port, release.folder, f"http://127.0.0.1:{port}/")
    yield running
    stop_server(running)


def get(server: RunningServer, address: str) -> requests.Response:
    assert address.startswith(BASE)
    return requests.get(server.url(address.removeprefix(BASE)), timeout=PATIENCE_S, allow_redirects=False)


def ask(client: FlaskClient, endpoint: str, **query: Any) -> list[dict[str, Any]]:
    """The candidates of one query."""
    answer = client.post(f"/{endpoint}", data={"queries": json.dumps({"q": query})})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json["q"]["result"]  # type: ignore[index]
    return found


def reconciled(server: RunningServer, endpoint: str, names: list[str], **more: Any) -> Mapping[str, Any]:
    """What the client finds, by name: its first candidates, one a name."""
    found = reconcile(pd.Series(names), type_id=MEASURE, reconciliation_endpoint=server.url(endpoint), **more)
    return {row["input_value"]: row for row in found.to_dict("records")}


@PANDAS_WARNS
def test_a_client_finds_measures_of_all_cities_at_one_endpoint(server: RunningServer) -> None:
    found = reconciled(
        server, "reconcile", list(TABLE), property_mapping={"publisher": pd.Series([city for city, _ in TABLE.values()])}
    )  # fmt: skip
    assert {name: (row["id"], row["match"]) for name, row in found.items()} == {
        name: (f"{BASE}{measure}", True) for name, (_, measure) in TABLE.items()
    }


@PANDAS_WARNS
@pytest.mark.parametrize("code", [KAKUU, UTSUTSU, MABOROSHI])
def test_a_client_finds_a_citys_measures_below_its_code(server: RunningServer, code: str) -> None:
    of_the_city = {name: f"{BASE}{iri}" for name, (_, iri) in TABLE.items() if iri.startswith(code)}
    found = reconciled(server, f"{code}/reconcile", list(of_the_city))
    assert {name: row["id"] for name, row in found.items() if row["match"]} == of_the_city


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_every_address_of_a_manifest_leads_to_what_it_names(server: RunningServer, endpoint: str) -> None:
    manifest = requests.get(server.url(endpoint), timeout=PATIENCE_S).json()
    jsonschema.validate(manifest, MANIFEST)
    asked = {"queries": json.dumps({name: {"query": name, "type": MEASURE} for name in TABLE})}
    answers = requests.post(server.url(endpoint), data=asked, timeout=PATIENCE_S).json().values()
    found = {each["id"]: each for answer in answers for each in answer["result"]}.values()
    assert found
    for each in found:
        iri = each["id"]
        assert iri.startswith(manifest["identifierSpace"])
        viewed = get(server, manifest["view"]["url"].replace("{{id}}", quote(iri, safe="")))
        assert viewed.headers["Location"] == f"/{iri.removeprefix(BASE).replace('/id/', '/doc/')}"
        document = requests.get(server.url(viewed.headers["Location"][1:]), timeout=PATIENCE_S)
        assert f"<{iri}>" in document.text
        preview = get(server, manifest["preview"]["url"].replace("{{id}}", quote(iri, safe="")))
        assert (preview.status_code, each["name"] in preview.text) == (200, True)
        assert f'href="{viewed.headers["Location"]}"' in preview.text
    for told in manifest["suggest"].values():
        answer = get(server, f"{told['service_url']}{told['service_path']}?prefix=a")
        assert answer.status_code == 200
        assert "result" in answer.json()
    proposed = get(server, "{service_url}{service_path}".format(**manifest["extend"]["propose_properties"]))
    assert proposed.json()["properties"]
    guide = get(server, manifest["documentation"])
    assert f"<code>{BASE}{endpoint}</code>" in guide.text
    assert get(server, manifest["logo"]).status_code == 200
    feature = next(iter(found))["features"][0]["id"]
    assert get(server, manifest["feature_view"]["url"].replace("{{id}}", feature)).status_code == 200


def test_the_guide_tells_of_the_cities_and_each_citys_page_leads_to_its_own(client: FlaskClient) -> None:
    whole, own = (client.get(f"/{each}/guide?lang=ja").text for each in ENDPOINTS[:2])
    assert "3市町村のデータと照合します" in whole
    assert "市町村のデータと照合します" not in own
    page = client.get(f"/{KAKUU}/?lang=ja", headers={"Accept": "text/html"}).text
    assert f'href="/{KAKUU}/reconcile/guide?lang=ja"' in page


def test_what_all_share_has_an_iri_of_its_own_and_is_viewed(client: FlaskClient) -> None:
    for endpoint in ("reconcile", f"{KAKUU}/reconcile"):
        theme = ask(client, endpoint, query="オンライン申請", limit=1)[0]
        assert theme["id"].startswith("https://w3id.org/municipal-plan/themes#")
        answer = client.get(f"/{endpoint}/view", query_string={"id": theme["id"]})
        assert answer.status_code == 303
        assert client.get(answer.headers["Location"]).status_code == 200


def test_a_manifest_is_named_after_whose_things_it_is_about(client: FlaskClient) -> None:
    names = [client.get(f"/{each}?lang=en").json["name"] for each in ENDPOINTS[:2]]  # type: ignore[index]
    assert names == ["Municipalities of Kakuu: plans and measures", "Kakuu City: plans and measures"]


def test_a_description_names_the_city_where_there_are_several(client: FlaskClient) -> None:
    for lang, city in (("ja", "架空市"), ("en", "Kakuu City")):
        told = ask(client, f"reconcile?lang={lang}", query="見守りの輪", type=MEASURE)[0]["description"]
        assert told.endswith(f"1-2 · {city}")
    assert ask(client, f"{KAKUU}/reconcile", query="見守りの輪", type=MEASURE)[0]["description"] == "施策 1-2"
    suggested = client.get("/reconcile/suggest/entity?prefix=環境&type=OrganizationalUnit").json["result"]  # type: ignore[index]
    assert {each["description"].rpartition(" · ")[2] for each in suggested} == {"架空市", "まぼろし村"}


def test_below_its_code_a_city_has_its_own_things_alone(client: FlaskClient) -> None:
    for name, (_, iri) in TABLE.items():
        for code in (KAKUU, UTSUTSU, MABOROSHI):
            found = {each["id"] for each in ask(client, f"{code}/reconcile", query=name, limit=50)}
            assert (f"{BASE}{iri}" in found) == iri.startswith(code)
            assert all(each.startswith((f"{BASE}{code}/", "https://w3id.org/")) for each in found)
    other = f"{BASE}{UTSUTSU}/id/measure/jisshi/1-1-1"
    for page in ("view", "preview"):
        assert client.get(f"/{KAKUU}/reconcile/{page}", query_string={"id": other}).status_code == 404
    assert client.get("/990009/reconcile").status_code == 404


def test_the_city_that_a_query_names_comes_first(client: FlaskClient) -> None:
    """Two cities have a measure of nearly this name."""
    for city, code in (("架空市", KAKUU), ("うつつ町", UTSUTSU), ("99002", ""), ("99000", "")):
        asked = [{"pid": "publisher", "v": city}]
        found = ask(client, "reconcile", query="オンライン化", type=MEASURE, properties=asked)
        if code:
            assert found[0]["id"].startswith(f"{BASE}{code}/")
            assert found[0]["score"] > found[1]["score"]
        else:
            assert not any(each["match"] for each in found)


@pytest.mark.parametrize(
    "written", ["990001", "99000", "架空市", "Kakuu City", {"id": f"{BASE}{KAKUU}/id/organization/{KAKUU}"}]
)
def test_a_municipality_is_known_by_name_code_and_iri(client: FlaskClient, written: object) -> None:
    asked = [{"pid": "publisher", "v": written}]
    found = ask(client, "reconcile", properties=asked, type=MEASURE, limit=50)
    assert len(found) >= 4


def test_a_name_alone_that_two_cities_have_is_not_certain(client: FlaskClient) -> None:
    found = ask(client, "reconcile", query="環境", type=DEPARTMENT)
    assert {each["id"].removeprefix(BASE)[:6] for each in found[:2]} == {KAKUU, MABOROSHI}
    assert not any(each["match"] for each in found)


def test_municipalities_are_matched_by_name_and_code(client: FlaskClient) -> None:
    for written in ("まぼろし村", "990003", "99000"):
        found = ask(client, "reconcile", query=written, type=MUNICIPALITY)
        assert f"{BASE}{MABOROSHI}/id/organization/{MABOROSHI}" in {each["id"] for each in found}
    assert ask(client, "reconcile", query="まぼろし村", type=MUNICIPALITY)[0]["match"]


def test_the_municipality_of_what_was_matched_is_fetched(client: FlaskClient) -> None:
    measure = f"{BASE}{KAKUU}/id/measure/sogo/1-2"
    asked = {"ids": [measure], "properties": [{"id": "publisher"}]}
    row = client.post("/reconcile", data={"extend": json.dumps(asked)}).json["rows"][measure]  # type: ignore[index]
    assert row["publisher"] == [{"id": f"{BASE}{KAKUU}/id/organization/{KAKUU}", "name": "架空市"}]
