"""Dates of a workbook, as their cells show them."""

from datetime import date, datetime, time

import pytest

from sakata_lod.publish.date_formats import displayed_date
from sakata_lod.publish.number_formats import UnknownNumberFormatError


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (date(2024, 3, 31), "yyyy-mm-dd", "2024-03-31"),
        (date(2024, 3, 1), "yyyy/m/d;@", "2024/3/1"),
        (datetime(2024, 4, 1, 9, 5), "mm-dd-yy", "2024/4/1"),
        (datetime(2024, 4, 1, 9, 5), "m/d/yy h:mm", "2024/4/1 9:05"),
        (date(2024, 4, 1), '[$-411]ggge"年"m"月"d"日";@', "令和6年4月1日"),
        (date(2019, 4, 30), "[$-ja-JP-x-gannen]ge.m.d;@", "H31.4.30"),
        (date(2024, 4, 1), 'yyyy"年"m"月"', "2024年4月"),
        (date(2024, 4, 1), "m\\月d\\日(aaa)", "4月1日(月)"),
        (date(2024, 4, 1), "YYYY/MM/DD", "2024/04/01"),
        (time(9, 5, 7), "h:mm:ss", "9:05:07"),
        (time(9, 5, 7), "mm:ss", "05:07"),
        (datetime(2024, 12, 1, 13, 0), "mm/dd hh", "12/01 13"),
    ],
)
def test_a_date_is_shown_as_its_format_has_it(
    value: datetime | date | time, number_format: str, shown: str
) -> None:
    assert displayed_date(value, number_format) == shown


@pytest.mark.parametrize("number_format", ["d-mmm-yy", "h:mm AM/PM", "[h]:mm", "ggge"])
def test_a_format_that_is_not_known_is_refused(number_format: str) -> None:
    with pytest.raises(UnknownNumberFormatError):
        displayed_date(date(1900, 1, 2), number_format)
