from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakata_lod.publish.eras import ERAS, FiscalYear, fiscal_year, looks_like_a_fiscal_year


@pytest.mark.parametrize(
    ("label", "start_year"),
    [
        ("平成30年度", 2018),
        ("令和元年度", 2019),
        ("平成31年度", 2019),
        ("令和4年度", 2022),
        ("令和４年度", 2022),
        ("平成35年度", 2023),
        ("R元", 2019),
        ("R4", 2022),
        ("r4", 2022),
        ("Ｒ４年度", 2022),
        ("H30", 2018),
        ("昭和64年度", 1989),
        ("2022年度", 2022),
        ("２０２２年度", 2022),
        ("FY2022", 2022),
        ("令和4年度末", 2022),
        ("R5年度末", 2023),
        ("2022", 2022),
        (" 令和 2 年度 ", 2020),
        ("2011(H23)", 2011),
        ("令和4年度（2022年度）", 2022),
        ("令和4(2022)年度", 2022),
        ("H31/R1", 2019),
        ("平成31年度（令和元年度）", 2019),
    ],
)
def test_a_label_names_its_fiscal_year(label: str, start_year: int) -> None:
    assert fiscal_year(label) == FiscalYear(start_year)


@pytest.mark.parametrize(
    "label",
    [
        "",
        "個別施策",
        "令和年度",
        "令和0年度",
        "光文3年度",
        "現状",
        "R",
        "22年度",
        "令和4年度計",
        "0022年度",
        "9999年度",
        "2022(H23)",
        "H30/R1",
        "令和5年度以降",
        "令和4～5年度",
        "令和4年度(見込)",
        "1/2",
    ],
)
def test_a_label_that_names_no_year_is_none(label: str) -> None:
    assert fiscal_year(label) is None


def test_a_heading_that_wants_to_be_a_year_is_told_from_one_that_does_not() -> None:
    assert looks_like_a_fiscal_year("光文3年度")
    assert not looks_like_a_fiscal_year("今後の対応")
    assert not looks_like_a_fiscal_year("年度末の状況")


def test_a_fiscal_year_runs_from_april_to_march() -> None:
    year = FiscalYear(2020)
    assert year.beginning == date(2020, 4, 1)
    assert year.last_day == date(2021, 3, 31)
    assert year.end == date(2021, 4, 1)


def test_a_fiscal_year_tells_its_names() -> None:
    assert FiscalYear(2019).era_name == "令和元年度"
    assert FiscalYear(2018).era_name == "平成30年度"
    assert FiscalYear(2020).other_names == ("令和２年度", "2020年度", "R2")
    assert FiscalYear(2019).other_names == ("2019年度", "R1")


@given(st.integers(min_value=min(ERAS.values()), max_value=2100))
def test_every_name_of_a_year_names_that_year(start_year: int) -> None:
    year = FiscalYear(start_year)
    for name in (year.era_name, year.era_letter_name, *year.other_names):
        assert fiscal_year(name) == year


@given(st.integers(min_value=min(ERAS.values()), max_value=2100))
def test_years_follow_one_another_without_gap(start_year: int) -> None:
    assert FiscalYear(start_year).end == FiscalYear(start_year + 1).beginning


@given(st.text())
def test_no_text_makes_a_label_raise(label: str) -> None:
    found = fiscal_year(label)
    assert found is None or found.start_year >= min(ERAS.values())
