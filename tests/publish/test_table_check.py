"""A table with one fault: which cell is named, by which rule, and with what to do."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from rdflib import Graph, Literal

from sakata_lod.errors import InvalidConfiguration, InvalidData, SourceError
from sakata_lod.namespaces import PLAN, RDF, SH
from sakata_lod.publish.check import FileToCheck, check_file
from sakata_lod.publish.findings import FileReport
from sakata_lod.publish.shapes import load_shapes
from sakata_lod.publish.table_form import has_blanks_for_looks, is_number_with_text, is_short_year
from sakata_lod.publish.template import SHEET, make_template, template_csv, template_workbook
from sakata_lod.publish.validation import validate
from tests.conftest import SAKATA

HEADINGS = [
    "番号",
    "名称",
    "所管課",
    "令和5年度",
    "令和6年度",
    "目標達成",
    "今後の対応",
    "達成できなかった理由",
]
GOOD = [
    HEADINGS,
    ["第1章", "情報通信基盤の整備", "", "", "", "", "", ""],
    ["第1節", "地域の基盤", "", "", "", "", "", ""],
    ["施策1", "公衆Wi-Fiの拡充", "情報企画課 交流観光課", "場所の検討", "設置", "達成", "完了", ""],
    ["施策2", "光ファイバの整備", "情報企画課", "", "工事", "一部達成", "継続", "工事中のため"],
    ["施策3", "通信網の点検", "情報企画課等", "点検", "点検", "評価待ち", "継続", "未評価のため"],
]
DEPARTMENTS = (SAKATA / "departments.ttl").read_bytes()

Rows = list[list[str]]


def changed(row: int, column: int, text: str) -> Rows:
    """The good table with another text in one cell, counted from 1."""
    rows = [list(each) for each in GOOD]
    rows[row - 1][column - 1] = text
    return rows


def added(*rows: list[str]) -> Rows:
    return [*GOOD, *([*each, *[""] * (len(HEADINGS) - len(each))] for each in rows)]


def as_csv(rows: Rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def as_workbook(rows: Rows, spoil: Callable[[Worksheet], object] = lambda _sheet: None) -> bytes:
    """The template as a city fills it in, and what it then does to the sheet."""
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(make_template(2023, 2024))))
    sheet = book[SHEET]
    sheet.delete_rows(2, sheet.max_row)
    for number, row in enumerate(rows[1:], start=2):
        for column, text in enumerate(row, start=1):
            sheet.cell(number, column).value = text or None
    spoil(sheet)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def check(content: bytes, name: str = "plan.csv", **more: object) -> FileReport:
    return check_file(FileToCheck(name, content, **more))  # type: ignore[arg-type]


def told(report: FileReport) -> set[tuple[str, str, str]]:
    """The severity, cell and rule of each finding."""
    return {
        (each.result.severity.value, each.cell, each.result.source_shape.partition("#")[2])
        for each in report.findings
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.csv", as_csv(GOOD)),
        ("plan.csv", b"\xef\xbb\xbf" + as_csv(GOOD)),
        ("plan.csv", as_csv(GOOD).decode().encode("cp932")),
        ("plan.tsv", "\n".join("\t".join(row) for row in GOOD).encode()),
        ("plan.XLSX", as_workbook(GOOD)),
    ],
    ids=["csv", "csv with byte-order mark", "csv in cp932", "tsv", "xlsx"],
)
def test_a_good_table_conforms_with_nothing_found(name: str, content: bytes) -> None:
    report = check(content, name, departments=DEPARTMENTS, years=(2023, 2024))
    assert (report.conforms, report.is_whole, report.findings, report.notes) == (True, True, (), ())


FAULTS = [
    ("unknown code", changed(4, 6, "☆"), ("Violation", "F4", "UnknownMark")),
    ("unknown response", changed(5, 7, "保留"), ("Violation", "G5", "UnknownMark")),
    ("two codes", changed(5, 6, "達成 一部達成"), ("Violation", "F5", "MarkAndWordsDisagree")),
    ("missing title", changed(4, 2, ""), ("Violation", "A4", "UnknownRow")),
    ("missing number", changed(4, 1, ""), ("Violation", "B4", "UnknownRow")),
    ("number without its word", changed(4, 1, "1"), ("Violation", "A4", "UnknownRow")),
    ("duplicate number", changed(5, 1, "施策1"), ("Violation", "A5", "DuplicateNumber")),
    ("duplicate section", added(["第1節", "別の節"]), ("Violation", "A7", "DuplicateNumber")),
    ("unknown department", changed(5, 3, "宇宙課"), ("Violation", "C5", "UnknownDepartment")),
    ("one department unknown", changed(4, 3, "情報企画課 宇宙課"), ("Violation", "C4", "UnknownDepartment")),
    ("text in a division's row", changed(2, 8, "備考"), ("Violation", "H2", "MisplacedCell")),
    ("column without role", changed(1, 8, "備考"), ("Violation", "A1", "HeaderNotFound")),
    ("heading that is no year", changed(1, 4, "令和X5年度"), ("Violation", "D1", "UnknownEra")),
    ("note below the table", added(["※ 令和6年度末現在"]), ("Violation", "A7", "UnknownRow")),
    ("example left in", added(["施策4", "（記入例）例"]), ("Violation", "A7", "UnknownRow")),
    ("control character", changed(4, 4, "検\x07討"), ("Violation", "D4", "MalformedTable")),
    ("NUL", changed(4, 4, "検\x00討"), ("Violation", "D4", "MalformedTable")),
    ("division without measures", added(["第2節", "空の節"]), ("Warning", "A7", "DivisionShape-contents")),
    ("reason though achieved", changed(4, 8, "遅れ"), ("Warning", "H4", "ProgressShape-reasonUnneeded")),
    ("no achievement", changed(5, 6, ""), ("Info", "F5", "ProgressShape-achievementGiven")),
    ("no response", changed(5, 7, ""), ("Info", "G5", "ProgressShape-responseGiven")),
    ("no reason", changed(5, 8, ""), ("Info", "H5", "ProgressShape-reasonMissing")),
    ("no department", changed(5, 3, ""), ("Info", "C5", "MeasureShape-departmentGiven")),
    ("year outside the plan", changed(1, 5, "令和9年度"), ("Warning", "E4", "EditionShape-yearsInThePeriod")),
    ("note in a number", changed(5, 5, "1,200件（※1）"), ("Warning", "E5", "NumberWithText")),
    ("line break", changed(5, 5, "工事\n検査"), ("Info", "E5", "LineBreak")),
    ("blanks for looks", changed(5, 2, "　点　検"), ("Info", "B5", "BlanksForLooks")),
    ("ditto mark", changed(5, 5, "〃"), ("Warning", "E5", "DittoMark")),
    ("platform character", changed(5, 5, "①調査"), ("Info", "E5", "PlatformCharacter")),
    ("short year", changed(1, 5, "R6"), ("Info", "E1", "ShortYear")),
    ("values without heading", [[*row, "" if row is HEADINGS else "備考"] for row in GOOD],
     ("Warning", "I1", "OmittedHeading")),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "found"), [fault[1:] for fault in FAULTS], ids=[each[0] for each in FAULTS])
def test_a_fault_is_told_with_its_cell_its_rule_and_what_to_do(
    rows: Rows, found: tuple[str, str, str]
) -> None:
    report = check(as_csv(rows), departments=DEPARTMENTS, years=(2023, 2024))
    assert found in told(report)
    assert report.conforms is (not any(each[0] == "Violation" for each in told(report)))
    for each in report.findings:
        for words in (each.problem, each.remedy, each.rule):
            assert words.sentence("ja")
            assert words.sentence("en")


def formula(sheet: Worksheet) -> None:
    sheet["E5"].value = '=HYPERLINK("http://x.invalid","x")'


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (lambda sheet: sheet.merge_cells("D5:E5"), ("Warning", "D5", "MergedCells")),
        (formula, ("Warning", "E5", "Formula")),
    ],
    ids=["merged", "formula"],
)
def test_a_fault_of_a_workbook_is_told_with_its_cell(
    spoil: Callable[[Worksheet], object], found: tuple[str, str, str]
) -> None:
    assert found in told(check(as_workbook(GOOD, spoil), "plan.xlsx"))


def test_a_drawing_in_a_workbook_is_told() -> None:
    content = io.BytesIO(as_workbook(GOOD))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/drawings/drawing9.xml", "<x/>")
    assert ("Warning", "", "DrawnObject") in told(check(content.getvalue(), "plan.xlsx"))


def test_what_a_workbook_hides_is_told_beside_the_faults_of_its_table() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True

    report = check(as_workbook(changed(4, 6, "☆"), hide), "plan.xlsx")
    assert {(cell, rule) for _, cell, rule in told(report)} >= {("", "HiddenCells"), ("F4", "UnknownMark")}


def test_all_faults_of_a_table_are_told_at_once() -> None:
    rows = changed(4, 6, "☆")
    rows[4][2], rows[4][6], rows[5][5] = "宇宙課", "保留", "未定"
    report = check(as_csv(rows), departments=DEPARTMENTS)
    assert {cell for _, cell, _ in told(report)} == {"F4", "C5", "G5", "F6"}
    assert not report.is_whole


def test_what_may_come_of_another_fault_is_not_told() -> None:
    """Without its section's row, a measure numbered 1 stands below the section before."""
    rows = added(["第2節？", "別の節"], ["施策1", "別の施策"])
    report = check(as_csv(rows))
    assert told(report) == {("Violation", "A7", "UnknownRow")}
    assert not report.is_whole


def test_without_a_register_any_department_will_do_and_that_is_said() -> None:
    report = check(as_csv(changed(4, 3, "宇宙課等")))
    assert report.conforms
    assert "departments.ttl" in report.notes[0].sentence("en")


def test_a_table_is_read_by_its_own_plan() -> None:
    folder = SAKATA / "plans" / "joho-keikaku"
    table = (folder / "2023-03-31" / "source.tsv").read_bytes()
    report = check(table, "source.tsv", plan=(folder / "plan.toml").read_bytes(), departments=DEPARTMENTS)
    assert told(report) == {
        ("Violation", "D38", "UnknownRow"),
        ("Violation", "I44", "MarkAndWordsDisagree"),
        ("Violation", "J48", "AmbiguousRow"),
        ("Violation", "J49", "AmbiguousRow"),
        ("Violation", "J50", "AmbiguousRow"),
    }


@pytest.mark.parametrize("without", [("第1節",), ("第1章", "第1節")], ids=["sections", "chapters"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_plan_without_sections_or_chapters_conforms(form: str, without: tuple[str, ...]) -> None:
    rows = [row for row in GOOD if row[0] not in without]
    content = as_csv(rows) if form == "csv" else as_workbook(rows)
    report = check(content, f"plan.{form}", departments=DEPARTMENTS, years=(2023, 2024))
    assert (report.conforms, report.findings) == (True, ())


def test_a_chapter_without_its_row_is_missed_where_sections_have_theirs() -> None:
    rows = [row for row in GOOD if row[0] != "第1章"]
    report = check(as_csv(rows), departments=DEPARTMENTS, years=(2023, 2024))
    assert ("Violation", "A2", "UnknownRow") in told(report)


def test_a_plan_or_register_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidConfiguration):
        check(as_csv(GOOD), plan=b"slug = 1")
    with pytest.raises(InvalidConfiguration):
        check(as_csv(GOOD), departments=b"<a> <b")


@pytest.mark.parametrize("name", ["plan.pdf", "plan"])
def test_another_kind_of_file_is_refused(name: str) -> None:
    with pytest.raises(InvalidData):
        check(b"x", name)


def test_the_template_itself_has_its_examples_told() -> None:
    report = check(template_csv(make_template(2023, 2024)))
    assert {cell for _, cell, _ in told(report)} == {"A2", "A3", "A4"}


def test_the_forms_of_a_report_agree() -> None:
    rows = changed(4, 5, "　設置")
    rows[4][7] = ""
    report = check(as_csv(rows))
    record = json.loads(json.dumps(report.record))
    table = list(csv.reader(io.StringIO(report.csv("en").decode("utf-8-sig"))))
    graph = report.graph()
    results = list(graph.subjects(RDF.type, SH.ValidationResult))
    assert len(record["results"]) == len(table) - 1 == len(results) == 2
    assert [each["place"]["cell"] for each in record["results"]] == [row[4] for row in table[1:]]
    assert {each["shape"] for each in record["results"]} == {
        str(graph.value(each, SH.sourceShape)) for each in results
    }
    assert {(each["place"]["row"], each["place"]["column"]) for each in record["results"]} <= {
        (graph.value(source, PLAN.row).toPython(), graph.value(source, PLAN.column).toPython())  # type: ignore[union-attr]
        for source in graph.subjects(PLAN.row)
    }
    assert record["conforms"] is report.conforms


REPORT_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<a:report> a sh:NodeShape ; sh:targetClass sh:ValidationReport ;
    sh:property [ sh:path sh:conforms ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:boolean ] .
<a:result> a sh:NodeShape ; sh:targetClass sh:ValidationResult ;
    sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ,
        [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
        [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
        [ sh:path sh:sourceShape ; sh:maxCount 1 ] , [ sh:path sh:value ; sh:maxCount 1 ] ,
        [ sh:path sh:resultMessage ; sh:minCount 1 ; sh:uniqueLang true ; sh:or ( [ sh:datatype xsd:string ]
          [ sh:datatype <http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> ] ) ] ,
        [ sh:path [ sh:inversePath sh:result ] ; sh:minCount 1 ; sh:maxCount 1 ] .
"""


@pytest.mark.parametrize("rows", [GOOD, changed(4, 6, "☆"), changed(5, 8, "")], ids=["good", "bad", "info"])
def test_the_report_is_one_in_shacl_s_own_words(rows: Rows) -> None:
    from sakata_lod.publish.shapes import make_shapes

    graph = check(as_csv(rows)).graph()
    assert len(list(graph.subjects(RDF.type, SH.ValidationReport))) == 1
    assert validate([graph], make_shapes(Graph().parse(data=REPORT_SHAPES))).results == ()
    (conforms,) = graph.objects(None, SH.conforms)
    assert conforms == Literal(len(list(graph.subjects(RDF.type, SH.ValidationResult))) == 0)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1"])
def test_no_cell_of_the_report_is_a_formula(text: str) -> None:
    table = list(csv.reader(io.StringIO(check(as_csv(changed(4, 6, text))).csv("ja").decode("utf-8-sig"))))
    assert any(text in cell for row in table for cell in row)
    for cell in (cell for row in table for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t"))


def test_every_error_of_a_table_has_a_problem_and_a_remedy_in_both_languages() -> None:
    for kind in SourceError.__subclasses__():
        assert ". " in kind.en.removeprefix("{place}: "), kind
        assert "。" in kind.ja.removeprefix("{place}: ").rstrip("。"), kind


@pytest.mark.parametrize(("text", "so"), [("1,234", True), ("▲5", True), ("12件", True), ("120（※1）", True), ("１２３", False),
                                          ("12", False), ("-3.5", False), ("3回の講習", False), ("Wi-Fi", False)])  # fmt: skip
def test_a_number_with_text_is_told_from_numbers_and_texts(text: str, so: bool) -> None:
    assert is_number_with_text(text) is so


@pytest.mark.parametrize(("text", "so"), [("　計", True), ("計 ", True), ("合　計", True), ("情報課 観光課", False), ("Wi Fi", False)])  # fmt: skip
def test_blanks_for_looks_are_told_from_blanks_between_words(text: str, so: bool) -> None:
    assert has_blanks_for_looks(text) is so


@pytest.mark.parametrize(("text", "so"), [("R4", True), ("Ｈ３０年度", True), ("’22", True), ("令和4年度", False), ("2022年度", False), ("FY2022", False)])  # fmt: skip
def test_a_short_year_is_told_from_one_written_out(text: str, so: bool) -> None:
    assert is_short_year(text) is so


def test_an_rdf_file_is_held_to_the_shapes() -> None:
    report = check(f"<http://example.org/m> a <{PLAN.Measure}> .".encode(), "measure.ttl")
    assert not report.conforms
    assert all(each.place is None and each.problem.sentence("ja") for each in report.findings)
    known = load_shapes().sources()
    assert {each.result.source_shape for each in report.findings} <= known


@pytest.mark.parametrize("name", ["a.ttl", "a.jsonld"])
def test_broken_rdf_is_refused(name: str) -> None:
    with pytest.raises(InvalidData):
        check(b'{"@context": "https://schema.org/", "@id": "http://a/b"}', name)


def test_the_bytes_on_disk_are_not_asked_for(tmp_path: Path) -> None:
    assert check(as_csv(GOOD), str(tmp_path / "not-there" / "plan.csv")).name == "plan.csv"
