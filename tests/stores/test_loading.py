"""A release is in a store whole, or what was there before still is, and what is said of it is true."""

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from sakata_lod.cli import main
from sakata_lod.errors import LoadIncomplete, LoadUndone, NothingLoaded
from sakata_lod.release import Release
from sakata_lod.stores.graph_store import Account, GraphStore, GraphStoreError
from sakata_lod.stores.loading import Loaded, load
from tests.serve.conftest import free_port

from .conftest import BASE, DEFAULT_GRAPH, RunningStore

OLD_EDITION = f"{BASE}id/graph/edition/joho-keikaku/2022-03-31"
FOREIGN = "http://other.example/graph"
ONE = "<http://x.example/a> <http://x.example/b> <http://x.example/c> .\n"


class FailingGraphStore(GraphStore):
    """A graph store that does so many writes, and no more; or, once it has failed, all again."""

    def __init__(self, url: str, writes: int, *, recovers: bool) -> None:
        super().__init__(url, 30)
        self._writes = writes
        self._recovers = recovers

    def put(self, graph: str | None, file: Path) -> None:
        self._writes -= 1
        if self._writes == -1 or (self._writes < 0 and not self._recovers):
            raise GraphStoreError("PUT: 507 the disk is full")
        super().put(graph, file)


class LosingGraphStore(GraphStore):
    """A graph store that says yes and loses all but the first triple of one graph."""

    def put(self, graph: str | None, file: Path) -> None:
        if graph == f"{BASE}id/graph/links":
            first = file.with_suffix(".first")
            first.write_bytes(file.read_bytes().partition(b"\n")[0] + b"\n")
            file = first
        super().put(graph, file)


def into(release: Release, store: RunningStore) -> Loaded:
    return load(release, store.address, lambda _: None)


def put(store: RunningStore, graph: str | None, triples: str, folder: Path) -> None:
    file = folder / "put.nt"
    file.write_text(triples, encoding="utf-8")
    store.address.graphs.put(graph, file)


def sizes(store: RunningStore) -> dict[str, int]:
    queries = store.address.queries
    return {"default": queries.default_graph_size(), **queries.graphs()}


def test_each_graph_is_loaded_and_counted(release: Release, empty_store: RunningStore) -> None:
    steps: list[str] = []
    loaded = load(release, empty_store.address, steps.append)
    assert steps[-1] == "default graph"
    assert loaded.triples[None] == release.manifest.counts["triples"]
    assert (
        sum(loaded.triples.values()) == release.manifest.counts["triples"] + release.manifest.counts["quads"]
    )
    assert sizes(empty_store) == {name or "default": count for name, count in loaded.triples.items()}
    assert into(release, empty_store) == loaded


def test_graphs_that_the_release_has_no_more_are_removed_and_others_stay(
    release: Release, empty_store: RunningStore, tmp_path: Path
) -> None:
    for graph in (OLD_EDITION, FOREIGN):
        put(empty_store, graph, ONE, tmp_path)
    assert into(release, empty_store).removed == [OLD_EDITION]
    assert OLD_EDITION not in sizes(empty_store)
    empty_store.address.graphs.get(FOREIGN, tmp_path / "foreign.nt")
    assert (tmp_path / "foreign.nt").read_text(encoding="utf-8") == ONE


@pytest.mark.parametrize("writes", [1, 5, 8])
def test_what_was_there_is_put_back_when_a_write_fails(
    release: Release, empty_store: RunningStore, tmp_path: Path, writes: int
) -> None:
    for graph in (None, OLD_EDITION):
        put(empty_store, graph, ONE, tmp_path)
    before = sizes(empty_store)
    failing = FailingGraphStore(empty_store.graph_url, writes, recovers=True)
    with pytest.raises(LoadUndone, match=r"the disk is full. What it held before was put back"):
        load(release, replace(empty_store.address, graphs=failing), lambda _: None)
    assert sizes(empty_store) == before == {"default": 1, OLD_EDITION: 1}


def test_a_store_that_loses_triples_is_found_out(release: Release, empty_store: RunningStore) -> None:
    losing = LosingGraphStore(empty_store.graph_url, 30)
    with pytest.raises(LoadUndone, match="graph/links: 1 triples instead of 754"):
        load(release, replace(empty_store.address, graphs=losing), lambda _: None)
    assert sizes(empty_store) == {"default": 0}


def test_a_store_that_can_not_be_put_right_again_is_told_so(
    release: Release, empty_store: RunningStore, tmp_path: Path
) -> None:
    put(empty_store, None, ONE, tmp_path)
    failing = FailingGraphStore(empty_store.graph_url, 3, recovers=False)
    with pytest.raises(LoadIncomplete, match="parts of two releases"):
        load(release, replace(empty_store.address, graphs=failing), lambda _: None)


def test_a_store_that_takes_no_write_is_unchanged(release: Release, empty_store: RunningStore) -> None:
    failing = FailingGraphStore(empty_store.graph_url, 0, recovers=False)
    with pytest.raises(NothingLoaded):
        load(release, replace(empty_store.address, graphs=failing), lambda _: None)


def test_virtuoso_asks_who_writes(release: Release, virtuoso: RunningStore) -> None:
    before = sizes(virtuoso)
    stranger = replace(virtuoso, account=Account("dba", "wrong"))
    with pytest.raises(NothingLoaded, match="401"):
        into(release, stranger)
    assert sizes(virtuoso) == before
    assert into(release, virtuoso).triples[DEFAULT_GRAPH] == before["default"]


def test_the_command_loads_a_release(release: Release, empty_store: RunningStore) -> None:
    told = ["--query-url", empty_store.query_url, "--release", str(release.folder), "--lang", "en"]
    result = CliRunner().invoke(main, ["load", empty_store.graph_url, *told])
    assert result.exit_code == 0
    dataset = ox.Store()
    dataset.bulk_load(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    graphs = 1 + len(list(dataset.named_graphs()))
    assert f"{graphs} graphs, {len(dataset):,} triples, each graph counted" in result.stdout
    result = CliRunner().invoke(main, ["load", empty_store.graph_url, "--json", *told])
    found = json.loads(result.stdout)
    assert found["release"] == release.id
    assert found["triples"]["default"] == release.manifest.counts["triples"]
    assert found["removed"] == []


def test_the_command_ends_with_6_where_nothing_answers(release: Release) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    told = ["--query-url", f"{url}/query", "--release", str(release.folder), "--lang", "en"]
    result = CliRunner().invoke(main, ["load", f"{url}/store", *told])
    assert result.exit_code == 6
    assert "its query endpoint does not answer. Nothing was changed there." in result.stderr
