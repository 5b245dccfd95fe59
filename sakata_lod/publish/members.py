"""One city of a federation: its folder → its part of the release. Runs in a process of its own."""

import gc
import multiprocessing
import os
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from multiprocessing.process import BaseProcess
from pathlib import Path

from rdflib import URIRef

from sakata_lod.errors import SakataLodError
from sakata_lod.formats import N_TRIPLES
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCAT
from sakata_lod.publish import wording
from sakata_lod.publish.build import Checked, Conforming, check, read_data, with_catalogue
from sakata_lod.publish.contents import Contents, contents_of
from sakata_lod.publish.folder import ReleaseFolder
from sakata_lod.publish.listing import counts_of, release_plans, withdrawn_things
from sakata_lod.publish.report_cache import ReportCache
from sakata_lod.publish.search_documents import search_documents
from sakata_lod.publish.shapes import load_shapes
from sakata_lod.publish.site_catalogue import site_catalogue
from sakata_lod.publish.validation_report import ValidationReport
from sakata_lod.publish.writing import write_member_files, write_member_void
from sakata_lod.release import DATASET, MEMBERS, ReleaseFile, ReleaseMember
from sakata_lod.search_index import Document
from sakata_lod.serialization import SortedGraph, serialize_dataset
from sakata_lod.site import LeftOut, Member, refused
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
    write_member_files(folder, data.site, data.editions, found.graphs)
    catalogue = site_catalogue(data.site, data.editions, folder.files, data.iris)
    return with_catalogue(found, replace(catalogue, services=()))


def _write(member: Member, found: Conforming, folder: ReleaseFolder) -> Part:
    site, iris = found.data.site, found.data.iris
    named = _own_graphs(found)
    superseded = found.data.dataset.superseded
    current = SortedGraph.union(graph for name, graph in named.items() if name not in superseded)

    def is_own(subject: str) -> bool:
        return subject.startswith(member.base_iri)

    def is_common(subject: str) -> bool:
        return not is_own(subject)

    own, common = current.only(is_own), current.only(is_common)
    (folder.path / DATASET).write_bytes(serialize_dataset([(None, own), *named.items()]))
    write_member_void(folder, site, current, named)
    catalogue = named[iris.graph("catalogue")]
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
        counts=counts_of(found.data.editions, current, named.values()),
        validation=found.report.counts,
    )
    return Part(
        member=record,
        folder=folder.path,
        files=tuple(_below(each, member) for each in folder.files),
        common=common.serialize(N_TRIPLES),
        contents=contents_of(own, member.base_iri),
        common_of_catalogue=catalogue.only(is_common).serialize(N_TRIPLES),
        datasets=tuple(sorted(_datasets(catalogue, iris))),
        documents=tuple(search_documents(found.graphs.store, f"{member.code}/")),
    )


def _own_graphs(found: Conforming) -> dict[URIRef, SortedGraph]:
    """A city's graphs, but for those that every city has alike: the federation's release holds them once.

    Nor do they say anything of graphs that are elsewhere.
    """
    iris = found.data.iris
    shared = {iris.graph(each.name) for each in SHARED_GRAPHS}
    own = {name: graph for name, graph in sorted(found.graphs.named.items()) if name not in shared}
    elsewhere = {str(iris.graph(name)) for name in wording.GRAPHS if iris.graph(name) not in own}
    return {name: graph.only(lambda subject: subject not in elsewhere) for name, graph in own.items()}


def _datasets(catalogue: SortedGraph, iris: IriSpace) -> Iterator[URIRef]:
    """The datasets that a city's catalogue lists."""
    it, lists = str(iris.catalogue()), str(DCAT.dataset)
    for subject, predicate, listed in catalogue.texts:
        if subject == it and predicate == lists:
            yield URIRef(listed[1:-1])


def _below(file: ReleaseFile, member: Member) -> ReleaseFile:
    folder = f"{MEMBERS}/{member.code}"
    described = file.described_by and f"{folder}/{file.described_by}"
    return file.model_copy(update={"path": f"{folder}/{file.path}", "described_by": described})
