from pathlib import Path

import pytest

from sakata_lod.errors import MarkAndWordsDisagree, Place, UnknownMark
from sakata_lod.publish.marks import is_status, status_code

PLACE = Place(Path("t.csv"), 3, 5)
CODES = {"A": "expand", "拡充": "expand", "C": "reduce", "縮小": "reduce", "1": "continue", "継続": "continue",
         "休止": "suspend", "終了・廃止": "abolish"}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A", "expand"), ("Ａ", "expand"), ("A_拡充", "expand"), ("C：縮小", "reduce"), ("１　継続", "continue"),
        ("1.継続", "continue"), ("A（拡充）", "expand"), ("【A】拡充", "expand"), ("A\n拡充", "expand"), ("継続", "continue"),
        ("終了・廃止", "abolish"), ("", None), (" ", None),
    ],
)  # fmt: skip
def test_a_mark_and_its_label_in_one_cell_are_one_code(text: str, code: str | None) -> None:
    assert status_code(text, CODES, PLACE) == code


@pytest.mark.parametrize("text", ["B", "A_充実", "AB", "？", "：", "継続中"])
def test_a_part_that_is_not_known_is_refused(text: str) -> None:
    with pytest.raises(UnknownMark) as caught:
        status_code(text, CODES, PLACE)
    assert caught.value.place == PLACE
    assert not is_status(text, CODES)


def test_a_mark_and_a_label_that_disagree_are_refused() -> None:
    with pytest.raises(MarkAndWordsDisagree, match="expand / reduce"):
        status_code("A_縮小", CODES, PLACE)


def test_the_same_letter_means_what_its_own_plan_says() -> None:
    assert status_code("A", {"A": "abolish"}, PLACE) == "abolish"
