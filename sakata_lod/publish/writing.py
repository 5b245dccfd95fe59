"""Write a release: its folder beside the others, whole, and then the `current` link swapped in one step."""

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from sakata_lod import __version__
from sakata_lod.conversion import ox_triples
from sakata_lod.errors import ReleaseDamaged
from sakata_lod.formats import CSV, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TSV, TURTLE, XLSX, Format
from sakata_lod.publish.dataset import ReleaseDataset
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.tables import TABLES, table_csv, with_byte_order_mark
from sakata_lod.publish.validation_report import ValidationReport
from sakata_lod.publish.wording import source_table_title
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
from sakata_lod.serialization import serialize, serialize_dataset
from sakata_lod.site import Site, Text
from sakata_lod.vocabulary import version

_SOURCE_FORMATS: dict[str, Format] = {"tsv": TSV, "csv": CSV, "xlsx": XLSX}


class _Folder:
    """A folder being written, and the list of what is in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: list[ReleaseFile] = []

    def write(self, name: str, content: bytes, format_: Format, title: Text) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.files.append(
            ReleaseFile(
                path=name,
                media_type=format_.media_type,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                title=title.by_language,
            )
        )


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
        _write_tables(folder, store)
        _write_sources(folder, site)
        manifest = _manifest(site, editions, store, report, folder.files)
        return put_in_place(folder.path, manifest, releases)


def write_member_files(folder: Path, site: Site, store: ox.Store) -> list[ReleaseFile]:
    """Write what the release of a federation keeps of a city beside its triples: its tables and sources."""
    written = _Folder(folder)
    _write_tables(written, store)
    _write_sources(written, site)
    return written.files


def put_in_place(folder: Path, manifest: Manifest, releases: Path) -> Release:
    """Finish a written folder with its manifest, give it its name, and make it the current release."""
    (folder / MANIFEST).write_text(manifest.text(), encoding="utf-8")
    target = releases / manifest.release_id
    _move_into_place(folder, target)
    make_current(target)
    return open_release(target)


def _write_graphs(folder: _Folder, dataset: ReleaseDataset) -> ox.Store:
    named = {name: ox_triples(graph) for name, graph in sorted(dataset.named.items())}
    current = (triples for name, triples in named.items() if name not in dataset.superseded)
    default = set(chain.from_iterable(current))
    quads = serialize_dataset([(None, default), *named.items()])
    whole = Text(ja="データ全体（名前付きグラフを含む）", en="The whole dataset, named graphs included")
    folder.write(DATASET, quads, N_QUADS, whole)
    for format_ in (TURTLE, N_TRIPLES, JSON_LD, RDF_XML):
        title = Text(ja=f"現在のデータ（{format_.name}）", en=f"What is true now, as {format_.name}")
        folder.write(f"{GRAPH}.{format_.suffix}", serialize(default, format_), format_, title)
    validation = next(triples for name, triples in named.items() if name.endswith("/graph/validation"))
    title = Text(ja="SHACLによる検証の報告", en="Report of the validation by SHACL")
    folder.write(VALIDATION_REPORT, serialize(validation, TURTLE), TURTLE, title)
    store = ox.Store()
    store.bulk_load(input=quads, format=ox.RdfFormat.N_QUADS)
    return store


def _write_tables(folder: _Folder, store: ox.Store) -> None:
    for kind in TABLES:
        csv = table_csv(kind, store)
        folder.write(f"{kind.name}.csv", with_byte_order_mark(csv), CSV, kind.title)
        plain = Text(ja=f"{kind.title.ja}（BOMなし）", en=f"{kind.title.en}, without byte-order mark")
        folder.write(f"{kind.name}.plain.csv", csv, CSV, plain)


def _write_sources(folder: _Folder, site: Site) -> None:
    for plan in site.plans:
        for edition in plan.editions:
            name = f"source/{plan.slug}/{edition.as_of.isoformat()}/{edition.source.source}"
            format_ = _SOURCE_FORMATS[edition.source.format]
            folder.write(name, edition.path.read_bytes(), format_, source_table_title(plan, edition.as_of))


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
        plans=release_plans(site),
        last_modified=max(edition.as_of for edition in editions).isoformat(),
        counts=counts_of(editions, store),
        validation=report.counts,
        sources={each.path: each.sha256 for each in files if each.path.startswith("source/")},
        files=sorted(files, key=lambda each: each.path),
    )


def release_plans(site: Site) -> list[ReleasePlan]:
    """The plans of a site, as a manifest lists them."""
    return [
        ReleasePlan(
            slug=plan.slug,
            title=plan.title.by_language,
            editions=[edition.as_of.isoformat() for edition in plan.editions],
            current_edition=plan.editions[-1].as_of.isoformat(),
        )
        for plan in site.plans
    ]


def counts_of(editions: Sequence[Edition], store: ox.Store) -> dict[str, int]:
    """Count what the current editions hold, and what the store does."""
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
