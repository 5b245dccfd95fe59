"""Search over measures: a page, CSV and JSON of the same rows; and how browsers search from their own box."""

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import NotFound

from sakata_lod.formats import CSV, HTML, JSON, OPENSEARCH, Format, format_of_suffix
from sakata_lod.serve.caching import Validators
from sakata_lod.serve.context import service
from sakata_lod.serve.negotiation import format_for, language_for
from sakata_lod.serve.pages import page
from sakata_lod.serve.search.asking import MOST_PER_PAGE, MOST_SIGNS, PER_PAGE, read_search
from sakata_lod.serve.search.finding import Found, find
from sakata_lod.serve.search.index import SearchIndex
from sakata_lod.serve.search.page import FACET_NAMES, search_page, shown_unknown
from sakata_lod.serve.search.rows import found_csv, found_json
from sakata_lod.serve.search.suggesting import loosened, remaining, spellings
from sakata_lod.serve.translation import gettext

blueprint = Blueprint("search", __name__)

SEARCH_FORMATS = (HTML, JSON, CSV)


@blueprint.get("/search")
@blueprint.get("/search.<any(html, json, csv):suffix>")
def search(suffix: str = "") -> Response:
    """Find measures."""
    path = service().path("search")
    chosen = format_of_suffix(suffix, SEARCH_FORMATS) or format_for(request, SEARCH_FORMATS, path)
    # What is downloaded should be whole, and yet have an end; a page is to be read.
    found = find(_index(), read_search(request.args, MOST_PER_PAGE if chosen is CSV else PER_PAGE))
    if found.search.page > found.pages:
        raise NotFound(gettext("This search has %(pages)s pages.", pages=found.pages))
    response = Response(_write(found, chosen), content_type=chosen.content_type)
    _validators(chosen).put_on(response)
    response.headers["Link"] = ", ".join(_links(found, chosen))
    response.headers["Content-Location"] = f"{path}.{chosen.suffix}?{found.search.query()}"
    response.vary.add("Accept")
    if chosen is HTML:
        response.vary.add("Accept-Language")
        response.headers["Content-Language"] = language_for(request)
    return response


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """How a browser, or a library's search, searches here (OpenSearch 1.1)."""
    publishers = service().release.manifest.publisher
    publisher = publishers.get(language_for(request)) or next(iter(publishers.values()))
    description = gettext("Search the measures of %(publisher)s", publisher=publisher)
    text = render_template(
        "opensearch.xml", formats=SEARCH_FORMATS, base=service().iris.base, description=description
    )
    response = Response(text, content_type=OPENSEARCH.content_type)
    response.vary.add("Accept-Language")
    response.headers["Content-Language"] = language_for(request)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _index() -> SearchIndex:
    index = service().search
    if index is None:
        raise NotFound(gettext("This release has no search index: it is older than search. Build it again."))
    return index


def _write(found: Found, form: Format) -> bytes | str:
    if form is CSV:
        return found_csv(found)
    index = _index()
    offered = [] if found.total else spellings(index, found)
    if form is JSON:
        links = {
            rel: f"{service().path('search')}.{JSON.suffix}?{query}" for rel, query in _neighbours(found)
        }
        return found_json(found, offered, links)
    return page(
        "search.html",
        shown=search_page(
            found, lambda facet: len(index.choices[facet]) > 1, service().iris.base, language_for(request)
        ),
        search=found.search,
        found=found,
        unknown=shown_unknown(found),
        spellings=offered,
        loosened=[] if found.total else loosened(index, found),
        remaining=remaining(found),
        facet_names=FACET_NAMES,
        formats=[each for each in SEARCH_FORMATS if each is not HTML],
        most_signs=MOST_SIGNS,
    )


def _validators(form: Format) -> Validators:
    """An answer is as its address asks: it changes with the release, the software, format and language."""
    release = service().release
    facts = [
        release.id,
        service().fingerprint,
        form.suffix,
        *([language_for(request)] if form is HTML else []),
    ]
    return Validators("-".join(facts), service().last_modified(release.manifest.last_modified))


def _links(found: Found, form: Format) -> list[str]:
    path, query = service().path("search"), found.search.query()
    others = [each for each in SEARCH_FORMATS if each is not form]
    return [
        *(f'<{path}.{each.suffix}?{query}>; rel="alternate"; type="{each.media_type}"' for each in others),
        *(f'<{path}.{form.suffix}?{query}>; rel="{rel}"' for rel, query in _neighbours(found)),
        f'<{service().path("opensearch.xml")}>; rel="search"; type="{OPENSEARCH.media_type}"',
        f'<{service().release.manifest.licence}>; rel="license"',
    ]


def _neighbours(found: Found) -> list[tuple[str, str]]:
    """The pages before and after: each its relation, and the query that asks for it."""
    number = found.search.page
    there = (("prev", number - 1), ("next", number + 1))
    return [(rel, found.search.on_page(each).query()) for rel, each in there if 1 <= each <= found.pages]
