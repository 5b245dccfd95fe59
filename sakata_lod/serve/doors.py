"""The doors to the data, each with a command that goes through it: what the guide to the interface shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from sakata_lod.formats import CSV, HTML, JSON, JSON_LD, RESULTS_JSON, TURTLE
from sakata_lod.release import DATASET, VOID_FILE
from sakata_lod.serve.context import Service
from sakata_lod.serve.translation import LazyText, lazy_gettext

_QUERY = "SELECT ?measure WHERE { ?measure a <https://w3id.org/municipal-plan#Measure> } LIMIT 5"
_WORD = "防災"


@dataclass(frozen=True, slots=True)
class Example:
    """A command for a shell, and what it does."""

    does: LazyText
    command: str


@dataclass(frozen=True, slots=True)
class Door:
    """A way to the data. name: its anchor. page: where people find the same, below the base IRI."""

    name: str
    title: LazyText
    about: LazyText
    page: str
    examples: Sequence[Example]


def doors(service: Service, has_page: Callable[[str], bool]) -> Sequence[Door]:
    """Tell the doors that this server has. has_page: whether it answers at a path."""
    base = service.iris.base
    return [
        _things(service), _sparql(base), _library(base), _dumps(service), _catalogue(service),
        _vocabulary(base), *_optional(base, has_page), _description(base),
    ]  # fmt: skip


def _things(service: Service) -> Door:
    base, iris = service.iris.base, service.iris
    plans = service.release.manifest.plans
    thing = str(iris.plan(plans[0].slug) if plans else iris.catalogue())
    document = iris.document(thing)
    return Door(
        "things",
        lazy_gettext("Things and their documents"),
        lazy_gettext(
            "Each thing has an IRI under /id/, which leads to the document about it under /doc/. Its "
            "format is as Accept asks, or as the suffix says; the language of pages is as Accept-Language or "
            "?lang= asks."
        ),
        "",
        (
            Example(
                lazy_gettext("By its IRI, in Turtle"), _curl(thing, "--location", accept=TURTLE.media_type)
            ),
            Example(lazy_gettext("By a suffix, as JSON-LD"), _curl(f"{document}.{JSON_LD.suffix}")),
            Example(lazy_gettext("Its statements as a table"), _curl(f"{document}.{CSV.suffix}")),
            Example(
                lazy_gettext("Its page in English"),
                f"{_curl(document, accept=HTML.media_type)} --header 'Accept-Language: en'",
            ),
            Example(
                lazy_gettext("Only if it has changed: 304 if not"),
                _curl(f"{base}ontology", "--head --header 'If-None-Match: \"0\"'", accept=TURTLE.media_type),
            ),
        ),
    )


def _sparql(base: str) -> Door:
    return Door(
        "sparql",
        lazy_gettext("SPARQL endpoint"),
        lazy_gettext("SPARQL 1.1 Protocol by GET and POST: tables as CSV, TSV, JSON or XML, graphs as RDF."),
        "sparql",
        (
            Example(lazy_gettext("A table as CSV"), _asking(base, CSV.media_type)),
            Example(lazy_gettext("The same as JSON"), _asking(base, RESULTS_JSON.media_type)),
            Example(
                lazy_gettext("What the endpoint can do"), _curl(f"{base}sparql", accept=TURTLE.media_type)
            ),
        ),
    )


def _library(base: str) -> Door:
    return Door(
        "queries",
        lazy_gettext("Query library"),
        lazy_gettext("Questions that are ready to be asked, each an address that spreadsheets can read."),
        "queries",
        (
            Example(lazy_gettext("All questions"), _curl(f"{base}api/queries", accept=JSON.media_type)),
            Example(
                lazy_gettext("One answer as CSV"), _curl(f"{base}api/queries/achievements.csv?language=ja")
            ),
        ),
    )


def _dumps(service: Service) -> Door:
    base = service.iris.base
    return Door(
        "dumps",
        lazy_gettext("Downloads"),
        lazy_gettext("Everything as files, with sizes and SHA-256; parts by Range."),
        "dump/",
        (
            Example(lazy_gettext("The list of files"), _curl(f"{base}dump/", accept=JSON.media_type)),
            Example(
                lazy_gettext("All statements, as N-Quads"), _curl(f"{base}dump/{DATASET}", "--remote-name")
            ),
            Example(
                lazy_gettext("The first thousand bytes"), _curl(f"{base}dump/{DATASET}", "--range 0-999")
            ),
        ),
    )


def _catalogue(service: Service) -> Door:
    base = service.iris.base
    void = [Example(lazy_gettext("What the data hold, counted (VoID)"), _curl(f"{base}.well-known/void.ttl"))]
    return Door(
        "catalogue",
        lazy_gettext("Catalogue"),
        lazy_gettext("All datasets in DCAT, page by page, for harvesters; each page names the next one."),
        "catalog",
        (
            Example(lazy_gettext("In Turtle"), _curl(f"{base}catalog.ttl")),
            Example(
                lazy_gettext("What changed since a day"),
                _curl(f"{base}catalog.jsonld?modified_since=2023-01-01"),
            ),
            *(void if service.release.file(VOID_FILE) else ()),
        ),
    )


def _vocabulary(base: str) -> Door:
    return Door(
        "vocabulary",
        lazy_gettext("Vocabulary"),
        lazy_gettext("Terms, codes, themes and shapes that all cities share, and the JSON-LD context."),
        "ontology",
        (
            Example(lazy_gettext("The terms"), _curl(f"{base}ontology", accept=TURTLE.media_type)),
            Example(lazy_gettext("The shapes"), _curl(f"{base}shapes.ttl")),
            Example(lazy_gettext("The context"), _curl(f"{base}context.jsonld")),
        ),
    )


def _optional(base: str, has_page: Callable[[str], bool]) -> Sequence[Door]:
    """The doors that not every version of the server has."""
    found = _curl(f"{base}search.json?q={quote(_WORD)}")
    names = _curl(f"{base}api/3/action/package_list")
    manifest = _curl(f"{base}reconcile", accept=JSON.media_type)
    known = (
        Door(
            "search",
            lazy_gettext("Search"),
            lazy_gettext("Measures by words and facets; the result in the format of the suffix."),
            "search",
            (Example(lazy_gettext("Measures about disaster prevention"), found),),
        ),
        Door(
            "ckan",
            lazy_gettext("CKAN"),
            lazy_gettext("The catalogue as CKAN’s Action API tells it, for tools that read CKAN."),
            "api/3/action/package_list",
            (Example(lazy_gettext("The names of all datasets"), names),),
        ),
        Door(
            "reconcile",
            lazy_gettext("Reconciliation"),
            lazy_gettext(
                "Matches names of departments, measures and themes to their IRIs, for OpenRefine and others."
            ),
            "reconcile",
            (Example(lazy_gettext("What the service can do"), manifest),),
        ),
    )
    return [each for each in known if has_page(each.page)]


def _description(base: str) -> Door:
    return Door(
        "openapi",
        lazy_gettext("Description of the interface"),
        lazy_gettext("Every route, parameter and answer as OpenAPI 3.1; every page in the sitemap."),
        "",
        (
            Example(lazy_gettext("As OpenAPI"), _curl(f"{base}openapi.json")),
            Example(lazy_gettext("All pages"), _curl(f"{base}sitemap.xml")),
        ),
    )


def _curl(address: str, *options: str, accept: str = "") -> str:
    wanted = [f"--header 'Accept: {accept}'"] if accept else []
    return " ".join(["curl", *options, *wanted, f"'{address}'"])


def _asking(base: str, accept: str) -> str:
    return f"curl --header 'Accept: {accept}' --data-urlencode 'query={_QUERY}' '{base}sparql'"
