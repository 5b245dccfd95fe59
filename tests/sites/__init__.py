r"""Invented cities, each with tables of another shape, written as texts that people can read.

A table stands in a `.txt` beside where its file belongs. Of a CSV it is the text itself, which is encoded as
plan.toml says. Of a workbook, each `# title` begins a sheet, each line is a row, `|` parts its cells; `<` and
`^` are merged into the cell on the left and above; `0.947{0.0%}` is a number with its format; `\n` a line break.
"""

import re
import shutil
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from sakata_lod.site import FEDERATION

SITES = Path(__file__).parent
CITIES = ("kakuu", "utsutsu", "maboroshi")

_FEDERATION = """
base_iri = "{base}"
name.ja = "架空県の市町村"
name.en = "Municipalities of Kakuu"
sites = ["cities/*"]

[licence]
iri = "https://creativecommons.org/publicdomain/zero/1.0/"
title = "Creative Commons CCZero"
confirmed = true
"""

_FORMATTED = re.compile(r"(-?[0-9.]+)\{(.+)\}")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def make_site(city: str, folder: Path) -> Path:
    """Copy a city's site into a folder, and write its tables."""
    target = folder / city
    shutil.copytree(SITES / city, target)
    for text in target.glob("plans/*/*/*.txt"):
        lines = text.read_text(encoding="utf-8")
        if lines.startswith("# "):
            write_workbook(lines, text.with_suffix(".xlsx"))
        else:
            text.with_suffix(".csv").write_bytes(lines.replace("\n", "\r\n").encode("cp932"))
        text.unlink()
    return target


def make_federation(folder: Path, base: str) -> Path:
    """Write a federation of all the cities into a folder that is not there yet. base: what its IRIs begin with."""
    (folder / "cities").mkdir(parents=True)
    for city in CITIES:
        make_site(city, folder / "cities")
    (folder / FEDERATION).write_text(_FEDERATION.format(base=base), encoding="utf-8")
    return folder


def write_workbook(text: str, path: Path) -> None:
    """Write a workbook from its text."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for part in re.split(r"(?m)^# ", text)[1:]:
        title, _, lines = part.partition("\n")
        _write_sheet(book.create_sheet(title), lines.rstrip("\n").split("\n"))
    book.save(path)


def _write_sheet(sheet: Worksheet, lines: list[str]) -> None:
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(re.split(r" ?\| ?", line), start=1):
            match text:
                case "<":
                    anchors[row, column] = anchors[row, column - 1]
                case "^":
                    anchors[row, column] = anchors[row - 1, column]
                case _:
                    anchors[row, column] = (row, column)
                    _write_cell(sheet, (row, column), text)
    _merge(sheet, anchors)


def _write_cell(sheet: Worksheet, place: tuple[int, int], text: str) -> None:
    cell = sheet.cell(*place)
    if formatted := _FORMATTED.fullmatch(text):
        cell.value, cell.number_format = float(formatted[1]), formatted[2]
    elif _NUMBER.fullmatch(text):
        cell.value = float(text)
    else:
        cell.value = text.replace("\\n", "\n") or None


def _merge(sheet: Worksheet, anchors: dict[tuple[int, int], tuple[int, int]]) -> None:
    last: dict[tuple[int, int], tuple[int, int]] = {}
    for place, anchor in anchors.items():
        last[anchor] = max(place, last.get(anchor, place))
    for anchor, end in last.items():
        if anchor != end:
            sheet.merge_cells(None, *anchor, *end)
