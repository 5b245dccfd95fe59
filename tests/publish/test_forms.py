"""Forms as cities print them: values that hold a label's word, groups, labels above their values, section heads."""

import tomllib
from pathlib import Path

import pytest

from sakata_lod.errors import SourceError, UnknownColumn
from sakata_lod.publish.proposal import Asked, propose
from tests.publish.small_tables import COLUMNS, read_small
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
    assert tomllib.loads(text)["columns"]["ignored"] == "事業の概要"
    assert '# ignored = ["事業の概要", "目的", "対象"]' in text
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
