"""What an edition says, read from the graphs in which it is published, to be compared with another's."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from sakata_lod.iris import IriSpace
from sakata_lod.site import Text

_QUERIES = Path(__file__).parent / "queries"


@dataclass(frozen=True, slots=True)
class NumberedState:
    """A division or a measure as an edition has it. number, title: as printed.

    english: its title in English, if any; english_tag: the language tag of that.
    """

    number: str
    title: str
    english: str | None
    english_tag: str

    @property
    def name(self) -> Text:
        """Its number and title."""
        return Text(ja=f"{self.number} {self.title}", en=f"{self.number} {self.english or self.title}")


@dataclass(frozen=True, slots=True)
class MeasureState(NumberedState):
    """A measure as an edition has it.

    departments: IRIs. others: whether more are left open. achievement, response: local names of codes.
    """

    departments: frozenset[str]
    others: bool
    achievement: str | None
    response: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class IndicatorState:
    """An indicator as an edition has it. achievement: the code of no year, else that of the newest year."""

    measure: str
    title: str
    achievement: str | None


@dataclass(frozen=True, slots=True)
class ActivityState:
    """What an edition says was done for a measure in a fiscal year; both are IRIs."""

    measure: str
    year: str
    text: str


@dataclass(frozen=True, slots=True)
class FigureState:
    """What an edition prints of an indicator in a fiscal year; title: the indicator's. Others are IRIs."""

    indicator: str
    measure: str
    year: str
    title: str
    target: str | None
    actual: str | None

    @property
    def told(self) -> Text:
        """What is aimed at, and what is reached, as far as either is printed."""
        parts = (("目標", "target", self.target), ("実績", "actual", self.actual))
        printed = [(ja, en, text) for ja, en, text in parts if text is not None]
        return Text(
            ja="、".join(f"{ja} {text}" for ja, _, text in printed),
            en=", ".join(f"{en} {text}" for _, en, text in printed),
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An edition, each thing by its IRI; anomalies by what ends theirs, which tells them over editions.

    day: its as-of date. names: of departments and fiscal years. successors: which departments became which.
    """

    edition: str
    day: str
    measures: Mapping[str, MeasureState] = field(default_factory=dict)
    activities: Mapping[str, ActivityState] = field(default_factory=dict)
    anomalies: Mapping[str, Text] = field(default_factory=dict)
    anomaly_iris: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Text] = field(default_factory=dict)
    successors: frozenset[tuple[str, str]] = frozenset()
    indicators: Mapping[str, IndicatorState] = field(default_factory=dict)
    divisions: Mapping[str, NumberedState] = field(default_factory=dict)
    figures: Mapping[str, FigureState] = field(default_factory=dict)

    @property
    def departments(self) -> frozenset[str]:
        """All that answer for some measure."""
        return frozenset[str]().union(*(each.departments for each in self.measures.values()))

    @property
    def years(self) -> frozenset[str]:
        """The fiscal years for which it says anything."""
        return frozenset(each.year for each in self.activities.values())


def read_snapshot(store: ox.Store, iris: IriSpace, plan: str, day: str) -> Snapshot:
    """Read a plan's edition as of a day from the named graphs of a release."""
    return _Reader(store, iris, plan, day).snapshot()


@dataclass(frozen=True, slots=True)
class _Reader:
    store: ox.Store
    iris: IriSpace
    plan: str
    day: str

    def snapshot(self) -> Snapshot:
        anomalies = self._texts("snapshot-anomalies", "anomaly", "comment")
        return Snapshot(
            edition=str(self.iris.thing(f"edition/{self.plan}/{self.day}")),
            day=self.day,
            measures=self._measures(),
            activities={
                row["activity"].value: ActivityState(
                    row["measure"].value, row["year"].value, row["text"].value
                )
                for row in self._select("snapshot-activities")
            },
            anomalies={_end(iri): text for iri, text in anomalies.items()},
            anomaly_iris={_end(iri): iri for iri in anomalies},
            names=self._texts("snapshot-names", "thing", "name"),
            successors=frozenset(
                (row["before"].value, row["after"].value) for row in self._select("snapshot-successors")
            ),
            indicators=self._indicators(),
            divisions={
                row["division"].value: NumberedState(*_numbered(row))
                for row in self._select("snapshot-divisions")
            },
            figures=self._figures(),
        )

    def _figures(self) -> dict[str, FigureState]:
        found = {
            row["value"].value: FigureState(
                row["indicator"].value,
                row["measure"].value,
                row["year"].value,
                row["title"].value,
                _value(row, "target"),
                _value(row, "actual"),
            )
            for row in self._select("snapshot-figures")
        }
        # One that says a status alone has no figure.
        return {
            iri: each for iri, each in found.items() if each.target is not None or each.actual is not None
        }

    def _indicators(self) -> dict[str, IndicatorState]:
        found: dict[str, IndicatorState] = {}
        for row in self._select("snapshot-indicators"):  # of each, the row that counts comes first
            state = IndicatorState(row["measure"].value, row["title"].value, _code(row, "achievement"))
            found.setdefault(row["indicator"].value, state)
        return found

    def _measures(self) -> dict[str, MeasureState]:
        departments: dict[str, set[str]] = defaultdict(set)
        for row in self._select("snapshot-departments"):
            departments[row["measure"].value].add(row["department"].value)
        return {
            row["measure"].value: MeasureState(
                *_numbered(row),
                departments=frozenset(departments[row["measure"].value]),
                others=row["others"].value == "true",
                achievement=_code(row, "achievement"),
                response=_code(row, "response"),
                reason=_value(row, "reason"),
            )
            for row in self._select("snapshot-measures")
        }

    def _texts(self, query: str, thing: str, text: str) -> dict[str, Text]:
        words: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self._select(query):
            words[row[thing].value][row[text].language] = row[text].value
        return {iri: Text(ja=said["ja"], en=said.get("en")) for iri, said in words.items() if "ja" in said}

    def _select(self, name: str) -> list[ox.QuerySolution]:
        edition, site = self.iris.graph("edition", self.plan, self.day), self.iris.graph("site")
        solutions = self.store.query(
            (_QUERIES / f"{name}.rq").read_text(encoding="utf-8"),
            default_graph=[ox.NamedNode(edition), ox.NamedNode(site)],
        )
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError(f"{name}.rq is no SELECT query")
        return list(solutions)


def _numbered(row: ox.QuerySolution) -> tuple[str, str, str | None, str]:
    """What makes a NumberedState: number, title, that in English, and its language tag."""
    english = row["english"]
    tag = "en" if english is None else english.language
    return row["number"].value, row["title"].value, _value(row, "english"), tag


def _value(row: ox.QuerySolution, name: str) -> str | None:
    term = row[name]
    return None if term is None else str(term.value)


def _code(row: ox.QuerySolution, name: str) -> str | None:
    iri = _value(row, name)
    return None if iri is None else iri.partition("#")[2]


def _end(iri: str) -> str:
    return iri.rpartition("/")[2]
