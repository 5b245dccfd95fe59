"""The quality of the data of a federation: counted over all cities, and city by city.

What is doubtful in which place, and what validation found, each city's own page tells.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sakata_lod.namespaces import SKOS
from sakata_lod.release import ReleaseMember
from sakata_lod.serve.labels import Text, shortened
from sakata_lod.serve.pagemodels import shape_rules
from sakata_lod.serve.pagemodels.facts import Facts
from sakata_lod.serve.pagemodels.naming import Names, code_rank, local_term
from sakata_lod.serve.pagemodels.quality import SEVERITIES
from sakata_lod.serve.pagemodels.questions import Asker
from sakata_lod.serve.summary import Doubts, Summary
from sakata_lod.serve.tables import Value, anchor_of

CITIES_A_PAGE = 200


@dataclass(frozen=True, slots=True)
class KindOfDoubt:
    """A kind of doubt, and how many places are doubtful so."""

    kind: Value
    definition: Text | None
    doubts: Doubts


@dataclass(frozen=True, slots=True)
class RuleFound:
    """A rule, and how many results validation had by it."""

    severity: str
    rule: Text
    anchor: str
    results: int


@dataclass(frozen=True, slots=True)
class CityQuality:
    """A city: its doubtful places, and its results of validation in the order of severities."""

    city: ReleaseMember
    doubts: Doubts
    results: Sequence[int]


@dataclass(frozen=True, slots=True)
class QualityOfCities:
    """The page: page `number` of `pages`, from 1. tally: how many results of each severity."""

    kinds: Sequence[KindOfDoubt]
    doubts: Doubts
    tally: Sequence[tuple[str, int]]
    rules: Sequence[RuleFound]
    cities: Sequence[CityQuality]
    number: int
    pages: int


def quality_of_cities(summary: Summary, asker: Asker, number: int) -> QualityOfCities:
    """Read from the summary what the page shows. number: which page of the cities, from 1."""
    members = asker.store.manifest.members
    severities: Counter[str] = Counter()
    for (severity, _), results in summary.findings.items():
        severities[local_term(severity)] += results
    shown = members[(number - 1) * CITIES_A_PAGE : number * CITIES_A_PAGE]
    return QualityOfCities(
        kinds=_kinds(summary.doubts, asker),
        doubts=sum(summary.doubts.values(), Doubts()),
        tally=[(each, severities[each]) for each in SEVERITIES],
        rules=_rules(summary.findings, asker.language),
        cities=[_city(each, summary) for each in shown],
        number=number,
        pages=max(1, -(-len(members) // CITIES_A_PAGE)),
    )


def _kinds(doubts: Mapping[str, Doubts], asker: Asker) -> list[KindOfDoubt]:
    names, facts = Names(asker, doubts), Facts(asker.store.told(sorted(doubts)))
    return [
        KindOfDoubt(names.value(kind), facts.text(kind, SKOS.definition, asker.language), doubts[kind])
        for kind in sorted(doubts, key=lambda each: code_rank(local_term(each)))
    ]


def _rules(findings: Mapping[tuple[str, str], int], language: str) -> list[RuleFound]:
    """The gravest first; of these, those that most results are by."""
    names = shape_rules.names(language)
    found = [
        RuleFound(local_term(severity), names.get(shape) or Text(shortened(shape)), anchor_of(shape), results)
        for (severity, shape), results in findings.items()
    ]
    return sorted(found, key=lambda each: (SEVERITIES.index(each.severity), -each.results, each.anchor))


def _city(city: ReleaseMember, summary: Summary) -> CityQuality:
    by_severity = {
        local_term(severity): results
        for severity, results in summary.findings_by_city.get(city.code, {}).items()
    }
    return CityQuality(
        city,
        summary.doubts_by_city.get(city.code, Doubts()),
        [by_severity.get(each, 0) for each in SEVERITIES],
    )
