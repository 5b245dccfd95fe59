"""Write a release: its folder beside the others, whole, and then the `current` link swapped in one step."""

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from sakata_lod import __version__
from sakata_lod.conversion import ox_triples
from sakata_lod.errors import ReleaseDamaged
from sakata_lod.formats import CSV, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, SQLITE, TSV, TURTLE, XLSX, Format
from sakata_lod.publish.dataset import ReleaseDataset
from sakata_lod.publish.files import FileAbout, FileToWrite, listed_file, table_files, template_files
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.publication import publication_of
from sakata_lod.publish.search_documents import search_documents
from sakata_lod.publish.search_file import write_index
from sakata_lod.publish.validation_report import ValidationReport
from sakata_lod.publish.wording import SEARCH_INDEX_TITLE, source_table_title
from sakata_lod.release import (
    DATASET,
    GRAPH,
    MANIFEST,
    VALIDATION_REPORT,
    Manifest,
    Release,
    ReleaseFile,
    ReleasePlan,
    make_current,
    open_release,
)
from sakata_lod.search_index import SEARCH_INDEX
from sakata_lod.serialization import serialize, serialize_dataset
from sakata_lod.site import Site, Text
from sakata_lod.vocabulary import version

_SOURCE_FORMATS: dict[str, Format] = {"tsv": TSV, "csv": CSV, "xlsx": XLSX}


class _Folder:
    """A folder being written, and the list of what is in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: list[ReleaseFile] = []

    def write(self, file: FileToWrite) -> None:
        path = self.path / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        self.files.append(file.listed)

    def take(self, path: str, format_: Format, title: Text) -> None:
        """List a file that stands in the folder already."""
        self.files.append(listed_file(self.path, path, format_, title))


def write_release(
    site: Site, editions: Sequence[Edition], dataset: ReleaseDataset, report: ValidationReport, releases: Path
) -> Release:
    """Write a release of a site and make it the current one. The same input makes the same release.

    If writing fails, nothing is left behind and the current release stays.
    """
    releases.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=releases, prefix=".writing-") as scratch:
        folder = _Folder(Path(scratch) / "release")
        folder.path.mkdir()
        store = _write_graphs(folder, dataset)
        _write_tables(folder, store, site, editions)
        write_index(folder.path / SEARCH_INDEX, search_documents(store))
        folder.take(SEARCH_INDEX, SQLITE, SEARCH_INDEX_TITLE)
        _write_sources(folder, site)
        manifest = _manifest(site, editions, store, report, folder.files)
        (folder.path / MANIFEST).write_text(manifest.text(), encoding="utf-8")
        target = releases / manifest.release_id
        _move_into_place(folder.path, target)
    make_current(target)
    return open_release(target)


def _write_graphs(folder: _Folder, dataset: ReleaseDataset) -> ox.Store:
    named = {name: ox_triples(graph) for name, graph in sorted(dataset.named.items())}
    current = (triples for name, triples in named.items() if name not in dataset.superseded)
    default = set(chain.from_iterable(current))
    quads = serialize_dataset([(None, default), *named.items()])
    whole = Text(ja="データ全体（名前付きグラフを含む）", en="The whole dataset, named graphs included")
    folder.write(FileToWrite(DATASET, quads, N_QUADS, whole))
    for format_ in (TURTLE, N_TRIPLES, JSON_LD, RDF_XML):
        title = Text(ja=f"現在のデータ（{format_.name}）", en=f"What is true now, as {format_.name}")
        folder.write(FileToWrite(f"{GRAPH}.{format_.suffix}", serialize(default, format_), format_, title))
    validation = next(triples for name, triples in named.items() if name.endswith("/graph/validation"))
    title = Text(ja="SHACLによる検証の報告", en="Report of the validation by SHACL")
    folder.write(FileToWrite(VALIDATION_REPORT, serialize(validation, TURTLE), TURTLE, title))
    store = ox.Store()
    store.bulk_load(input=quads, format=ox.RdfFormat.N_QUADS)
    return store


def _write_tables(folder: _Folder, store: ox.Store, site: Site, editions: Sequence[Edition]) -> None:
    publication, plan = publication_of(site, _last_modified(editions)), site.plans[-1]
    template = template_files(plan.first_fiscal_year, plan.last_fiscal_year)
    for file in (*table_files(store, publication), *template):
        folder.write(file)


def _write_sources(folder: _Folder, site: Site) -> None:
    for plan in site.plans:
        for edition in plan.editions:
            name = f"source/{plan.slug}/{edition.as_of.isoformat()}/{edition.source.source}"
            format_ = _SOURCE_FORMATS[edition.source.format]
            title = source_table_title(plan, edition.as_of)
            of_edition = FileAbout(plan=plan.slug, edition=edition.as_of.isoformat())
            folder.write(FileToWrite(name, edition.path.read_bytes(), format_, title, of_edition))


def _manifest(
    site: Site,
    editions: Sequence[Edition],
    store: ox.Store,
    report: ValidationReport,
    files: Sequence[ReleaseFile],
) -> Manifest:
    return Manifest(
        software=__version__,
        vocabulary=version(),
        base_iri=site.base_iri,
        site=site.name,
        publisher=site.publisher.name.by_language,
        licence=site.licence.iri,
        licence_confirmed=site.licence.confirmed,
        languages=list(site.languages),
        plans=[
            ReleasePlan(
                slug=plan.slug,
                title=plan.title.by_language,
                editions=[edition.as_of.isoformat() for edition in plan.editions],
                current_edition=plan.editions[-1].as_of.isoformat(),
            )
            for plan in site.plans
        ],
        last_modified=_last_modified(editions).isoformat(),
        counts=_counts(editions, store),
        validation=report.counts,
        sources={each.path: each.sha256 for each in files if each.path.startswith("source/")},
        files=sorted(files, key=lambda each: each.path),
    )


def _last_modified(editions: Sequence[Edition]) -> date:
    return max(edition.as_of for edition in editions)


def _counts(editions: Sequence[Edition], store: ox.Store) -> dict[str, int]:
    latest = {edition.plan: edition for edition in editions}.values()
    triples = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    return {
        "divisions": sum(len(edition.divisions) for edition in latest),
        "measures": sum(len(edition.measures) for edition in latest),
        "activities": sum(len(edition.activities) for edition in latest),
        "anomalies": sum(len(edition.anomalies) for edition in latest),
        "triples": triples,
        "quads": len(store) - triples,
    }


def _move_into_place(written: Path, target: Path) -> None:
    """Move a finished folder to its name; one that stands there already, whole, is the same."""
    if target.exists():
        try:
            open_release(target)
        except ReleaseDamaged:
            shutil.rmtree(target)
        else:
            return
    written.rename(target)
