"""The indicators of a measure: figures year by year, as printed, and statuses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sakata_lod.namespaces import PLAN, PROV
from sakata_lod.serve.labels import Text
from sakata_lod.serve.pagemodels.cells import Cell, among
from sakata_lod.serve.pagemodels.facts import Facts
from sakata_lod.serve.pagemodels.naming import Names
from sakata_lod.serve.pagemodels.parts import Status, Year
from sakata_lod.serve.tables import Value


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """What is said of an indicator in a year, as printed. year: None for what is said of no one year."""

    year: Year | None
    target: Text | None
    actual: Text | None
    achievement: Status | None
    achievement_text: Text | None
    response: Status | None
    response_text: Text | None


@dataclass(frozen=True, slots=True)
class MeasureIndicator:
    """An indicator. rows: what is said of no one year first, then year by year."""

    indicator: Value
    unit: Text | None
    rows: Sequence[IndicatorRow]


@dataclass(frozen=True, slots=True)
class MeasureIndicators:
    """All indicators of a measure, in the order of the table."""

    indicators: Sequence[MeasureIndicator]

    @property
    def has_achievements(self) -> bool:
        """Whether any has an achievement of its own."""
        return any(row.achievement for row in self._rows)

    @property
    def has_responses(self) -> bool:
        """Whether any goes on in a way of its own."""
        return any(row.response for row in self._rows)

    @property
    def has_figures(self) -> bool:
        """Whether a target or an actual figure is printed of any."""
        return any(row.target or row.actual for row in self._rows)

    @property
    def years(self) -> set[int]:
        """The fiscal years of which anything is said, by their first calendar year."""
        return {row.year.start for row in self._rows if row.year is not None}

    @property
    def _rows(self) -> Sequence[IndicatorRow]:
        return [row for each in self.indicators for row in each.rows]


def indicators_of(
    facts: Facts, names: Names, years: Mapping[str, Year], cells: Sequence[Cell]
) -> MeasureIndicators:
    """Arrange the indicators of a measure. cells: those that they are read from, which tell the order."""
    by_iri = {each.iri: each for each in cells}

    def place(iri: str) -> tuple[int, int]:
        # A cell that is merged over several indicators stands at the first: the last is an indicator's own.
        found = among(by_iri, facts.iris(iri, PROV.wasDerivedFrom))
        return max(((each.row, each.column) for each in found), default=(0, 0))

    found = sorted(facts.of_type(PLAN.Indicator), key=place)
    values: dict[str, list[str]] = {}
    for each in facts.of_type(PLAN.IndicatorValue):
        values.setdefault(facts.iri(each, PLAN.indicator), []).append(each)
    return MeasureIndicators([_indicator(each, values.get(each, ()), facts, names, years) for each in found])


def _indicator(
    iri: str, values: Sequence[str], facts: Facts, names: Names, years: Mapping[str, Year]
) -> MeasureIndicator:
    of_no_year = _row(iri, None, facts, names)
    rows = [of_no_year] if of_no_year.achievement or of_no_year.response else []
    of_years = [
        (year, each) for each in values if (year := years.get(facts.iri(each, PLAN.fiscalYear))) is not None
    ]
    of_years.sort(key=lambda pair: pair[0].start)
    rows += [_row(each, year, facts, names) for year, each in of_years]
    return MeasureIndicator(names.value(iri), facts.text(iri, PLAN.unit), rows)


def _row(iri: str, year: Year | None, facts: Facts, names: Names) -> IndicatorRow:
    return IndicatorRow(
        year,
        facts.text(iri, PLAN.targetText),
        facts.text(iri, PLAN.actualText),
        names.status(facts.iri(iri, PLAN.achievement)),
        facts.text(iri, PLAN.achievementText),
        names.status(facts.iri(iri, PLAN.response)),
        facts.text(iri, PLAN.responseText),
    )
