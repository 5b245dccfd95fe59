"""The first page, and what the kinds of problem mean."""

from flask import Blueprint, Response, request

from sakata_lod.serve.context import service
from sakata_lod.serve.home_page import plan_overview
from sakata_lod.serve.negotiation import language_for
from sakata_lod.serve.pages import page_response
from sakata_lod.serve.problem_kinds import KINDS

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> Response:
    """Each plan: how it stands, and its measures."""
    language = language_for(request)
    plans = [
        plan_overview(each, service().store, service().iris, language)
        for each in service().release.manifest.plans
    ]
    return page_response("home.html", plans=plans)


@blueprint.get("/problems")
def kinds_of_problem() -> Response:
    """What the types of problem+json mean."""
    return page_response("problems.html", kinds=KINDS)
