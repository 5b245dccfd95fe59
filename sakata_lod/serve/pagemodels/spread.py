"""What the measures of many cities have in common: how many each city has, and how they stand.

Counted while the release was made. The measures themselves are asked of the cities that have any, where these
are few; else, search lists them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sakata_lod.namespaces import XSD
from sakata_lod.serve.city_graphs import KEPT
from sakata_lod.serve.labels import Text
from sakata_lod.serve.pagemodels.naming import local_term, years
from sakata_lod.serve.pagemodels.parts import Tally, Year
from sakata_lod.serve.pagemodels.questions import Asker, Question
from sakata_lod.serve.store import Solution
from sakata_lod.serve.tables import Link, Value

LISTED = 200
"""Measures on one page."""

_INTEGER = ox.NamedNode(str(XSD.integer))
_STATUS = {"group-achievements": "achievement", "group-responses": "response"}


@dataclass(frozen=True, slots=True)
class Everywhere:
    """What is asked of all there is at once. counted: how the measures stand."""

    counted: Sequence[Solution]
    measures: int = 0

    def ask(self, question: Question, asker: Asker) -> Sequence[Solution]:
        """Ask."""
        return question.ask(asker)

    def years(self, iri: str, asker: Asker) -> Mapping[str, Year]:
        """The fiscal years, of whose city a thing is."""
        return years(asker, iri)

    def tallies(self, _facet: str, _asker: Asker) -> list[Tally]:
        """No city is told apart."""
        return []


@dataclass(frozen=True, slots=True)
class Spread:
    """A shared code or theme. cities: by code, how many measures have it; counted: how these stand."""

    concept: str
    cities: Mapping[str, int]
    counted: Sequence[Solution]

    @property
    def measures(self) -> int:
        """How many measures have it."""
        return sum(self.cities.values())

    def ask(self, question: Question, asker: Asker) -> Sequence[Solution]:
        """Ask the cities that have any; nobody, where these are too many for a page."""
        if self._is_too_much:
            return ()
        about = {name: ox.NamedNode(iri) for name, iri in question.about.items()}
        return asker.store.select_in(self.cities, question.name, **about)

    def years(self, iri: str, asker: Asker) -> Mapping[str, Year]:
        """The fiscal years of the cities that are asked."""
        return {} if self._is_too_much else years(asker, iri, self.cities)

    @property
    def _is_too_much(self) -> bool:
        return len(self.cities) > KEPT or self.measures > LISTED

    def tallies(self, facet: str, asker: Asker) -> list[Tally]:
        """How many each city has, by its code, and where to search for these."""
        most = max(self.cities.values(), default=1)
        slug = local_term(self.concept)
        return [
            Tally(
                Value(_name(code, asker), Link(f"search?city={code}&{facet}={slug}")),
                measures,
                round(100 * measures / most, 2),
            )
            for code, measures in self.cities.items()
        ]


def spread_over_cities(concept: str, chart: Question, asker: Asker) -> Spread | None:
    """Look a shared code or theme up in the summary; None in a release without one. chart: its counts."""
    summary = asker.store.summary
    if summary is None:
        return None
    standings = summary.standings(concept, _STATUS[chart.name])
    counted = [
        Solution({"code": ox.NamedNode(code), "measures": ox.Literal(str(count), datatype=_INTEGER)})
        for code, count in standings.items()
    ]
    return Spread(concept, summary.cities_with(concept), counted)


def _name(code: str, asker: Asker) -> Text:
    city = asker.store.manifest.city(code)
    names = city.publisher if city else {}
    if asker.language in names:
        return Text(names[asker.language], asker.language)
    return Text(next(iter(names.values()), code), "ja" if names else "")
