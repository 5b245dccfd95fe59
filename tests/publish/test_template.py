"""The table that a city fills in is read by the plan.toml that comes with it."""

import csv
import io
import tomllib
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from sakata_lod.errors import UnknownRow
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import CODE
from sakata_lod.publish.assembly import read_edition
from sakata_lod.publish.build import read_data, validate_data
from sakata_lod.publish.departments import read_register
from sakata_lod.publish.eras import FiscalYear
from sakata_lod.publish.files import template_files
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.template import CODES_SHEET, SHEET, make_template, template_csv, template_workbook
from sakata_lod.site import read_site
from sakata_lod.vocabulary import CODES, concepts
from tests.conftest import SiteCopy
from tests.publish.conftest import unwatched

FILLED = [
    ["第1章", "情報通信基盤の整備"],
    ["第1節", "地域の情報通信基盤"],
    [
        "施策1",
        "公衆Wi-Fiの拡充",
        "情報企画課 交流観光課",
        "場所の検討",
        "整備",
        "一部達成",
        "継続",
        "工事のため。",
    ],
    ["施策2", "光ファイバの整備", "情報企画課", "", "整備", "達成", "完了", ""],
    ["第2節", "災害に強い通信"],
    ["施策1", "通信網の点検", "情報企画課等", "点検", "点検", "評価待ち", "", ""],
]


def fill(site: SiteCopy, form: str, rows: list[list[str]], *, keep_examples: bool = False) -> None:
    """Write the template into a site as a second plan, and fill it in as a person would."""
    folder = site.folder / "plans/your-plan"
    edition = folder / "2025-03-31"
    edition.mkdir(parents=True)
    files = {Path(each.path).name: each.content for each in template_files(2023, 2024)}
    plan = files["plan.toml"].decode()
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(files["template.xlsx"]))
        if not keep_examples:
            book[SHEET].delete_rows(2, 3)
        for row in rows:
            book[SHEET].append(row)
        book.save(edition / "source.xlsx")
    else:
        headings, *examples = files["template.csv"].decode("utf-8").splitlines()
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        kept = [headings, *(examples if keep_examples else [])]
        (edition / "source.csv").write_bytes("\r\n".join([*kept, text.getvalue()]).encode())
        plan = plan.replace('source = "source.xlsx"\nformat = "xlsx"\nsheet = "記入表"\n', "")
        plan = (
            plan.replace("# source =", "source =").replace("# format =", "format =").replace("# enc", "enc")
        )
    (folder / "plan.toml").write_text(plan, encoding="utf-8")


def read_filled(site: SiteCopy) -> Edition:
    read = read_site(site.folder)
    plan = next(each for each in read.plans if each.slug == "your-plan")
    return read_edition(plan, plan.editions[0], read_register(read.departments, IriSpace(read.base_iri)))


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_template_filled_in_is_read(site: SiteCopy, form: str) -> None:
    fill(site, form, FILLED)
    edition = read_filled(site)
    assert [(each.number, each.title) for each in edition.measures] == [
        ("1-1-1", "公衆Wi-Fiの拡充"),
        ("1-1-2", "光ファイバの整備"),
        ("1-2-1", "通信網の点検"),
    ]
    assert [each.number for each in edition.divisions] == ["1", "1-1", "1-2"]
    assert [(each.achievement, each.response) for each in edition.progress] == [
        ("partlyAchieved", "continue"),
        ("achieved", "complete"),
        ("pending", None),
    ]
    assert [(each.measure, each.fiscal_year.start_year) for each in edition.activities] == [
        ("1-1-1", 2023),
        ("1-1-1", 2024),
        ("1-1-2", 2024),
        ("1-2-1", 2023),
        ("1-2-1", 2024),
    ]
    assert edition.measures[0].departments == ("joho-kikaku", "koryu-kanko")
    assert edition.measures[2].other_departments


def test_what_the_template_holds_conforms_to_the_shapes(site: SiteCopy) -> None:
    fill(site, "xlsx", FILLED)
    report = validate_data(read_data(site.folder, None, unwatched), unwatched)
    assert report.violations == ()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_example_that_was_left_in_is_told_with_its_row(site: SiteCopy, form: str) -> None:
    fill(site, form, FILLED, keep_examples=True)
    with pytest.raises(UnknownRow) as refused:
        read_filled(site)
    assert refused.value.place.row == 2


def test_every_code_can_be_chosen_and_is_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(make_template(2023, 2024))))
    sheet = book[SHEET]
    headings = {get_column_letter(number): cell.value for number, cell in enumerate(sheet[1], start=1)}
    offered = {}
    for choice in sheet.data_validations.dataValidation:
        (cells,) = choice.sqref.ranges
        name, _, place = str(choice.formula1).partition("!")
        assert name.strip("'") == CODES_SHEET
        labels = [row[0].value for row in book[CODES_SHEET][place.replace("$", "")]]
        offered[headings[str(cells).rstrip("0123456789:")[0]]] = labels
        assert choice.type == "list"
        assert choice.showErrorMessage
    plan = next(each for each in template_files(2023, 2024) if each.path.endswith("plan.toml"))
    read = tomllib.loads(plan.content.decode())
    for heading, key in (("目標達成", "achievement"), ("今後の対応", "response")):
        assert offered[heading] == list(read[key])
        assert set(read[key].values()) == set(concepts(CODES, CODE[key]))


def test_every_heading_has_a_hint_in_both_languages() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(make_template(2023, 2024))))
    for cell in book[SHEET][1]:
        assert cell.comment is not None, cell.value
        japanese, english = cell.comment.text.split("\n")
        assert japanese
        assert english.isascii() or "第1章" in english
    assert book.sheetnames == ["説明", SHEET, CODES_SHEET]
    assert book.active == book[SHEET]


def test_the_template_has_a_column_for_each_fiscal_year() -> None:
    template = make_template(2018, 2022)
    headings = template_csv(template).decode("utf-8-sig").splitlines()[0].split(",")
    assert headings[3:8] == [FiscalYear(year).era_name for year in range(2018, 2023)]
    assert all("（記入例）" in str(row[1]) for row in template.examples)


def test_the_template_is_printed_in_its_whole_width_and_no_text_of_it_is_cut_off() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(make_template(2023, 2024))))
    for sheet in book.worksheets:
        printed = sheet.sheet_properties.pageSetUpPr
        assert printed is not None
        assert printed.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        widths = [each.width for each in sheet.column_dimensions.values()]
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            lines = (sheet.row_dimensions[number].height or 18) / 18
            assert all(
                len(str(value or "")) <= width * lines for value, width in zip(row, widths, strict=True)
            )


def test_the_same_template_makes_the_same_bytes() -> None:
    first, again = ([each.content for each in template_files(2023, 2024)] for _ in range(2))
    assert first == again
