"""A small release, written as `publish` writes them."""

import hashlib
from pathlib import Path

import pyoxigraph as ox

from sakata_lod import vocabulary
from sakata_lod.formats import CSV, CSV_TABLE, CSVW, N_QUADS, SQLITE, TSV
from sakata_lod.publish.search_documents import search_documents
from sakata_lod.publish.search_file import write_index
from sakata_lod.release import DATASET, MANIFEST, Manifest, ReleaseFile, ReleasePlan
from sakata_lod.search_index import SEARCH_INDEX

BASE = "http://localhost:8000/"
LAST_MODIFIED = "2023-05-10"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TITLE = "フリーWi-Fiエリアの拡充".encode()
OLDER_EDITION = "id/graph/edition/joho/2022-03-31"
CSV_TEXT = "\ufeff番号,題名\r\n2-1-2,フリーWi-Fiエリアの拡充\r\n".encode()


def write_small_release(folder: Path, base: str = BASE, mark: str = "") -> Path:
    """Write the release into a folder, made for a base IRI. Answers the folder.

    mark: ends the title of a measure, wherever that is told, so that releases can be told apart.
    """
    (folder / "source").mkdir(parents=True)
    (folder / DATASET).write_bytes(dataset(base).replace(TITLE, TITLE + mark.encode()))
    (folder / "measures.csv").write_bytes(CSV_TEXT)
    (folder / "measures.csv-metadata.json").write_text('{"url": "measures.csv"}', encoding="utf-8")
    (folder / "source" / "table.tsv").write_bytes("番号\t題名\n".encode("cp932"))
    quads = ox.Store()
    quads.bulk_load(path=folder / DATASET, format=ox.RdfFormat.N_QUADS)
    write_index(folder / SEARCH_INDEX, search_documents(quads))
    files = [
        listed(folder, DATASET, N_QUADS.media_type, "全データ", "Everything"),
        listed(folder, "measures.csv", CSV.media_type, "施策", "Measures").model_copy(
            update={
                "parameters": CSV_TABLE.parameters,
                "rows": 1,
                "described_by": "measures.csv-metadata.json",
            }
        ),
        listed(folder, "measures.csv-metadata.json", CSVW.media_type, "施策の説明", "Measures: metadata"),
        listed(folder, SEARCH_INDEX, SQLITE.media_type, "検索の索引", "Search index"),
        listed(folder, "source/table.tsv", TSV.media_type, "公表された表", "The published table"),
    ]
    (folder / MANIFEST).write_text(manifest(base, files).text(), encoding="utf-8")
    return folder


def dataset(base: str) -> bytes:
    """The N-Quads: the default graph's triples, then the named graphs'."""
    content = (Path(__file__).parent / "release.trig").read_bytes()
    named = list(ox.parse(content, ox.RdfFormat.TRIG, base_iri=base))
    for shared in vocabulary.SHARED_GRAPHS:
        graph = ox.NamedNode(f"{base}id/graph/{shared.name}")
        triples = ox.parse(path=shared.path, format=ox.RdfFormat.TURTLE)
        named += [ox.Quad(each.subject, each.predicate, each.object, graph) for each in triples]
    older = ox.NamedNode(f"{base}{OLDER_EDITION}")
    current = {quad.triple for quad in named if quad.graph_name != older}
    default = [ox.Quad(each.subject, each.predicate, each.object) for each in current]
    ordered = [*sorted(default, key=str), *sorted(named, key=str)]
    return ox.serialize(ordered, format=ox.RdfFormat.N_QUADS) or b""


def listed(folder: Path, path: str, media_type: str, ja: str, en: str) -> ReleaseFile:
    """Describe a file of the folder."""
    content = (folder / path).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return ReleaseFile(
        path=path, media_type=media_type, size=len(content), sha256=digest, title={"ja": ja, "en": en}
    )


def manifest(base: str, files: list[ReleaseFile]) -> Manifest:
    """The manifest of the release."""
    plan = ReleasePlan(
        slug="joho",
        title={"ja": "港市情報化計画", "en": "Minato City ICT Plan"},
        editions=["2022-03-31", "2023-03-31"],
        current_edition="2023-03-31",
    )
    return Manifest(
        software="0.1.0",
        vocabulary="1.0.0",
        base_iri=base,
        site="minato",
        publisher={"ja": "港市", "en": "Minato City"},
        licence=LICENCE,
        licence_confirmed=False,
        languages=["ja", "en"],
        plans=[plan],
        last_modified=LAST_MODIFIED,
        counts={"measures": 3},
        validation={"violations": 0},
        sources={},
        files=files,
    )
