"""Which measure a number is, from edition to edition: what is told, what is open, and what would settle it."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sakata_lod.errors import IdentityUnclear, InvalidConfiguration
from sakata_lod.publish.identity import identified
from sakata_lod.publish.plan import Division, Edition, Measure, Progress
from sakata_lod.site import EditionFolder, EditionSource, Identity, PlanSource, TableLayout
from tests.publish.small_tables import plan_with

FIRST = {"1-1": "窓口の電子化", "1-2": "道路の補修", "1-3": "図書館の充実"}
LAYOUT = TableLayout.model_validate(
    {
        "columns": {"title": "施策"},
        "rows": {"divisions": ["(?P<number>.)章 (?P<title>.+)"], "measure": "(?P<number>.) (?P<title>.+)"},
    }
)


def edition(as_of: date, titles: Mapping[str, str]) -> Edition:
    """An edition with nothing but a division, its measures and their progress."""
    measures = tuple(
        Measure(n, n, title, "1", (), other_departments=False, department_text="", cells=())
        for n, title in titles.items()
    )
    progress = tuple(Progress(number, None, "", None, "", "", ()) for number in titles)
    divisions = (Division("1", "1", "くらし", None, ()),)
    return Edition("p", as_of, "", (), (), divisions, measures, progress, (), ())


def plan_of(*said: Mapping[str, Any]) -> PlanSource:
    """A plan with an edition a year, from 2023 on, and what plan.toml says of the measures in each."""
    folders = tuple(
        EditionFolder(
            folder=Path("plans/p"),
            as_of=date(2023 + years, 3, 31),
            source=EditionSource(source="t.tsv", format="tsv", identity=Identity.model_validate(each)),
            layout=LAYOUT,
            corrections=(),
        )
        for years, each in enumerate(said)
    )
    return plan_with(LAYOUT, folders)


def keys(said: Mapping[str, Any] | None, *titles: Mapping[str, str]) -> dict[str, str]:
    """Number → measure in the last of some editions, of whose measures plan.toml says something."""
    plan = plan_of(*[{} for _ in titles[1:]], said or {})
    editions = [edition(folder.as_of, each) for folder, each in zip(plan.editions, titles, strict=True)]
    last = identified(plan, editions)[-1]
    assert [each.measure for each in last.progress] == [each.key for each in last.measures]
    return {each.number: each.key for each in last.measures}


def doubts(*titles: Mapping[str, str]) -> IdentityUnclear:
    with pytest.raises(IdentityUnclear) as raised:
        keys(None, *titles)
    return raised.value


def pasted(error: IdentityUnclear, as_of: str = "2024-03-31") -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(error.proposal)["editions"][as_of]["identity"]
    return found


def test_the_same_numbers_and_titles_are_the_same_measures() -> None:
    assert keys(None, FIRST, FIRST) == {number: number for number in FIRST}


def test_width_blanks_and_hyphens_make_no_other_title() -> None:
    before, after = {"1-1": "Wi-Fi エリアの拡充"}, {"1-1": "Ｗｉ‐Ｆｉエリアの　拡充"}
    assert keys(None, before, after) == {"1-1": "1-1"}


def test_every_doubt_is_told_at_once_with_what_would_settle_it() -> None:
    after = {"1-1": "窓口のデジタル化", "1-2": "図書館の充実", "1-4": "防災訓練"}
    error = doubts(FIRST, after)
    assert error.sentence("en").splitlines()[1:5] == [
        "  2024-03-31: 1-1 was “窓口の電子化”, and is “窓口のデジタル化” now",
        "  2024-03-31: 1-2 was “道路の補修”, and is “図書館の充実” now",
        "  2024-03-31: 1-3 “図書館の充実” is listed no more",
        "  2024-03-31: 1-4 “防災訓練” was not listed before",
    ]
    assert error.sentence("ja").splitlines()[3] == "  2024-03-31: 1-3「図書館の充実」がなくなりました"
    assert error.proposal == (
        "[editions.2024-03-31.identity]\n"
        "# 要確認: 数は題名の似ている度合い（100は同じ）。\n"
        "# To be confirmed: the figure is the likeness of the titles (100 is the same).\n"
        "ended = [\n"
        '  "1-2",  # 道路の補修\n'
        "]\n"
        'renumbered."1-2" = "1-3"  # 100 図書館の充実\n'
        'renamed."1-1" = "窓口のデジタル化"  # 57 ← 窓口の電子化\n'
        'new."1-4" = "1-4"  # 防災訓練\n'
    )
    assert keys(pasted(error), FIRST, after) == {"1-1": "1-1", "1-2": "1-3", "1-4": "1-4"}


def test_a_number_that_had_another_measure_gets_an_address_of_its_own() -> None:
    after = {"1-1": "窓口の電子化", "1-2": "図書館の充実", "1-3": "防災訓練"}
    error = doubts(FIRST, after)
    assert pasted(error)["new"] == {"1-3": "1-3-2024"}
    assert keys(pasted(error), FIRST, after) == {"1-1": "1-1", "1-2": "1-3", "1-3": "1-3-2024"}


def test_what_is_said_of_one_edition_holds_in_the_next() -> None:
    after = {"1-1": "窓口の電子化", "1-2": "図書館の充実"}
    said = {"ended": ["1-2"], "renumbered": {"1-2": "1-3"}}
    plan = plan_of({}, said, {})
    editions = [
        edition(folder.as_of, each) for folder, each in zip(plan.editions, (FIRST, after, after), strict=True)
    ]
    assert [each.key for each in identified(plan, editions)[-1].measures] == ["1-1", "1-3"]


def test_a_measure_that_ended_may_be_listed_again() -> None:
    without = {"1-1": "窓口の電子化", "1-2": "道路の補修"}
    plan = plan_of({}, {"ended": ["1-3"]}, {"renumbered": {"1-4": "1-3"}})
    again = without | {"1-4": "図書館の充実"}
    editions = [
        edition(folder.as_of, each)
        for folder, each in zip(plan.editions, (FIRST, without, again), strict=True)
    ]
    assert [each.key for each in identified(plan, editions)[-1].measures] == ["1-1", "1-2", "1-3"]


def test_the_doubts_of_all_editions_are_told_in_one_error() -> None:
    second, third = FIRST | {"1-4": "防災訓練"}, {"1-1": "窓口の電子化"}
    error = doubts(FIRST, second, third)
    assert [str(each.edition) for each in error.doubts.each] == ["2024-03-31"] + ["2025-03-31"] * 3
    found = tomllib.loads(error.proposal)["editions"]
    said = [{}, *(found[day]["identity"] for day in ("2024-03-31", "2025-03-31"))]
    plan = plan_of(*said)
    editions = [
        edition(folder.as_of, each)
        for folder, each in zip(plan.editions, (FIRST, second, third), strict=True)
    ]
    assert [each.key for each in identified(plan, editions)[-1].measures] == ["1-1"]


def test_a_proposal_keeps_what_is_said_already() -> None:
    after = {"1-1": "窓口の電子化", "1-2": "図書館の充実", "1-4": "防災訓練"}
    plan = plan_of({}, {"ended": ["1-2"], "made_from": {"1-4": ["1-2"]}})
    editions = [
        edition(folder.as_of, each) for folder, each in zip(plan.editions, (FIRST, after), strict=True)
    ]
    with pytest.raises(IdentityUnclear) as raised:
        identified(plan, editions)
    said = pasted(raised.value)
    assert (said["ended"], said["made_from"]) == (["1-2"], {"1-4": ["1-2"]})
    assert keys(said, FIRST, after) == {"1-1": "1-1", "1-2": "1-3", "1-4": "1-4"}


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"renumbered": {"1-9": "1-1"}}, r"identity\.renumbered\.1-9: the table of this edition has no such number"),
        ({"renumbered": {"1-1": "9-9"}}, r"identity\.renumbered\.1-1: no earlier edition lists a measure 9-9"),
        ({"ended": ["9-9"]}, r"identity\.ended: no earlier edition lists a measure 9-9"),
        ({"new": {"1-1": "1-1"}}, r"identity\.new\.1-1: an earlier measure has the address 1-1: .* 1-1-2024"),
        ({"renamed": {"1-1": "別の題名"}}, r"identity\.renamed\.1-1: the table prints “窓口の電子化” there"),
        ({"made_from": {"1-1": ["9-9"]}}, r"identity\.made_from\.1-1: no earlier edition lists a measure 9-9"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_tables_is_refused(said: Mapping[str, Any], problem: str) -> None:
    with pytest.raises(InvalidConfiguration, match=rf"plan\.toml: editions\.2024-03-31\.{problem}"):
        keys(said, FIRST, FIRST)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"renumbered": {"1-1": "1-2"}, "new": {"1-1": "1-1"}}, "both in `renumbered` and in `new`"),
        ({"renumbered": {"1-1": "1-2", "1-3": "1-2"}}, "the measure 1-2 is named twice"),
        ({"renumbered": {"1-1": "1-2"}, "ended": ["1-2"]}, "the measure 1-2 is named twice"),
        ({"new": {"1-1": "2-1"}}, "address is 1-1 or begins with 1-1-, not 2-1"),
    ],
)
def test_what_contradicts_itself_is_refused(said: Mapping[str, Any], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        Identity.model_validate(said)


TITLES = st.text(st.sampled_from('電子化の推進道路補修図書館"\\#\n\t\x7f'), min_size=1, max_size=6)
TABLES = st.dictionaries(st.sampled_from(["1-1", "1-2", "1-3", "1-4", "1-10"]), TITLES, min_size=1)


@given(TABLES, TABLES)
def test_a_proposal_settles_every_doubt_and_no_two_numbers_are_one_measure(
    before: dict[str, str], after: dict[str, str]
) -> None:
    said: dict[str, Any] = {}
    try:
        found = keys(None, before, after)
    except IdentityUnclear as error:
        said = pasted(error)
        found = keys(said, before, after)
    assert list(found) == list(after)
    assert len(set(found.values())) == len(after)
    assert set(said.get("ended", [])) == before.keys() - set(found.values())
