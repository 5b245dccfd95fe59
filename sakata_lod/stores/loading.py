"""Put a release into a store, graph by graph: whole, or not at all.

The Graph Store Protocol replaces one graph at a time, and knows no transaction over several. So what the
store held is kept first; when all is written, every graph is counted; and if anything goes wrong, what was
kept is put back. While it goes on, clients may see new graphs beside old ones: the default graph comes last.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from sakata_lod.errors import LoadIncomplete, LoadUndone, NothingLoaded, StoreRefused, StoreUnavailable
from sakata_lod.release import Release
from sakata_lod.stores.graph_store import GraphStore, GraphStoreError
from sakata_lod.stores.remote import RemoteStore

_PROBLEMS = (GraphStoreError, StoreUnavailable, StoreRefused, OSError)


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """A store to be loaded. name: how to speak of it. default_graph: as in RemoteStore."""

    name: str
    graphs: GraphStore
    queries: RemoteStore
    default_graph: str | None = None


@dataclass(frozen=True, slots=True)
class GraphFile:
    """A graph's triples in a file; name: in the store, None for its own default graph."""

    name: str | None
    file: Path
    triples: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a store holds of the site now. triples: by graph, None for its own default graph."""

    triples: Mapping[str | None, int]
    removed: Sequence[str]


class _Miscounted(Exception):  # noqa: N818 - caught here
    pass


def load(release: Release, store: StoreAddress, progress: Callable[[str], None]) -> Loaded:
    """Put a release into a store in place of what it holds of this site. progress: told each step.

    Raises: NothingLoaded, LoadUndone, LoadIncomplete.
    """
    with TemporaryDirectory(prefix="sakata-lod-load-") as folder:
        graphs = _graph_files(release.dataset, Path(folder) / "new", store.default_graph)
        try:
            kept = _keep(store, Path(folder) / "old", progress)
        except _PROBLEMS as error:
            raise NothingLoaded(store.name, _words(error)) from error
        written: list[GraphFile] = []
        try:
            return _replace(store, graphs, kept, written, progress)
        except (*_PROBLEMS, _Miscounted) as error:
            if not written and _is_as_before(store, kept):
                raise NothingLoaded(store.name, _words(error)) from error
            _put_back(store, graphs, kept, error)
            raise LoadUndone(store.name, _words(error)) from error
        except BaseException as error:  # Ctrl-C, too, leaves no half release
            _put_back(store, graphs, kept, error)
            raise


def _replace(
    store: StoreAddress,
    graphs: Sequence[GraphFile],
    before: Sequence[GraphFile],
    written: list[GraphFile],
    progress: Callable[[str], None],
) -> Loaded:
    """Write the graphs, the default graph last, and count. written: takes in those that are there."""
    wanted = {each.name: each.triples for each in graphs}
    for each in sorted(graphs, key=lambda graph: (_is_default(graph.name, store), graph.name or "")):
        progress(each.name or "default graph")
        store.graphs.put(each.name, each.file)
        written.append(each)
    removed = [each.name for each in before if each.name is not None and each.name not in wanted]
    for name in removed:
        progress(name)
        store.graphs.delete(name)
    _compare(wanted, _sizes(store), store)
    return Loaded(wanted, removed)


def _keep(store: StoreAddress, folder: Path, progress: Callable[[str], None]) -> list[GraphFile]:
    """Fetch what the store holds of the site, and see that it came whole."""
    folder.mkdir()
    kept = []
    for number, (name, triples) in enumerate(_sizes(store).items()):
        if not triples:
            continue
        progress(name or "default graph")
        file = folder / f"{number}.nt"
        store.graphs.get(name, file)
        fetched = sum(1 for _ in ox.parse(path=file, format=ox.RdfFormat.N_TRIPLES))
        if fetched != triples:
            raise GraphStoreError(f"{name or 'default graph'}: {triples} triples counted, {fetched} fetched")
        kept.append(GraphFile(name, file, triples))
    return kept


def _put_back(
    store: StoreAddress, graphs: Sequence[GraphFile], kept: Sequence[GraphFile], first: BaseException
) -> None:
    """Raises: LoadIncomplete."""
    before = {each.name for each in kept}
    try:
        for each in kept:
            store.graphs.put(each.name, each.file)
        for each in graphs:
            if each.name not in before:
                store.graphs.delete(each.name)
        _compare({each.name: each.triples for each in kept}, _sizes(store), store)
    except (*_PROBLEMS, _Miscounted) as second:
        raise LoadIncomplete(store.name, _words(first), _words(second)) from second


def _is_as_before(store: StoreAddress, kept: Sequence[GraphFile]) -> bool:
    """Whether no graph has another size; used where no write is known to have come through."""
    try:
        _compare({each.name: each.triples for each in kept}, _sizes(store), store)
    except (*_PROBLEMS, _Miscounted):
        return False
    return True


def _sizes(store: StoreAddress) -> dict[str | None, int]:
    """The size of the default graph and of each named graph of the site."""
    sizes: dict[str | None, int] = {store.default_graph: store.queries.default_graph_size()}
    return sizes | dict(store.queries.graphs())


def _compare(wanted: Mapping[str | None, int], found: Mapping[str | None, int], store: StoreAddress) -> None:
    for name in sorted({*wanted, *found}, key=str):
        if wanted.get(name, 0) != found.get(name, 0):
            graph = "default graph" if _is_default(name, store) else name
            counts = f"{found.get(name, 0)} triples instead of {wanted.get(name, 0)}"
            raise _Miscounted(f"{graph}: {counts}")


def _graph_files(dataset: Path, folder: Path, default_graph: str | None) -> list[GraphFile]:
    """Split a release's N-Quads. A federation's have the default graph in parts, one a city."""
    folder.mkdir()
    quads = ox.parse(path=dataset, format=ox.RdfFormat.N_QUADS)
    counts: dict[str | None, _Count] = {}
    for graph, group in groupby(quads, key=lambda quad: quad.graph_name):
        name = graph.value if isinstance(graph, ox.NamedNode) else default_graph
        count = counts.setdefault(name, _Count(folder / f"{len(counts)}.nt"))
        with count.file.open("ab") as file:
            ox.serialize(map(count.see, group), file, format=ox.RdfFormat.N_TRIPLES)
    return [GraphFile(name, count.file, count.seen) for name, count in counts.items()]


@dataclass(slots=True)
class _Count:
    file: Path
    seen: int = 0

    def see(self, quad: ox.Quad) -> ox.Triple:
        self.seen += 1
        return quad.triple


def _is_default(name: str | None, store: StoreAddress) -> bool:
    return name == store.default_graph


def _words(error: BaseException) -> str:
    if isinstance(error, StoreUnavailable):
        return "its query endpoint does not answer"
    return str(error) or type(error).__name__
