"""What counts as a change between two editions, and as which."""

from dataclasses import replace

import pytest

from sakata_lod.namespaces import CODE
from sakata_lod.publish.change_words import line, sentence
from sakata_lod.publish.changes import BEST_FIRST, KINDS, Change, changes
from sakata_lod.publish.snapshot import ActivityState, FigureState, IndicatorState, MeasureState, Snapshot
from sakata_lod.site import Text
from sakata_lod.vocabulary import CODES, concepts, content

ID = "http://localhost:8000/id/"
MEASURE = f"{ID}measure/p/1-1"
NAMES = {f"{ID}department/{slug}": Text(ja=f"{slug}課") for slug in "abc"} | {
    f"{ID}fiscal-year/{year}": Text(ja=f"{year}年度", en=f"FY{year}") for year in (2021, 2022, 2023)
}


def state(
    departments: str = "a",
    achievement: str | None = None,
    response: str | None = None,
    *,
    others: bool = False,
) -> MeasureState:
    named = frozenset(f"{ID}department/{slug}" for slug in departments)
    return MeasureState("1-1", "道路", "Roads", "en-t-ja", named, others, achievement, response, None)


def snapshot(
    measure: MeasureState | None = None,
    activities: dict[str, str] | None = None,
    successors: frozenset[tuple[str, str]] = frozenset(),
) -> Snapshot:
    done = {
        f"{ID}activity/p/1-1/{year}": ActivityState(MEASURE, f"{ID}fiscal-year/{year}", text)
        for year, text in (activities or {}).items()
    }
    return Snapshot("e", "2024-03-31", {MEASURE: measure or state()}, done, {}, {}, NAMES, successors)


def became(*pairs: str) -> frozenset[tuple[str, str]]:
    return frozenset((f"{ID}department/{each[0]}", f"{ID}department/{each[1]}") for each in pairs)


def kinds(old: Snapshot, new: Snapshot) -> list[str]:
    return [each.kind for each in changes(old, new)]


def test_the_kinds_are_the_concepts_of_the_shared_list_in_its_order() -> None:
    text = content(CODES).decode()
    listed = concepts(CODES, CODE.change)
    assert list(KINDS) == sorted(listed, key=lambda each: text.index(f"\ncode:{each}\n"))


def test_the_order_of_achievements_is_that_of_the_shared_list() -> None:
    text = content(CODES).decode()
    assert list(BEST_FIRST) == sorted(BEST_FIRST, key=lambda each: text.index(f"\ncode:{each}\n"))
    assert concepts(CODES, CODE.achievement).keys() - set(BEST_FIRST) == {
        "redirected",
        "notEvaluable",
        "pending",
    }


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("partlyAchieved", "achieved", "achievementImproved"),
        ("achieved", "discontinued", "achievementWorsened"),
        ("achieved", "redirected", "achievementChanged"),
        (None, "achieved", "achievementChanged"),
        ("achieved", None, "achievementChanged"),
    ],
)
def test_an_achievement_is_better_worse_or_only_another(
    before: str | None, after: str | None, kind: str
) -> None:
    old, new = snapshot(state(achievement=before)), snapshot(state(achievement=after))
    assert kinds(old, new) == [kind]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [("continue", "complete", "measureFinished"), ("complete", "continue", "responseChanged")],
)
def test_a_measure_is_finished_when_its_response_is_complete(before: str, after: str, kind: str) -> None:
    assert kinds(snapshot(state(response=before)), snapshot(state(response=after))) == [kind]


def test_a_department_renamed_by_the_register_is_one_change_and_none_of_its_measures() -> None:
    (found,) = changes(snapshot(state("a")), snapshot(state("b"), successors=became("ab")))
    assert (found.kind, found.key, line(found, "ja")) == ("departmentRenamed", "a-b", "a課 → b課")


def test_a_department_split_by_the_register_changes_no_measure_that_goes_to_a_part() -> None:
    old, new = snapshot(state("a")), snapshot(state("b"), successors=became("ab", "ac"))
    assert kinds(old, new) == ["departmentRenamed"]


def test_two_departments_that_became_one_are_two_changes_with_names_of_their_own() -> None:
    old, new = snapshot(state("ab")), snapshot(state("c"), successors=became("ac", "bc"))
    assert [each.key for each in changes(old, new)] == ["a-c", "b-c"]


@pytest.mark.parametrize(
    ("old", "new"),
    [(state("a"), state("b")), (state("a"), state("ab")), (state("a"), state("a", others=True))],
)
def test_other_departments_are_a_change_of_the_measure(old: MeasureState, new: MeasureState) -> None:
    assert kinds(snapshot(old), snapshot(new)) == ["departmentsChanged"]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("late", "achieved", "achievementImproved"),
        ("achieved", "late", "achievementWorsened"),
        (None, "late", "achievementChanged"),
    ],
)
def test_an_indicator_is_better_worse_or_only_another(before: str | None, after: str, kind: str) -> None:
    iri = f"{ID}indicator/p/1-1/0a1b2c3d"
    old, new = (
        replace(snapshot(), indicators={iri: IndicatorState(MEASURE, "延長", code)})
        for code in (before, after)
    )
    (found,) = changes(old, new)
    assert (found.kind, found.key, found.also) == (kind, "1-1-0a1b2c3d", (MEASURE,))
    assert sentence(found, "ja").partition("：")[0].endswith("1-1 道路（延長）")
    assert changes(new, new) == ()


def test_an_indicator_that_one_edition_has_alone_is_no_change() -> None:
    named = {f"{ID}indicator/p/1-1/0a1b2c3d": IndicatorState(MEASURE, "延長", "late")}
    with_one = replace(snapshot(), indicators=named)
    assert kinds(snapshot(), with_one) == kinds(with_one, snapshot()) == []


def figures(**of_years: tuple[str | None, str | None]) -> Snapshot:
    """An edition with an indicator, and its target and actual value in fiscal years: y2022."""
    indicator = f"{ID}indicator/p/1-1/0a1b2c3d"
    told = {
        f"{ID}indicator-value/p/1-1/0a1b2c3d/{year[1:]}": FigureState(
            indicator, MEASURE, f"{ID}fiscal-year/{year[1:]}", "延長", *both
        )
        for year, both in of_years.items()
    }
    named = {indicator: IndicatorState(MEASURE, "延長", None)}
    return replace(snapshot(), indicators=named, figures=told)


def test_a_figure_is_added_changed_or_removed() -> None:
    old = figures(y2021=("10", "9"), y2022=("12", "集計中"))
    new = figures(y2021=("10", "9"), y2022=("12", "11"), y2023=(None, "13"))
    added, changed = changes(old, new)
    assert sentence(added, "ja") == "指標の数値の追加: 1-1 道路・延長（2023年度）：実績 13"
    assert sentence(changed, "en") == (
        "Figure changed: 1-1 Roads, 延長 (FY2022): target 12, actual 集計中 → target 12, actual 11"
    )
    assert (changed.key, changed.also) == ("1-1-0a1b2c3d-2022", (MEASURE, f"{ID}indicator/p/1-1/0a1b2c3d"))
    assert kinds(new, figures(y2022=("12", "11"))) == []  # the newer edition does not speak of the others


def test_a_figure_that_is_gone_of_a_year_that_other_figures_still_tell_of_is_removed() -> None:
    new = figures(y2021=("1", "1"))
    other = {f"{iri}b": replace(each, indicator="b") for iri, each in new.figures.items()}
    assert kinds(new, replace(new, figures=other)) == ["figureRemoved"]


def test_an_activity_is_added_changed_or_removed() -> None:
    old, new = snapshot(activities={"2021": "調査"}), snapshot(activities={"2021": "整備", "2022": "運用"})
    added, changed = changes(old, new)
    assert sentence(added, "en") == "Activity added: 1-1 Roads (FY2022): 運用"
    assert sentence(changed, "ja") == "取組の変更: 1-1 道路（2021年度）：調査 → 整備"
    assert (added.also, added.english) == ((MEASURE,), "en-t-ja")
    removed = changes(new, snapshot(activities={"2022": "運用"}, measure=state()))
    assert [each.kind for each in removed] == []  # the newer edition does not speak of 2021


def test_an_activity_is_removed_only_where_the_newer_edition_has_the_year() -> None:
    other = f"{ID}measure/p/1-2"
    activity = {f"{ID}activity/p/1-2/2021": ActivityState(other, f"{ID}fiscal-year/2021", "続ける")}
    measures = {MEASURE: state(), other: state()}
    old = Snapshot(
        "e", "d", measures, {**snapshot(activities={"2021": "調査"}).activities, **activity}, {}, {}, NAMES
    )
    new = Snapshot("e", "d", measures, activity, {}, {}, NAMES)
    assert kinds(old, new) == ["activityRemoved"]


def test_what_is_nowhere_in_one_of_two_releases_is_wholly_added_or_ended() -> None:
    nothing = Snapshot("", "")
    assert kinds(nothing, snapshot(activities={"2021": "調査"})) == ["measureAdded"]
    assert kinds(snapshot(activities={"2021": "調査"}), nothing) == ["measureEnded"]


def test_changes_are_told_in_the_order_of_numbers() -> None:
    old = Snapshot("", "")
    new = Snapshot("e", "d", {f"{ID}measure/p/{number}": state() for number in ("1-10", "1-9", "1-1")})
    assert [each.key for each in changes(old, new)] == ["1-1", "1-9", "1-10"]


@pytest.mark.parametrize(
    ("subject", "key"),
    [
        ("measure/p/2-1-4", "2-1-4"),
        ("measure/id/2-1-4", "2-1-4"),
        ("activity/p/2-1-4/2022/2", "2-1-4-2022-2"),
        ("anomaly/p/2024-03-31/a-misprint", "a-misprint"),
    ],
)
def test_the_key_of_a_change_tells_what_it_is_about(subject: str, key: str) -> None:
    assert Change("measureAdded", ID + subject).key == key


def test_a_text_that_was_not_there_is_told_by_a_dash() -> None:
    change = Change("reasonChanged", MEASURE, Text(ja="1-1 道路"), None, Text(ja="遅れた。"))
    assert line(change, "ja") == "1-1 道路：— → 遅れた。"
