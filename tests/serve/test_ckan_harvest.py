"""CKAN's own harvesters (ckanext-harvest, ckanext-dcat) read the catalogue from a real server."""

import json
import os
import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sakata_lod.publish.build import build
from sakata_lod.release import CURRENT, make_current, open_release
from tests.conftest import SAKATA
from tests.publish.conftest import unwatched

from .catalogued import write_catalogued_release
from .ckan.environment import HERE, ckan_python
from .conftest import free_port, start_server, stop_server, wait_until

pytestmark = pytest.mark.outside

TAG = re.compile(r"[\w \-.]{2,100}")
"""What CKAN takes for a tag."""

SUFFIXES = ("ttl", "rdf", "jsonld")
PROFILES = ("euro_dcat_ap_2", "euro_dcat_ap_3")

Pages = list[dict[str, Any]]


@pytest.fixture(scope="module")
def ckan() -> Path:
    return ckan_python()


@pytest.fixture(scope="module")
def sakata(ckan: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Sakata's own catalogue, served at the address that it was built for."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    releases = tmp_path_factory.mktemp("releases")
    assert build(SAKATA, releases, base, unwatched).release
    running = start_server(port, releases, base)
    yield base
    stop_server(running)


@pytest.fixture(scope="module")
def long(ckan: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A catalogue of three pages."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    running = start_server(
        port, write_catalogued_release(tmp_path_factory.mktemp("long") / "release", 210, base), base
    )
    yield base
    stop_server(running)


def harvest(ckan: Path, url: str, *profiles: str) -> Pages:
    command = [str(ckan), "-W", "ignore", str(HERE / "harvest.py"), url, *profiles]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr[-2000:]
    pages: Pages = json.loads(found.stdout)
    return pages


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_ckan_imports_each_dataset_whole(ckan: Path, sakata: str, suffix: str) -> None:
    pages = harvest(ckan, f"{sakata}catalog.{suffix}", *PROFILES)
    packages = {_extra(each, "identifier"): each for page in pages for each in page["datasets"]}
    assert sorted(packages) == [
        "062049_codes", "062049_joho-keikaku-2023-03-31", "062049_ontology", "062049_tables", "062049_themes",
    ]  # fmt: skip
    for name, package in packages.items():
        assert package["title"]
        assert package["notes"]
        assert package["license_id"] == "cc-by"
        assert package["tags"]
        assert all(TAG.fullmatch(tag["name"]) for tag in package["tags"])
        assert package["url"] == f"{sakata}dataset/{name}"
        assert _extra(package, "uri").startswith(f"{sakata}id/")
        assert package["resources"]
        for resource in package["resources"]:
            assert resource["url"].startswith(f"{sakata}dump/")
            assert resource["size"] > 0
            assert re.fullmatch("[0-9a-f]{64}", resource["hash"])
            assert "/" in resource["mimetype"]
            assert not resource["mimetype"].startswith("http")
            assert not resource["format"].startswith("http")


def test_ckan_reads_the_edition_as_it_is_meant(ckan: Path, sakata: str) -> None:
    [page] = harvest(ckan, f"{sakata}catalog.ttl", *PROFILES)
    package = next(each for each in page["datasets"] if "joho-keikaku" in _extra(each, "identifier"))
    assert package["title"] == "酒田市情報化計画の進捗状況（2023年3月31日現在）"
    assert package["version"] == "2023-03-31"
    assert _extra(package, "frequency").endswith("/frequency/ANNUAL")
    assert (_extra(package, "temporal_start"), _extra(package, "temporal_end")) == (
        "2018-04-01",
        "2023-03-31",
    )
    assert _extra(package, "publisher_name") == "酒田市"
    assert _extra(package, "publisher_identifier") == "062049"
    # CKAN calls RDF/XML by a name of its own list of formats.
    formats = {each["format"] for each in package["resources"]}
    assert formats == {"JSON-LD", "N-Triples", "RDF", "TSV", "Turtle"}


def test_ckan_follows_the_pages_to_the_last(ckan: Path, long: str) -> None:
    pages = harvest(ckan, f"{long}catalog.ttl", "euro_dcat_ap_3")
    assert [page["url"] for page in pages] == [
        f"{long}catalog.ttl", *(f"{long}catalog.ttl?page={number}" for number in (2, 3)),
    ]  # fmt: skip
    assert [len(page["datasets"]) for page in pages] == [100, 100, 10]
    assert len({_extra(each, "uri") for page in pages for each in page["datasets"]}) == 210


def gather(ckan: Path, kind: str, url: str, config: str = "{}", last: str = "") -> list[dict[str, Any]]:
    """The packages that CKAN's harvester of a kind gathers and fetches. last: when it did so last."""
    command = [
        str(ckan),
        "-W",
        "ignore",
        str(HERE / "gather.py"),
        kind,
        url,
        config,
        *([last] if last else []),
    ]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr[-2000:]
    told = json.loads(found.stdout)
    assert told["errors"] == []
    packages: list[dict[str, Any]] = told["packages"]
    return packages


def test_ckans_harvester_gathers_every_package_of_every_page(ckan: Path, long: str) -> None:
    gathered = gather(ckan, "ckan", long)
    assert sorted(each["name"] for each in gathered) == [f"999999_invented-{n:04}" for n in range(210)]
    assert all(each["guid"] == each["id"] for each in gathered)


@pytest.mark.parametrize(
    ("config", "packages"),
    [
        ('{"organizations_filter_include": ["999999", "062049"]}', 210),
        ('{"groups_filter_include": ["gove"], "organizations_filter_exclude": ["062049"]}', 210),
    ],
)
def test_ckans_harvester_gathers_what_its_configuration_filters(
    ckan: Path, long: str, config: str, packages: int
) -> None:
    assert len(gather(ckan, "ckan", long, config)) == packages


def test_ckans_harvester_of_dcat_json_gathers_every_dataset(ckan: Path, long: str) -> None:
    gathered = gather(ckan, "dcat_json", f"{long}dcat.json")
    assert [each["guid"] for each in gathered] == [f"{long}id/dataset/invented-{n:04}" for n in range(210)]


def test_ckans_harvester_gathers_what_changed_since_it_came_last_and_that_alone(
    ckan: Path, tmp_path: Path
) -> None:
    """The first release came two days ago, the harvester yesterday, the second release now."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    make_current(write_catalogued_release(tmp_path / "first", 30, base))
    two_days_ago = time.time() - 2 * 86_400
    os.utime(tmp_path / CURRENT, (two_days_ago, two_days_ago), follow_symlinks=False)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).replace(tzinfo=None).isoformat()
    running = start_server(port, tmp_path, base)
    try:
        everything = gather(ckan, "ckan", base)
        make_current(write_catalogued_release(tmp_path / "second", 30, base, changed=7))
        second = open_release(tmp_path / "second").id
        wait_until(lambda: _served(base) == second, "the second release is served")
        [changed] = gather(ckan, "ckan", base, last=yesterday)
    finally:
        stop_server(running)
    assert changed["name"] == "999999_invented-0007"
    assert changed["notes"] == "訂正した説明。"
    before = next(each for each in everything if each["id"] == changed["id"])
    assert changed["metadata_modified"] > before["metadata_modified"]


def _served(base: str) -> str:
    with urllib.request.urlopen(f"{base}readyz", timeout=10) as answer:  # noqa: S310
        return str(json.load(answer)["release"])


def _extra(package: dict[str, Any], key: str) -> str:
    return next((str(each["value"]) for each in package["extras"] if each["key"] == key), "")
