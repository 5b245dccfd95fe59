from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakata_lod.errors import Place, UnknownFigure
from sakata_lod.publish.figures import Figure, figure, is_same_as_left
from sakata_lod.site import Figures

PLACE = Place(Path("t.csv"), 3, 5)
WORDS = Figures(
    without_figure=("集計中", "達成", "－"),
    same_as_left=("同左",),
    notes=(r"\(注\d*\)", "約"),
    negative=("▲",),
    units=("%", "件"),
)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12", "12", None), ("1,234,567", "1234567", None), ("１，２３４．５", "1234.5", None), ("0", "0", None),
        ("94.7%(注)", "94.7", "%"), ("94.7％（注1）", "94.7", "%"), ("約20件", "20", "件"), (" 5 人 ", "5", "人"),
        ("−3.5", "-3.5", None), ("－3", "-3", None), ("-3", "-3", None), ("+3", "3", None), ("▲ 4.2", "-4.2", None),
        ("007", "7", None), ("2.50", "2.50", None),
    ],
)  # fmt: skip
def test_a_figure_is_read_with_its_unit_and_without_its_notes(
    text: str, value: str, unit: str | None
) -> None:
    assert figure(text, "人", WORDS, PLACE) == Figure(Decimal(value), unit)


@pytest.mark.parametrize("text", ["集計中", "達成", "－", "-", " 集計中\n"])
def test_words_that_stand_for_none_give_no_figure(text: str) -> None:
    assert figure(text, None, WORDS, PLACE) == Figure(None)


@pytest.mark.parametrize("text", ["", " ", "　"])
def test_a_blank_is_no_figure_at_all(text: str) -> None:
    assert figure(text, None, WORDS, PLACE) is None


@pytest.mark.parametrize(
    "text",
    [
        "12,34",
        "1,23",
        "10²",
        "①",
        "12人",
        "12-15",
        "1.2.3",
        "△3",
        "3.",
        ".5",
        "12件以上",
        "未定",
        "1 2人",
        "--3",
    ],
)
def test_what_is_no_figure_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(UnknownFigure) as caught:
        figure(text, None, WORDS, PLACE)
    assert (caught.value.place, caught.value.text) == (PLACE, text)


def test_same_as_left_is_known_by_its_words() -> None:
    assert is_same_as_left(" 同左 ", WORDS)
    assert not is_same_as_left("同右", WORDS)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_every_figure_written_with_commas_is_read_back(value: Decimal) -> None:
    read = figure(f"{value:,f}", None, WORDS, PLACE)
    assert read is not None
    assert read.value == value


@given(st.text())
def test_any_text_is_a_figure_a_blank_or_refused(text: str) -> None:
    try:
        read = figure(text, None, WORDS, PLACE)
    except UnknownFigure:
        return
    assert (read is None) == (not text.strip())
