"""The law of the reader: a spoiled table gives the same measures, or an error that names the place.

MUTATED_TABLES says how many tables are spoiled, of each plan: MUTATED_TABLES=10000 pytest this file.
"""

import csv
import io
import os
import shutil
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from sakata_lod.errors import SourceError
from sakata_lod.iris import IriSpace
from sakata_lod.publish.assembly import read_edition
from sakata_lod.publish.departments import DepartmentRegister, read_register
from sakata_lod.publish.next_edition import propose_next
from sakata_lod.publish.plan import Edition, SourceCell
from sakata_lod.publish.proposal import Asked
from sakata_lod.publish.row_kinds import is_ignored
from sakata_lod.publish.year_headings import YearWords, year_column
from sakata_lod.site import EditionFolder, PlanSource, TableLayout, read_site
from sakata_lod.site.schema import PlanFile
from tests.publish.small_tables import read_small
from tests.publish.test_indicator_statuses import WHOLE, WHOLE_TABLE
from tests.publish.test_other_shapes import DOWN, DOWN_TABLE
from tests.publish.test_tables_in_forms import KPI, KPI_TABLE

EXAMPLES = int(os.environ.get("MUTATED_TABLES", "40"))
WORKBOOKS = [("kakuu", "sogo"), ("maboroshi", "kankyo"), ("maboroshi", "kanko")]
DELIMITED = [("utsutsu", "jisshi"), ("utsutsu", "bosai")]
YEARS_DOWN = "p"
"""A plan of `small_tables`, here one of forms whose years stand below one another."""
STATUSES = "statuses of indicators"
"""Another, with a status of each indicator beside each year and as a whole."""
IN_FORMS = "tables in forms"
"""Another, of forms with a table of indicators in each, below a header of two rows."""
TEXTS = [
    "", " ", "1", "(2)", "0", "A", "Ｂ", "達成", "同左", "集計中", "12.5%", "−3", "令和4年度", "R5", "2022(H23)",
    "第2章　空", "基本目標Ⅲ　海", "環境課", "施策番号", "年度", "取組", "計画", "※ 注", "合計 3", "何か", "1.くらし", "2-1 保育",
]  # fmt: skip

places = st.tuples(st.integers(1, 18), st.integers(1, 15))
changes = st.lists(
    st.one_of(
        st.tuples(st.just("swap"), places, places),
        st.tuples(st.just("move"), places, places),
        st.tuples(st.just("write"), places, st.sampled_from(TEXTS)),
        st.tuples(st.just("delete"), places, st.integers(1, 3)),
        st.tuples(st.just("repeat"), places, places),
        st.tuples(st.just("merge"), places, places),
        st.tuples(st.just("unmerge"), places, places),
    ),
    min_size=1,
    max_size=3,
)
quietly = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Reader:
    """A plan whose table may be spoiled."""

    def __init__(self, folder: Path, slug: str) -> None:
        site = read_site(folder)
        self.plan: PlanSource = next(each for each in site.plans if each.slug == slug)
        self.edition: EditionFolder = self.plan.editions[0]
        self.register: DepartmentRegister = read_register(site.departments, IriSpace(site.base_iri))
        self.content = self.edition.path.read_bytes()
        self.measures = self.edition.source.measures

    def hold_to_the_law(self, content: bytes) -> None:
        self.edition.path.write_bytes(content)
        try:
            edition = read_edition(self.plan, self.edition, self.register)
        except SourceError as error:
            refused = error
        else:
            assert len(edition.measures) == self.measures == len(edition.progress)
            assert {each.number for each in edition.measures} == {each.measure for each in edition.progress}
            assert printed_below_headings(edition, self.edition) <= edition.read_cells
            assert lost_between_forms(edition, self.edition.layout) == set()
            return
        assert refused.place.file == self.edition.path
        assert all(str(refused.place.file) in refused.sentence(language) for language in ("ja", "en"))


def printed_below_headings(edition: Edition, folder: EditionFolder) -> set[SourceCell]:
    kept = folder.layout.columns.ignored
    return {
        each
        for each in edition.cells
        if each.text.strip() and each.column_name and each.column_name not in kept
    }


def lost_between_forms(edition: Edition, layout: TableLayout) -> set[SourceCell]:
    """What stands below the first form's beginning, and is no label, no year, no value and in no note."""
    if layout.block is None:
        return set()
    words = YearWords.of(layout)
    labels = {*layout.read_headings, *layout.columns.ignored, *words.words()}
    labels |= {layout.block.starts_with, layout.block.years or ""}
    rows: dict[int, list[SourceCell]] = {}
    for each in edition.cells:
        if each.text.strip():
            rows.setdefault(each.row, []).append(each)
    notes = {
        row for row, cells in rows.items() if is_ignored(" ".join(c.text.strip() for c in cells), layout.rows)
    }
    first = min(row for row, cells in rows.items() if heading(cells[0]) == layout.block.starts_with)
    return {
        each
        for row, cells in rows.items()
        for each in cells
        if row > first and row not in notes and not each.column_name
        and heading(each) not in labels and year_column((heading(each),), words) is None
    }  # fmt: skip


def heading(cell: SourceCell) -> str:
    return " ".join(cell.text.split())


@pytest.fixture(scope="module")
def reader(cities: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Reader]:
    def make(city: str, slug: str) -> Reader:
        folder = tmp_path_factory.mktemp("spoiled") / city
        shutil.copytree(cities[city], folder)
        return Reader(folder, slug)

    return make


@pytest.fixture(scope="module")
def readers(
    reader: Callable[[str, str], Reader], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Reader]:
    years_down = tmp_path_factory.mktemp("years-down")
    read_small(years_down, DOWN, DOWN_TABLE, "xlsx", counted=2)
    known = {slug: reader(city, slug) for city, slug in (*WORKBOOKS, *DELIMITED)}
    statuses = tmp_path_factory.mktemp("statuses")
    read_small(statuses, WHOLE, WHOLE_TABLE, "xlsx", counted=1)
    in_forms = tmp_path_factory.mktemp("tables-in-forms")
    read_small(in_forms, KPI, KPI_TABLE, "xlsx", counted=2)
    small = {YEARS_DOWN: years_down, STATUSES: statuses, IN_FORMS: in_forms}
    return {**known, **{name: Reader(folder / "site", "p") for name, folder in small.items()}}


def spoil_sheet(sheet: Worksheet, change: tuple[str, tuple[int, int], object]) -> None:
    kind, (row, column), other = change
    covered = {(r, c) for each in sheet.merged_cells.ranges for r, c in each.cells}
    free = (row, column) not in covered or not hasattr(sheet.cell(row, column), "hyperlink")
    if kind == "write" and isinstance(sheet.cell(row, column), openpyxl.cell.cell.Cell):
        sheet.cell(row, column).value = str(other) or None
    elif kind == "delete" and isinstance(other, int):
        sheet.delete_rows(row, other)
    elif isinstance(other, tuple) and free:
        spoil_two(sheet, kind, (row, column), other)


def spoil_two(sheet: Worksheet, kind: str, one: tuple[int, int], other: tuple[int, int]) -> None:
    ranges = [each for each in sheet.merged_cells.ranges if one in set(each.cells)]
    if kind == "unmerge":
        for each in ranges:
            sheet.unmerge_cells(str(each))
    elif kind == "merge":
        (top, left), (bottom, right) = (min(one, other), max(one, other))
        sheet.merge_cells(None, min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    elif kind == "repeat":
        sheet.insert_rows(one[0])
    else:
        first, second = sheet.cell(*one), sheet.cell(*other)
        if all(isinstance(each, openpyxl.cell.cell.Cell) for each in (first, second)):
            moved = first.value
            first.value = second.value if kind == "swap" else None
            second.value = moved


def spoilt_workbook(reader: Reader, spoilt: list[tuple[str, tuple[int, int], object]]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(reader.content))
    for change in spoilt:
        spoil_sheet(book[reader.edition.source.sheet or book.sheetnames[0]], change)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("slug", [*(slug for _, slug in WORKBOOKS), YEARS_DOWN, STATUSES, IN_FORMS])
@quietly
@example(spoilt=[("write", (14, 1), "第2章　空")])  # a chapter in the middle of a form
@given(spoilt=changes)
def test_a_spoiled_workbook_is_read_whole_or_refused_at_a_place(
    slug: str, readers: dict[str, Reader], spoilt: list[tuple[str, tuple[int, int], object]]
) -> None:
    readers[slug].hold_to_the_law(spoilt_workbook(readers[slug], spoilt))


def spoil_rows(rows: list[list[str]], change: tuple[str, tuple[int, int], object]) -> None:
    kind, (row, column), other = change
    index = (row - 1) % max(len(rows), 1)
    cells = rows[index]
    at = (column - 1) % max(len(cells), 1)
    if kind == "write" and cells:
        cells[at] = str(other)
    elif kind == "delete" and isinstance(other, int):
        del rows[index : index + other]
    elif kind == "repeat":
        rows.insert(index, list(cells))
    elif kind == "unmerge" and cells:
        del cells[at]
    elif kind == "merge":
        cells.insert(at, "")
    elif isinstance(other, tuple) and cells:
        second = rows[(other[0] - 1) % len(rows)]
        place = (other[1] - 1) % max(len(second), 1)
        if second:
            cells[at], second[place] = (second[place] if kind == "swap" else ""), cells[at]


@pytest.mark.parametrize("slug", [slug for _, slug in DELIMITED])
@quietly
@given(spoilt=changes)
def test_a_spoiled_csv_is_read_whole_or_refused_at_a_place(
    slug: str, readers: dict[str, Reader], spoilt: list[tuple[str, tuple[int, int], object]]
) -> None:
    reader = readers[slug]
    rows = list(csv.reader(io.StringIO(reader.content.decode("cp932"), newline="")))
    for change in spoilt:
        if rows:
            spoil_rows(rows, change)
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    reader.hold_to_the_law(text.getvalue().encode("cp932", errors="replace"))


@pytest.mark.parametrize("slug", ["sogo", "jisshi"])
@quietly
@given(data=st.data())
def test_bytes_cut_off_or_changed_are_read_whole_or_refused(
    slug: str, readers: dict[str, Reader], data: st.DataObject
) -> None:
    reader = readers[slug]
    content = bytearray(reader.content)
    end = data.draw(st.integers(0, len(content)))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] = data.draw(st.integers(0, 255))
    reader.hold_to_the_law(bytes(content[:end]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "euc_jp", "iso2022_jp"])
def test_another_encoding_than_declared_is_refused(readers: dict[str, Reader], encoding: str) -> None:
    reader = readers["jisshi"]
    content = reader.content.decode("cp932").encode(encoding)
    reader.edition.path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read_edition(reader.plan, reader.edition, reader.register)
    assert caught.value.place.file == reader.edition.path


@pytest.mark.parametrize("slug", ["sogo", "kankyo", YEARS_DOWN, STATUSES])
@quietly
@given(spoilt=changes)
def test_a_spoiled_workbook_is_proposed_as_an_edition_that_its_plan_can_have_or_refused(
    slug: str, readers: dict[str, Reader], spoilt: list[tuple[str, tuple[int, int], object]]
) -> None:
    reader = readers[slug]
    reader.edition.path.write_bytes(reader.content)
    site = read_site(reader.plan.folder.parent.parent)
    plan = next(each for each in site.plans if each.slug == reader.plan.slug)
    newer = reader.edition.path.with_name("newer.xlsx")
    newer.write_bytes(spoilt_workbook(reader, spoilt))
    try:
        proposal = propose_next(site, plan, date(2026, 3, 31), newer, Asked())
    except SourceError:
        return
    tomllib.loads(proposal.corrections)
    said = tomllib.loads((plan.folder / "plan.toml").read_text(encoding="utf-8") + proposal.section)
    if not proposal.questions:
        PlanFile.model_validate(said)
        assert proposal.measures is not None
