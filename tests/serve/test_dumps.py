import hashlib
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from .small_release import CSV_TEXT


def test_files_come_as_they_are(client: FlaskClient) -> None:
    with client.get("/dump/measures.csv") as answer:
        assert answer.data == CSV_TEXT
        assert answer.content_type == "text/csv; charset=utf-8; header=present"
        assert answer.headers["ETag"] == f'"{hashlib.sha256(CSV_TEXT).hexdigest()}"'


def test_a_published_table_is_not_said_to_be_utf_8(client: FlaskClient) -> None:
    with client.get("/dump/source/table.tsv") as answer:
        assert answer.data.decode("cp932") == "番号\t題名\n"
        assert answer.content_type == "text/tab-separated-values"


def test_a_table_names_its_metadata_as_csvw_asks(client: FlaskClient) -> None:
    metadata = "http://localhost:8000/dump/measures.csv-metadata.json"
    with client.get("/dump/measures.csv") as answer:
        links = answer.headers.getlist("Link")
    assert links[0] == f'<{metadata}>; rel="describedby"; type="application/csvm+json"'
    with client.get("/dump/measures.csv-metadata.json") as answer:
        assert answer.content_type == "application/csvm+json"
        assert "describedby" not in answer.headers["Link"]


def test_the_manifest_comes_as_it_is(client: FlaskClient, release_folder: Path) -> None:
    with client.get("/dump/manifest.json") as answer:
        assert answer.data == (release_folder / "manifest.json").read_bytes()
        assert answer.content_type == "application/json"


@pytest.mark.parametrize(
    "path",
    [
        "../manifest.json",
        "source/../measures.csv",
        "%2e%2e/manifest.json",
        "..%2fmanifest.json",
        "source",
        "/etc/passwd",
        "measures.csv/",
        "./measures.csv",
        "measures.csv%00",
        "MEASURES.CSV",
    ],
)
def test_only_listed_names_are_files(client: FlaskClient, path: str) -> None:
    assert client.get(f"/dump/{path}").status_code == 404


def test_who_has_a_file_is_told_so(client: FlaskClient) -> None:
    with client.get("/dump/measures.csv") as first:
        tag = first.headers["ETag"]
    with client.get("/dump/measures.csv", headers={"If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_a_part_of_a_file_may_be_had(client: FlaskClient) -> None:
    with client.get("/dump/measures.csv", headers={"Range": "bytes=3-8"}) as answer:
        assert answer.status_code == 206
        assert answer.data == CSV_TEXT[3:9]
        assert answer.headers["Content-Range"] == f"bytes 3-8/{len(CSV_TEXT)}"


def test_a_part_beyond_the_end_is_told(client: FlaskClient) -> None:
    with client.get("/dump/measures.csv", headers={"Range": "bytes=9999-"}) as answer:
        assert answer.status_code == 416
        assert answer.headers["Content-Range"] == f"bytes */{len(CSV_TEXT)}"


def test_the_list_tells_size_and_checksum(client: FlaskClient) -> None:
    files = {each["path"]: each for each in json.loads(client.get("/dump/").data)["files"]}
    names = {"dataset.nq", "measures.csv", "measures.csv-metadata.json", "search.sqlite", "source/table.tsv"}
    assert set(files) == names
    assert files["measures.csv"]["rows"] == 1
    assert files["dataset.nq"]["rows"] is None
    assert files["measures.csv"]["size"] == len(CSV_TEXT)
    assert files["measures.csv"]["url"] == "http://localhost:8000/dump/measures.csv"
    page = client.get("/dump/", headers={"Accept": "text/html"}).text
    assert all(each["sha256"] in page for each in files.values())
