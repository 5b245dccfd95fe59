"""Values fetched for things, and what a word begun may become."""

from typing import Any

import jsonschema  # type: ignore[import-untyped]

from .conftest import MEASURE, Reconciler
from .specification import EXTENDED, TEXT, obliged


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
    assert len(suggested(service, "type", prefix="")) == 9
    assert suggested(service, "property", prefix="所管")[0]["name"] == "所管課"
    assert suggested(service, "property", prefix="responsible", type=MEASURE)[0]["name"] == "所管課"
    assert suggested(service, "property", prefix="所管", type="Plan") == []
