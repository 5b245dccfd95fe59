"""The catalogue of what a site publishes, in DCAT's words: plain data, no I/O."""

from dataclasses import dataclass
from datetime import date

from rdflib import URIRef

from sakata_lod.publish.authority import Term
from sakata_lod.publish.wording import Wording
from sakata_lod.site import Contact, Licence, Publisher, Text


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word to find a dataset by, cleaned for catalogues."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Period:
    """The time that data are about, both days included."""

    iri: URIRef
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file of a dataset, as it was written. size: bytes."""

    iri: URIRef
    title: Text
    download: URIRef
    media_type: str
    format: Term
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Series:
    """The editions of a plan's table, taken together."""

    iri: URIRef
    words: Wording
    frequency: Term
    period: Period
    issued: date
    modified: date


@dataclass(frozen=True, slots=True)
class Dataset:
    """Something to be found and downloaded.

    name: what catalogues know it by, the city's code and a slug; it never changes. page: for people.
    sources: the published tables that it comes from. provenance: in words.
    conforms_to: the standards that it keeps to. quality: the graph that tells how well.
    """

    iri: URIRef
    name: str
    page: URIRef
    words: Wording
    licence: Licence
    modified: date
    keywords: tuple[Keyword, ...]
    themes: tuple[URIRef, ...]
    distributions: tuple[Distribution, ...]
    conforms_to: tuple[URIRef, ...]
    provenance: Text
    issued: date | None = None
    sources: tuple[URIRef, ...] = ()
    version: str | None = None
    previous: URIRef | None = None
    series: URIRef | None = None
    period: Period | None = None
    frequency: Term | None = None
    quality: URIRef | None = None


@dataclass(frozen=True, slots=True)
class DataService:
    """An address at which programs ask for data. conforms_to: the protocol."""

    iri: URIRef
    words: Wording
    endpoint: URIRef
    description: URIRef
    conforms_to: URIRef


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that a site publishes."""

    words: Wording
    publisher: Publisher
    contact: Contact
    licence: Licence
    languages: tuple[str, ...]
    issued: date
    modified: date
    datasets: tuple[Dataset, ...]
    series: tuple[Series, ...]
    services: tuple[DataService, ...]
