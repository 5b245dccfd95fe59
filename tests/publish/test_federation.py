"""Several cities become one release, each with its own IRIs; one that is wrong is left out and told."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from benchmarks.cities import code, write_city, write_federation
from sakata_lod.cli import main
from sakata_lod.errors import InvalidConfiguration, MissingFile
from sakata_lod.namespaces import SKOS, THEME
from sakata_lod.publish.build import build
from sakata_lod.publish.federation import BuiltFederation, build_federation
from sakata_lod.release import MANIFEST, Release, open_release
from sakata_lod.search_index import SEARCH_INDEX
from sakata_lod.serve.search.asking import Search
from sakata_lod.serve.search.finding import find
from sakata_lod.serve.search.index import SearchIndex
from sakata_lod.site import FEDERATION, read_federation, read_site
from sakata_lod.vocabulary import THEMES, load
from tests.conftest import ROOT
from tests.publish.conftest import unwatched
from tests.serve.conftest import descendants, is_alive, wait_until

BASE = "http://localhost:8000/"
PLAN = Path("plans/joho-keikaku")


def built_from(folder: Path, releases: Path) -> BuiltFederation:
    return build_federation(read_federation(folder), releases, 2, unwatched)


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five cities. The third's table cannot be read, the fourth's data break a shape, the fifth says no code."""
    folder = tmp_path_factory.mktemp("federation") / "five"
    write_federation(folder, 5, seed=1)
    third, fourth, fifth = (folder / "cities" / code(number) for number in (3, 4, 5))
    replace(third / PLAN / "2023-03-31" / "source.tsv", "継続", "続行")
    replace(fourth / PLAN / "plan.toml", "title.ja = ", 'title.ja = " " # ')
    replace(fifth / "site.toml", f'code = "{code(5)}"', "")
    return folder


@pytest.fixture(scope="module")
def built(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltFederation:
    return built_from(folder, tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="module")
def release(built: BuiltFederation) -> Release:
    assert built.release is not None
    return built.release


@pytest.fixture(scope="module")
def store(release: Release) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    return store


# Synthetic cities


def test_a_synthetic_city_is_the_same_every_time_and_however_many_there_are(tmp_path: Path) -> None:
    write_federation(tmp_path / "three", 3, seed=7)
    write_federation(tmp_path / "two", 2, seed=7)
    write_city(tmp_path / "alone", 2, seed=7)
    three = files(tmp_path / "three" / "cities" / code(2))
    assert three == files(tmp_path / "two" / "cities" / code(2)) == files(tmp_path / "alone")
    write_city(tmp_path / "otherwise", 2, seed=8)
    assert files(tmp_path / "otherwise") != three


def test_a_synthetic_city_is_a_site_in_the_shape_of_sakatas_and_marked_as_invented(tmp_path: Path) -> None:
    write_city(tmp_path / code(1), 1, seed=1)
    found = build(tmp_path / code(1), tmp_path / "releases", None, unwatched)
    assert found.report.conforms
    assert found.release is not None
    counts = found.release.manifest.counts
    assert (counts["measures"], counts["divisions"], counts["anomalies"]) == (33, 10, 1)
    publisher = read_site(tmp_path / code(1)).publisher
    assert "架空" in publisher.name.ja
    assert publisher.code.startswith("9")


# What is in the release


def test_all_cities_are_searched_in_one_index_in_their_order(release: Release) -> None:
    index = SearchIndex(release.folder / SEARCH_INDEX)
    found = find(index, Search())
    one = find(index, Search(chosen={"city": (code(2),)}, per_page=100))
    departments = list(index.choices["department"])
    themes = index.choices["theme"]
    index.close()
    assert release.file(SEARCH_INDEX) is not None
    assert (found.total, one.total, len(one.measures)) == (66, 33, 33)
    assert found.measures[0].iri.startswith(f"{BASE}{code(1)}/id/measure/")
    assert all(each.iri.startswith(f"{BASE}{code(2)}/id/measure/") for each in one.measures)
    assert {each.partition("/")[0] for each in departments} == {code(1), code(2)}
    assert not any("/" in each for each in themes)


def test_a_measure_is_found_by_the_other_spellings_of_its_theme(release: Release) -> None:
    spellings = {str(each) for each in load(THEMES).objects(THEME["wi-fi"], SKOS.hiddenLabel)}
    index = sqlite3.connect(release.folder / SEARCH_INDEX)
    said = [json.loads(each) for (each,) in index.execute("SELECT said FROM document")]
    index.close()
    about = [set(each["names"]) for each in said if "公衆Wi-Fi" in each["names"]]
    assert about
    assert spellings
    assert all(spellings <= names for names in about)


def test_the_release_has_the_cities_that_could_be_built(release: Release) -> None:
    manifest = release.manifest
    assert [each.code for each in manifest.members] == [code(1), code(2)]
    assert [each.base_iri for each in manifest.members] == [f"{BASE}{code(1)}/", f"{BASE}{code(2)}/"]
    assert (manifest.counts["cities"], manifest.counts["measures"]) == (2, 66)
    assert manifest.validation == {
        "Violation": 0,
        "Warning": 2,
        "Info": sum(each.validation["Info"] for each in manifest.members),
    }


def test_what_is_left_out_is_told_with_its_reason(built: BuiltFederation) -> None:
    told = {each.site: each.reason for each in built.left_out}
    assert set(told) == {code(3), code(4), code(5)}
    assert "続行" in told[code(3)]["ja"]
    assert "source.tsv" in told[code(3)]["en"]
    assert f"{BASE}{code(4)}/id/plan/joho-keikaku" in told[code(4)]["en"]
    assert "publisher.code" in told[code(5)]["en"]


def test_nothing_of_a_city_that_is_left_out_is_in_the_release(release: Release) -> None:
    text = release.dataset.read_text("utf-8")
    for number in (3, 4, 5):
        assert code(number) not in text
        assert not (release.folder / "members" / code(number)).exists()


def test_two_cities_with_a_plan_of_the_same_name_stay_apart(store: ox.Store) -> None:
    for number, other in ((1, 2), (2, 1)):
        own = f"{BASE}{code(number)}/"
        about = [
            quad
            for quad in store
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(own)
        ]
        assert any(quad.subject.value == f"{own}id/plan/joho-keikaku" for quad in about)
        assert not any(f"{BASE}{code(other)}/" in str(quad) for quad in about)


def test_a_city_says_in_a_federation_what_it_says_alone(
    folder: Path, store: ox.Store, tmp_path: Path
) -> None:
    """But for its catalogue, which lists the files there are, and what is found when that is checked."""
    base = f"{BASE}{code(1)}/"
    alone = build(folder / "cities" / code(1), tmp_path, base, unwatched).release
    assert alone is not None
    quads = set(ox.parse(path=alone.dataset, format=ox.RdfFormat.N_QUADS))
    elsewhere = {f"<{base}id/graph/{name}>" for name in ("ontology", "codes", "themes")}
    assert without_catalogue(set(store), base) == {
        quad for quad in without_catalogue(quads, base) if str(quad.subject) not in elsewhere
    }


def without_catalogue(quads: set[ox.Quad], base: str) -> set[ox.Quad]:
    """What a city says of its own, but for its catalogue and the report of the validation."""
    names = {ox.NamedNode(f"{base}id/graph/{name}") for name in ("catalogue", "validation")}
    left_out = {quad.triple for quad in quads if quad.graph_name in names}
    return {
        quad
        for quad in quads
        if str(quad.subject).startswith(f"<{base}")
        and quad.graph_name not in names
        and (quad.graph_name != ox.DefaultGraph() or quad.triple not in left_out)
    }


def test_the_manifest_counts_every_triple_once(release: Release, store: ox.Store) -> None:
    default = list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert release.manifest.counts["triples"] == len(default)
    assert release.manifest.counts["quads"] == len(store) - len(default)
    lines = release.dataset.read_bytes().splitlines()
    assert len(lines) == len(set(lines)) == len(store)


def test_what_all_share_is_held_once_and_described(store: ox.Store) -> None:
    graphs = {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    shared = {each for each in graphs if each.endswith(("/ontology", "/codes", "/themes"))}
    assert shared == {f"{BASE}id/graph/{name}" for name in ("ontology", "codes", "themes")}
    described = store.query("SELECT ?g { ?g a <http://www.w3.org/ns/sparql-service-description#NamedGraph> }")
    assert isinstance(described, ox.QuerySolutions)
    assert {row["g"].value for row in described} == graphs


def test_the_manifest_lists_every_file_with_its_digest(release: Release) -> None:
    found = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files(release.folder).items()
        if name != MANIFEST
    }
    assert {each.path: each.sha256 for each in release.manifest.files} == found
    measures = release.file(f"members/{code(1)}/measures.csv")
    assert measures is not None
    assert measures.described_by in found
    assert f"members/{code(2)}/source/joho-keikaku/2023-03-31/source.tsv" in release.manifest.sources


def test_the_same_cities_make_the_same_release(folder: Path, release: Release, tmp_path: Path) -> None:
    again = build_federation(read_federation(folder), tmp_path, 1, unwatched).release
    assert again is not None
    assert again.id == release.id
    assert open_release(tmp_path).manifest == release.manifest


def test_if_no_city_can_be_built_the_last_release_stays(tmp_path: Path) -> None:
    write_federation(tmp_path / "one", 1, seed=1)
    first = built_from(tmp_path / "one", tmp_path / "releases").release
    assert first is not None
    (tmp_path / "one" / "cities" / code(1) / "departments.ttl").unlink()
    second = built_from(tmp_path / "one", tmp_path / "releases")
    assert second.release is None
    assert "departments.ttl" in second.left_out[0].reason["en"]
    assert open_release(tmp_path / "releases").id == first.id
    assert not list((tmp_path / "releases").glob(".writing-*"))


def test_the_processes_end_with_the_command_even_if_it_is_killed(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sakata_lod.cli", "build", str(folder), "--releases", str(tmp_path)]
    with subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}) as process:
        try:
            wait_until(lambda: bool(list(tmp_path.glob("*/validated/*.json"))), "a city has been validated")
            below = descendants(process.pid)
        finally:
            process.kill()
    assert below
    wait_until(lambda: not any(map(is_alive, below)), "they have ended")


# federation.toml


@pytest.fixture
def small(tmp_path: Path) -> Path:
    write_federation(tmp_path / "small", 2, seed=1)
    return tmp_path / "small"


def test_two_sites_of_one_code_are_not_mixed(small: Path) -> None:
    shutil.copytree(small / "cities" / code(1), small / "cities" / "copy")
    federation = read_federation(small)
    assert [each.folder.name for each in federation.members] == [code(1), code(2)]
    assert [each.site for each in federation.left_out] == ["copy"]
    assert code(1) in federation.left_out[0].reason["en"]


def test_a_site_that_two_patterns_name_is_one(small: Path) -> None:
    replace(small / FEDERATION, 'sites = ["cities/*"]', f'sites = ["cities/{code(2)}", "cities/*"]')
    federation = read_federation(small)
    assert [each.code for each in federation.members] == [code(1), code(2)]
    assert federation.left_out == ()


def test_a_base_iri_may_be_given(small: Path) -> None:
    federation = read_federation(small, "https://lod.example.jp/cities/")
    assert federation.members[0].base_iri == f"https://lod.example.jp/cities/{code(1)}/"


@pytest.mark.parametrize("pattern", ["/etc", "../*", ""])
def test_a_site_outside_the_folder_is_refused(small: Path, pattern: str) -> None:
    replace(small / FEDERATION, "cities/*", pattern)
    with pytest.raises(InvalidConfiguration, match="no folder below this one"):
        read_federation(small)


def test_a_pattern_that_names_nothing_is_told(small: Path) -> None:
    replace(small / FEDERATION, "cities/*", "towns/*")
    with pytest.raises(MissingFile, match="towns"):
        read_federation(small)


def test_a_base_iri_that_is_none_is_told(small: Path) -> None:
    with pytest.raises(InvalidConfiguration, match="base_iri"):
        read_federation(small, "lod.example.jp")


# The command


def test_the_command_tells_what_it_left_out_and_ends_with_1(folder: Path, tmp_path: Path) -> None:
    arguments = ["--lang", "ja", "build", str(folder), "--releases", str(tmp_path), "--processes", "1"]
    result = CliRunner().invoke(main, [*arguments, "--json"])
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert said["counts"]["cities"] == 2
    assert [each["site"] for each in said["left_out"]] == [code(5), code(3), code(4)]
    assert f"除いたもの {code(3)}" in result.stderr
