"""Plans side by side: which are compared, and by what, stands in the URL."""

from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest

from sakata_lod.iris import IriSpace
from sakata_lod.release import PublishedSite, ReleasePlan
from sakata_lod.serve.context import service
from sakata_lod.serve.negotiation import language_for
from sakata_lod.serve.pagemodels.comparison import Chosen, ChosenPlan, comparison
from sakata_lod.serve.pages import asker, name_of, page_response
from sakata_lod.serve.translation import gettext
from sakata_lod.vocabulary import THEMES, concepts

blueprint = Blueprint("compare", __name__)

AT_MOST = 12
"""Plans on one page: more cannot be told apart on it."""
_BY = ("achievement", "response")


@blueprint.get("/compare")
def compare() -> Response:
    """Plans by shared theme and code; what can be compared at all comes first."""
    language = language_for(request)
    every = dict(_plans())
    keys = _chosen_plans(every)
    plans = [_plan(*every[key], language) for key in keys[:AT_MOST]]
    by, themes = _said("by", _BY), _said("theme", concepts(THEMES, THEMES.iri))
    chosen = Chosen(plans, [*by, *_BY][0], themes)
    return page_response(
        "compare.html",
        chosen=chosen,
        keys=keys[:AT_MOST],
        choice=[
            (key, name_of(site, language), _title(plan, language)) for key, (site, plan) in every.items()
        ],
        left_out=keys[AT_MOST:],
        compared=comparison(chosen, asker(language)),
    )


def _plans() -> Iterator[tuple[str, tuple[PublishedSite, ReleasePlan]]]:
    """Every plan, by what the URL calls it: its slug, in a federation after its city's code."""
    for site in service().release.manifest.sites:
        below = site.base_iri.removeprefix(service().iris.base)
        for plan in site.plans:
            yield f"{below}{plan.slug}", (site, plan)


def _plan(site: PublishedSite, plan: ReleasePlan, language: str) -> ChosenPlan:
    iri = IriSpace(site.base_iri).plan(plan.slug)
    return ChosenPlan(str(iri), name_of(site, language), site.base_iri.removeprefix(service().iris.base))


def _title(plan: ReleasePlan, language: str) -> str:
    return plan.title.get(language) or next(iter(plan.title.values()))


def _chosen_plans(every: dict[str, tuple[PublishedSite, ReleasePlan]]) -> list[str]:
    """The plans that the URL names, in its order, and those of the cities that it names; else all."""
    named = request.args.getlist("plan")
    for key in named:
        if key not in every:
            raise BadRequest(gettext("There is no plan “%(name)s” here.", name=key))
    for code in request.args.getlist("city"):
        found = [key for key in every if key.startswith(f"{code}/")]
        if not found:
            raise BadRequest(gettext("There is no city “%(name)s” here.", name=code))
        named += found
    return list(dict.fromkeys(named)) or list(every)


def _said(name: str, known: Iterable[str]) -> list[str]:
    """What the URL says by a parameter."""
    allowed, said = set(known), request.args.getlist(name)
    for each in said:
        if each not in allowed:
            raise BadRequest(gettext("“%(value)s” is no value of “%(name)s”.", value=each, name=name))
    return said
