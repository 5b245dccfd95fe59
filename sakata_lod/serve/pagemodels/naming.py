"""Names and links for what a page speaks of: one question for all of them."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache

import pyoxigraph as ox

from sakata_lod import vocabulary
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import CODE, THEME
from sakata_lod.serve.labels import Labels, Text
from sakata_lod.serve.pagemodels.parts import Count, Status, Tally, Year
from sakata_lod.serve.pagemodels.questions import Asker, Question
from sakata_lod.serve.store import Solution
from sakata_lod.serve.tables import Link, Table, Value
from sakata_lod.serve.translation import gettext

_ERA_YEAR = re.compile(r"[A-Z][0-9]+")


class Names:
    """The names of things in the language of a page."""

    def __init__(self, asker: Asker, named: Iterable[str]) -> None:
        self.language = asker.language
        self.iris = asker.iris
        self._labels = Labels(asker.store.labels(sorted({each for each in named if each})), asker.language)
        self._table = Table(self._labels, asker.iris)

    def value(self, iri: str) -> Value:
        """A thing's name, with a link to its page."""
        found = self._table.value(ox.NamedNode(iri))
        return Value(found.text, concept_link(iri, self.iris) or found.link, iri)

    def text(self, iri: str) -> Text:
        """A thing's name alone."""
        return self._labels.or_iri(iri)

    def status(self, iri: str) -> Status | None:
        """A code; None where there is none."""
        return Status(local_term(iri), self.value(iri)) if iri else None

    def counts(
        self, rows: Iterable[Solution], column: str = "code", counted: str = "measures"
    ) -> list[Count]:
        """How many measures, or what else is counted, have each code, in the order of the shared list."""
        found = [
            Count(status, int(row.text(counted))) for row in rows if (status := self.status(row.iri(column)))
        ]
        return sorted(found, key=lambda each: code_rank(each.status.slug))

    def tallies(self, rows: Sequence[Solution]) -> list[Tally]:
        """How many measures each group has."""
        most = max((int(row.text("measures")) for row in rows), default=1)
        return [
            Tally(self.value(row.iri("group")), count, round(100 * count / most, 2))
            for row in rows
            for count in [int(row.text("measures"))]
        ]


def iris_in(*answers: Iterable[Solution]) -> set[str]:
    """All the IRIs that some answers name."""
    return {
        term.value
        for rows in answers
        for row in rows
        for term in row.terms.values()
        if isinstance(term, ox.NamedNode)
    }


def local_term(iri: str) -> str:
    """A shared term's name within its vocabulary: `achieved`."""
    return iri.partition("#")[2]


def concept_link(iri: str, iris: IriSpace) -> Link | None:
    """Where the measures that have a shared code or theme are listed; None for anything else."""
    is_shared = iri.startswith((str(CODE), str(THEME)))
    return Link(iris.document_name(iri)) if is_shared else None


def code_rank(slug: str) -> int:
    """The place of a code in the shared list; codes that it does not have come last."""
    ranks = _code_ranks()
    return ranks.get(slug, len(ranks))


@cache
def _code_ranks() -> dict[str, int]:
    # The file lists the codes from the best result to the worst, which RDF itself cannot say.
    parsed = ox.parse(vocabulary.content(vocabulary.CODES), format=ox.RdfFormat.TURTLE)
    subjects = dict.fromkeys(str(quad.subject).strip("<>") for quad in parsed)
    return {local_term(iri): rank for rank, iri in enumerate(subjects)}


def years(asker: Asker, about: str, cities: Collection[str] = ()) -> dict[str, Year]:
    """The fiscal years by IRI, named in both reckonings: 令和4年度（2022年度）, FY2022 (R4).

    about: a thing; of a city's, the years are that city's own, else each is one city's.
    cities: by their codes; where any are named, those that are asked.
    """
    spaces = tuple(asker.iris.city(each).base for each in cities)
    asked = asker.store.select_in(cities, "years") if spaces else Question("years", {}, of=about).ask(asker)
    within = spaces or asker.iris.space_of(about).base
    # By city: of a year that several name, the same one is shown, however the store orders them.
    rows = sorted(
        (row for row in asked if row.iri("year").startswith(within)), key=lambda row: row.iri("year")
    )
    labels: dict[str, list[Text]] = {}
    starts: dict[str, int] = {}
    for row in rows:
        label = row.terms["label"]
        if isinstance(label, ox.Literal):
            labels.setdefault(row.iri("year"), []).append(Text(label.value, label.language or ""))
            starts[row.iri("year")] = int(row.text("startYear"))
    names = Names(asker, starts)
    each_once = {start: iri for iri, start in reversed(starts.items())}
    return {iri: _year(names.value(iri), start, labels[iri]) for start, iri in sorted(each_once.items())}


def _year(value: Value, start: int, labels: Sequence[Text]) -> Year:
    own = [each.value for each in labels if each.language == value.text.language]
    short = next((each.value for each in labels if _ERA_YEAR.fullmatch(each.value)), str(start))
    others = [each for each in own if each != value.text.value]
    by_calendar = [each for each in others if str(start) in each]
    other = next(iter([] if str(start) in value.text.value else by_calendar), "") or (
        short if str(start) in value.text.value and short in own else ""
    )
    name = gettext("%(name)s (%(other)s)", name=value.text.value, other=other) if other else value.text.value
    return Year(Value(Text(name, value.text.language), value.link, value.iri), short, start)
