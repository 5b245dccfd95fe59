"""Lists as cities print them: what is proposed for the ways in which they number, note and arrange things."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sakata_lod.publish.proposal import Asked, propose
from tests.publish.small_tables import COLUMNS, read_small


def proposed(folder: Path, table: str) -> tuple[dict[str, Any], str]:
    """What is proposed for a table: as read, and as written."""
    file = folder / "t.csv"
    file.write_text(table, encoding="utf-8")
    text = propose(file, Asked()).plan_toml
    return tomllib.loads(text), text


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1-(1)-①", "1-1-1"),
        ("１－（２）－③", "1-2-3"),
        ("1-①", "1-1"),
        ("１①", "1-1"),
        ("1(2)①", "1-2-1"),
        ("Ⅰ-1-2", "1-1-2"),
        ("Ⅱ－２－（１）", "2-2-1"),
        ("三-2", "3-2"),
    ],
)
def test_a_number_of_parts_of_several_kinds_is_proposed_and_read(
    tmp_path: Path, printed: str, number: str
) -> None:
    table = f"番号,施策,評価\n{printed},窓口の改善,達成\n"
    said, _ = proposed(tmp_path, table)
    assert "numbers" not in said["rows"]
    layout = f"{COLUMNS}achievement = '評価'\n[rows]\nmeasure = '{said['rows']['measure']}'\n"
    layout += "[achievement]\n'達成' = 'achieved'\n"
    (measure,) = read_small(tmp_path, layout, table).measures
    assert (measure.number, measure.title) == (number, "窓口の改善")
