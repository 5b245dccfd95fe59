"""What every HTML page is made of: its template, its language, and links that keep the language."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Flask, Response, current_app, render_template, request
from markupsafe import Markup

from sakata_lod.errors import QueryError
from sakata_lod.formats import CSV, HTML, JSON_LD
from sakata_lod.iris import IriSpace
from sakata_lod.release import PublishedSite
from sakata_lod.serialization import serialize
from sakata_lod.serve import translation
from sakata_lod.serve.context import service
from sakata_lod.serve.marks import HATCHINGS, marks
from sakata_lod.serve.negotiation import LANGUAGES, language_for
from sakata_lod.serve.pagemodels.contact import Contact, contact
from sakata_lod.serve.pagemodels.parts import is_machine_translated
from sakata_lod.serve.pagemodels.questions import Asker, Question
from sakata_lod.serve.translation import LazyText, lazy_gettext

TOKENS = "vendor/tokens.css"
"""Digital Agency's design tokens, where the build has brought them; `static/tokens.css` has fallbacks."""

_STYLESHEETS = ("tokens.css", "base.css", "layout.css", "components.css", "charts.css", "print.css")

_MAIN_PAGES: tuple[tuple[str, LazyText], ...] = (
    ("sparql", lazy_gettext("SPARQL")),
    ("dump/", lazy_gettext("Downloads")),
    ("catalog", lazy_gettext("Catalogue")),
    ("ontology", lazy_gettext("Vocabulary")),
    ("validate", lazy_gettext("Check your plan")),
)
_FURTHER_PAGES: tuple[tuple[str, LazyText], ...] = (
    ("about", lazy_gettext("About this site")),
    ("compare", lazy_gettext("Compare plans")),
    ("quality", lazy_gettext("Data quality")),
    ("licence", lazy_gettext("Licence")),
    ("accessibility", lazy_gettext("Accessibility")),
    ("api", lazy_gettext("API guide")),
    ("queries", lazy_gettext("Example queries")),
    ("codes", lazy_gettext("Codes")),
    ("themes", lazy_gettext("Themes")),
    ("shapes", lazy_gettext("Shapes")),
    ("problems", lazy_gettext("Kinds of problem")),
    ("search", lazy_gettext("Search measures")),
    ("harvest", lazy_gettext("What harvesters see")),
    ("reconcile/guide", lazy_gettext("Match names with the city’s data")),
)
"""The pages that the top and the foot of each page lead to, as far as the application has them."""


def prepare(app: Flask) -> None:
    """Give an application's templates what they all need."""
    translation.prepare(app)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        href=href,
        in_language=in_language,
        on_page=on_page,
        ask=ask_link,
        document_of=document_of,
        has_page=has_page,
        contact=contact_of,
        homepage=homepage,
        name_of=name_of,
        as_of=as_of,
        home_of=home_of,
        plan_of=plan_of,
    )
    folder = Path(app.static_folder or "")
    app.jinja_env.globals.update(
        stylesheets=_stylesheets(folder),
        known_marks=marks(folder),
        known_patterns=frozenset(HATCHINGS),
        pattern_paths=HATCHINGS,
    )
    app.jinja_env.filters["day"] = translation.day
    app.jinja_env.tests["machine_translated"] = is_machine_translated
    app.context_processor(_common)


def page(template: str, **facts: Any) -> str:
    """Render a page in the language of the request."""
    return render_template(template, **facts)


def page_response(template: str, **facts: Any) -> Response:
    """Answer with a page that is made anew for each request."""
    response = Response(page(template, **facts), content_type=HTML.content_type)
    response.headers["Content-Language"] = language_for(request)
    response.vary.update(["Accept", "Accept-Language"])
    response.headers["Cache-Control"] = "no-cache"
    response.last_modified = service().last_modified(service().release.manifest.last_modified)
    return response


def embedded(triples: Iterable[ox.Triple], about: str) -> Markup:
    """A graph as JSON-LD that may stand in a page: nothing in it can end its element."""
    text = serialize(triples, JSON_LD, about).decode()
    compact = json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
    return Markup(compact.replace("<", "\\u003c"))  # noqa: S704 - no markup is left in it


def asker(language: str) -> Asker:
    """Who asks for the facts of a page in a language."""
    return Asker(service().store, service().iris, language)


def href(name: str) -> str:
    """A link to a page here: a language that was asked for in the URL stays asked for."""
    path, mark, fragment = name.partition("#")
    asked = request.args.get("lang")
    query = f"{'&' if '?' in path else '?'}lang={asked}" if asked in LANGUAGES else ""
    return f"{service().path(path)}{query}{mark}{fragment}"


def ask_link(question: Question, *, as_csv: bool = False) -> str:
    """A link that asks a question at the public endpoint: as a page, or for a spreadsheet."""
    given = {"query": question.text} | ({"as": CSV.suffix} if as_csv else {})
    return href(f"sparql?{urlencode(given)}")


def has_page(path: str) -> bool:
    """Whether the application answers at a path of its own, and the release has what it takes."""
    if path == "search" and service().search is None:
        return False
    return current_app.url_map.bind("localhost").test(service().path(path), "GET")


def document_of(iri: str) -> str:
    """A link to the document about a thing of this site."""
    return href(service().iris.document_name(iri))


def in_language(language: str) -> str:
    """A link to this very page in another language, at its negotiated address."""
    return _here("lang", language)


def on_page(number: int) -> str:
    """A link to another page of the links to the thing that this page is about."""
    return _here("page", str(number))


def listed_pages() -> list[str]:
    """The pages that every page leads to, by their paths."""
    return [name for name, _ in (*_MAIN_PAGES, *_FURTHER_PAGES) if has_page(name)]


def homepage(site: PublishedSite) -> str:
    """The publisher's own site, as the data say; the empty text where they do not, or the store is down."""
    plans = [str(IriSpace(site.base_iri).plan(each.slug)) for each in site.plans[:1]]
    asking = asker(language_for(request))
    try:
        rows = [row for plan in plans for row in Question("publisher", {"plan": plan}).ask(asking)]
    except QueryError:
        return ""
    return next((row.iri("homepage") for row in rows), "")


def contact_of(site: PublishedSite) -> Contact | None:
    """Whom to ask about a site's data; None where the data do not say, or the store is down."""
    return contact(str(IriSpace(site.base_iri).contact()), asker(language_for(request)))


def home_of(site: PublishedSite) -> str:
    """A link to the first page of a site."""
    return href(site.base_iri.removeprefix(service().iris.base))


def plan_of(site: PublishedSite, slug: str) -> str:
    """A link to the document about a plan of a site."""
    return document_of(IriSpace(site.base_iri).plan(slug))


def as_of(site: PublishedSite) -> str:
    """The days that a site's data tell of, plan by plan; of a federation, the first and the last."""
    if site.plans:
        return ", ".join(translation.day(each.current_edition) for each in site.plans)
    days = {plan.current_edition for each in service().release.manifest.sites for plan in each.plans}
    return " – ".join(dict.fromkeys(translation.day(each) for each in (min(days), max(days)))) if days else ""


def _stylesheets(folder: Path) -> list[str]:
    """The style sheets that there are, in the order in which they build on each other."""
    return [each for each in (TOKENS, *_STYLESHEETS) if (folder / each).is_file()]


def _here(name: str, value: str) -> str:
    others = [(other, said) for other, said in request.args.items(multi=True) if other != name]
    path = request.path.removesuffix(f".{HTML.suffix}")
    return f"{path}?{urlencode([*others, (name, value)])}"


def _common() -> dict[str, Any]:
    manifest = service().release.manifest
    return {
        "language": language_for(request),
        "languages": LANGUAGES,
        "path": service().path,
        "settings": service().settings,
        "manifest": manifest,
        "site": manifest,
        "main_pages": [each for each in _MAIN_PAGES if has_page(each[0])],
        "further_pages": [each for each in _FURTHER_PAGES if has_page(each[0])],
        "publisher": name_of(manifest, language_for(request)),
    }


def name_of(site: PublishedSite, language: str) -> str:
    """What a publisher is called in a language, else in the one that there is."""
    return site.publisher.get(language) or next(iter(site.publisher.values()))
