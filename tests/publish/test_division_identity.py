"""Which chapter or section a number is, from edition to edition, and what it tells of the measures within."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakata_lod.errors import IdentityUnclear, InvalidConfiguration
from sakata_lod.publish.identity import identified
from sakata_lod.publish.plan import Division, Edition, Measure
from sakata_lod.site import EditionFolder, EditionSource, TableLayout
from tests.publish.small_tables import plan_with

Titles = Mapping[str, str]
Said = Mapping[str, Any]

LAYOUT = TableLayout.model_validate(
    {"columns": {"title": "施策"}, "rows": {"measure": "(?P<number>.) (?P<title>.+)"}}
)
FIRST = {
    "1": "くらし", "1-1": "推進体制", "2": "みどり", "2-1": "推進体制", "3": "まなび", "3-1": "推進体制", "3-2": "図書館",
}  # fmt: skip
DROPPED = {"1": "くらし", "1-1": "推進体制", "2": "まなび", "2-1": "推進体制", "2-2": "図書館"}
"""The second chapter is dropped, and the third has its number."""


def edition(as_of: date, divisions: Titles, measures: Titles) -> Edition:
    """An edition whose numbers tell what stands in what."""
    return Edition(
        "p", as_of, "", (), (),
        tuple(Division(n, n, title, around(n), ()) for n, title in divisions.items()),
        tuple(
            Measure(n, n, title, within(n, divisions), (), other_departments=False, department_text="", cells=())
            for n, title in measures.items()
        ),
        (), (), (),
    )  # fmt: skip


def around(number: str) -> str | None:
    return number.rpartition("-")[0] or None


def within(number: str, divisions: Titles) -> str | None:
    """The nearest division around a measure. Numbers may have a part of which the table lists no division."""
    outer = around(number)
    return outer if outer is None or outer in divisions else within(outer, divisions)


def read(said: Said, *tables: tuple[Titles, Titles]) -> tuple[Edition, ...]:
    """The editions of some tables, a year apart; said: what plan.toml says of the second."""
    folders = tuple(
        EditionFolder(
            folder=Path("plans/p"),
            as_of=date(2023 + years, 3, 31),
            source=EditionSource.model_validate(
                {"source": "t.tsv", "format": "tsv"} | (dict(said) if years == 1 else {})
            ),
            layout=LAYOUT,
            corrections=(),
        )
        for years in range(len(tables))
    )
    plan = plan_with(LAYOUT, folders)
    return identified(
        plan, [edition(each.as_of, *table) for each, table in zip(folders, tables, strict=True)]
    )


def keys(found: Edition) -> dict[str, str]:
    return {each.number: each.key for each in found.divisions}


def divisions(said: Said, *titles: Titles) -> dict[str, str]:
    """Number → division in the second of two editions, of whose divisions plan.toml says something."""
    return keys(read({"divisions": said}, *((each, {}) for each in titles))[-1])


def unclear(*tables: tuple[Titles, Titles]) -> IdentityUnclear:
    with pytest.raises(IdentityUnclear) as raised:
        read({}, *tables)
    return raised.value


def pasted(error: IdentityUnclear) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(error.proposal)["editions"]["2024-03-31"]
    return found


def test_the_same_number_and_title_in_the_same_division_is_the_same_division() -> None:
    after = FIRST | {"3-2": "図 書 館"}
    assert divisions({}, FIRST, after) == {number: number for number in FIRST}


def test_a_chapter_that_is_dropped_stops_the_build_with_what_would_settle_it() -> None:
    error = unclear((FIRST, {}), (DROPPED, {}))
    assert error.sentence("en").splitlines()[1:4] == [
        "  2024-03-31: division 2 was “みどり”, and is “まなび” now",
        "  2024-03-31: division 3 “まなび” is listed no more",
        "  2024-03-31: division 2-1 “推進体制” is listed no more",
    ]
    assert error.sentence("ja").splitlines()[1] == ("  2024-03-31: 章・節2「みどり」が「まなび」になりました")
    assert error.proposal == (
        "[editions.2024-03-31.divisions]\n"
        "# 要確認: 数は題名の似ている度合い（100は同じ）。\n"
        "# To be confirmed: the figure is the likeness of the titles (100 is the same).\n"
        "ended = [\n"
        '  "2",  # みどり\n'
        '  "2-1",  # 推進体制\n'
        "]\n"
        'renumbered."2" = "3"  # 100 まなび\n'
    )
    settled = divisions(pasted(error)["divisions"], FIRST, DROPPED)
    assert settled == {"1": "1", "1-1": "1-1", "2": "3", "2-1": "3-1", "2-2": "3-2"}


def test_what_is_around_a_division_or_measure_is_named_by_its_address() -> None:
    before, after = {"3-2-1": "本を増やす"}, {"2-2-1": "本を増やす"}
    error = unclear((FIRST, before), (DROPPED, after))
    last = read(pasted(error), (FIRST, before), (DROPPED, after))[-1]
    assert {each.key: each.parent for each in last.divisions} == {
        "1": None, "1-1": "1", "3": None, "3-1": "3", "3-2": "3",
    }  # fmt: skip
    assert [(each.number, each.key, each.division) for each in last.measures] == [("2-2-1", "3-2-1", "3-2")]


def test_a_chapter_with_another_title_asks_nothing_of_what_is_in_it() -> None:
    after, measures = FIRST | {"3": "まなびとスポーツ"}, {"3-1-1": "計画を作る"}
    error = unclear((FIRST, measures), (after, measures))
    assert pasted(error) == {"divisions": {"renamed": {"3": "まなびとスポーツ"}}}
    assert len(error.doubts.each) == 1
    assert keys(read(pasted(error), (FIRST, measures), (after, measures))[-1])["3"] == "3"


def test_what_is_in_its_place_in_a_renumbered_chapter_is_the_same() -> None:
    before = {"2-1-1": "会議を開く", "3-1-1": "会議を開く", "3-2-1": "本を増やす"}
    after = {"2-1-1": "会議を開く", "2-2-1": "本を増やす"}
    error = unclear((FIRST, before), (DROPPED, after))
    assert pasted(error)["identity"] == {"ended": ["2-1-1"]}
    last = read(pasted(error), (FIRST, before), (DROPPED, after))[-1]
    assert [each.key for each in last.measures] == ["3-1-1", "3-2-1"]


def test_what_has_another_title_in_its_place_in_a_renumbered_chapter_is_asked() -> None:
    error = unclear((FIRST, {}), (DROPPED | {"2-2": "図書館と公民館"}, {}))
    said = pasted(error)["divisions"]
    assert (said["renumbered"], said["renamed"]) == ({"2": "3"}, {"2-2": "図書館と公民館"})
    settled = divisions(said, FIRST, DROPPED | {"2-2": "図書館と公民館"})
    assert settled == {"1": "1", "1-1": "1-1", "2": "3", "2-1": "3-1", "2-2": "3-2"}


def test_the_same_number_and_title_in_another_division_is_asked() -> None:
    after = FIRST | {"2": "防災"}
    error = unclear((FIRST, {}), (after | {"2-2": "訓練"}, {}))
    assert "  2024-03-31: division 2-1 “推進体制” stands in another division now" in error.sentence("en")
    assert "章・節2-1「推進体制」を含む章・節が別のものになりました" in error.sentence("ja")


def test_a_new_chapter_under_a_number_that_was_taken_gets_an_address_of_its_own() -> None:
    after = {"1": "くらし", "1-1": "推進体制", "2": "防災"}
    error = unclear((FIRST, {}), (after, {}))
    assert pasted(error)["divisions"] == {"ended": ["2", "3", "2-1", "3-1", "3-2"], "new": {"2": "2-2024"}}
    assert divisions(pasted(error)["divisions"], FIRST, after)["2"] == "2-2024"


def test_a_chapter_of_quite_another_title_is_known_by_what_it_holds() -> None:
    after = {"1": "くらし", "1-1": "推進体制", "2": "文化とスポーツ", "2-1": "推進体制", "2-2": "図書館"}
    error = unclear((FIRST, {}), (after, {}))
    assert 'renumbered."2" = "3"  # 0 まなび（中の題名は100、titles within: 100）\n' in error.proposal
    said = pasted(error)["divisions"]
    assert said["renamed"] == {"2": "文化とスポーツ"}
    assert said["ended"] == ["2", "2-1"]


def test_a_number_that_stayed_in_a_chapter_that_did_not_is_not_guessed_to_be_the_same() -> None:
    after = FIRST | {"2": "防災", "2-1": "推進体制", "2-2": "訓練", "2-3": "備蓄"}
    said = pasted(unclear((FIRST, {}), (after, {})))["divisions"]
    assert said["new"] == {"2": "2-2024", "2-1": "2-1-2024", "2-2": "2-2", "2-3": "2-3"}


def test_what_is_said_of_one_edition_holds_in_the_next() -> None:
    said = pasted(unclear((FIRST, {}), (DROPPED, {})))
    last = read(said, (FIRST, {}), (DROPPED, {}), (DROPPED, {}))[-1]
    assert keys(last) == {"1": "1", "1-1": "1-1", "2": "3", "2-1": "3-1", "2-2": "3-2"}


def test_a_chapter_split_in_two_names_what_it_was_made_from() -> None:
    after = {"1": "くらし", "2": "図書館と学校"}
    said = {"new": {"2": "2"}, "made_from": {"2": ["1"]}}
    last = read({"divisions": said}, ({"1": "くらし"}, {}), (after, {}))[-1]
    assert last.divisions_made_from == (("2", ("1",)),)


def test_chapters_that_a_plan_gets_later_or_has_no_more_are_no_doubt() -> None:
    assert divisions({}, {}, {"1": "くらし"}) == {"1": "1"}
    assert divisions({}, FIRST, {}) == {}


def test_chapters_that_come_back_are_asked_about() -> None:
    tables: list[tuple[Titles, Titles]] = [({"1": "くらし"}, {}), ({}, {}), ({"1": "くらし"}, {})]
    with pytest.raises(IdentityUnclear) as raised:
        read({}, *tables)
    assert tomllib.loads(raised.value.proposal)["editions"]["2025-03-31"]["divisions"] == {
        "new": {"1": "1-2025"}
    }


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"renumbered": {"9": "1"}}, r"renumbered\.9: the table of this edition has no such number"),
        ({"ended": ["9"]}, r"ended: no earlier edition lists a division 9"),
        ({"new": {"1": "1"}}, r"new\.1: an earlier division has the address 1: give this one 1-2024"),
        ({"renamed": {"1": "しごと"}}, r"renamed\.1: the table prints “くらし” there"),
    ],
)
def test_what_does_not_fit_the_tables_is_refused(said: Said, problem: str) -> None:
    with pytest.raises(
        InvalidConfiguration, match=rf"plan\.toml: editions\.2024-03-31\.divisions\.{problem}"
    ):
        divisions(said, FIRST, FIRST)


def test_a_division_named_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="the division 1 is named twice: a division has one number"):
        divisions({"renumbered": {"2": "1"}, "ended": ["1"]}, FIRST, FIRST)


TITLE = st.sampled_from(["推進体制", "推進の体制", "図書館", "図書館と学校", "みどり"])
TABLES = st.dictionaries(
    st.sampled_from(["1", "2", "3", "10"]), st.tuples(TITLE, st.lists(TITLE, max_size=3))
)


def numbered(table: Mapping[str, tuple[str, list[str]]]) -> tuple[Titles, Titles]:
    """Chapters with sections, and a measure in each section, of the section's title."""
    sections = {
        f"{number}-{place}": title
        for number, (_, titles) in table.items()
        for place, title in enumerate(titles, start=1)
    }
    chapters = {number: title for number, (title, _) in table.items()}
    return chapters | sections, {f"{number}-1": title for number, title in sections.items()}


@given(TABLES, TABLES.filter(bool))
def test_a_proposal_settles_every_doubt_and_no_two_numbers_are_one_division(
    before: dict[str, tuple[str, list[str]]], after: dict[str, tuple[str, list[str]]]
) -> None:
    tables = numbered(before), numbered(after)
    said: dict[str, Any] = {}
    try:
        last = read({}, *tables)[-1]
    except IdentityUnclear as error:
        said = pasted(error)
        last = read(said, *tables)[-1]
    for kind, table in (("divisions", 0), ("identity", 1)):
        listed = last.divisions if kind == "divisions" else last.measures
        found = [each.key for each in listed]
        assert len(set(found)) == len(tables[1][table])
        assert set(said.get(kind, {}).get("ended", [])) == tables[0][table].keys() - set(found)
    assert {each.parent for each in last.divisions} <= {None, *(each.key for each in last.divisions)}


@given(TABLES, TABLES)
def test_no_division_is_told_unasked_where_its_title_or_what_is_around_it_is_another(
    before: dict[str, tuple[str, list[str]]], after: dict[str, tuple[str, list[str]]]
) -> None:
    tables = numbered(before), numbered(after)
    try:
        first, last = read({}, *tables)
    except IdentityUnclear:
        return
    known = {each.key: each for each in first.divisions}
    assert not known or all(
        (each.title, each.parent) == (known[each.key].title, known[each.key].parent)
        for each in last.divisions
    )


WHOLE = {"1-1-1": "窓口", "1-1-2": "予約", "1-2-1": "公開", "2-1-1": "見守り"}
"""Numbers of three parts in a plan that lists chapters alone."""
CHAPTERS = {"1": "便利", "2": "安心"}


def test_measures_of_numbers_with_a_part_that_no_division_has_are_told_as_any() -> None:
    one = read({}, (CHAPTERS, WHOLE), (CHAPTERS, WHOLE))[-1]
    assert {each.number: each.key for each in one.measures} == {number: number for number in WHOLE}


def test_such_a_measure_that_moved_is_asked_and_the_proposal_settles_it() -> None:
    moved = {"1-1-1": "窓口", "1-2-1": "予約", "1-2-2": "公開", "2-1-1": "見守り", "2-1-2": "訪問"}
    error = unclear((CHAPTERS, WHOLE), (CHAPTERS, moved))
    assert [each.number for each in error.doubts.each] == ["1-1-2", "1-2-1", "1-2-2", "2-1-2"]
    said = tomllib.loads(error.proposal)["editions"]["2024-03-31"]
    found = read(said, (CHAPTERS, WHOLE), (CHAPTERS, moved))[-1]
    assert {each.number: each.key for each in found.measures} == {
        "1-1-1": "1-1-1", "1-2-1": "1-1-2", "1-2-2": "1-2-1", "2-1-1": "2-1-1", "2-1-2": "2-1-2",
    }  # fmt: skip


def test_such_measures_go_with_their_chapter() -> None:
    now = {"1-1-1": "見守り", "2-1-1": "窓口", "2-1-2": "予約", "2-2-1": "公開"}
    said = {"divisions": {"renumbered": {"1": "2", "2": "1"}}}
    found = read(said, (CHAPTERS, WHOLE), ({"1": "安心", "2": "便利"}, now))[-1]
    assert {each.number: each.key for each in found.measures} == {
        "1-1-1": "2-1-1", "2-1-1": "1-1-1", "2-1-2": "1-1-2", "2-2-1": "1-2-1",
    }  # fmt: skip
