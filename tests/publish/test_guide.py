"""The tables that the guides show are read with what the guides say of them."""

import csv
import io
import re
import textwrap
import tomllib
from pathlib import Path

import pytest

from sakata_lod.site import Identity
from tests.conftest import ROOT
from tests.publish.small_tables import read_small

GUIDES = ("publish-your-plan.md", "publish-your-plan.ja.md")
EXAMPLE = re.compile(r"(?P<table>(?:^\|.*\n)+)\n(?P<layout>(?:^(?:    .*)?\n)+)", re.MULTILINE)
MEASURES = (["1-1"], ["1-1"], ["1-1"], ["1-1"], ["1-1"], ["1-1"], ["1"], ["1", "2"])
FIGURES = (0, 4, 2, 4, 2, 0, 2, 0)
ACTIVITIES = (2, 0, 2, 0, 0, 3, 2, 3)
STATUSES = (0, 0, 0, 6, 0, 0, 0, 0)
"""How many statuses of indicators each has."""


def examples(guide: str) -> list[tuple[str, str]]:
    """The tables of a guide, as CSV, each with its part of plan.toml."""
    text = (ROOT / "docs" / "guides" / guide).read_text(encoding="utf-8")
    return [
        (as_csv(found["table"]), "\n".join(line[4:] for line in found["layout"].splitlines()) + "\n")
        for found in EXAMPLE.finditer(text)
        if "[columns]" in found["layout"]
    ]


def identities(guide: str) -> list[Identity]:
    """What a guide says of the measures of an edition."""
    text = (ROOT / "docs" / "guides" / guide).read_text(encoding="utf-8")
    blocks = re.findall(r"^ +\[editions\.[0-9-]+\.identity\]\n((?: +.+\n)+)", text, re.MULTILINE)
    return [Identity.model_validate(tomllib.loads(textwrap.dedent(block))) for block in blocks]


def as_csv(table: str) -> str:
    rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in table.splitlines()]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(row for row in rows if set("".join(row)) != {"-"})
    return text.getvalue()


@pytest.mark.parametrize("guide", GUIDES)
def test_every_example_of_a_guide_is_read(guide: str, tmp_path: Path) -> None:
    editions = [
        read_small(tmp_path / str(number), layout, table)
        for number, (table, layout) in enumerate(examples(guide))
    ]
    assert tuple([each.number for each in edition.measures] for edition in editions) == MEASURES
    assert tuple(len(edition.indicator_values) for edition in editions) == FIGURES
    assert tuple(len(edition.activities) for edition in editions) == ACTIVITIES
    statuses = [
        [each.status for each in edition.indicators] + [each.status for each in edition.indicator_values]
        for edition in editions
    ]
    assert tuple(sum(bool(each.achievement) for each in some) for some in statuses) == STATUSES


def test_both_guides_show_the_same_examples() -> None:
    assert examples(GUIDES[0]) == examples(GUIDES[1])


def test_both_guides_show_how_to_say_which_measures_an_edition_lists() -> None:
    for guide in GUIDES:
        (shown,) = identities(guide)
        assert shown.renumbered == {"2-1-3": "2-1-4"}
        assert (shown.ended, shown.new, list(shown.renamed)) == (("2-1-3",), {"2-1-5": "2-1-5"}, ["2-1-2"])
