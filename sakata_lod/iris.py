"""Mint and parse IRIs. The only place that joins path segments.

What a city publishes lies under `{base}id/`; the document about it under `{base}doc/`, with the same path.
Keys come from the plan's own numbers and the site's slugs, never from a row's position.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import quote, urlsplit

from rdflib import URIRef

from sakata_lod.errors import UnfitValue
from sakata_lod.namespaces import CODE, THEME

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What a plan, a department or an anomaly may be called in an IRI."""

NUMBER = re.compile(r"[0-9]+(?:-[0-9]+)*")
"""What a division or a measure is called: the plan's own numbers, joined by hyphens."""

LOCAL_NAME = re.compile(rf"(?:{SLUG.pattern})(?:/(?:{SLUG.pattern}))+")
"""What follows `{base}id/` in the IRI of a thing, without a fragment: "measure/joho-keikaku/2-1-2"."""

MEASURE_NAME = re.compile(rf"measure/(?:{SLUG.pattern})/(?:{NUMBER.pattern})")
"""What follows `{base}id/` in the IRI of a measure."""

DATASET_NAME = re.compile(r"[0-9]{6}_[a-z0-9]+(?:-[a-z0-9]+)*")
"""What catalogues call a dataset: the city's code and a slug."""

CITY_CODE = re.compile(r"[0-9]{6}")
"""全国地方公共団体コード, with its check digit."""

_NO_SLUG = re.compile(r"[^a-z0-9]+")

_OF_PLANS = {
    "plan", "series", "division", "measure", "edition", "progress", "activity", "source", "anomaly",
    "theme-assignment", "measure-relation", "indicator", "indicator-value", "change", "measure-link",
}  # fmt: skip
"""The kinds of things whose keys begin with the slug of their plan."""


def _segment(text: str, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(text):
        ja = f"{text!r} はIRIに使えません。形は {pattern.pattern} です"
        raise UnfitValue(ja, f"{text!r} cannot stand in an IRI: expected {pattern.pattern}")
    return text


@dataclass(frozen=True, slots=True)
class IriSpace:
    """The IRIs of one site; or of a federation, those of its cities among them.

    base: an absolute http(s) IRI that ends in a slash, without query and fragment.
    cities: the codes of a federation's cities; the IRIs of a city begin with `{base}{code}/`.
    Raises: ValueError: the base is none, or a key cannot stand in an IRI.
    """

    base: str
    cities: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        if parts.scheme not in {"http", "https"} or not parts.netloc or not parts.path.endswith("/"):
            ja = f"{self.base!r} はベースIRIになりません。https://data.example.jp/ のように書いてください"
            raise UnfitValue(ja, f"{self.base!r} is no base IRI: write it like https://data.example.jp/")
        if parts.query or parts.fragment or quote(self.base, safe=":/%~@!$&'()*+,;=-._[]") != self.base:
            ja = f"{self.base!r} はベースIRIになりません。ASCIIの文字だけで、? と # を使わずに書いてください"
            raise UnfitValue(ja, f"{self.base!r} is no base IRI: ASCII only, no query, no fragment")

    # The cities of a federation

    def city(self, code: str) -> "IriSpace":
        """The IRIs of one city, minted and told apart as if it published alone."""
        return _space(f"{self.base}{_segment(code, CITY_CODE)}/")

    def space_of(self, iri: str) -> "IriSpace":
        """The IRIs among which one is: those of its city; else, these."""
        code = iri[len(self.base) :].partition("/")[0] if iri.startswith(self.base) else ""
        return self.city(code) if code in self.cities else self

    def has(self, iri: str) -> bool:
        """Whether an IRI is that of a thing of this site, or of a city."""
        return iri.startswith(f"{self.space_of(iri).base}id/")

    # What the city publishes

    def organization(self, code: str) -> URIRef:
        """The city, by its 全国地方公共団体コード."""
        return self._id("organization", _segment(code, NUMBER))

    def plan(self, plan: str) -> URIRef:
        """A plan, by its slug."""
        return self._id("plan", _segment(plan, SLUG))

    def plan_period(self, plan: str) -> URIRef:
        """The period that a plan runs for."""
        return URIRef(self.plan(plan) + "#period")

    def series(self, plan: str) -> URIRef:
        """The editions of a plan's table, as a series."""
        return self._id("series", _segment(plan, SLUG))

    def association(self) -> URIRef:
        """Whoever publishes the cities of a federation together."""
        return self._id("association")

    def catalogue(self) -> URIRef:
        """The catalogue of all that is published."""
        return self._id("catalogue")

    def dataset(self, name: str) -> URIRef:
        """A dataset that is no edition: "tables", "codes"."""
        return self._id("dataset", _segment(name, SLUG))

    def distribution(self, dataset: URIRef, path: str) -> URIRef:
        """A file of a dataset, by its path in the release: what cannot stand in a slug becomes a hyphen."""
        return URIRef(f"{dataset}#{_NO_SLUG.sub('-', path.lower()).strip('-')}")

    def checksum(self, distribution: URIRef) -> URIRef:
        """The SHA-256 of a file."""
        return URIRef(f"{distribution}-sha256")

    def service(self, name: str) -> URIRef:
        """A service by which programs ask for data: "sparql"."""
        return self._id("service", _segment(name, SLUG))

    def contact(self) -> URIRef:
        """Whom to ask about the data."""
        return self._id("contact")

    def place(self, code: str) -> URIRef:
        """The city's area, by its 全国地方公共団体コード."""
        return self._id("place", _segment(code, NUMBER))

    def rights(self, name: str) -> URIRef:
        """A statement about rights: "licence-unconfirmed"."""
        return self._id("rights", _segment(name, SLUG))

    def provenance(self, dataset: URIRef) -> URIRef:
        """How a dataset came to be."""
        return URIRef(f"{dataset}#provenance")

    def period(self, dataset: URIRef) -> URIRef:
        """The time that a dataset is about."""
        return URIRef(f"{dataset}#period")

    def division(self, plan: str, number: str) -> URIRef:
        """A chapter or section: "2", "2-1"."""
        return self._id("division", _segment(plan, SLUG), _segment(number, NUMBER))

    def measure(self, plan: str, number: str) -> URIRef:
        """A measure: "2-1-2"."""
        return self._id("measure", _segment(plan, SLUG), _segment(number, NUMBER))

    def edition(self, plan: str, as_of: date) -> URIRef:
        """A plan's table as of a day."""
        return self._id("edition", _segment(plan, SLUG), as_of.isoformat())

    def progress(self, plan: str, number: str, as_of: date) -> URIRef:
        """A measure's progress in one edition."""
        return self._id("progress", _segment(plan, SLUG), _segment(number, NUMBER), as_of.isoformat())

    def activity(self, plan: str, number: str, start_year: int, work_line: int = 1) -> URIRef:
        """What was done for a measure in a fiscal year; `work_line` 2, 3 … for a further line of work."""
        further = () if work_line == 1 else (str(work_line),)
        return self._id("activity", _segment(plan, SLUG), _segment(number, NUMBER), str(start_year), *further)

    def indicator(self, plan: str, number: str, key: str) -> URIRef:
        """What measures a measure; `key` is a digest of its title."""
        return self._id("indicator", _segment(plan, SLUG), _segment(number, NUMBER), _segment(key, SLUG))

    def indicator_value(self, plan: str, number: str, key: str, start_year: int) -> URIRef:
        """An indicator's figures in a fiscal year."""
        indicator = (_segment(plan, SLUG), _segment(number, NUMBER), _segment(key, SLUG))
        return self._id("indicator-value", *indicator, str(start_year))

    def department(self, slug: str) -> URIRef:
        """A department, by its slug in the site's register."""
        return self._id("department", _segment(slug, SLUG))

    def fiscal_year(self, start_year: int) -> URIRef:
        """A fiscal year, by the calendar year in which it begins."""
        return self._id("fiscal-year", str(start_year))

    def fiscal_year_instant(self, start_year: int, end: str) -> URIRef:
        """The instant at which a fiscal year begins or ends; `end` is "beginning" or "end"."""
        return URIRef(f"{self.fiscal_year(start_year)}#{_segment(end, SLUG)}")

    def source(self, plan: str, as_of: date) -> URIRef:
        """The published table of an edition."""
        return self._id("source", _segment(plan, SLUG), as_of.isoformat())

    def source_checksum(self, plan: str, as_of: date) -> URIRef:
        """The SHA-256 of the published table."""
        return URIRef(self.source(plan, as_of) + "#sha256")

    def source_row(self, plan: str, as_of: date, row: int) -> URIRef:
        """A row of the published table, by RFC 7111, counted from 1."""
        return URIRef(f"{self.source(plan, as_of)}#row={row}")

    def source_cell(self, plan: str, as_of: date, row: int, column: int) -> URIRef:
        """A cell of the published table, by RFC 7111, counted from 1."""
        return URIRef(f"{self.source(plan, as_of)}#cell={row},{column}")

    def anomaly(self, plan: str, as_of: date, slug: str) -> URIRef:
        """Something doubtful in the published table."""
        return self._id("anomaly", _segment(plan, SLUG), as_of.isoformat(), _segment(slug, SLUG))

    def change(self, plan: str, days: tuple[str, str], slug: str) -> URIRef:
        """One difference between two editions; days: theirs, the same twice where there is one alone."""
        return self._id("change", *(_segment(each, SLUG) for each in (plan, *days, slug)))

    def theme_assignment(self, plan: str, number: str, theme: str) -> URIRef:
        """Why a measure has a theme."""
        return self._id(
            "theme-assignment",
            _segment(plan, SLUG),
            _segment(number, NUMBER),
            _segment(theme, SLUG),
        )

    def measure_relation(self, plan: str, number: str, other: str) -> URIRef:
        """Why two measures are related, the one that comes first in the plan named first."""
        return self._id(
            "measure-relation",
            _segment(plan, SLUG),
            _segment(number, NUMBER),
            _segment(other, NUMBER),
        )

    def measure_link(self, plan: str, number: str, key: str) -> URIRef:
        """Who says that a measure and one elsewhere are alike; `key` is a digest of the other and how."""
        return self._id("measure-link", _segment(plan, SLUG), _segment(number, NUMBER), _segment(key, SLUG))

    def validation_report(self) -> URIRef:
        """The report of the release's validation."""
        return self._id("validation", "report")

    def validation_result(self, key: str) -> URIRef:
        """One result of the release's validation; `key` is a digest of what it says."""
        return self._id("validation", _segment(key, SLUG))

    # Named graphs

    def graph(self, *names: str) -> URIRef:
        """A named graph: `graph("site")`, `graph("edition", "joho-keikaku", "2023-03-31")`."""
        return self._id("graph", *(_segment(name, SLUG) for name in names))

    def edition_graph(self, plan: str, as_of: date) -> URIRef:
        """The named graph of one edition."""
        return self.graph("edition", plan, as_of.isoformat())

    # Documents

    def document(self, iri: str) -> str:
        """The document about a thing of this site, without its fragment, or about a shared code or theme.

        Raises: ValueError: the IRI is none of these.
        """
        return f"{self.base}{self.document_name(iri)}"

    def document_name(self, iri: str) -> str:
        """The path of a thing's document below the base IRI: `doc/measure/…`, `codes/achieved`.

        Raises: ValueError: the IRI is not one of this site's things, nor a shared code or theme.
        """
        for folder, shared in (("codes", str(CODE)), ("themes", str(THEME))):
            if iri.startswith(shared):
                return f"{folder}/{iri.removeprefix(shared)}"
        return f"{self.space_of(iri).base.removeprefix(self.base)}doc/{self.local_name(iri)}"

    def thing(self, local_name: str, city: str = "") -> URIRef:
        """The thing whose IRI ends so: `measure/joho-keikaku/2-1-2`. city: its code, of a federation's.

        Raises: ValueError: the federation has no such city.
        """
        if city and city not in self.cities:
            raise ValueError(f"no city has the code {city}")
        return URIRef(f"{self.city(city).base if city else self.base}id/{local_name}")

    def local_name(self, iri: str) -> str:
        """What follows `id/`, without the fragment.

        Raises: ValueError: the IRI is not one of this site's things, nor a city's.
        """
        prefix = f"{self.space_of(iri).base}id/"
        if not iri.startswith(prefix):
            raise ValueError(f"{iri} does not begin with {prefix}")
        return iri.removeprefix(prefix).partition("#")[0]

    def plan_of(self, iri: str) -> str | None:
        """The slug of the plan that a thing belongs to; None for a thing of the site, or from elsewhere."""
        if not self.has(iri):
            return None
        kind, _, key = self.local_name(iri).partition("/")
        return key.partition("/")[0] if kind in _OF_PLANS else None

    # Addresses

    def dump(self, path: str) -> URIRef:
        """A file of the release, by its path in it."""
        return URIRef(f"{self.base}dump/{quote(path)}")

    def dataset_page(self, name: str) -> URIRef:
        """The page about a dataset, by the name that catalogues know it by."""
        return URIRef(f"{self.base}dataset/{_segment(name, DATASET_NAME)}")

    def catalogue_page(self, suffix: str = "", query: str = "") -> URIRef:
        """The catalogue's document, or one of its pages, or it in one format."""
        return URIRef(f"{self.base}catalog{suffix and '.'}{suffix}{query and '?'}{query}")

    def description(self) -> URIRef:
        """The document that tells what the whole dataset holds, where VoID wants it."""
        return self.address(".well-known/void")

    def address(self, path: str) -> URIRef:
        """An address of the server: "sparql"."""
        return URIRef(self.base + path)

    @property
    def path(self) -> str:
        """The path of the base IRI, which begins and ends in a slash: what a server answers under."""
        return urlsplit(self.base).path

    def _id(self, *segments: str) -> URIRef:
        return URIRef(f"{self.base}id/{'/'.join(segments)}")


@lru_cache(maxsize=4096)  # a nation's pages ask for its cities' tens of thousands of times
def _space(base: str) -> IriSpace:
    """The IRIs that begin with a base."""
    return IriSpace(base)
