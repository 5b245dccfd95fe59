"""An invented plan of two editions: its second chapter is dropped, the third moves up, and there is a new third."""

import shutil
from pathlib import Path

from tests.sites import SITES

PLAN = Path("plans/machi")

DIVISIONS = """
[editions.2024-03-31.divisions]
ended = ["2", "2-1"]
renumbered."2" = "3"
renamed."2" = "まなびとスポーツ"
new."3" = "3-2024"
new."3-1" = "3-1-2024"
"""
"""What a person says of the chapters and sections of the second edition."""

MEASURES = """
[editions.2024-03-31.identity]
ended = ["2-1-1"]
new."3-1-1" = "3-1-1-2024"
"""

_PLAN_TOML = r"""
slug = "machi"
title.ja = "まちの計画"
title.en = "Plan for the Town"
first_fiscal_year = 2021
last_fiscal_year = 2025

[columns]
number = "番号"
title = "施策"
departments = "課"
achievement = "評価"

[rows]
divisions = ['第(?P<number>\d+)章 (?P<title>.+)', '(?P<number>\d+) (?P<title>.+)']
measure = '\((?P<number>\d+)\) (?P<title>.+)'

[achievement]
"順調" = "inProgress"

[editions.2023-03-31]
source = "source.csv"
format = "csv"
"""

_SECOND = """
[editions.2024-03-31]
source = "source.csv"
format = "csv"
"""

_TRANSLATIONS = """
[en]
"2" = "Green town"
"3" = "Learning"
"3-2024" = "Disaster prevention"
"""

FIRST_TABLE = """\
番号,施策,課,令和4年度,評価
第1章,くらし,,,
1,窓口,,,
(1),窓口の改善,市民課,調査,順調
第2章,みどり,,,
1,推進体制,,,
(1),会議を開く,環境課,準備,順調
第3章,まなび,,,
1,推進体制,,,
(1),会議を開く,市民課,準備,順調
2,図書館,,,
(1),本を増やす,市民課,購入,順調
"""

SECOND_TABLE = """\
番号,施策,課,令和4年度,評価
第1章,くらし,,,
1,窓口,,,
(1),窓口の改善,市民課,調査,順調
第2章,まなびとスポーツ,,,
1,推進体制,,,
(1),会議を開く,市民課,準備,順調
2,図書館,,,
(1),本を増やす,市民課,購入,順調
第3章,防災,,,
1,訓練,,,
(1),訓練を行う,市民課,計画,順調
"""


def make_town(folder: Path) -> Path:
    """Write a site whose plan has the first edition into a folder that is not there yet."""
    (folder / PLAN).mkdir(parents=True)
    for name in ("site.toml", "departments.ttl", "themes.toml"):
        shutil.copy(SITES / "kakuu" / name, folder)
    (folder / PLAN / "plan.toml").write_text(_PLAN_TOML, encoding="utf-8")
    _write_table(folder, "2023-03-31", FIRST_TABLE)
    return folder


def add_second_edition(folder: Path, said: str = DIVISIONS + MEASURES) -> None:
    """Put the second edition beside the first. said: what plan.toml says of which is which."""
    _write_table(folder, "2024-03-31", SECOND_TABLE)
    with (folder / PLAN / "plan.toml").open("a", encoding="utf-8") as plan:
        plan.write(_SECOND + said)
    (folder / PLAN / "translations.toml").write_text(_TRANSLATIONS, encoding="utf-8")


def _write_table(folder: Path, day: str, table: str) -> None:
    (folder / PLAN / day).mkdir()
    (folder / PLAN / day / "source.csv").write_text(table, encoding="utf-8")
