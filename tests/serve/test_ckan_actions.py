"""CKAN's Action API: what each action answers, which packages a search finds, and what is refused."""

import json
import re
import tracemalloc
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.ckan.actions import ACTIONS
from sakata_lod.serve.settings import Settings

from .catalogued import write_catalogued_release
from .small_release import BASE

DATASETS = 12
NAMES = [f"999999_invented-{number:04}" for number in range(DATASETS)]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}")
TAG = re.compile(r"[\w \-.]{2,100}")
"""What CKAN takes for a tag."""

FIELDS = {
    "id", "name", "title", "notes", "url", "author", "maintainer", "license_id", "license_title", "license_url",
    "isopen", "metadata_created", "metadata_modified", "private", "state", "type", "organization", "owner_org",
    "tags", "groups", "extras", "resources", "num_tags", "num_resources",
}  # fmt: skip
EXTRAS = {"publisher", "contactPoint", "landingPage", "frequency_of_update", "spatial", "temporal"}
OF_RESOURCES = {
    "id", "name", "description", "url", "format", "mimetype", "size", "hash", "hash_algorithm", "created",
    "last_modified", "language", "copyright", "terms_and_conditions",
}  # fmt: skip


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A dozen datasets: the first changed on 2020-01-01, each further one a day later."""
    folder = write_catalogued_release(tmp_path_factory.mktemp("dozen") / "release", DATASETS)
    application = create_app(Settings(release=folder))
    yield application
    service_of(application).close()


@pytest.fixture
def ckan(application: Flask) -> FlaskClient:
    return application.test_client()


def act(client: FlaskClient, action: str, **parameters: Any) -> Any:
    """Do an action, which must be done."""
    answer = client.get(f"/api/3/action/{action}", query_string=parameters)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/json"
    told = answer.get_json()
    assert told["success"] is True
    assert told["help"] == f"{BASE}api/3/action/help_show?name={action}"
    return told["result"]


def found(client: FlaskClient, **parameters: Any) -> list[str]:
    """The names of the packages that a search finds, in its order."""
    result = act(client, "package_search", **({"rows": 1000, "sort": "name asc"} | parameters))
    return [each["name"] for each in result["results"]]


def numbered(*numbers: int) -> list[str]:
    return [NAMES[each] for each in numbers]


ALL = range(DATASETS)


@pytest.mark.parametrize(
    ("fq", "numbers"),
    [
        ("", ALL),
        ("*:*", ALL),
        ("name:999999_*", ALL),
        ("name:062049_*", []),
        ("name:999999_invented-000?", range(10)),
        ("name:999999_invented-0003", [3]),
        ('name:"999999_invented-0003"', [3]),
        ("name:999999_invented", []),
        ("metadata_modified:[2020-01-10T00:00:00.123456Z TO *]", [10, 11]),
        ("metadata_modified:[2020-01-10T00:00:00Z TO *]", [9, 10, 11]),
        ('metadata_modified:["2020-01-10T00:00:00Z" TO *]', [9, 10, 11]),
        ("metadata_modified:{2020-01-10T00:00:00Z TO *]", [10, 11]),
        ("metadata_modified:[* TO 2020-01-02T00:00:00Z]", [0, 1]),
        ('metadata_modified:["2020-01-02T00:00:00Z" TO "2020-01-03T09:00:00+09:00"]', [1, 2]),
        ('(metadata_modified:["2020-01-12T00:00:00Z" TO *] OR metadata_created:["2030-01-01T00:00:00Z" TO *])', [11]),
        ("organization:999999", ALL),
        ("organization:999999 metadata_modified:[2020-01-12T00:00:00Z TO *]", [11]),
        ("organization:a OR organization:999999 metadata_modified:[2020-01-12T00:00:00Z TO *]", [11]),
        ("organization:a OR organization:b metadata_modified:[2020-01-01T00:00:00Z TO *]", []),
        ("-organization:999999", []),
        ("-organization:a -organization:b", ALL),
        ("-organization:a metadata_modified:[2020-01-12T00:00:00Z TO *]", [11]),
        ("groups:gove", ALL),
        ("groups:gove OR groups:other", ALL),
        ("-groups:gove", []),
        ("+dataset_type:dataset +state:active", ALL),
        ("name:*-0001 OR name:*-0002", [1, 2]),
        ("name:(*-0001 OR *-0002)", [1, 2]),
        ("name:*-000* AND NOT name:*-0000 AND metadata_modified:[* TO 2020-01-03T00:00:00Z]", [1, 2]),
        ("name:*-0001 OR name:*-000* AND name:*-0002", [1, 2]),
        ('tags:"open data"', ALL),
        ("tags:open", []),
        ("res_format:CSV res_format:Turtle", ALL),
        ("res_format:XLSX", []),
        ("title:データ7", [7]),
        ("title:ﾃﾞｰﾀ7", [7]),
        ("title:データ1*", [1, 10, 11]),
        ("num_resources:2", ALL),
        ("num_resources:[3 TO *]", []),
        ("license_id:cc-by isopen:true", ALL),
        ("extras_frequency_of_update:年1回", ALL),
        ("extras_nothing:*", []),
        ("maintainer:*", ALL),
    ],
)  # fmt: skip
def test_a_filter_finds(ckan: FlaskClient, fq: str, numbers: list[int]) -> None:
    assert found(ckan, fq=fq) == numbered(*numbers)


@pytest.mark.parametrize(
    ("q", "numbers"),
    [
        ("", ALL),
        ("*:*", ALL),
        ("データ3", [3]),
        ("ﾃﾞｰﾀ3", [3]),
        ("data 11", [11]),
        ("港市 データ5", [5]),
        ("nothing", []),
        ("name:*-0004", [4]),
        ("データ3 OR データ4", [3, 4]),
        ("(データ3", []),
        ("7番の", [7]),
        ("[3番の", []),
    ],
)
def test_words_find(ckan: FlaskClient, q: str, numbers: list[int]) -> None:
    assert found(ckan, q=q) == numbered(*numbers)


def test_several_filters_must_all_be_met(ckan: FlaskClient) -> None:
    both = ["name:*-000*", "metadata_modified:[2020-01-09T00:00:00Z TO *]"]
    assert found(ckan, fq_list=both) == found(ckan, fq=both) == numbered(8, 9)
    assert found(ckan, fq=both[0], fq_list=json.dumps(both[1:])) == numbered(8, 9)


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("name asc", 0),
        ("name desc", 11),
        ("metadata_modified desc", 11),
        ("metadata_created asc, metadata_modified asc", 0),
        ("num_resources desc,name desc", 11),
        ("score desc, name asc", 0),
        ("title_string desc", 9),
        ("", 11),
    ],
)
def test_packages_are_sorted_by_several_fields(ckan: FlaskClient, sort: str, first: int) -> None:
    assert found(ckan, sort=sort)[0] == NAMES[first]


def test_what_has_the_words_in_its_title_comes_first(ckan: FlaskClient) -> None:
    assert found(ckan, q="1", sort="score desc, name asc")[0] in numbered(1, 10, 11)


def test_pages_are_ten_long_and_end_in_an_empty_one(ckan: FlaskClient) -> None:
    pages = [act(ckan, "package_search", start=start, sort="id asc") for start in (0, 10, 20)]
    assert [len(each["results"]) for each in pages] == [10, 2, 0]
    assert [each["count"] for each in pages] == [DATASETS] * 3
    ids = [package["id"] for each in pages for package in each["results"]]
    assert ids == sorted(ids)
    assert len(set(ids)) == DATASETS


def test_values_are_counted_as_bodik_asks(ckan: FlaskClient) -> None:
    asked = {"rows": 0, "facet.field": '["name"]', "facet.limit": -1, "fq": "name:999999_*"}
    result = act(ckan, "package_search", **asked)
    assert result["results"] == []
    assert result["facets"] == {"name": dict.fromkeys(NAMES, 1)}
    assert {each["name"] for each in result["search_facets"]["name"]["items"]} == set(NAMES)


def test_values_are_counted_up_to_a_limit_with_their_titles(ckan: FlaskClient) -> None:
    result = act(ckan, "package_search", **{"facet.field": '["organization", "name"]', "facet.limit": 3})
    assert result["facets"] == {"organization": {"999999": 12}, "name": dict.fromkeys(NAMES[:3], 1)}
    assert result["search_facets"]["organization"] == {
        "title": "organization",
        "items": [{"name": "999999", "display_name": "港市", "count": 12}],
    }
    assert act(ckan, "package_search", **{"facet": "false", "facet.field": '["name"]'})["facets"] == {}


def test_only_the_fields_that_are_asked_for_are_shown(ckan: FlaskClient) -> None:
    asked = {"fl": ["name", "title"], "fq": "name:*-0001"}
    assert act(ckan, "package_search", **asked)["results"] == [{"name": NAMES[1], "title": "データ1"}]


def test_a_package_is_all_that_harvesters_look_for(ckan: FlaskClient) -> None:
    package = act(ckan, "package_show", id=NAMES[7])
    assert set(package) >= FIELDS
    assert package["id"] == str(uuid5(NAMESPACE_URL, f"{BASE}id/dataset/invented-0007"))
    assert package == act(ckan, "package_show", id=package["id"])
    assert (package["title"], package["notes"]) == ("データ7", "7番の</script>説明。")
    assert package["url"] == f"{BASE}dataset/{NAMES[7]}"
    assert (package["private"], package["state"], package["type"]) == (False, "active", "dataset")
    assert (package["license_id"], package["isopen"]) == ("cc-by", True)
    assert package["organization"]["name"] == "999999"
    assert package["owner_org"] == package["organization"]["id"]
    assert all(TAG.fullmatch(each["name"]) for each in package["tags"])
    assert package["num_tags"] == len(package["tags"]) == 2
    assert package["metadata_modified"] == "2020-01-08T00:00:00.000000"
    assert MOMENT.fullmatch(package["metadata_created"])


def test_extras_and_resources_have_what_data_e_gov_go_jp_has(ckan: FlaskClient) -> None:
    package = act(ckan, "package_show", id=NAMES[7])
    extras = {each["key"]: each["value"] for each in package["extras"]}
    assert set(extras) >= EXTRAS
    assert len(extras) == len(package["extras"])
    assert all(isinstance(each, str) and each for each in extras.values())
    assert (extras["spatial"], extras["frequency_of_update"]) == ("港市", "年1回")
    assert extras["temporal"] == "2018-04-01/2023-03-31"
    assert package["num_resources"] == len(package["resources"]) == 2
    for resource in package["resources"]:
        assert set(resource) >= OF_RESOURCES
        assert (resource["size"], resource["hash"]) == (42, "ab" * 32)
        assert act(ckan, "resource_show", id=resource["id"]) == resource
    assert [(each["format"], each["mimetype"]) for each in package["resources"]] == [
        ("CSV", "text/csv"),
        ("Turtle", "text/turtle"),
    ]


def test_lists_and_what_they_list_are_told(ckan: FlaskClient) -> None:
    assert act(ckan, "package_list") == NAMES
    assert act(ckan, "package_list", limit=2, offset=3) == NAMES[3:5]
    assert act(ckan, "organization_list") == ["999999"]
    [organization] = act(ckan, "organization_list", all_fields="true")
    shown = act(ckan, "organization_show", id="999999", include_datasets="true")
    assert shown == act(ckan, "organization_show", id=organization["id"], include_datasets="true")
    assert (shown["title"], shown["package_count"], len(shown["packages"])) == ("港市", 12, 10)
    assert act(ckan, "group_list") == ["gove"]
    assert act(ckan, "group_show", id="gove")["package_count"] == 12
    assert act(ckan, "tag_list") == ["open data", "公開データ"]
    assert act(ckan, "tag_list", query="OPEN") == ["open data"]
    assert [each["id"] for each in act(ckan, "license_list")] == ["cc-by"]
    assert [each["name"] for each in act(ckan, "current_package_list_with_resources", limit=2)] == NAMES[
        :-3:-1
    ]
    assert act(ckan, "site_read") is True
    assert act(ckan, "status_show")["site_url"] == BASE


def test_help_tells_of_every_action(ckan: FlaskClient) -> None:
    for each in ACTIONS:
        assert len(act(ckan, "help_show", name=each)) > 20


@pytest.mark.parametrize("path", ["/api/3/action/package_search", "/api/action/package_search"])
def test_json_and_forms_ask_the_same_by_post(ckan: FlaskClient, path: str) -> None:
    asked = {"fq": "name:*-0003", "rows": 1}
    got = ckan.get(path, query_string=asked)
    for answer in (
        ckan.post(path, json=asked),
        ckan.post(path, data=asked),
        ckan.post(path, data={json.dumps(asked): "1"}),
        ckan.post(f"{path}?fq=name:*-0003&rows=1"),
    ):
        assert answer.json == got.json
        assert answer.headers["Cache-Control"] == "no-store"
    assert got.headers["Cache-Control"] == "no-cache"
    assert got.headers["Access-Control-Allow-Origin"] == "*"


def test_a_form_of_one_field_is_a_form(ckan: FlaskClient) -> None:
    answer = ckan.post("/api/3/action/package_search", data={"rows": "1"})
    assert len(answer.get_json()["result"]["results"]) == 1


@pytest.mark.parametrize(
    ("asked", "status", "kind"),
    [
        ("package_search?fq=(", 400, "Search Query Error"),
        ("package_search?fq=nofield:1", 400, "Search Query Error"),
        ("package_search?fq=name:/a/", 400, "Search Query Error"),
        ("package_search?fq=name:a~2", 400, "Search Query Error"),
        ("package_search?fq=metadata_modified:[yesterday TO *]", 400, "Search Query Error"),
        ("package_search?fq=num_tags:many", 400, "Search Query Error"),
        ("package_search?q=nofield:1", 400, "Search Query Error"),
        ("package_search?sort=nofield asc", 400, "Search Query Error"),
        ("package_search?sort=name sideways", 400, "Search Query Error"),
        ("package_search?row=1", 400, "Search Query Error"),
        ('package_search?facet.field=["nofield"]', 400, "Search Query Error"),
        (f"package_search?fq={'(' * 50}name:a{')' * 50}", 400, "Search Query Error"),
        ("package_search?rows=-1", 409, "Validation Error"),
        ("package_search?start=first", 409, "Validation Error"),
        ("package_search?facet.field=[", 409, "Validation Error"),
        ("package_search?q=a&q=b", 409, "Validation Error"),
        ("package_show", 409, "Validation Error"),
        ("package_show?id=nothing", 404, "Not Found Error"),
        ("resource_show?id=nothing", 404, "Not Found Error"),
        ("organization_show?id=nothing", 404, "Not Found Error"),
        ("group_show?id=nothing", 404, "Not Found Error"),
    ],
)
def test_what_cannot_be_answered_is_told_as_ckan_tells_it(
    ckan: FlaskClient, asked: str, status: int, kind: str
) -> None:
    answer = ckan.get(f"/api/3/action/{asked}", headers={"Accept-Language": "en"})
    assert answer.status_code == status
    told = answer.get_json()
    assert (told["success"], told["error"]["__type"]) == (False, kind)
    assert told["error"]["message"].isascii() or "“" in told["error"]["message"]
    assert told["help"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "package_create", None),
        ("GET", "nothing", None),
        ("POST", "package_search", b"{"),
        ("POST", "package_search", b"[1]"),
        ("POST", "package_search", b"[" * 100_000),
        ("POST", "package_search", b"\xff"),
    ],
)
def test_what_is_no_request_is_a_bad_one(
    ckan: FlaskClient, method: str, path: str, body: bytes | None
) -> None:
    answer = ckan.open(f"/api/3/action/{path}", method=method, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json().startswith("Bad request")


def test_a_page_may_be_called_back(ckan: FlaskClient) -> None:
    answer = ckan.get("/api/3/action/site_read?callback=jQuery.show_1")
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert re.fullmatch(r"/\*\*/jQuery\.show_1\(\{.*\}\);", answer.text)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("callback", ["alert(1)//", "a;b", "<script>", "a b", "a.", "1a", "é"])
def test_nothing_but_a_name_is_called_back(ckan: FlaskClient, callback: str) -> None:
    answer = ckan.get("/api/3/action/site_read", query_string={"callback": callback})
    assert (answer.status_code, answer.content_type) == (400, "application/json")


_QUERIES = st.text(st.sampled_from('ab酒*?:"()[]{}+-~^/\\ ANDORTO12_<>!&|,\x00\n'), max_size=60) | st.text(
    max_size=40
)


@settings(max_examples=150)
@given(
    name=st.sampled_from(["q", "fq", "sort", "rows", "start", "fl", "facet.field", "fq_list"]), value=_QUERIES
)
def test_any_search_is_answered_or_refused(application: Flask, name: str, value: str) -> None:
    answer = application.test_client().post("/api/3/action/package_search", json={name: value})
    assert answer.status_code in {200, 400, 409}
    assert answer.get_json()["success"] is (answer.status_code == 200)


def test_dcat_json_has_an_identifier_for_each_dataset(ckan: FlaskClient) -> None:
    page = ckan.get("/dcat.json").get_json()
    assert page["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    assert [each["identifier"] for each in page["dataset"]] == [
        f"{BASE}id/dataset/invented-{number:04}" for number in ALL
    ]
    [first, *_] = page["dataset"]
    assert (first["title"], first["accessLevel"], first["language"]) == ("データ0", "public", ["ja", "en"])
    assert first["distribution"][0]["mediaType"] == "text/csv"
    assert ckan.get("/dcat.json?page=2").status_code == 404
    assert ckan.get("/dcat.json?page=x").status_code == 400


def test_a_release_without_a_catalogue_has_no_packages(client: FlaskClient) -> None:
    assert act(client, "package_search")["count"] == 0
    assert act(client, "package_list") == []
    assert client.get("/dcat.json").get_json()["dataset"] == []


def test_a_page_of_a_search_takes_little_memory(ckan: FlaskClient) -> None:
    act(ckan, "package_search")
    tracemalloc.start()
    try:
        for start in range(40):
            act(ckan, "package_search", rows=DATASETS, start=start)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 2 * 2**20
