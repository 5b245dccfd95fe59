"""What differs between two editions of a plan: pure comparison, in a fixed order."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from rdflib import Literal

from sakata_lod.namespaces import CODE, SKOS
from sakata_lod.publish.snapshot import MeasureState, NumberedState, Snapshot
from sakata_lod.site import Text
from sakata_lod.vocabulary import CODES, load

KINDS = (
    "divisionAdded", "divisionEnded", "divisionRenumbered", "divisionRenamed",
    "measureAdded", "measureEnded", "measureRenumbered", "measureRenamed", "measureFinished",
    "achievementImproved", "achievementWorsened", "achievementChanged", "responseChanged", "reasonChanged",
    "departmentsChanged", "departmentRenamed", "activityAdded", "activityChanged", "activityRemoved",
    "figureAdded", "figureChanged", "figureRemoved", "anomalyFound", "anomalySolved",
)  # fmt: skip
"""The kinds of change, concepts of code:change, in the order in which they are told."""

BEST_FIRST = (
    "exceeded", "achieved", "mostlyAchieved", "partlyAchieved", "inProgress", "notStarted", "late",
    "notAchieved", "discontinued",
)  # fmt: skip
"""The achievements of which one is better than another; of redirected, not evaluable and pending none is."""

_OF_PLAN = re.compile(r"/id/(?:division|measure|activity|indicator|indicator-value)/[^/]+/(.+)$")
"""What follows the plan in the address of a division, a measure, an activity, an indicator or its figures."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. kind: one of KINDS. subject: the IRI of what is otherwise.

    about: what that is called, where `before` and `after` do not tell; these are None where there was, or is,
    nothing. also: what else it is about: the measure of an activity or an indicator, the department that
    another took the place of. english: the language tag of its English, in which a machine may have
    translated a title.
    """

    kind: str
    subject: str
    about: Text | None = None
    before: Text | None = None
    after: Text | None = None
    also: tuple[str, ...] = ()
    english: str = "en"

    @property
    def key(self) -> str:
        """What tells it from others of its kind, as it can stand in an IRI: 2-1-4-2022 of an activity."""
        if self.kind == "departmentRenamed":
            return "-".join(each.rpartition("/")[2] for each in (*self.also, self.subject))
        found = _OF_PLAN.search(self.subject)
        return found[1].replace("/", "-") if found else self.subject.rpartition("/")[2]


def changes(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """Compare two editions; of a plan that only one of two releases has, the other is an empty one."""
    named = {**old.divisions, **old.measures, **new.divisions, **new.measures}

    def place(change: Change) -> tuple[object, ...]:
        number = named[change.subject].number if change.subject in named else change.key
        return KINDS.index(change.kind), _natural(number), _natural(change.key)

    found = sorted(_Comparison(old, new).all(), key=place)
    return tuple(replace(each, english=_tag(each, named)) for each in found)


def _tag(change: Change, states: Mapping[str, NumberedState]) -> str:
    """The language tag of a change's English: that of the title in it, if there is one."""
    named = (states[each] for each in (change.subject, *change.also) if each in states)
    has_title = change.about is not None and change.about.en is not None
    return next((each.english_tag for each in named if has_title), "en")


@dataclass(frozen=True, slots=True)
class _Comparison:
    old: Snapshot
    new: Snapshot

    def all(self) -> Iterator[Change]:
        yield from _listed("division", self.old.divisions, self.new.divisions)
        yield from _listed("measure", self.old.measures, self.new.measures)
        for iri, after in self.new.measures.items():
            if before := self.old.measures.get(iri):
                yield from self._standing(iri, before, after)
                yield from self._departments(iri, before, after)
        yield from self._renamed_departments()
        yield from self._indicators()
        yield from self._activities()
        yield from self._figures()
        yield from self._anomalies()

    def _standing(self, iri: str, before: MeasureState, after: MeasureState) -> Iterator[Change]:
        if before.achievement != after.achievement:
            kind = _direction(before.achievement, after.achievement)
            codes = _label(before.achievement), _label(after.achievement)
            yield Change(kind, iri, after.name, *codes)
        if before.response != after.response:
            kind = "measureFinished" if after.response == "complete" else "responseChanged"
            yield Change(kind, iri, after.name, _label(before.response), _label(after.response))
        if before.reason != after.reason:
            yield Change("reasonChanged", iri, after.name, _printed(before.reason), _printed(after.reason))

    def _departments(self, iri: str, before: MeasureState, after: MeasureState) -> Iterator[Change]:
        became = {each: self._successors(each) for each in before.departments}
        is_kept = all(became[each] & after.departments for each in before.departments)
        is_known = after.departments <= frozenset[str]().union(*became.values())
        if not (is_kept and is_known and before.others == after.others):
            names = self._department_names(self.old, before), self._department_names(self.new, after)
            yield Change("departmentsChanged", iri, after.name, *names)

    def _successors(self, department: str) -> frozenset[str]:
        """The department itself, and those that it became by the register."""
        return frozenset({department, *(after for was, after in self.new.successors if was == department)})

    def _department_names(self, edition: Snapshot, measure: MeasureState) -> Text | None:
        names = [edition.names[each] for each in sorted(measure.departments)]
        names += [Text(ja="ほか", en="others")] if measure.others else []
        if not names:
            return None
        return Text(
            ja="、".join(each.ja for each in names), en=", ".join(each.en or each.ja for each in names)
        )

    def _renamed_departments(self) -> Iterator[Change]:
        """Those that took another's place: the one is named no more, the other was not named before."""
        gone, come = self.old.departments - self.new.departments, self.new.departments - self.old.departments
        for was, now in self.new.successors:
            if was in gone and now in come:
                names = self.new.names
                yield Change("departmentRenamed", now, None, names[was], names[now], (was,))

    def _indicators(self) -> Iterator[Change]:
        """How far indicators came that both editions have."""
        for iri, after in self.new.indicators.items():
            before = self.old.indicators.get(iri)
            if before is not None and before.achievement != after.achievement:
                about = _within(self.new.measures[after.measure].name, Text(ja=after.title))
                codes = _label(before.achievement), _label(after.achievement)
                yield Change(
                    _direction(before.achievement, after.achievement), iri, about, *codes, (after.measure,)
                )

    def _activities(self) -> Iterator[Change]:
        """What is entered for measures that both editions list, in years that the newer one speaks of."""
        both = self.old.measures.keys() & self.new.measures.keys()
        for iri in {**self.old.activities, **self.new.activities}:
            before, after = self.old.activities.get(iri), self.new.activities.get(iri)
            said = after or before
            if said is None or said.measure not in both or said.year not in self.new.years:
                continue
            if before is None or after is None or before.text != after.text:
                kind = "Added" if before is None else "Removed" if after is None else "Changed"
                about = _within(self.new.measures[said.measure].name, self._year(said.year))
                was, now = (_printed(each.text if each else None) for each in (before, after))
                yield Change(f"activity{kind}", iri, about, was, now, (said.measure,))

    def _figures(self) -> Iterator[Change]:
        """What is printed of indicators that both editions have, in years that the newer one speaks of."""
        years = {each.year for each in self.new.figures.values()}
        both = self.old.indicators.keys() & self.new.indicators.keys()
        for iri in {**self.old.figures, **self.new.figures}:
            before, after = self.old.figures.get(iri), self.new.figures.get(iri)
            said = after or before
            if said is None or said.indicator not in both or said.year not in years:
                continue
            if before is None or after is None or before.told != after.told:
                kind = "Added" if before is None else "Removed" if after is None else "Changed"
                part = _within(Text(ja=said.title), self._year(said.year))
                name = self.new.measures[said.measure].name
                about = Text(ja=f"{name.ja}・{part.ja}", en=f"{name.en or name.ja}, {part.en}")
                was, now = (each.told if each else None for each in (before, after))
                yield Change(f"figure{kind}", iri, about, was, now, (said.measure, said.indicator))

    def _year(self, iri: str) -> Text:
        return self.new.names.get(iri) or self.old.names[iri]

    def _anomalies(self) -> Iterator[Change]:
        for slug, text in self.new.anomalies.items():
            if slug not in self.old.anomalies:
                yield Change("anomalyFound", self.new.anomaly_iris[slug], text)
        for slug, text in self.old.anomalies.items():
            if slug not in self.new.anomalies:
                yield Change("anomalySolved", self.old.anomaly_iris[slug], text)


def _listed(
    kind: str, old: Mapping[str, NumberedState], new: Mapping[str, NumberedState]
) -> Iterator[Change]:
    """What of a kind, "division" or "measure", is new or gone, or has another number or title."""
    for iri, after in new.items():
        before = old.get(iri)
        if before is None:
            yield Change(f"{kind}Added", iri, after.name)
            continue
        if before.number != after.number:
            yield Change(f"{kind}Renumbered", iri, after.name, Text(ja=before.number), Text(ja=after.number))
        if before.title != after.title:
            titles = Text(ja=before.title), Text(ja=after.title)
            yield Change(f"{kind}Renamed", iri, Text(ja=after.number), *titles)
    for iri, before in old.items():
        if iri not in new:
            yield Change(f"{kind}Ended", iri, before.name)


def _direction(before: str | None, after: str | None) -> str:
    if before not in BEST_FIRST or after not in BEST_FIRST:
        return "achievementChanged"
    is_better = BEST_FIRST.index(after) < BEST_FIRST.index(before)
    return "achievementImproved" if is_better else "achievementWorsened"


def _printed(text: str | None) -> Text | None:
    return None if text is None else Text(ja=text)


def _within(name: Text, part: Text) -> Text:
    return Text(ja=f"{name.ja}（{part.ja}）", en=f"{name.en or name.ja} ({part.en or part.ja})")


def _label(code: str | None) -> Text | None:
    return None if code is None else concept_label(code)


@cache
def concept_label(code: str) -> Text:
    """What the shared lists call a concept."""
    found = load(CODES).objects(CODE[code], SKOS.prefLabel)
    return Text.model_validate({each.language: str(each) for each in found if isinstance(each, Literal)})


def _natural(key: str) -> list[tuple[bool, int, str]]:
    """The order of keys in which 2-1-2 comes before 2-1-10."""
    parts: Iterable[str] = re.split(r"([0-9]+)", key)
    return [(each.isdigit(), int(each) if each.isdigit() else 0, each) for each in parts if each]
