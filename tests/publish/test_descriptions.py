"""What a column says a measure is: read in tables of every shape, and published."""

import csv
import io
from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from sakata_lod.errors import RowsDisagree
from sakata_lod.namespaces import DCTERMS, PROV
from sakata_lod.publish.build import build
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.reconstruction import reconstruct
from sakata_lod.release import Release, open_release
from sakata_lod.site import read_site
from tests.publish.conftest import default_graph, store_of, unwatched
from tests.publish.small_tables import COLUMNS, ROWS, read_small

DESCRIBED = COLUMNS + 'description = "事業概要"\n'
LIST = DESCRIBED + ROWS
TABLE = "番号,施策,事業概要,令和5年度\n第1章 章,,,\n1,一,窓口を　減らす。,設計\n2,二, ,\n"
FORM = "[rows]\nmeasure = '(?P<number>\\d+) (?P<title>.+)'\n[block]\nstarts_with = \"番号\"\n"


def told(edition: Edition) -> list[tuple[str, str, list[tuple[int, int]]]]:
    """Each measure's description, and the cells below its heading that the measure is derived from."""
    return [
        (
            each.key,
            each.description,
            [(cell.row, cell.column) for cell in each.cells if cell.column_name == "事業概要"],
        )
        for each in edition.measures
    ]


# Every shape of table


def test_a_description_is_the_measure_s_as_printed_and_a_blank_one_is_none(tmp_path: Path) -> None:
    edition = read_small(tmp_path, LIST, TABLE)
    assert told(edition) == [("1-1", "窓口を　減らす。", [(3, 3)]), ("1-2", "", [])]


def test_a_description_merged_over_measures_is_each_one_s(tmp_path: Path) -> None:
    table = "# s\n番号 | 施策 | 事業概要 | R5\n第1章 章\n1 | 一 | 両方のこと | 設計\n2 | 二 | ^ | 設計\n"
    edition = read_small(tmp_path, LIST, table, "xlsx")
    assert told(edition) == [("1-1", "両方のこと", [(3, 3)]), ("1-2", "両方のこと", [(3, 3)])]


def test_a_blank_description_means_that_above_where_that_is_said(tmp_path: Path) -> None:
    table = "番号,施策,事業概要,R5\n第1章 章,,,\n1,一,両方のこと,設計\n2,二,,設計\n"
    edition = read_small(tmp_path, DESCRIBED + 'fill_down = "事業概要"\n' + ROWS, table)
    assert [each.description for each in edition.measures] == ["両方のこと", "両方のこと"]


def test_a_row_a_year_tells_it_once_or_in_each_row_and_the_newest_counts(tmp_path: Path) -> None:
    layout = DESCRIBED + 'year = "年度"\nactivity = "取組"\nfill_down = ["番号", "施策"]\n' + ROWS
    table = (
        "番号,施策,事業概要,年度,取組\n第1章 章,,,,\n1,一,減らす,R4,調査\n,,,R5,整備\n"
        "2,二,広げる,R4,調査\n,,さらに広げる,R5,整備\n"
    )
    assert told(read_small(tmp_path, layout, table)) == [
        ("1-1", "減らす", [(3, 3)]),
        ("1-2", "さらに広げる", [(5, 3), (6, 3)]),
    ]


ROW_AN_INDICATOR = (
    DESCRIBED
    + 'indicator = "指標"\nfill_down = ["番号", "施策"]\n'
    + ROWS
    + '[years]\nactual = "実績"\n'
    + '[figures]\nwithout_figure = ["-"]\n'
)


def test_rows_of_indicators_tell_it_once(tmp_path: Path) -> None:
    table = "番号,施策,事業概要,指標,R5実績\n第1章 章,,,,\n1,一,減らす,件数,1\n,,,人数,2\n"
    assert told(read_small(tmp_path, ROW_AN_INDICATOR, table)) == [("1-1", "減らす", [(3, 3)])]


def test_rows_of_one_measure_that_describe_it_otherwise_are_refused(tmp_path: Path) -> None:
    table = "番号,施策,事業概要,指標,R5実績\n第1章 章,,,,\n1,一,減らす,件数,1\n,,増やす,人数,2\n"
    with pytest.raises(RowsDisagree) as caught:
        read_small(tmp_path, ROW_AN_INDICATOR, table)
    place = caught.value.place
    assert (place.row, place.column, caught.value.text, caught.value.other) == (4, 3, "増やす", "減らす")


@pytest.mark.parametrize(
    "table",
    [
        "番号,1,施策,一\n事業概要,窓口を減らす\nR5,設計\n",
        "番号,1,施策,一\n事業概要,\n窓口を減らす,\nR5,設計\n",
    ],
)
def test_a_form_has_it_beside_its_label_or_below_it(tmp_path: Path, table: str) -> None:
    ((key, description, cells),) = told(read_small(tmp_path, DESCRIBED + FORM, table))
    assert (key, description, len(cells)) == ("1", "窓口を減らす", 1)


def test_a_form_whose_years_run_down_has_it_once(tmp_path: Path) -> None:
    layout = DESCRIBED + 'year = "年度"\nactivity = "取組"\n' + FORM
    table = "番号,1,施策,一\n事業概要,窓口を減らす\n年度,取組\nR4,調査\nR5,整備\n"
    edition = read_small(tmp_path, layout, table)
    assert told(edition) == [("1", "窓口を減らす", [(2, 2)])]
    assert [each.text for each in edition.activities] == ["調査", "整備"]


# The release


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("described")
    read_small(folder, LIST, TABLE)
    return folder / "site"


@pytest.fixture(scope="module")
def release(site: Path) -> Release:
    built = build(site, site.parent / "releases", "http://localhost:8000/", unwatched)
    assert built.release is not None
    assert {kind for kind, count in built.report.counts.items() if count} <= {"Info"}
    return built.release


def test_the_measure_has_its_description_from_its_cell(release: Release) -> None:
    graph = default_graph(release)
    one, two = (URIRef(f"http://localhost:8000/id/measure/p/1-{number}") for number in (1, 2))
    assert list(graph.objects(one, DCTERMS.description)) == [Literal("窓口を　減らす。", lang="ja")]
    assert list(graph.objects(two, DCTERMS.description)) == []
    cells = {str(each).rpartition("#")[2] for each in graph.objects(one, PROV.wasDerivedFrom)}
    assert "cell=3,3" in cells


def test_the_table_is_rebuilt_and_all_that_it_prints_is_read(site: Path, release: Release) -> None:
    (table,) = reconstruct(read_site(site), release)
    assert (table.differences, table.unread, table.misstated) == ((), (), ())


def test_a_description_that_no_cell_prints_whole_is_misstated(site: Path, tmp_path: Path) -> None:
    built = build(site, tmp_path / "releases", None, unwatched)
    assert built.release is not None
    spoilt = open_release(built.release.folder)
    store = store_of(spoilt)
    quads = list(store.quads_for_pattern(None, None, None, None))
    lines = "".join(f"{each} .\n" for each in quads)
    assert lines.count('"窓口を　減らす。"@ja') >= 4
    predicate = f"<{DCTERMS.description}> "
    lines = lines.replace(f'{predicate}"窓口を　減らす。"', f'{predicate}"窓口を"')
    spoilt.dataset.write_text(lines, encoding="utf-8")
    (table,) = reconstruct(read_site(site), spoilt)
    assert [each.rpartition(": ")[2] for each in table.misstated] == ["窓口を"]


def test_the_table_of_measures_ends_with_it(release: Release) -> None:
    text = (release.folder / "measures.plain.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [each["施策の概要"] for each in rows] == ["窓口を　減らす。", ""]
    assert list(rows[0])[-2:] == ["IRI", "施策の概要"]
