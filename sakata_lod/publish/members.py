"""One city of a federation: its folder → its part of the release. Runs in a process of its own."""

import gc
import multiprocessing
import os
import threading
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from multiprocessing.process import BaseProcess
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, URIRef

from sakata_lod.conversion import ox_triples
from sakata_lod.errors import SakataLodError
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCAT
from sakata_lod.publish import wording
from sakata_lod.publish.build import Checked, Conforming, check, read_data, with_catalogue
from sakata_lod.publish.contents import Contents, contents_of
from sakata_lod.publish.folder import ReleaseFolder
from sakata_lod.publish.release_graphs import ReleaseGraphs
from sakata_lod.publish.report_cache import ReportCache
from sakata_lod.publish.search_documents import search_documents
from sakata_lod.publish.shapes import load_shapes
from sakata_lod.publish.site_catalogue import site_catalogue
from sakata_lod.publish.validation_report import ValidationReport
from sakata_lod.publish.writing import (
    counts_of,
    release_plans,
    withdrawn_things,
    write_member_files,
    write_member_void,
)
from sakata_lod.release import DATASET, MEMBERS, ReleaseFile, ReleaseMember
from sakata_lod.search_index import Document
from sakata_lod.serialization import SortedGraph, serialize_dataset
from sakata_lod.site import LeftOut, Member, Text, refused
from sakata_lod.vocabulary import CATALOGUE_SHAPES, SHARED_GRAPHS, SITE_SHAPES, load


@dataclass(frozen=True, slots=True)
class Part:
    """A city's part of a release. folder: its files, and the N-Quads of all its graphs.

    common: what its default graph says of things that are not its own, as N-Triples: others may say the same.
    common_of_catalogue: what its catalogue says of such things. contents: of its default graph in `quads`,
    which has all the others, and so nothing that another city says. datasets: those that its catalogue lists.
    documents: what is searched.
    """

    member: ReleaseMember
    folder: Path
    files: tuple[ReleaseFile, ...]
    common: bytes
    common_of_catalogue: bytes
    contents: Contents
    datasets: tuple[URIRef, ...]
    documents: tuple[Document, ...]

    @property
    def quads(self) -> Path:
        """The N-Quads of all its graphs but the shared ones."""
        return self.folder / DATASET


@dataclass(frozen=True, slots=True)
class BuiltMember:
    """What building a city came to. part: None if nothing of it is published."""

    part: Part | None
    left_out: LeftOut | None = None


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where cities are built. scratch: for their parts; cache: of validation reports."""

    scratch: Path
    cache: Path


def prepare() -> None:
    """Make a process ready to build cities: load what all share, and never look through it for waste.

    The process ends with the one that began it, which else it would outlive if that is killed.
    """
    threading.Thread(target=_end_with, args=(multiprocessing.parent_process(),), daemon=True).start()
    for shapes in (load_shapes(*SITE_SHAPES), load_shapes(CATALOGUE_SHAPES)):
        _ = shapes.remainder
    for shared in SHARED_GRAPHS:
        load(shared)
    gc.collect()
    gc.freeze()
    gc.disable()


def _end_with(parent: BaseProcess | None) -> None:
    if parent is not None:
        parent.join()
        os._exit(1)


def build_member(member: Member, workshop: Workshop) -> BuiltMember:
    """Build a city's part. What is wrong with it is told, not raised."""
    gc.collect()  # graphs hold themselves: without this, those of the city before would stay
    try:
        data = read_data(member.folder, member.base_iri, _untold)
        checked = check(data, _untold, ReportCache(workshop.cache))
    except SakataLodError as error:
        return BuiltMember(None, refused(member.folder, error))
    left_out = None if checked.report.conforms else _left_out(member, checked)
    if checked.conforming is None:
        return BuiltMember(None, left_out)
    folder = ReleaseFolder(workshop.scratch / member.code)
    folder.path.mkdir()
    listed = _with_files(checked.conforming, folder)
    if not listed.report.conforms:
        return BuiltMember(None, LeftOut(member.folder.name, (), _why(listed.report)))
    return BuiltMember(_write(member, listed, folder), left_out)


def _untold(_stage: str) -> AbstractContextManager[None]:
    return nullcontext()


def _left_out(member: Member, checked: Checked) -> LeftOut:
    plans = () if checked.conforming is None else checked.left_out
    return LeftOut(member.folder.name, plans, _why(checked.report))


def _why(report: ValidationReport) -> dict[str, str]:
    first, *more = report.violations
    place = {language: first.place.sentence(language) if first.place else "" for language in ("ja", "en")}
    return {
        "ja": f"{place['ja']} {first.message('ja')}（{first.focus_node}、ほか違反{len(more)}件）".strip(),
        "en": f"{place['en']} {first.message('en')} ({first.focus_node}; {len(more)} more)".strip(),
    }


def _with_files(found: Conforming, folder: ReleaseFolder) -> Conforming:
    """Write the files that a city's catalogue lists, and make it. Services are the federation's."""
    data = found.data
    write_member_files(folder, data.site, data.editions, ReleaseGraphs(data.dataset))
    catalogue = site_catalogue(data.site, data.editions, folder.files, data.iris)
    return with_catalogue(found, replace(catalogue, services=()))


def _write(member: Member, found: Conforming, folder: ReleaseFolder) -> Part:
    site, dataset, iris = found.data.site, found.dataset, found.data.iris
    own = {name: graph for name, graph in dataset.named.items() if name not in _shared_names(found)}
    elsewhere = {iris.graph(name) for name in wording.GRAPHS} - own.keys()
    named = {name: _described(graph, elsewhere) for name, graph in sorted(own.items())}
    current = {each for name, triples in named.items() if name not in dataset.superseded for each in triples}
    common = {each for each in current if not _is_own(each, member.base_iri)}
    quads = serialize_dataset([(None, SortedGraph(current - common)), *named.items()])
    (folder.path / DATASET).write_bytes(quads)
    store = ox.Store()
    store.bulk_load(input=quads, format=ox.RdfFormat.N_QUADS)
    store.bulk_extend(ox.Quad(each.subject, each.predicate, each.object) for each in common)
    write_member_void(folder, site, store, {name: title for name, title in _titles(found) if name in named})
    record = ReleaseMember(
        code=member.code,
        base_iri=site.base_iri,
        site=site.name,
        publisher=site.publisher.name.by_language,
        licence=site.licence.iri,
        licence_confirmed=site.licence.confirmed,
        plans=release_plans(site),
        withdrawn=withdrawn_things(site),
        last_modified=max(edition.as_of for edition in found.data.editions).isoformat(),
        counts=counts_of(found.data.editions, store),
        validation=found.report.counts,
    )
    return Part(
        member=record,
        folder=folder.path,
        files=tuple(_below(each, member) for each in folder.files),
        common=ox.serialize(common, format=ox.RdfFormat.N_TRIPLES) or b"",
        contents=contents_of(current - common, member.base_iri),
        common_of_catalogue=_common_of_catalogue(named[iris.graph("catalogue")], member.base_iri),
        datasets=tuple(sorted(_datasets(dataset.named[iris.graph("catalogue")], iris))),
        documents=tuple(search_documents(store, f"{member.code}/")),
    )


def _datasets(catalogue: Graph, iris: IriSpace) -> Iterator[URIRef]:
    """The datasets that a city's catalogue lists."""
    for each in catalogue.objects(iris.catalogue(), DCAT.dataset):
        yield URIRef(str(each))


def _titles(found: Conforming) -> Iterable[tuple[URIRef, Text]]:
    return wording.graph_titles(found.data.site.plans, found.data.iris).items()


def _common_of_catalogue(catalogue: Iterable[ox.Triple], base_iri: str) -> bytes:
    """What a city's catalogue says of things that are not its own, as N-Triples."""
    said = [each for each in catalogue if not _is_own(each, base_iri)]
    return ox.serialize(said, format=ox.RdfFormat.N_TRIPLES) or b""


def _shared_names(found: Conforming) -> set[str]:
    """The graphs that every city has alike: the federation's release holds them once."""
    return {found.data.iris.graph(shared.name) for shared in SHARED_GRAPHS}


def _described(graph: Graph, elsewhere: AbstractSet[str]) -> SortedGraph:
    """A graph's triples, but for what they say of graphs that are elsewhere."""
    names = {ox.NamedNode(name) for name in elsewhere}
    return SortedGraph(each for each in ox_triples(graph) if each.subject not in names)


def _is_own(triple: ox.Triple, base_iri: str) -> bool:
    return isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(base_iri)


def _below(file: ReleaseFile, member: Member) -> ReleaseFile:
    folder = f"{MEMBERS}/{member.code}"
    described = file.described_by and f"{folder}/{file.described_by}"
    return file.model_copy(update={"path": f"{folder}/{file.path}", "described_by": described})
