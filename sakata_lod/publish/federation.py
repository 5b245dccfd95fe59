"""Many sites → one release. Each city is built by itself, in as many processes as there are to be.

A city with its graphs is in memory only while it is built; its N-Quads are appended to the dataset as they
come.
"""

import hashlib
import multiprocessing
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, URIRef

from sakata_lod import __version__
from sakata_lod.conversion import new_graph, ox_triples
from sakata_lod.formats import N_QUADS, SQLITE
from sakata_lod.iris import IriSpace
from sakata_lod.publish import wording
from sakata_lod.publish.build import Stage
from sakata_lod.publish.contents import contents_of
from sakata_lod.publish.federation_catalogue import Listed, federation_catalogue
from sakata_lod.publish.federation_void import federation_void
from sakata_lod.publish.files import listed_file
from sakata_lod.publish.folder import ReleaseFolder, release_folder
from sakata_lod.publish.members import BuiltMember, Part, Workshop, build_member, prepare
from sakata_lod.publish.search_file import IndexWriter
from sakata_lod.publish.site_graph import graph_name
from sakata_lod.publish.summary_file import SummaryWriter, shared_summary
from sakata_lod.publish.writing import write_description
from sakata_lod.release import DATASET, MEMBERS, Manifest, Release, ReleaseFile
from sakata_lod.search_index import SEARCH_INDEX
from sakata_lod.serialization import SortedGraph, serialize_dataset
from sakata_lod.site import Federation, LeftOut, Member, Text, read_federation
from sakata_lod.summary import SUMMARY
from sakata_lod.vocabulary import SHARED_GRAPHS, load, version

_CHUNK = 1 << 20
_AT_A_TIME = 4  # cities handed to a process in one go


@dataclass(frozen=True, slots=True)
class BuiltFederation:
    """What building came to. release: None if no city can be published. left_out: what it is without."""

    release: Release | None
    left_out: tuple[LeftOut, ...]


def build_federation(federation: Federation, releases: Path, processes: int, stage: Stage) -> BuiltFederation:
    """Build the release of a federation and make it the current one. The same input makes the same release.

    A city that cannot be built is left out and told, and the others are published.
    releases: the folder in which the federation's releases stand. If nothing is published, they stay.
    """
    with (
        release_folder(releases) as folder,
        IndexWriter(folder.path / SEARCH_INDEX) as index,
        SummaryWriter(folder.path / SUMMARY) as summary,
    ):
        writing = _Writing(folder.path, IriSpace(federation.base_iri), index, summary)
        workshop = Workshop(folder.path.parent, releases / "validated")
        left_out = list(federation.left_out)
        with stage("cities"):
            for built in _built(federation.members, workshop, processes):
                left_out += [built.left_out] if built.left_out else []
                if built.part is not None:
                    writing.add(built.part)
        if not writing.parts:
            return BuiltFederation(None, tuple(left_out))
        with stage("write"):
            release = folder.finish(writing.finished(federation))
    return BuiltFederation(release, tuple(left_out))


def federation_of(folder: Path, base_iri: str | None, stage: Stage) -> Federation:
    """Read which sites there are. Raises: ConfigurationError."""
    with stage("read"):
        return read_federation(folder, base_iri)


def _built(members: Sequence[Member], workshop: Workshop, processes: int) -> Iterator[BuiltMember]:
    """Build the cities, in their order."""
    # Not forked: a copy of this process would hold the locks of threads that it has not.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=prepare) as pool:
        yield from pool.map(partial(build_member, workshop=workshop), members, chunksize=_AT_A_TIME)


@dataclass(slots=True)
class _Writing:
    """A release being written: what has come so far."""

    folder: Path
    iris: IriSpace
    index: IndexWriter
    summary: SummaryWriter
    parts: list[Part] = field(default_factory=list)
    common: set[ox.Triple] = field(default_factory=set)
    common_of_catalogue: set[ox.Triple] = field(default_factory=set)
    size: int = 0
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def __post_init__(self) -> None:
        (self.folder / MEMBERS).mkdir(parents=True)

    def add(self, part: Part) -> None:
        """Append a city's quads, and take over its files."""
        with part.quads.open("rb") as quads:
            while chunk := quads.read(_CHUNK):
                self._append(chunk)
        part.quads.unlink()
        self.common |= _parsed(part.common)
        self.common_of_catalogue |= _parsed(part.common_of_catalogue)
        shutil.move(part.folder, self.folder / MEMBERS / part.member.code)
        for document in part.documents:
            self.index.add(document)
        if part.summary is not None:
            self.summary.add(part.summary, part.member.code)
        self.parts.append(replace(part, documents=(), summary=None))

    def finished(self, federation: Federation) -> Manifest:
        """Append what no city has by itself, and list what there is."""
        graphs = {name: set(ox_triples(graph)) for name, graph in sorted(self._shared(federation).items())}
        graphs[self.iris.graph("catalogue")] |= self.common_of_catalogue
        named = {name: SortedGraph(triples) for name, triples in graphs.items()}
        default = SortedGraph(self.common.union(*named.values()))
        self._append(serialize_dataset([(None, default), *named.items()]))
        self.index.finish()
        self.summary.add(shared_summary(default, self.iris.base))
        self.summary.finish()
        counts = self._counts()
        counts["triples"] = len(default) + sum(part.contents.triples for part in self.parts)
        counts["quads"] += sum(map(len, named.values()))
        return _manifest(federation, self, counts, self._description(federation, default))

    def _description(self, federation: Federation, default: SortedGraph) -> ReleaseFile:
        """Write what the dataset holds, counted."""
        cities = {part.member.code: (part.member, part.contents) for part in self.parts}
        graph = federation_void(federation, cities, contents_of(default, self.iris.base))
        written = ReleaseFolder(self.folder)
        write_description(written, graph)
        return written.files[0]

    def _append(self, quads: bytes) -> None:
        with (self.folder / DATASET).open("ab") as dataset:
            dataset.write(quads)
        self.digest.update(quads)
        self.size += len(quads)

    def _shared(self, federation: Federation) -> dict[URIRef, Graph]:
        """What is the federation's own: the shared graphs, its catalogue, and what its graphs are called."""
        shared = {self.iris.graph(each.name): load(each) for each in SHARED_GRAPHS}
        listed = [Listed(part.member, part.datasets) for part in self.parts]
        shared[self.iris.graph("catalogue")] = federation_catalogue(federation, listed)
        names = new_graph()
        for name in ("site", "catalogue", *(each.name for each in SHARED_GRAPHS)):
            for triple in graph_name(self.iris.graph(name), wording.GRAPHS[name]):
                names.add(triple)
        return shared | {self.iris.graph("site"): names}

    def _counts(self) -> dict[str, int]:
        kinds = self.parts[0].member.counts
        summed = {kind: sum(part.member.counts[kind] for part in self.parts) for kind in kinds}
        return {"cities": len(self.parts)} | summed


def _parsed(triples: bytes) -> set[ox.Triple]:
    return {each.triple for each in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES)}


def _manifest(
    federation: Federation, written: _Writing, counts: dict[str, int], description: ReleaseFile
) -> Manifest:
    members = [part.member for part in written.parts]
    title = Text(ja="データ全体（名前付きグラフを含む）", en="The whole dataset, named graphs included")
    dataset = ReleaseFile(
        path=DATASET,
        media_type=N_QUADS.media_type,
        size=written.size,
        sha256=written.digest.hexdigest(),
        title=title.by_language,
    )
    search = listed_file(written.folder, SEARCH_INDEX, SQLITE, wording.SEARCH_INDEX_TITLE)
    summary = listed_file(written.folder, SUMMARY, SQLITE, wording.SUMMARY_TITLE)
    files = [dataset, description, search, summary, *(file for part in written.parts for file in part.files)]
    found = [member.validation for member in members]
    return Manifest(
        software=__version__,
        vocabulary=version(),
        base_iri=federation.base_iri,
        site=federation.folder.resolve().name,
        publisher=federation.file.name.by_language,
        licence=federation.file.licence.iri,
        licence_confirmed=federation.file.licence.confirmed
        and all(each.licence_confirmed for each in members),
        languages=list(federation.file.languages),
        plans=[],
        members=members,
        last_modified=max(member.last_modified for member in members),
        counts=counts,
        validation={severity: sum(each[severity] for each in found) for severity in found[0]},
        sources={each.path: each.sha256 for each in files if "/source/" in each.path},
        files=sorted(files, key=lambda each: each.path),
    )
