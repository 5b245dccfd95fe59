"""The first page, and what the kinds of problem mean."""

from flask import Blueprint, Response, request

from sakata_lod.formats import CSV, GRAPH_FORMATS
from sakata_lod.serve import samples
from sakata_lod.serve.context import service
from sakata_lod.serve.negotiation import language_for
from sakata_lod.serve.pagemodels.overview import site_overview
from sakata_lod.serve.pages import asker, page_response
from sakata_lod.serve.problem_kinds import KINDS

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> Response:
    """Each plan: how it stands, and its measures; of a federation, its cities."""
    manifest = service().release.manifest
    if manifest.members:
        return page_response("cities.html", formats=GRAPH_FORMATS)
    plans = site_overview(manifest, asker(language_for(request)))
    return page_response("home.html", plans=plans, formats=(*GRAPH_FORMATS, CSV))


@blueprint.get("/components")
def components() -> Response:
    """Each part that pages are made of, with sample data, for whoever works on them."""
    return page_response(
        "components.html", sample=samples.sample(language_for(request)), formats=GRAPH_FORMATS
    )


@blueprint.get("/problems")
def kinds_of_problem() -> Response:
    """What the types of problem+json mean."""
    return page_response("problems.html", kinds=KINDS)
