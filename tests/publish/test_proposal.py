"""Tables of which nothing is told but the file: what is proposed, what is asked, and what is refused.

The hand-written configurations of Sakata and of the invented cities say what must come out of each.
"""

import csv
import re
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Formatter

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakata_lod.errors import EmptySource, NoHeadings, NoMeasures, NotATable, SourceError, Unanswered
from sakata_lod.namespaces import CODE
from sakata_lod.publish import next_edition
from sakata_lod.publish import proposal as package
from sakata_lod.publish.build import build
from sakata_lod.publish.encodings import encodings
from sakata_lod.publish.new_site import new_site, write_site
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.proposal import Asked, Proposal, SiteRegister, propose, write_proposal
from sakata_lod.publish.proposal.numbers import pattern, shaped
from sakata_lod.publish.proposal.sentences import sentences
from sakata_lod.publish.proposal.statuses import read_marks
from sakata_lod.publish.proposal.units import read_units
from sakata_lod.publish.table import read_table
from sakata_lod.site import EditionSource, read_site
from sakata_lod.site.schema import PlanFile
from tests.conftest import SAKATA
from tests.publish.conftest import read_plan, unwatched
from tests.publish.test_guide import examples


@dataclass(frozen=True)
class Case:
    """A published table, and the lines of the proposal that a person edits. register: in departments.ttl."""

    city: str
    plan: str
    as_of: date
    answers: Mapping[str, str]
    sheet: str | None = None
    register: Mapping[str, str] | None = None


def period(first: int, last: int) -> dict[str, str]:
    return {
        'first_fiscal_year = "?"': f"first_fiscal_year = {first}",
        'last_fiscal_year = "?"': f"last_fiscal_year = {last}",
    }


CASES = (
    Case("sakata", "joho-keikaku", date(2023, 3, 31), period(2018, 2022), register={
        '# <department/d09> skos:altLabel "保育こども園課"@ja .': '<department/d09> skos:altLabel "保育こども園課"@ja .',
    }),
    Case("kakuu", "sogo", date(2024, 3, 31), period(2021, 2025)),
    Case("utsutsu", "jisshi", date(2024, 5, 31), period(2022, 2024) | {
        'title = "?"': 'title = "事業費"',
        'unit = "?"': 'unit = "千円"',
        '"A" = "?"': '"A" = "achieved"',
        '"B" = "?"': '"B" = "inProgress"',
        '"C" = "?"': '"C" = "late"',
    }),
    Case("utsutsu", "bosai", date(2024, 3, 31), period(2022, 2024) | {'"継続中" = "?"': '"継続中" = "inProgress"'}),
    Case("maboroshi", "kankyo", date(2025, 3, 31), period(2023, 2025) | {
        '"令和7年度以降" = "?"': '"令和7年度以降" = 2025',
        'title = "?"': 'title = "実施回数"',
        'unit = "?"': 'unit = "回"',
    }, sheet="環境計画"),
    Case("maboroshi", "kanko", date(2021, 3, 31), period(2018, 2020), sheet="観光計画"),
)  # fmt: skip

by_plan = pytest.mark.parametrize("case", CASES, ids=lambda case: case.plan)


@dataclass(frozen=True)
class Proposed:
    """A site made from a table alone. edits: how many lines a person changed."""

    folder: Path
    proposal: Proposal
    edits: int
    by_hand: Edition


@pytest.fixture(scope="module")
def proposed(cities: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Proposed]:
    root = tmp_path_factory.mktemp("proposed")
    return {case.plan: _proposed(case, {**cities, "sakata": SAKATA}[case.city], root) for case in CASES}


def _proposed(case: Case, by_hand: Path, root: Path) -> Proposed:
    folder = root / case.plan
    write_site(new_site(folder, "062049", "ためし市", None))
    edition = next(
        each for plan in read_site(by_hand).plans if plan.slug == case.plan for each in plan.editions
    )
    asked = Asked(case.plan, case.as_of, (case.sheet,) if case.sheet else ())
    proposal = propose(edition.path, asked, SiteRegister.of(folder))
    written = write_proposal(folder, case.plan, edition.path, proposal, case.as_of)
    edits = replace(written / "plan.toml", case.answers)
    edits += replace(folder / "departments.ttl", case.register or {})
    edits += replace(folder / "site.toml", {'homepage = "?"': 'homepage = "https://city.example.jp/"'})
    if (corrections := edition.folder / "corrections.toml").exists():
        shutil.copy(corrections, written / case.as_of.isoformat())
    return Proposed(folder, proposal, edits, read_plan(by_hand, case.plan))


def replace(file: Path, answers: Mapping[str, str]) -> int:
    text = file.read_text(encoding="utf-8")
    for asked, answer in answers.items():
        assert text.count(asked) == 1, (asked, text)
        text = text.replace(asked, answer)
    file.write_text(text, encoding="utf-8")
    return len(answers)


def told(edition: Edition) -> tuple[object, ...]:
    """What an edition says, but for the names of departments in IRIs."""
    titles = {(each.measure, each.key): each.title for each in edition.indicators}
    return (
        [(each.number, each.title, each.parent) for each in edition.divisions],
        [(each.number, each.title, each.division) for each in edition.measures],
        [(each.measure, each.achievement, each.response) for each in edition.progress],
        [(each.measure, each.fiscal_year, each.work_line, each.text) for each in edition.activities],
        [
            (each.measure, titles[each.measure, each.indicator], each.fiscal_year, each.target, each.actual)
            for each in edition.indicator_values
        ],
    )


@by_plan
def test_a_proposal_with_its_questions_answered_reads_what_the_hand_written_configuration_reads(
    case: Case, proposed: dict[str, Proposed]
) -> None:
    each = proposed[case.plan]
    assert told(read_plan(each.folder, case.plan)) == told(each.by_hand)
    assert each.proposal.measures == len(each.by_hand.measures)
    assert each.edits <= 8


@pytest.mark.parametrize("plan", [case.plan for case in CASES if case.city != "sakata"])
def test_the_build_of_a_proposal_is_valid(plan: str, proposed: dict[str, Proposed], tmp_path: Path) -> None:
    built = build(proposed[plan].folder, tmp_path, None, unwatched)
    assert built.release is not None
    assert built.report.conforms


@by_plan
def test_a_build_stops_at_the_first_question_and_says_where(
    case: Case, proposed: dict[str, Proposed], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(proposed[case.plan].folder, site)
    file = site / "plans" / case.plan / "plan.toml"
    file.write_text(proposed[case.plan].proposal.plan_toml, encoding="utf-8")
    with pytest.raises(Unanswered) as stopped:
        read_site(site)
    assert (stopped.value.file, stopped.value.key) == (file, "first_fiscal_year")


def test_each_question_in_a_key_stands_below_a_line_that_tells_the_choices(
    proposed: dict[str, Proposed],
) -> None:
    for each in proposed.values():
        lines = each.proposal.plan_toml.splitlines()
        asked = [number for number, line in enumerate(lines) if '"?"' in line and not line.startswith("#")]
        assert asked
        assert all(lines[number - 1].startswith("# ? ") for number in asked)


def test_a_proposal_tells_what_is_doubtful_in_sakatas_table(proposed: dict[str, Proposed]) -> None:
    text = proposed["joho-keikaku"].proposal.plan_toml
    assert "# ? セルが列からずれている行: 48, 49, 50。" in text
    assert "# ? 38行は章・節でも施策でもありません" in text
    assert "# ? 「◎」は「一部達成 1」とも並びます" in text


def test_a_table_says_of_which_day_it_tells(cities: dict[str, Path]) -> None:
    source = cities["utsutsu"] / "plans/jisshi/2024-05-31/source.csv"
    assert propose(source, Asked()).as_of == date(2024, 5, 31)
    assert propose(SAKATA / "plans/joho-keikaku/2023-03-31/source.tsv", Asked()).as_of == date(2023, 3, 31)


def test_the_sheet_with_most_measures_is_read_and_the_others_are_told(cities: dict[str, Path]) -> None:
    found = propose(cities["maboroshi"] / "plans/kanko/2021-03-31/maboroshi.xlsx", Asked())
    assert (found.sheets, found.other_sheets) == (("観光計画",), ("環境計画",))


def test_comments_are_in_the_language_that_is_asked_for(cities: dict[str, Path]) -> None:
    source = cities["utsutsu"] / "plans/jisshi/2024-05-31/source.csv"
    ja, en = (propose(source, Asked(language=language)) for language in ("ja", "en"))
    assert "# ? 計画期間の最初の年度" in ja.plan_toml
    assert "# ? the plan's first fiscal year. Those of the table: 2022–2023" in en.plan_toml
    assert tomllib.loads(ja.plan_toml) == tomllib.loads(en.plan_toml)


def test_what_no_role_fits_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(
        "番号,施策,所管課,R4,謎\n第1章 くらし,,,,\n1,窓口の改善,市民課,調査,甲\n", encoding="utf-8"
    )
    text = propose(file, Asked()).plan_toml
    assert "# ? 列「謎」の役割は？（甲）" in text
    assert '# ignored = ["謎"]' in text


def test_titles_without_numbers_have_some_proposed_in_their_order_and_one_question(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(
        "章,施策,所管課,R4\nくらし,窓口の改善,市民課,調査\n,道の修繕,土木課,工事\n学び,本,図書館,購入\n",
        encoding="utf-8",
    )
    said = tomllib.loads(propose(file, Asked()).plan_toml)
    assert said["rows"]["numbers"] == {
        "?": "?", "くらし": "1", "学び": "2", "窓口の改善": "1", "道の修繕": "2", "本": "1"
    }  # fmt: skip
    assert said["columns"]["fill_down"] == ["章"]


def test_years_that_are_labels_of_a_form_are_proposed_with_their_words(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(
        "施策番号,1,施策名,窓口の改善\n担当,市民課,,\n備考,なし,,\n令和4年度,調査,,\n令和5年度の取組,整備,,\n",
        "utf-8",
    )
    text = propose(file, Asked(language="en")).plan_toml
    said = tomllib.loads(text)
    assert "Those of the table: 2022–2023" in text
    assert (said["block"], said["years"]) == ({"starts_with": "施策番号"}, {"activity": "取組"})
    assert "divisions" not in said["rows"]


def test_a_blank_below_a_forms_year_is_proposed_to_mean_the_same(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(
        "施策番号,1,施策名,窓口の改善\n担当,市民課,,\n年度,取組,評価,\nR4,調査,A,\n,試行,A,\n備考,なし,,\n",
        "utf-8",
    )
    said = tomllib.loads(propose(file, Asked()).plan_toml)
    assert said["columns"] == {
        "number": "施策番号", "title": "施策名", "departments": "担当", "year": "年度", "activity": "取組",
        "achievement": "評価", "ignored": "備考", "fill_down": ["年度"],
    }  # fmt: skip


def test_a_measure_of_which_nothing_is_printed_yet_is_taken_for_no_chapter(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(
        "番号,施策,所管課,R4\n1,窓口の改善,市民課,調査\n2,道の修繕,,\n3,見守り,市民課,\n", encoding="utf-8"
    )
    found = propose(file, Asked())
    assert "divisions" not in tomllib.loads(found.plan_toml)["rows"]
    assert found.measures == 3


# What is refused


def refused(file: Path) -> SourceError:
    with pytest.raises(SourceError) as error:
        propose(file, Asked())
    return error.value


@pytest.mark.parametrize(("content", "kind", "sentence"), [
    (b"", EmptySource, "ファイルが空です"),
    (b" \r\n\t", EmptySource, "ファイルが空です"),
    (b"\x00\x01\x02\xff\xfe\x80", NotATable, "文字として読めないファイル"),
    ("施策".encode("utf-16"), NotATable, "UTF-16"),
    (b"<html><table><tr><td>1</td></tr></table></html>", NotATable, "HTMLかXML"),
    (b"%PDF-1.7 \xe2\xe3", NotATable, "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), NotATable, "パスワード"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, NotATable, "古い形式"),
    (b"PK\x03\x04" + b"\0" * 64, SourceError, "XLSX として読めません"),
    ("お知らせ\n本文です。\n".encode(), NoHeadings, "見出し"),
    ("部,達成,未達成,計\n総務部,3,1,4\n民生部,2,2,4\n合計,5,3,8\n".encode(), NoMeasures, "集計だけの表"),
])  # fmt: skip
def test_a_file_without_a_table_of_measures_is_refused_in_a_sentence(
    content: bytes, kind: type[SourceError], sentence: str, tmp_path: Path
) -> None:
    file = tmp_path / "表.xls"
    file.write_bytes(content)
    error = refused(file)
    assert isinstance(error, kind)
    assert sentence in error.sentence("ja")
    assert str(file) in error.sentence("en")


def test_a_workbook_of_totals_is_told_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["区分", "達成", "未達成"], ["第1章", 3, 1], ["第2章", 2, 2]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "t.xlsx")
    assert isinstance(refused(tmp_path / "t.xlsx"), NoMeasures)


_CELLS = st.one_of(
    st.sampled_from(["施策", "番号", "所管課", "令和4年度", "R5", "評価", "目標", "(1)", "第1章 くらし", "合計", "◎ 達成", "指標", "年度", "12%", "同左", "施策番号", "", "区分", "実績", '"']),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cn", "Co")), max_size=6),
)  # fmt: skip


@given(rows=st.lists(st.lists(_CELLS, max_size=7), max_size=9), delimiter=st.sampled_from(",\t"), encoding=st.sampled_from(["utf-8", "cp932", "utf-8-sig"]))  # fmt: skip
def test_whatever_the_table_nothing_but_a_source_error_is_raised_and_a_proposal_is_toml(
    rows: list[list[str]], delimiter: str, encoding: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes("\n".join(delimiter.join(row) for row in rows).encode(encoding, errors="replace"))
    try:
        found = propose(file, Asked())
    except SourceError:
        return
    tomllib.loads(found.plan_toml)


_HEADINGS = (
    "番号",
    "所管課",
    "令和4年度",
    "R5",
    "評価",
    "今後の方向性",
    "指標",
    "単位",
    "年度",
    "区分",
    "章",
    "備考",
    "理由",
    "令和7年度以降",
    "予算額",
    "決算額",
    "令和4年度目標",
    "謎",
)
_ANSWERS: dict[str, object] = {
    "slug": "x", "first_fiscal_year": 2000, "last_fiscal_year": 2030, "encoding": "utf-8", "holds": "actual",
    "labels": 2022, "numbers": "1", "editions": "2024-03-31", "divisions": "(?P<number>1)(?P<title>.)",
}  # fmt: skip


_SAME_TO_ALL = ("labels", "numbers", "achievement", "response")
"""The tables whose keys are words of the table that is read."""


def answered(value: object, key: str = "") -> object:
    """A proposal with some answer to each question; to the words of the table, the same to all."""
    if value == "?":
        return _ANSWERS.get(key, "x")
    if isinstance(value, dict):
        return {
            (answered(name, key) if key == "editions" else name): answered(
                each, key if key in _SAME_TO_ALL else name
            )
            for name, each in value.items()
        }
    return [answered(each, key) for each in value] if isinstance(value, list) else value


_LABEL_BESIDE_YEARS = (
    "施策,番号,所管課,令和4年度\n施策,施策,施策\n施策,施策,施策,R4\n施策,年度,施策,施策\n番号,施策,施策\n"
)
_LABEL_AND_HEADING = (
    "施策,R5,今後の方向性,区分,所管課\n指標,達成,達成,令和4年度,評価\n令和4年度,達成,番号,指標,指標\n"
    "令和4年度,評価,令和4年度,評価,令和4年度\n施策,評価,番号,達成,評価\n評価,達成,番号,指標,令和4年度\n"
)
_YEARS_TWICE = (
    "施策,年度,評価,令和7年度以降,決算額\n年度,達成,,年度,達成\n,番号,番号,施策,番号\n番号,番号,達成,番号,施策\n"
    ",令和4年度,番号,年度,年度\n施策,番号,,令和4年度,年度\n"
)
_LABELS_BEFORE_A_FORM = (
    "施策,番号,所管課,令和4年度,R5\n指標,施策,施策,施策,施策\n番号,施策,施策,施策,施策\n"
    "番号,施策,施策,施策,施策\n番号,施策,施策,施策,施策\n番号,施策,施策,施策,令和4年度\n"
)


@pytest.mark.parametrize("table", [_LABEL_BESIDE_YEARS, _LABEL_AND_HEADING, _YEARS_TWICE])
def test_a_word_that_stands_as_a_label_and_elsewhere_has_one_role(table: str, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(table, encoding="utf-8")
    said = tomllib.loads(propose(file, Asked()).plan_toml)
    PlanFile.model_validate(answered(said))
    headings = [
        each for name in said["columns"].values() for each in ([name] if isinstance(name, str) else name)
    ]
    assert len(headings) == len(set(headings))


def test_labels_of_which_no_form_begins_are_no_measures(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(_LABELS_BEFORE_A_FORM, encoding="utf-8")
    with pytest.raises(NoMeasures):
        propose(file, Asked())


def test_a_kind_of_row_that_prints_no_status_yet_asks_for_no_codes(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("施策,番号,所管課,令和4年度\n施策,施策,区分,施策\n施策,施策,評価,0\n", encoding="utf-8")
    said = tomllib.loads(propose(file, Asked()).plan_toml)
    assert said["columns"]["kind"] == "所管課／区分"
    assert "achievement" not in said
    assert "achievement" not in said.get("years", {})


@given(headings=st.lists(st.sampled_from(_HEADINGS), unique=True, min_size=3, max_size=7), data=st.data())
def test_whatever_the_table_its_proposal_fits_the_schema_once_the_questions_are_answered(
    headings: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    width = len(headings) + 1
    rows = data.draw(st.lists(st.lists(_CELLS, min_size=width, max_size=width), min_size=1, max_size=6))
    file = tmp_path_factory.getbasetemp() / "laid.csv"
    with file.open("w", encoding="utf-8", newline="", errors="replace") as written:
        csv.writer(written).writerows([["施策", *headings], *rows])
    try:
        found = propose(file, Asked())
    except SourceError:
        return
    PlanFile.model_validate(answered(tomllib.loads(found.plan_toml)))


@given(content=st.binary(max_size=300))
def test_whatever_the_bytes_nothing_but_a_source_error_is_raised(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.bin"
    file.write_bytes(content)
    try:
        propose(file, Asked())
    except SourceError:
        return


# Encodings


@given(text=st.text(st.sampled_from("施策番号所管課あいうアイウ０１。、,\n"), min_size=1))
def test_common_japanese_is_told_apart_by_its_bytes(text: str) -> None:
    if not text.isascii():
        assert encodings(text.encode("cp932"))[0] == "cp932" or len(encodings(text.encode("cp932"))) == 2
        assert encodings(text.encode("utf-8")) == ("utf-8",)
    assert encodings(text.encode("utf-8-sig")) == ("utf-8-sig",)


def test_where_the_bytes_cannot_tell_the_encoding_is_asked_and_both_answers_are_read(tmp_path: Path) -> None:
    table = "No,施策,課\n".encode("ascii", errors="ignore")
    assert encodings(table) == ("utf-8",)
    ambiguous = "ﾂ｡".encode("cp932")
    assert encodings(ambiguous) == ("utf-8", "cp932")
    file = tmp_path / "t.csv"
    file.write_bytes(b"No,KPI,ID\n1,1 " + ambiguous + b",2\n")
    found = propose(file, Asked()).plan_toml
    assert '# ? 文字コードはバイト列からは分かりません: utf-8、cp932\nencoding = "?"' in found
    for encoding, read in (("utf-8", "1 ¡"), ("cp932", "1 ﾂ｡")):
        said = {"source": "t.csv", "format": "csv", "encoding": encoding}
        assert read_table(file, EditionSource.model_validate(said)).rows[1].cells[1].text == read


# Parts


@pytest.mark.parametrize(("text", "number", "title"), [
    ("第２章 くらし", "２", "くらし"),
    ("第一章　水と森", "一", "水と森"),
    ("(10) 道の修繕", "10", "道の修繕"),
    ("１－２－３　見守り", "１－２－３", "見守り"),
    ("①相談", "①", "相談"),
    ("基本目標Ⅱ　緑のまち", "Ⅱ", "緑のまち"),
    ("2.1. 緑", "2.1", "緑"),
])  # fmt: skip
def test_a_number_that_is_printed_in_any_way_makes_a_pattern_that_reads_it(
    text: str, number: str, title: str
) -> None:
    found = shaped(text)
    assert found is not None
    matched = re.fullmatch(pattern(found.shape, [found.separator]), text)
    assert matched is not None
    assert (matched["number"], matched["title"]) == (number, title)


@pytest.mark.parametrize("text", ["一人暮らしの見守り", "3世代の交流", "窓口の改善", "", "(1)"])
def test_a_title_that_begins_with_a_figure_of_its_own_has_no_number(text: str) -> None:
    assert shaped(text) is None


def test_spellings_that_may_be_of_one_department_are_asked() -> None:
    names = [
        "保育子ども園課",
        "保育こども園課",
        "ＩＣＴ推進課",
        "ICT推進課",
        "環境係",
        "環境課",
        "社会教育課",
        "学校教育課",
    ]
    found = {each.name: each.like for each in read_units((name, "") for name in names).units}
    assert {name for name, like in found.items() if like} == {"保育こども園課", "ICT推進課", "環境課"}


def test_departments_of_a_register_are_not_proposed_again(proposed: dict[str, Proposed]) -> None:
    each = proposed["kanko"]
    source = each.folder / "plans/kanko/2021-03-31/source.xlsx"
    assert propose(source, Asked(sheets=("観光計画",)), SiteRegister.of(each.folder)).departments == ""


def test_each_sentence_tells_the_same_facts_in_both_languages_and_is_said_somewhere() -> None:
    folders = [Path(str(each.__file__)).parent for each in (package, next_edition)]
    code = "".join(file.read_text(encoding="utf-8") for each in folders for file in each.glob("*.py"))
    for name, text in sentences().items():
        ja, en = (
            {field for _, field, _, _ in Formatter().parse(each or "") if field}
            for each in (text.ja, text.en)
        )
        assert ja == en, name
        assert f'"{name}"' in code or f"'{name}'" in code, name


@pytest.mark.parametrize(("table", "layout"), examples("publish-your-plan.md"))
def test_the_columns_of_the_guides_tables_are_proposed_as_the_guide_has_them(
    table: str, layout: str, tmp_path: Path
) -> None:
    file = tmp_path / "t.csv"
    file.write_text(table, encoding="utf-8")
    said, guide = (tomllib.loads(text) for text in (propose(file, Asked()).plan_toml, layout))
    assert said["columns"] == guide["columns"]
    assert said["rows"].get("header") == guide["rows"].get("header")
    assert said.get("block") == guide.get("block")


def test_two_header_rows_of_a_csv_are_told_by_their_words(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(
        "章,施策,担当課,令和4年度,,令和5年度,\n,,,目標,実績,目標,実績\n1 くらし,1 窓口の改善,市民課,10,9,20,未集計\n",
        encoding="utf-8",
    )
    said = tomllib.loads(propose(file, Asked()).plan_toml)
    assert said["rows"]["header"] == 2
    assert said["indicators"] == [{"title": "?", "unit": "?", "target": "目標", "actual": "実績"}]
    assert "未集計" in said["figures"]["without_figure"]


def test_words_in_cells_of_figures_that_nothing_tells_are_asked(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("章,施策,R4目標,R4実績\n1 くらし,1 窓口の改善,10,おおむね良好\n", encoding="utf-8")
    text = propose(file, Asked()).plan_toml
    assert "# ? 数値として読めません: おおむね良好" in text
    assert tomllib.loads(text)["figures"]["without_figure"][-1] == "?"


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("※Ａ：達成、Ｂ：概ね達成、Ｃ：未達成", {"A": "achieved", "B": "mostlyAchieved", "C": "notAchieved"}),
        (
            "A（達成） B（概ね達成） C（達成できず）",
            {"A": "achieved", "B": "mostlyAchieved", "C": "notAchieved"},
        ),
        ("【評価】 A…達成　B…まあまあ　C…未達成", {"A": "achieved", "B": "?", "C": "notAchieved"}),
        ("A：達成、A：未達成、B：遅延", {"A": "?", "B": "late", "C": "?"}),
        ("KPIA：達成　指標のC", {"A": "?", "B": "?", "C": "?"}),
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_marks_are_read_as_the_tables_note_explains_them(
    note: str, told: dict[str, str], is_above: bool, tmp_path: Path
) -> None:
    table = "章,施策,評価\n1 くらし,1 窓口の改善,A\n,2 見守り,B\n,3 防災,C\n"
    file = tmp_path / "t.csv"
    note = f"{note},,\n" if note.startswith("※") or is_above else f"※ {note},,\n"
    file.write_text(f"{note}{table}" if is_above else f"{table}{note}", encoding="utf-8")
    text = propose(file, Asked()).plan_toml
    assert tomllib.loads(text)["achievement"] == told
    assert ("表の注: まあまあ" in text) == ("まあまあ" in note)


def test_a_mark_beside_different_words_is_asked_with_those_words() -> None:
    marks = {each.text: each for each in read_marks(["◎ 達成", "◎ 未達成", "A", "Ａ"], CODE.achievement)}
    assert (marks["◎"].code, marks["◎"].against) == (None, (("達成", 1), ("未達成", 1)))
    assert (marks["A"].code, marks["A"].cells) == (None, 2)
    assert marks["達成"].code == "achieved"
