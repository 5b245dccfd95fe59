"""A release is whole, the same for the same input, and left alone when something goes wrong."""

import csv
import hashlib
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from sakata_lod.errors import ReleaseDamaged, ReleaseForAnotherBase, ReleaseNotFound, SakataLodError
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import PREFIXES
from sakata_lod.publish.build import Built, build
from sakata_lod.publish.reconstruction import reconstruct
from sakata_lod.release import CURRENT, MANIFEST, Release, open_release
from sakata_lod.site import read_site
from tests.conftest import ROOT, SAKATA, SiteCopy
from tests.publish.conftest import unwatched


def state(folder: Path) -> dict[str, str]:
    """Every file below a folder with its digest, and where links point."""
    return {
        str(path.relative_to(folder)): str(path.readlink())
        if path.is_symlink()
        else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def test_the_real_data_has_no_violation_and_its_anomalies_are_warnings(built: Built) -> None:
    # The ontology, the codes and the themes are datasets that are about no period: an Info each.
    assert built.report.counts == {"Violation": 0, "Warning": 12, "Info": 3}


def test_the_manifest_lists_every_file_with_its_size_and_digest(release: Release) -> None:
    listed = {each.path: (each.size, each.sha256) for each in release.manifest.files}
    found = {
        str(path.relative_to(release.folder)): (
            path.stat().st_size,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in release.folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    assert listed == found


def test_the_manifest_counts_what_is_in_it(release: Release) -> None:
    counts = release.manifest.counts
    assert (counts["measures"], counts["divisions"], counts["activities"], counts["anomalies"]) == (
        33,
        10,
        105,
        12,
    )
    store = ox.Store()
    store.bulk_load(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    assert len(list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))) == counts["triples"]
    assert len(store) == counts["triples"] + counts["quads"]


def test_the_published_table_is_in_the_release_byte_for_byte(release: Release) -> None:
    name = "source/joho-keikaku/2023-03-31/source.tsv"
    source = SAKATA / "plans/joho-keikaku/2023-03-31/source.tsv"
    assert (release.folder / name).read_bytes() == source.read_bytes()
    assert release.manifest.sources[name] == hashlib.sha256(source.read_bytes()).hexdigest()


@pytest.mark.filterwarnings("ignore:.*ConjunctiveGraph.*:DeprecationWarning")
@pytest.mark.parametrize(("suffix", "format_"), [("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")])
def test_rdflib_reads_every_rdf_file_as_the_same_graph(release: Release, suffix: str, format_: str) -> None:
    turtle = Graph().parse(release.folder / "graph.ttl", format="turtle")
    other = Graph().parse(release.folder / f"graph.{suffix}", format=format_)
    assert len(turtle) == release.manifest.counts["triples"]
    assert isomorphic(turtle, other)


def test_each_named_graph_is_in_the_dataset(release: Release) -> None:
    store = ox.Store()
    store.bulk_load(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    base = "http://localhost:8000/id/graph/"
    names = {str(each).strip("<>").removeprefix(base) for each in store.named_graphs()}
    own = {"site", "links", "history", "catalogue", "validation", "edition/joho-keikaku/2023-03-31"}
    assert names == own | {"ontology", "codes", "themes"}


def test_the_default_graph_holds_each_statement_once(release: Release) -> None:
    lines = (release.folder / "graph.nt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines)) == release.manifest.counts["triples"]


@pytest.mark.parametrize(
    ("name", "rows"), [("measures", 33), ("activities", 105), ("departments", 17), ("anomalies", 12)]
)
def test_each_table_has_its_rows_with_and_without_a_byte_order_mark(
    release: Release, name: str, rows: int
) -> None:
    marked = (release.folder / f"{name}.csv").read_bytes()
    plain = (release.folder / f"{name}.plain.csv").read_bytes()
    assert marked == b"\xef\xbb\xbf" + plain
    table = list(csv.DictReader(io.StringIO(plain.decode("utf-8"))))
    assert len(table) == rows
    assert list(table[0])[:3] == ["全国地方公共団体コード", "ID", "地方公共団体名"]
    assert {row["全国地方公共団体コード"] for row in table} == {"062049"}
    assert len({row["ID"] for row in table}) == rows


def test_the_measures_are_tabled_in_the_order_of_the_published_table(release: Release) -> None:
    text = (release.folder / "measures.plain.csv").read_text(encoding="utf-8")
    numbers = [row["施策番号"] for row in csv.DictReader(io.StringIO(text))]
    assert numbers[:6] == ["2-1-1", "2-1-2", "2-1-3", "2-1-4", "2-1-5", "3-1-1"]
    assert numbers[-1] == "4-2-2"


def test_the_validation_report_is_in_the_release_as_turtle_and_in_the_graph(release: Release) -> None:
    store = ox.Store()
    store.bulk_load(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    query = "SELECT ?r { [] a sh:ValidationReport ; sh:result ?r . ?r sh:resultSeverity sh:Warning }"
    in_graph = {str(row["r"]) for row in store.query(query, prefixes=PREFIXES)}  # type: ignore[union-attr]
    report = Graph().parse(release.folder / "validation.ttl", format="turtle")
    in_file = {f"<{row.r}>" for row in report.query(query, initNs=PREFIXES)}  # type: ignore[union-attr]
    assert in_graph == in_file
    assert len(in_file) == 12


def test_the_files_of_the_default_graph_say_what_the_dataset_says(release: Release) -> None:
    quads = ox.parse(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    said = {quad.triple for quad in quads if quad.graph_name == ox.DefaultGraph()}
    for path, form in (("graph.nt", ox.RdfFormat.N_TRIPLES), ("graph.ttl", ox.RdfFormat.TURTLE)):
        assert {quad.triple for quad in ox.parse(path=release.folder / path, format=form)} == said


def test_the_same_input_makes_the_same_bytes_in_any_process(release: Release, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sakata_lod.cli", "build", str(SAKATA), "--releases", str(tmp_path)]
    for seed in ("1", "2"):
        subprocess.run(command, check=True, capture_output=True, env={"PYTHONHASHSEED": seed}, cwd=ROOT)
    made = [path for path in (tmp_path / "sakata").iterdir() if path.is_dir() and (path / MANIFEST).exists()]
    assert {path.name for path in made} == {release.id, CURRENT}
    assert state(tmp_path / "sakata" / release.id) == state(release.folder)


def test_building_again_changes_nothing(releases: Path) -> None:
    before = state(releases)
    build(SAKATA, releases, None, unwatched)
    assert state(releases) == before


def test_a_changed_site_makes_another_release_and_keeps_the_last(
    site: SiteCopy, release: Release, releases: Path
) -> None:
    site.replace(site.folder / "site.toml", "confirmed = false", "confirmed = true")
    second = build(site.folder, releases, None, unwatched).release
    assert second is not None
    assert release.id != second.id
    assert open_release(releases).id == second.id
    assert open_release(releases / release.id).id == release.id


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [(44, 9, "◎ 達成"), (10, 9, "×"), (10, 3, "宇宙課"), (10, 12, "余分"), (7, 3, "課")],
)
def test_a_failed_build_leaves_the_last_release_as_it_was(
    site: SiteCopy, releases: Path, row: int, column: int, text: str
) -> None:
    before = state(releases)
    if column == 12:
        site.replace(site.source, "◎ 達成\t継続\t\n(2)", f"◎ 達成\t継続\t\t{text}\n(2)")
    else:
        site.replace_cell(row, column, text)
    with pytest.raises(SakataLodError):
        build(site.folder, releases, None, unwatched)
    assert state(releases) == before


def test_a_build_that_fails_while_writing_leaves_nothing_behind(
    site: SiteCopy, releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(releases)
    site.replace(site.folder / "site.toml", "confirmed = false", "confirmed = true")

    def disk_is_full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", disk_is_full)
    with pytest.raises(OSError, match="No space left"):
        build(site.folder, releases, None, unwatched)
    kept = {name for name in state(releases) if not name.startswith("validated/")}
    assert kept == {name for name in before if not name.startswith("validated/")}
    assert not list(releases.glob(".writing-*"))


def test_data_that_breaks_a_shape_is_not_published(site: SiteCopy, releases: Path) -> None:
    current = (releases / CURRENT).readlink()
    site.replace(
        site.folder / "departments.ttl", "org:unitOf <organization/062049>", "org:unitOf <plan/joho-keikaku>"
    )
    refused = build(site.folder, releases, None, unwatched)
    assert refused.release is None
    assert not refused.report.conforms
    assert (releases / CURRENT).readlink() == current


def with_second_plan(site: SiteCopy, title: str) -> None:
    """Add another plan with the same table, of that title."""
    second = site.plan.parent.with_name("second")
    shutil.copytree(site.plan.parent, second)
    site.replace(second / "plan.toml", 'slug = "joho-keikaku"', 'slug = "second"')
    site.replace(second / "plan.toml", 'title.ja = "酒田市情報化計画"', f'title.ja = "{title}"')


def test_a_site_may_have_several_plans(site: SiteCopy, tmp_path: Path) -> None:
    with_second_plan(site, "第二の計画")
    built = build(site.folder, tmp_path / "releases", None, unwatched)
    assert built.release is not None
    assert [plan.slug for plan in built.release.manifest.plans] == ["joho-keikaku", "second"]
    assert built.release.manifest.counts["measures"] == 66
    assert built.report.counts == {"Violation": 0, "Warning": 24, "Info": 3}


def test_a_plan_that_breaks_a_shape_is_left_out_and_the_rest_published(
    site: SiteCopy, release: Release, tmp_path: Path
) -> None:
    with_second_plan(site, " ")
    built = build(site.folder, tmp_path / "releases", None, unwatched)
    assert built.left_out == ("second",)
    assert not built.report.conforms
    assert built.release is not None
    assert [plan.slug for plan in built.release.manifest.plans] == ["joho-keikaku"]
    assert "/second" not in built.release.dataset.read_text(encoding="utf-8")
    assert built.release.id == release.id


def test_a_damaged_release_of_the_same_name_is_written_anew(site: SiteCopy, releases: Path) -> None:
    damaged = open_release(releases)
    (damaged.folder / "graph.ttl").write_bytes(b"damaged")
    with pytest.raises(ReleaseDamaged, match=r"graph\.ttl"):
        open_release(releases)
    build(site.folder, releases, None, unwatched)
    assert open_release(releases).id == damaged.id


def test_iris_begin_with_the_base_that_is_given(tmp_path: Path) -> None:
    built = build(SAKATA, tmp_path, "https://data.example.jp/lod/", unwatched)
    assert built.release is not None
    text = built.release.dataset.read_text(encoding="utf-8")
    assert "<https://data.example.jp/lod/id/measure/joho-keikaku/2-1-2>" in text
    assert "localhost" not in text
    assert built.report.counts["Violation"] == 0


def test_a_release_for_another_base_is_refused(release: Release) -> None:
    with pytest.raises(ReleaseForAnotherBase, match=r"--base-iri https://data\.example\.jp/"):
        open_release(release.folder, "https://data.example.jp/")


@pytest.mark.parametrize("spoil", ["missing", "size", "digest", "manifest"])
def test_a_release_that_is_not_whole_is_refused(releases: Path, spoil: str) -> None:
    path = open_release(releases).folder / ("manifest.json" if spoil == "manifest" else "measures.csv")
    content = path.read_bytes()
    if spoil == "missing":
        path.unlink()
    else:
        path.write_bytes({"size": content + b"x", "digest": b"x" + content[1:], "manifest": b"{}"}[spoil])
    with pytest.raises(ReleaseDamaged):
        open_release(releases)


def test_a_folder_without_release_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(ReleaseNotFound, match="sakata-lod build"):
        open_release(tmp_path)


# Round trip


def test_the_published_table_is_rebuilt_from_the_graph_cell_for_cell(release: Release) -> None:
    (table,) = reconstruct(read_site(SAKATA), release)
    assert table.is_equal
    assert len(table.rows) == 53
    assert table.tsv.encode() == table.file.read_bytes()


def test_a_cell_that_holds_nothing_but_a_blank_is_rebuilt(site: SiteCopy, tmp_path: Path) -> None:
    site.replace_cell(10, 11, " ")
    release = build(site.folder, tmp_path / "releases", None, unwatched).release
    assert release is not None
    (table,) = reconstruct(read_site(site.folder), release)
    assert table.is_equal


def test_a_changed_cell_is_told_as_a_difference(site: SiteCopy, release: Release) -> None:
    site.replace_cell(10, 4, "情報の収集")
    (table,) = reconstruct(read_site(site.folder), release)
    assert not table.is_equal
    assert [(each.row, each.column, each.printed, each.rebuilt) for each in table.differences] == [
        (10, 4, "情報の収集", "情報収集")
    ]


def test_a_changed_heading_row_is_told_as_a_difference(site: SiteCopy, release: Release) -> None:
    site.replace_cell(8, 1, "第2章 地域の情報通信基盤")
    (table,) = reconstruct(read_site(site.folder), release)
    assert [each.row for each in table.differences] == [8]


def rewritten(release: Release, folder: Path, old: str, new: str) -> Release:
    """A release whose dataset says something else."""
    text = release.dataset.read_text(encoding="utf-8")
    assert old in text
    (folder / "dataset.nq").write_text(text.replace(old, new), encoding="utf-8")
    return Release(folder, release.manifest)


def test_a_cell_that_nothing_was_read_from_is_told(release: Release, tmp_path: Path) -> None:
    cell = "<http://localhost:8000/id/source/joho-keikaku/2023-03-31#cell=11,4>"
    derived = f"<http://www.w3.org/ns/prov#wasDerivedFrom> {cell}"
    spoilt = rewritten(release, tmp_path, derived, f"<http://www.w3.org/ns/prov#value> {cell}")
    (table,) = reconstruct(read_site(SAKATA), spoilt)
    assert [(each.row, each.column) for each in table.unread] == [(11, 4)]
    assert table.misstated
    assert not table.is_equal


def test_a_text_that_stands_in_no_cell_is_told(release: Release, tmp_path: Path) -> None:
    activity = IriSpace("http://localhost:8000/").activity("joho-keikaku", "2-1-1", 2021)
    said = f'<{activity}> <http://purl.org/dc/terms/description> "検討部会設置"@ja'
    spoilt = rewritten(release, tmp_path, said, said.replace("設置", "廃止"))
    (table,) = reconstruct(read_site(SAKATA), spoilt)
    assert table.misstated == (f"{activity}: 検討部会廃止",)
    assert not table.differences
