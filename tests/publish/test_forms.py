"""Forms as cities print them: values that hold a label's word, groups, labels above their values, section heads."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from sakata_lod.errors import (
    CorrectionDoesNotFit,
    DuplicateNumber,
    HeaderNotFound,
    SakataLodError,
    SourceError,
    UnknownColumn,
    UnknownMark,
    UnknownRow,
    UnnumberedRow,
)
from sakata_lod.publish.build import build
from sakata_lod.publish.next_edition import NextEdition, propose_next
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.proposal import Asked, propose
from sakata_lod.publish.reconstruction import reconstruct
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings
from sakata_lod.site import read_site
from tests.publish.conftest import read_plan, unwatched
from tests.publish.small_tables import COLUMNS, ROWS, read_small
from tests.sites import write_workbook

MARKS = '[achievement]\n"A" = "achieved"\n'
TITLES = ("窓口手続のオンライン化", "公共施設予約の更新", "オープンデータの推進", "見守りの輪")


def proposed(folder: Path, table: str) -> dict[str, dict[str, object]]:
    """The tables of the plan.toml that is proposed for a workbook, as `tests.sites` writes it."""
    file = folder / "t.xlsx"
    write_workbook(table, file)
    return tomllib.loads(propose(file, Asked()).plan_toml)


def forms(form: str) -> str:
    """A form for each measure; {n} is its number, {t} its title, {m} its mark."""
    each = (form.format(n=at, t=title, m="AABC"[at - 1]) for at, title in enumerate(TITLES, start=1))
    return "# 評価シート\n" + "\n".join(each)


HEAD = "事業番号 | {n} | 事業名 | {t} | 担当課 | 情報課\n"


def test_a_value_that_holds_a_word_of_a_label_is_a_value(tmp_path: Path) -> None:
    form = (
        HEAD
        + "事業の内容 | {t}の課題と今後の方向性を評価する\n評価 | {m}：おおむね達成 | 評価の理由 | 理由{n}\n"
    )
    columns = proposed(tmp_path, forms(form))["columns"]
    assert (columns["achievement"], columns["reason"]) == ("評価", "評価の理由")
    assert "response" not in columns
    assert not any(title in text for title in TITLES for text in map(str, columns.values()))


def test_a_label_behind_a_blank_value_is_a_label(tmp_path: Path) -> None:
    form = HEAD + "取組内容 | {t}\n評価 | | 評価の理由 | 理由{n}\n備考 | なし\n"
    table = forms(form).replace("評価 | |", "評価 | B |", 1)
    columns = proposed(tmp_path, table)["columns"]
    assert (columns["achievement"], columns["reason"]) == ("評価", "評価の理由")


def test_the_label_of_a_group_is_not_read_and_those_in_it_are_asked(tmp_path: Path) -> None:
    form = (
        HEAD + "事業の概要 | 目的 | {t}により便利にする\n^ | 対象 | 市民\n評価 | {m} | 評価の理由 | 理由{n}\n"
    )
    file = tmp_path / "t.xlsx"
    write_workbook(forms(form), file)
    text = propose(file, Asked()).plan_toml
    assert 'ignored = [\n  "事業の概要",\n  # "目的",\n  # "対象",\n]\n' in text
    assert tomllib.loads(text.replace("  # ", "  "))["columns"]["ignored"] == ["事業の概要", "目的", "対象"]
    assert text.count("# ? 列「") == 2


def test_a_years_row_holds_for_its_own_form(tmp_path: Path) -> None:
    form = (
        HEAD
        + "目的 | {t}\n区分 | R3 | R4 | R5\n取組内容 | 調査 | 整備 | 公開\n評価 | {m} | 評価の理由 | 理由{n}\n"
    )
    said = proposed(tmp_path, forms(form))
    assert said["block"] == {"starts_with": "事業番号", "years": "区分"}
    assert said["years"] == {"activity": "取組内容"}


def test_sums_of_money_are_no_years(tmp_path: Path) -> None:
    form = (
        HEAD + "年度 | R3 | R4 | R5\n取組内容 | 調査 | 整備 | 公開\n事業費 | 2000 | 2100 | 2200\n評価 | {m}\n"
    )
    assert proposed(tmp_path, forms(form))["block"]["years"] == "年度"


def test_a_chapter_above_the_forms_is_no_label(tmp_path: Path) -> None:
    table = forms("施策名 | {t} | 担当課 | 情報課\n取組内容 | {t}\n達成度 | {m} | 今後の方向性 | 継続\n")
    table = table.replace("# 評価シート\n", "# 評価シート\n基本目標1　便利なまち\n", 1)
    table = table.replace(f"施策名 | {TITLES[2]}", f"基本目標2　安心なまち\n施策名 | {TITLES[2]}", 1)
    said = proposed(tmp_path, table)
    assert "divisions" not in said["columns"]
    assert said["rows"]["divisions"] == [r"基本目標\s*(?P<number>\d+)\s+(?P<title>.+)"]


def test_work_of_no_year_has_its_year_asked_and_is_read_with_the_answer(tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    write_workbook(forms(HEAD + "取組内容 | {t}を進めた\n評価 | {m}\n"), file)
    assert 'labels = { "取組内容" = 2023 }' in propose(file, Asked(language="ja")).plan_toml
    layout = LABELS + '[years]\nlabels = { "取組内容" = 2023 }\n'
    edition = read_small(tmp_path, layout, "番号,1,施策,一\n評価,A\n取組内容,窓口を減らした\n")
    assert [(each.fiscal_year.start_year, each.text) for each in edition.activities] == [
        (2023, "窓口を減らした")
    ]


ABOVE = HEAD + (
    "１　目的\n{t}を進める\n２　指標の推移\n指標名 | 単位 | 区分 | R4 | R5\n"
    "{t}の件数 | 件 | 目標 | 10 | 12\n^ | ^ | 実績 | 9 | 集計中\n"
    "３　評価\n総合評価 | {m} | 評価の理由 | 理由{n}\n４　今後の方向性\n継続\n"
)


def test_labels_above_their_values_and_those_of_parts_are_proposed(tmp_path: Path) -> None:
    said = proposed(tmp_path, forms(ABOVE))
    columns = said["columns"]
    assert (columns["indicator"], columns["kind"], columns["response"]) == (
        "指標名",
        "区分",
        "４ 今後の方向性",
    )
    assert columns["ignored"] == ["２ 指標の推移", "３ 評価"]
    assert "divisions" not in said["rows"]
    assert said["figures"]["without_figure"] == ["-", "－", "−", "―", "—", "‐", "ー", "集計中"]


BLOCK = "[rows]\nmeasure = '(?P<number>\\d+) (?P<title>.+)'\n[block]\nstarts_with = \"番号\"\n"
LABELS = COLUMNS + 'achievement = "評価"\nresponse = "方向性"\nignored = ["目的", "注"]\n' + BLOCK + MARKS
LABELS += '[response]\n"継続" = "continue"\n'


@pytest.mark.parametrize("below", ["目的\n窓口を減らす\n評価,A\n方向性\n継続\n", "評価,方向性\nA,継続\n"])
def test_a_label_alone_in_its_row_has_its_value_below_it(tmp_path: Path, below: str) -> None:
    edition = read_small(tmp_path, LABELS, f"番号,1,施策,一\n{below}番号,2,施策,二\n{below}")
    assert [(each.achievement, each.response) for each in edition.progress] == [("achieved", "continue")] * 2


def test_what_is_not_read_may_say_several_things_and_stand_again(tmp_path: Path) -> None:
    edition = read_small(tmp_path, LABELS, "番号,1,施策,一\n目的,必要性,高い,7\n注,あり\n評価,A\n注,なし\n")
    named = {cell.text: cell.column_name for cell in edition.cells}
    assert [named[each] for each in ("高い", "7", "あり", "なし")] == ["目的", "目的", "注", "注"]


@pytest.mark.parametrize(
    ("below", "place"),
    [
        ("目的\n窓口を減らす\n待ち時間も減らす\n", (4, 1)),  # one row below, and no more
        ("評価,方向性\nA,継続,早く\n", (3, 1)),  # more values than labels
        ("目的\n,窓口を減らす\n", (3, 2)),  # not below it
        ("評価,A,方向性,継続,早く\n", (2, 5)),  # a second value of what is read
    ],
)
def test_a_value_of_no_label_is_refused(tmp_path: Path, below: str, place: tuple[int, int]) -> None:
    with pytest.raises(SourceError) as caught:
        read_small(tmp_path, LABELS, f"番号,1,施策,一\n{below}")
    assert isinstance(caught.value, UnknownColumn)
    assert (caught.value.place.row, caught.value.place.column) == place


SHEETS = """# 施策一覧
番号 | 施策 | 課 | 評価
1 | 窓口 | 情報課 | A
2 | 見守り | 福祉課 | A
# 様式
評価シート
番号 | | 施策 | | 課 |
評価
# 1 窓口
評価シート
番号 | 1 | 施策 | 窓口 | 課 | 情報課
年度 | R4 | R5
取組 | 調査 | 整備
評価 | A
# 2 見守り
評価シート
番号 | 2 | 施策 | 見守り | 課 | 福祉課
年度 | R4 | R5
取組 | 訪問 | < | |
評価 | A
"""
ON_SHEETS = (
    COLUMNS
    + 'departments = "課"\nachievement = "評価"\n'
    + BLOCK
    + 'years = "年度"\n[years]\nactivity = "取組"\n'
    + MARKS
)


def read_sheets(folder: Path, layout: str, table: str, sheets: tuple[str, ...]) -> Edition:
    """Read several sheets of a workbook as one table."""
    return read_small(folder, layout, table, "xlsx", said=f"sheets = {list(sheets)}\n".replace("'", '"'))


def test_a_form_on_each_sheet_makes_one_table(tmp_path: Path) -> None:
    edition = read_sheets(tmp_path, ON_SHEETS, SHEETS, ("1 窓口", "2 見守り"))
    assert [(each.number, each.title, each.departments) for each in edition.measures] == [
        ("1", "窓口", ("joho",)), ("2", "見守り", ("fukushi",)),
    ]  # fmt: skip
    assert [(each.measure, each.fiscal_year.start_year, each.text) for each in edition.activities] == [
        ("1", 2022, "調査"), ("1", 2023, "整備"), ("2", 2022, "訪問"), ("2", 2023, "訪問"),
    ]  # fmt: skip
    assert [(each.number, each.sheet, each.sheet_number) for each in edition.rows] == [
        *((number, "1 窓口", number) for number in range(1, 6)),
        *((number + 5, "2 見守り", number) for number in range(1, 6)),
    ]


def test_the_graph_of_several_sheets_rebuilds_each_and_tells_its_rows(tmp_path: Path) -> None:
    read_sheets(tmp_path, ON_SHEETS, SHEETS, ("1 窓口", "2 見守り"))
    built = build(tmp_path / "site", tmp_path / "releases", None, unwatched)
    assert built.release is not None
    assert {kind for kind, count in built.report.counts.items() if count} <= {"Info"}
    (table,) = reconstruct(read_site(tmp_path / "site"), built.release)
    assert (table.differences, table.unread, table.misstated) == ((), (), ())
    app = create_app(Settings(release=built.release.folder))
    page = app.test_client().get("/doc/measure/p/2", headers={"Accept": "text/html", "Accept-Language": "ja"})
    service_of(app).close()
    assert ">2 見守り 5</a>" in page.text  # where the status stands
    assert "2 見守り 4行2列" in page.text


def test_a_doubt_names_the_sheet_and_the_row_in_it(tmp_path: Path) -> None:
    with pytest.raises(UnknownMark) as caught:
        read_sheets(tmp_path, ON_SHEETS, SHEETS.removesuffix("A\n") + "謎\n", ("1 窓口", "2 見守り"))
    assert "シート「2 見守り」 5行 2列" in caught.value.sentence("ja")
    with pytest.raises(DuplicateNumber, match=r"sheet “2 見守り”, row 2: number 1 .* sheet “1 窓口”, row 2"):
        read_sheets(tmp_path / "b", ON_SHEETS, SHEETS.replace("番号 | 2", "番号 | 1"), ("1 窓口", "2 見守り"))
    with pytest.raises(HeaderNotFound, match="施策一覧"):
        read_sheets(
            tmp_path / "c",
            ON_SHEETS,
            SHEETS.replace("番号 | 施策 | 課 | 評価", "名前"),
            ("1 窓口", "施策一覧"),
        )


def test_forms_on_sheets_are_proposed_as_one_table_without_template_and_summary(tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    write_workbook(SHEETS, file)
    found = propose(file, Asked())
    assert (found.sheets, found.measures) == (("1 窓口", "2 見守り"), 2)
    assert found.other_sheets == ("施策一覧",)
    said = tomllib.loads(found.plan_toml)
    assert next(iter(said["editions"].values()))["sheets"] == ["1 窓口", "2 見守り"]
    assert said["columns"]["departments"] == "課"
    chosen = propose(file, Asked(sheets=("2 見守り", "1 窓口")))
    assert (chosen.sheets, chosen.other_sheets) == (("2 見守り", "1 窓口"), ())


LISTS = """# 第1章
計画の進捗
番号 | 施策 | 課
第1章 くらし
1 | 窓口 | 情報課
# 第2章
計画の進捗
番号 | 施策 | 課
第2章 福祉
1 | 見守り | 福祉課
# 第1章（続き）
番号 | 施策 | 課
第1章 くらし
2 | 広報 | 情報課
"""
ON_LISTS = COLUMNS + 'departments = "課"\n' + ROWS


def test_a_list_goes_on_over_sheets_and_a_chapter_may_come_again(tmp_path: Path) -> None:
    edition = read_sheets(tmp_path, ON_LISTS, LISTS, ("第1章", "第2章", "第1章（続き）"))
    assert [(each.number, each.title) for each in edition.measures] == [
        ("1-1", "窓口"), ("2-1", "見守り"), ("1-2", "広報"),
    ]  # fmt: skip
    assert [(each.number, len(each.cells)) for each in edition.divisions] == [("1", 2), ("2", 1)]


def test_a_sheet_that_says_no_chapter_is_in_none(tmp_path: Path) -> None:
    with pytest.raises(UnknownRow, match=r"第2章.*row 4"):
        read_sheets(tmp_path, ON_LISTS, LISTS.replace("第2章 福祉\n", "\n"), ("第1章", "第2章"))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('sheet = "1 窓口"\nsheets = ["1 窓口"]\n', "write one of them"),
        ('sheets = ["1 窓口", "1 窓口"]\n', "twice"),
        ('sheets = ["1 窓口", "3"]\n', "it has the sheets"),
    ],
)
def test_sheets_that_cannot_be_are_refused(tmp_path: Path, said: str, told: str) -> None:
    with pytest.raises(SakataLodError, match=told):
        read_small(tmp_path, ON_SHEETS, SHEETS, "xlsx", said=said)


def test_a_sheet_beside_the_table_that_cannot_be_read_is_passed_over_and_told(tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    write_workbook(SHEETS + "# 集計\n45000{[h]:mm}\n", file)
    found = propose(file, Asked())
    assert found.sheets == ("1 窓口", "2 見守り")
    assert ["集計" in each.sentence("ja") for each in found.unread] == [True]
    with pytest.raises(SakataLodError, match="集計"):
        propose(file, Asked(sheets=("集計",)))


def next_of(folder: Path, table: str) -> NextEdition:
    """What is proposed for another table of the plan whose edition `read_sheets` wrote."""
    file = folder / "next.xlsx"
    write_workbook(table, file)
    site = read_site(folder / "site")
    return propose_next(site, site.plans[0], date(2025, 3, 31), file, Asked(language="en"))


def test_the_next_edition_of_forms_on_sheets_takes_the_sheets_that_it_has(tmp_path: Path) -> None:
    read_sheets(tmp_path, ON_SHEETS, SHEETS, ("1 窓口", "2 見守り"))
    more = (
        SHEETS
        + "# 3 広報\n番号 | 3 | 施策 | 広報 | 課 | 情報課\n年度 | R4 | R5\n取組 | 発行 | 発行\n評価 | A\n"
    )
    found = next_of(tmp_path, more)
    said = tomllib.loads(found.section)["editions"]["2025-03-31"]
    assert said["sheets"] == ["1 窓口", "2 見守り", "3 広報"]
    assert said["identity"]["new"] == {"3": "3"}
    assert found.measures == 3


def test_labels_of_forms_that_are_gone_or_new_are_asked_at_once(tmp_path: Path) -> None:
    layout = ON_SHEETS.replace('departments = "課"', 'departments = "課"\nreason = "理由"\nignored = "注"')
    table = SHEETS.replace("評価 | A", "評価 | A | 理由 | 順調\n注 | なし")
    read_sheets(tmp_path, layout, table.replace("評価\n# 1", "評価 | | 理由\n# 1"), ("1 窓口", "2 見守り"))
    found = next_of(
        tmp_path, table.replace("理由 |", "評価の理由 |").replace("注 | なし", "注 | なし\n決裁 | 済")
    )
    said = tomllib.loads(found.section)["editions"]["2025-03-31"]
    assert said["columns"]["reason"] == "?"
    assert "the column “理由” is gone. Which is in its place (評価の理由" in found.section
    assert 'ignored = [\n  "注",\n  # "決裁",\n]' in found.section
    assert found.measures == 2  # read with the guess, so that all else can be asked


def test_forms_with_few_of_the_labels_are_of_another_shape(tmp_path: Path) -> None:
    read_sheets(tmp_path, ON_SHEETS, SHEETS, ("1 窓口", "2 見守り"))
    with pytest.raises(HeaderNotFound):
        next_of(
            tmp_path,
            "# 1\n番号 | 1 | 名前 | 窓口\n担当 | 情報課\n# 2\n番号 | 2 | 名前 | 広報\n担当 | 情報課\n",
        )


UNNUMBERED = (
    '[columns]\ntitle = "施策"\nachievement = "評価"\n[rows]\nmeasure = \'(?P<title>.+)\'\n'
    'divisions = [\'基本目標(?P<number>\\d+)\\s+(?P<title>.+)\']\nnumbers = { "窓口" = "1", "見守り" = "1" }\n'
)


@pytest.mark.parametrize(
    ("layout", "table"),
    [
        (
            UNNUMBERED + '[block]\nstarts_with = "施策"\n',
            "基本目標1　便利\n施策,窓口\n評価,A\n基本目標2　安心\n施策,見守り\n評価,A\n",
        ),
        (UNNUMBERED, "施策,評価\n基本目標1　便利\n窓口,A\n基本目標2　安心\n見守り,A\n"),
    ],
)
def test_chapters_stand_among_measures_that_print_no_numbers(tmp_path: Path, layout: str, table: str) -> None:
    edition = read_small(tmp_path, layout + MARKS, table)
    assert [(each.number, each.title) for each in edition.divisions] == [("1", "便利"), ("2", "安心")]
    assert [(each.number, each.title) for each in edition.measures] == [("1-1", "窓口"), ("2-1", "見守り")]
    with pytest.raises(UnnumberedRow):
        read_small(tmp_path / "b", layout + MARKS, table.replace("見守り", "訪問"))


CORRECTION = """[[correction]]
slug = "title"
type = "misprint"
cells = [{ SHEET row = 2, column = "課", expect = "福祉課" }]
reading = "情報課"
as_read = "情報課"
certain = true
comment.ja = "誤植。"
comment.en = "A misprint."
"""


def corrected(folder: Path, sheet: str) -> Edition:
    """Read the site that `read_sheets` wrote, with a correction of a cell."""
    file = folder / "site/plans/p/2024-03-31/corrections.toml"
    file.write_text(CORRECTION.replace("SHEET", sheet), encoding="utf-8")
    return read_plan(folder / "site", "p")


def test_a_correction_names_the_sheet_and_the_row_in_it_and_comes_along(tmp_path: Path) -> None:
    read_sheets(tmp_path, ON_SHEETS, SHEETS, ("1 窓口", "2 見守り"))
    edition = corrected(tmp_path, 'sheet = "2 見守り",')
    (found,) = edition.anomalies
    assert [each.departments for each in edition.measures] == [("joho",), ("joho",)]
    assert (found.measures, [cell.row for cell in found.cells]) == (("2",), [7])
    again = next_of(tmp_path, SHEETS.replace("# 2 見守り\n", "# 二 見守り\n\n"))
    assert '{ sheet = "二 見守り", row = 3, column = "課", expect = "福祉課" }' in again.corrections
    assert (again.carried, again.measures) == (1, 2)
    for wrong in ("", 'sheet = "施策一覧",'):
        with pytest.raises(CorrectionDoesNotFit, match="one of the `sheets`"):
            corrected(tmp_path, wrong)


def test_sheets_with_a_correction_are_rebuilt_from_the_graph(tmp_path: Path) -> None:
    read_sheets(tmp_path, ON_SHEETS, SHEETS, ("1 窓口", "2 見守り"))
    corrected(tmp_path, 'sheet = "2 見守り",')
    built = build(tmp_path / "site", tmp_path / "releases", None, unwatched)
    assert built.release is not None
    (table,) = reconstruct(read_site(tmp_path / "site"), built.release)
    assert (table.differences, table.unread, table.misstated) == ((), (), ())
