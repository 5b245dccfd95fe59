"""Write a release's files: first those that the catalogue lists, then those that hold the catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox
from rdflib import Graph, URIRef

from sakata_lod import __version__
from sakata_lod.conversion import ox_triples
from sakata_lod.formats import CSV, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, SQLITE, TSV, TURTLE, XLSX, Format
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import VOID
from sakata_lod.publish import wording
from sakata_lod.publish.files import FileAbout, FileToWrite, member_table_files, table_files, template_files
from sakata_lod.publish.folder import ReleaseFolder
from sakata_lod.publish.listing import counts_of, release_plans, withdrawn_things
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.publication import publication_of
from sakata_lod.publish.release_graphs import ReleaseGraphs
from sakata_lod.publish.search_documents import search_documents
from sakata_lod.publish.search_file import write_index
from sakata_lod.publish.validation_report import ValidationReport
from sakata_lod.publish.void import Holdings, void_graph
from sakata_lod.publish.void_statements import Described, Dump
from sakata_lod.publish.wording import source_table_title
from sakata_lod.release import (
    DATASET,
    EDITIONS,
    GRAPH,
    SOURCES,
    VALIDATION_REPORT,
    VOCABULARY,
    VOID_FILE,
    Manifest,
    Release,
    ReleaseFile,
)
from sakata_lod.search_index import SEARCH_INDEX
from sakata_lod.serialization import SortedGraph, serialize, serialize_dataset
from sakata_lod.site import Site, Text
from sakata_lod.vocabulary import SHARED_GRAPHS, version

_SOURCE_FORMATS: dict[str, Format] = {"tsv": TSV, "csv": CSV, "xlsx": XLSX}
_GRAPH_FORMATS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)


@dataclass(frozen=True, slots=True)
class Published:
    """What a release is made of, but for its files: the site, what was read of it, and its validation."""

    site: Site
    editions: Sequence[Edition]
    graphs: ReleaseGraphs
    report: ValidationReport


def write_distributions(
    folder: ReleaseFolder, site: Site, editions: Sequence[Edition], graphs: ReleaseGraphs
) -> None:
    """Write the files that the catalogue lists: it tells their sizes and digests, and is not in them."""
    iris = IriSpace(site.base_iri)
    for plan in site.plans:
        for edition in plan.editions:
            graph = graphs.named[iris.edition_graph(plan.slug, edition.as_of)]
            path = f"{EDITIONS}/{plan.slug}/{edition.as_of.isoformat()}"
            _write_graph(folder, path, graph, wording.edition(plan, edition.as_of).title)
    for shared in SHARED_GRAPHS:
        graph = graphs.named[iris.graph(shared.name)]
        _write_graph(folder, f"{VOCABULARY}/{shared.name}", graph, wording.GRAPHS[shared.name].title)
    _write_tables(folder, graphs.store, site, editions)
    _write_sources(folder, site)


def finish_release(folder: ReleaseFolder, published: Published, iris: IriSpace) -> Release:
    """Write the files that hold all graphs, put the release in its place and make it the current one.

    The same input makes the same release. If writing fails, the current release stays.
    """
    default = published.graphs.default()
    _write_whole(folder, published.graphs, default, iris)
    write_index(folder.path / SEARCH_INDEX, search_documents(published.graphs.store))
    folder.list(SEARCH_INDEX, SQLITE, wording.SEARCH_INDEX_TITLE)
    _write_void(folder, published, default, iris)
    return folder.finish(_manifest(published, default, folder.files))


def write_member_files(
    folder: ReleaseFolder, site: Site, editions: Sequence[Edition], graphs: ReleaseGraphs
) -> None:
    """Write what the release of a federation keeps of a city beside its triples: tables, editions, sources.

    CSV and Parquet, which programs put together, and Turtle; a workbook of a city is for the city itself.
    """
    iris = IriSpace(site.base_iri)
    for file in member_table_files(graphs.store, publication_of(site, _last_modified(editions))):
        folder.write(file)
    for plan in site.plans:
        for edition in plan.editions:
            graph = graphs.named[iris.edition_graph(plan.slug, edition.as_of)]
            path = f"{EDITIONS}/{plan.slug}/{edition.as_of.isoformat()}"
            title = wording.edition(plan, edition.as_of).title
            _write_graph(folder, path, graph, title, (TURTLE,))
    _write_sources(folder, site)


def write_member_void(
    folder: ReleaseFolder, site: Site, current: SortedGraph, named: Mapping[URIRef, SortedGraph]
) -> None:
    """Write what is true now of a city of a federation, and what its part of the dataset holds (VoID)."""
    iris = IriSpace(site.base_iri)
    _write_graph(folder, GRAPH, current, wording.CURRENT_DATA, (TURTLE,))
    modified = max(each.as_of for plan in site.plans for each in plan.editions)
    described = _described(site, modified, Dump(f"{GRAPH}.{TURTLE.suffix}", TURTLE))
    graph = void_graph(Holdings(current, named, wording.graph_titles(site.plans, iris)), described, iris)
    # Its triples are asked for where those of all cities are.
    graph.remove((None, VOID.sparqlEndpoint, None))
    write_description(folder, graph)


def _write_graph(
    folder: ReleaseFolder,
    path: str,
    graph: SortedGraph,
    about: Text,
    formats: Sequence[Format] = _GRAPH_FORMATS,
) -> None:
    """Write a graph in each format that catalogues know."""
    for format_ in formats:
        title = Text(ja=f"{about.ja}（{format_.name}）", en=about.en and f"{about.en}, as {format_.name}")
        folder.write(FileToWrite(f"{path}.{format_.suffix}", graph.serialize(format_), format_, title))


def _write_whole(folder: ReleaseFolder, graphs: ReleaseGraphs, default: SortedGraph, iris: IriSpace) -> None:
    """Write the whole dataset, the default graph, and the report of the validation."""
    whole = Text(ja="データ全体（名前付きグラフを含む）", en="The whole dataset, named graphs included")
    dataset = serialize_dataset([(None, default), *sorted(graphs.named.items())])
    folder.write(FileToWrite(DATASET, dataset, N_QUADS, whole))
    _write_graph(folder, GRAPH, default, wording.CURRENT_DATA)
    title = Text(ja="SHACLによる検証の報告", en="Report of the validation by SHACL")
    report = graphs.named[iris.graph("validation")].serialize(TURTLE)
    folder.write(FileToWrite(VALIDATION_REPORT, report, TURTLE, title))


def _write_void(folder: ReleaseFolder, published: Published, default: SortedGraph, iris: IriSpace) -> None:
    site = published.site
    graphs = [Dump(f"{GRAPH}.{each.suffix}", each) for each in _GRAPH_FORMATS]
    described = _described(site, _last_modified(published.editions), *graphs, Dump(DATASET, N_QUADS))
    held = Holdings(default, published.graphs.named, wording.graph_titles(site.plans, iris))
    write_description(folder, void_graph(held, described, iris))


def _described(site: Site, modified: date, *dumps: Dump) -> Described:
    iris = IriSpace(site.base_iri)
    return Described(
        words=wording.catalogue(site.publisher.name),
        publisher=iris.organization(site.publisher.code),
        licence=URIRef(site.licence.iri),
        modified=modified.isoformat(),
        uri_space=f"{iris.base}id/",
        dumps=dumps,
    )


def write_description(folder: ReleaseFolder, graph: Graph) -> None:
    """Write what a dataset holds, counted."""
    title = Text(ja="データ全体の要約と件数（VoID）", en="What the dataset holds, counted (VoID)")
    folder.write(FileToWrite(VOID_FILE, serialize(ox_triples(graph), TURTLE), TURTLE, title))


def _write_tables(folder: ReleaseFolder, store: ox.Store, site: Site, editions: Sequence[Edition]) -> None:
    publication, plan = publication_of(site, _last_modified(editions)), site.plans[-1]
    template = template_files(plan.first_fiscal_year, plan.last_fiscal_year)
    for file in (*table_files(store, publication), *template):
        folder.write(file)


def _write_sources(folder: ReleaseFolder, site: Site) -> None:
    for plan in site.plans:
        for edition in plan.editions:
            name = f"{SOURCES}/{plan.slug}/{edition.as_of.isoformat()}/{edition.source.source}"
            format_ = _SOURCE_FORMATS[edition.source.format]
            title = source_table_title(plan, edition.as_of)
            of_edition = FileAbout(plan=plan.slug, edition=edition.as_of.isoformat())
            folder.write(FileToWrite(name, edition.path.read_bytes(), format_, title, of_edition))


def _manifest(published: Published, default: SortedGraph, files: Sequence[ReleaseFile]) -> Manifest:
    site, editions, report = published.site, published.editions, published.report
    return Manifest(
        software=__version__,
        vocabulary=version(),
        base_iri=site.base_iri,
        site=site.name,
        publisher=site.publisher.name.by_language,
        licence=site.licence.iri,
        licence_confirmed=site.licence.confirmed,
        languages=list(site.languages),
        plans=release_plans(site),
        withdrawn=withdrawn_things(site),
        last_modified=_last_modified(published.editions).isoformat(),
        counts=counts_of(editions, default, published.graphs.named.values()),
        validation=report.counts,
        sources={each.path: each.sha256 for each in files if each.path.startswith(f"{SOURCES}/")},
        files=sorted(files, key=lambda each: each.path),
    )


def _last_modified(editions: Sequence[Edition]) -> date:
    return max(edition.as_of for edition in editions)
