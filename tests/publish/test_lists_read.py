"""Lists as cities print them: what is read of years, kinds, reasons, chapters and hidden cells."""

from pathlib import Path

import pytest

from tests.publish.small_tables import COLUMNS, read_small


@pytest.mark.parametrize(("newest", "reason"), [("達成", ""), ("", "中止")])
def test_a_reason_is_of_the_year_whose_status_counts(tmp_path: Path, newest: str, reason: str) -> None:
    layout = f"{COLUMNS}year = '年度'\nachievement = '評価'\nreason = '理由'\nfill_down = ['番号', '施策']\n"
    layout += "[rows]\nmeasure = '(?P<number>.+) (?P<title>.+)'\n"
    layout += "[achievement]\n'達成' = 'achieved'\n'未達成' = 'notAchieved'\n"
    table = f"番号,施策,年度,評価,理由\n1,研修,R4,未達成,中止\n,,R5,{newest},\n"
    (progress,) = read_small(tmp_path, layout, table).progress
    assert progress.reason == reason
