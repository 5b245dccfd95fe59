"""Remake municipalities.tsv from the list that the ministry publishes.

    python -m sakata_lod.publish.municipality_list FILE

FILE: 「都道府県コード及び市区町村コード」, saved as CSV in UTF-8 (https://www.soumu.go.jp/denshijiti/code.html).
Its columns: code, prefecture and municipality in kanji, prefecture and municipality in katakana.
"""

import csv
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from sakata_lod.publish.municipalities import LIST, Municipality, check_digit

ABOUT = """\
# 都道府県と市区町村の全国地方公共団体コード、名称、よみ。出典: 総務省「都道府県コード及び市区町村コード」
# Codes, names and readings of Japan's prefectures and municipalities, as the ministry lists them:
# https://www.soumu.go.jp/denshijiti/code.html
# 作り直し方 · to remake it: python -m sakata_lod.publish.municipality_list FILE
"""


def listed(rows: Iterable[list[str]]) -> Iterator[Municipality]:
    """Read the ministry's rows; those that begin with no code are headings. Kana become full-width.

    Raises: ValueError: a code whose check digit is wrong, so that the list is damaged.
    """
    for row in rows:
        cells = [unicodedata.normalize("NFKC", cell).strip() for cell in row[:5]]
        if len(cells) < 5 or not (cells[0].isdigit() and len(cells[0]) == 6):
            continue
        code, prefecture, name, prefecture_kana, kana = cells
        if check_digit(code[:5]) != code[5]:
            raise ValueError(f"{code} {prefecture}{name}: wrong check digit")
        yield Municipality(code, prefecture, name or prefecture, kana if name else prefecture_kana)


def written(municipalities: Iterable[Municipality]) -> str:
    """Write the list as this package keeps it."""
    lines = ("\t".join((each.code, each.prefecture, each.name, each.kana)) for each in municipalities)
    return ABOUT + "\n".join(sorted(lines)) + "\n"


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8-sig", newline="") as file:
        LIST.write_text(written(listed(csv.reader(file))), encoding="utf-8")
