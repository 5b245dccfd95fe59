"""Pages about the data and the site: their quality, who publishes, on which terms, how to use it."""

from pathlib import Path

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import NotFound

from sakata_lod.iris import IriSpace
from sakata_lod.release import VALIDATION_REPORT, ReleaseMember
from sakata_lod.serve.context import service
from sakata_lod.serve.doors import doors
from sakata_lod.serve.labels import Text
from sakata_lod.serve.limits import sentences
from sakata_lod.serve.negotiation import language_for
from sakata_lod.serve.pagemodels.citation import citation
from sakata_lod.serve.pagemodels.quality import QualityPage, quality_page
from sakata_lod.serve.pagemodels.quality_of_cities import QualityOfCities, quality_of_cities
from sakata_lod.serve.pages import asker, has_page, name_of, page_response
from sakata_lod.serve.paging import page_number
from sakata_lod.serve.tables import Link, Value
from sakata_lod.serve.translation import gettext

blueprint = Blueprint("guides", __name__)

_NOTICES = "vendor/NOTICES.txt"
_OF_QUALITY = (VALIDATION_REPORT, "anomalies.csv", "anomalies.parquet")


@blueprint.get("/quality")
def quality(city: str = "") -> Response:
    """What is questionable in the published tables, and what validation found.

    city: its code, of a federation's; that itself tells how much there is of each city.
    """
    manifest, language = service().release.manifest, language_for(request)
    site = manifest.city(city) if city else None
    if city and site is None:
        raise NotFound
    summary = service().store.summary
    if summary is not None and site is None:
        return _quality(quality_of_cities(summary, asker(language), page_number()), "quality_of_cities.html")
    return _quality(quality_page(asker(language), page_number(), site), "quality.html", site)


def _quality(
    shown: QualityPage | QualityOfCities, template: str, city: ReleaseMember | None = None
) -> Response:
    if shown.number > shown.pages:
        raise NotFound(gettext("This document has %(pages)s pages.", pages=shown.pages))
    release, language = service().release, language_for(request)
    site = city or release.manifest
    report = str(IriSpace(site.base_iri).validation_report())
    found = (release.file_of(city.code if city else "", each) for each in _OF_QUALITY)
    return page_response(
        template,
        shown=shown,
        site=site,
        trail=[Value(Text(name_of(city, language)), Link(city.code + "/"))] if city else [],
        report=report,
        files=[each for each in found if each],
        cited=citation(site, language, gettext("Data quality"), report),
    )


@blueprint.get("/about")
def about() -> Response:
    """What this is, who publishes it, how it is made, and what is not settled."""
    return page_response("about.html")


@blueprint.get("/licence")
def licence() -> Response:
    """On which terms the data may be used, and how to name the source."""
    manifest, language = service().release.manifest, language_for(request)
    titles = [each.title.get(language) or next(iter(each.title.values())) for each in manifest.plans]
    notices = Path(current_app.static_folder or "") / _NOTICES
    cited = citation(manifest, language, ", ".join(titles), service().iris.base)
    return page_response("licence.html", cited=cited, notices=_NOTICES if notices.is_file() else "")


@blueprint.get("/accessibility")
def accessibility() -> Response:
    """How accessible the pages are, how that was tested, and what is known to be lacking."""
    return page_response("accessibility.html")


@blueprint.get("/api")
def api() -> Response:
    """Each door to the data, with an example."""
    return page_response("api.html", doors=doors(service(), has_page), limits=sentences(service().settings))
