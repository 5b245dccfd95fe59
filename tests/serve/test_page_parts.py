import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakata_lod import vocabulary
from sakata_lod.namespaces import CODE
from sakata_lod.serve.labels import Text
from sakata_lod.serve.marks import HATCHINGS, MARKS_FILE, marks
from sakata_lod.serve.pagemodels.citation import Citation
from sakata_lod.serve.pagemodels.neighbourhood import Named, neighbourhood
from sakata_lod.serve.pagemodels.parts import Count, Status, bar
from sakata_lod.serve.pagemodels.questions import Question
from sakata_lod.serve.policy import QueryForm, check
from sakata_lod.serve.tables import Link, Value

from .conftest import ROOT

STATIC = ROOT / "sakata_lod" / "serve" / "static"
VALUE = Value(Text("x"), Link())


def counts(numbers: list[int]) -> list[Count]:
    return [Count(Status(f"code{at}", VALUE), each) for at, each in enumerate(numbers)]


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_the_parts_of_a_bar_stand_side_by_side_and_fill_it(numbers: list[int]) -> None:
    whole = sum(numbers)
    segments = bar(VALUE, counts(numbers), whole).segments
    assert sum(each.width for each in segments) == pytest.approx(100 if whole else 0, abs=0.05)
    for before, after in pairwise(segments):
        assert after.start == pytest.approx(before.start + before.width, abs=0.05)


def test_every_status_code_has_a_mark_of_its_own() -> None:
    shared = {
        name
        for scheme in ("achievement", "response")
        for name in vocabulary.concepts(vocabulary.CODES, CODE[scheme])
    }
    assert len(shared) > 20
    assert shared <= marks(STATIC)
    symbols = ET.parse(STATIC / MARKS_FILE).getroot()  # noqa: S314 - our own file
    drawings = {"".join(ET.tostring(part, encoding="unicode") for part in each) for each in symbols}
    assert len(drawings) == len(symbols)
    assert set(HATCHINGS) <= shared


def test_achievements_that_can_stand_in_one_bar_differ_without_colour() -> None:
    achievements = set(vocabulary.concepts(vocabulary.CODES, CODE["achievement"]))
    hatchings = [HATCHINGS.get(each, "plain") for each in achievements]
    assert len(set(hatchings)) == len(hatchings)


@given(st.text(max_size=60))
def test_a_name_in_the_drawing_fits_its_box(name: str) -> None:
    box = neighbourhood("1-1", [Named("department", Text(name))], []).boxes[1]
    assert box.text.value == name or box.text.value.endswith("…")
    assert len(box.text.value) <= 30


def test_neighbours_do_not_overlap() -> None:
    left = [Named("department", Text(str(at))) for at in range(7)]
    drawn = neighbourhood("1-1", left, left[:2])
    tops = [each.y for each in drawn.boxes if each.kind == "department" and each.x == 0]
    assert len(tops) == 7
    assert all(after - before >= 28 for before, after in pairwise(tops))
    assert all(each.y >= 0 and each.y + each.height <= drawn.height for each in drawn.boxes)


def test_bibtex_keeps_what_tex_would_take_for_a_command() -> None:
    told = Citation("City", "100% & {more}_x", "2023-03-31", "http://localhost/id/x").bibtex
    assert r"100\% \& \{more\}\_x" in told
    assert told.startswith("@misc{localhost-id-x,")


def test_a_query_as_shown_is_one_that_the_endpoint_takes() -> None:
    shown = Question("group-measures", {"group": "https://w3id.org/municipal-plan/codes#achieved"}).text
    assert "VALUES ?group { <https://w3id.org/municipal-plan/codes#achieved> }" in shown
    assert "VALUES ?group {}" not in shown
    assert not shown.startswith("# Purpose")
    assert check(shown, len(shown.encode())) is QueryForm.RESULTS
