from pathlib import Path

import pytest

from sakata_lod.errors import MarkAndWordsDisagree, Place, UnknownMark
from sakata_lod.publish.marks import StatusMarks, is_status, says_no_status, status_code

PLACE = Place(Path("t.csv"), 3, 5)
CODES = {"A": "expand", "拡充": "expand", "C": "reduce", "縮小": "reduce", "1": "continue", "継続": "continue",
         "休止": "suspend", "終了・廃止": "abolish"}  # fmt: skip
MARKS = StatusMarks("response", CODES, ("－", "該当なし", "…"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A", "expand"), ("Ａ", "expand"), ("A_拡充", "expand"), ("C：縮小", "reduce"), ("１　継続", "continue"),
        ("1.継続", "continue"), ("A（拡充）", "expand"), ("【A】拡充", "expand"), ("A\n拡充", "expand"), ("継続", "continue"),
        ("終了・廃止", "abolish"), ("", None), (" ", None),
    ],
)  # fmt: skip
def test_a_mark_and_its_label_in_one_cell_are_one_code(text: str, code: str | None) -> None:
    assert status_code(text, MARKS, PLACE) == code


@pytest.mark.parametrize("text", ["B", "A_充実", "AB", "？", "：", "継続中"])
def test_a_part_that_is_not_known_is_refused(text: str) -> None:
    with pytest.raises(UnknownMark) as caught:
        status_code(text, MARKS, PLACE)
    assert caught.value.place == PLACE
    assert not is_status(text, MARKS)


def test_a_mark_and_a_label_that_disagree_are_refused() -> None:
    with pytest.raises(MarkAndWordsDisagree, match="expand / reduce"):
        status_code("A_縮小", MARKS, PLACE)


def test_the_same_letter_means_what_its_own_plan_says() -> None:
    assert status_code("A", StatusMarks("response", {"A": "abolish"}), PLACE) == "abolish"


@pytest.mark.parametrize(
    "text", ["－", "-", "…", "...", "該当なし", " 該当なし\n", "－（該当なし）", "－\n該当なし"]
)
def test_a_mark_that_says_no_status_is_none_in_any_width(text: str) -> None:
    assert status_code(text, MARKS, PLACE) is None
    assert says_no_status(text, MARKS)
    assert not is_status(text, MARKS)


@pytest.mark.parametrize("text", ["", " ", "A", "A_拡充", "―", "－ 拡充"])
def test_what_is_blank_or_a_status_or_not_known_is_no_such_mark(text: str) -> None:
    assert not says_no_status(text, MARKS)


def test_a_dash_that_plan_toml_does_not_name_is_refused_with_the_key_to_use() -> None:
    with pytest.raises(UnknownMark) as caught:
        status_code("―", MARKS, PLACE)
    assert caught.value.known == "A、拡充、C、縮小、1、継続、休止、終了・廃止、－、該当なし、…"
    assert all("without_response" in caught.value.sentence(each) for each in ("ja", "en"))


def test_a_code_beside_a_mark_that_says_none_is_refused() -> None:
    with pytest.raises(MarkAndWordsDisagree, match="without_response / expand"):
        status_code("－ 拡充", MARKS, PLACE)
