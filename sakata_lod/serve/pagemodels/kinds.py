"""Which kind of page a thing has, by its classes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pyoxigraph as ox

from sakata_lod.namespaces import CODE, ORG, PLAN, RDF, SKOS
from sakata_lod.release import Release
from sakata_lod.serve.description import Description
from sakata_lod.serve.pagemodels.edition import EditionPage, edition_page
from sakata_lod.serve.pagemodels.ended_division import EndedDivisionPage, ended_division_page
from sakata_lod.serve.pagemodels.ended_measure import EndedMeasurePage, ended_measure_page
from sakata_lod.serve.pagemodels.group import GroupKind, GroupPage, group_page
from sakata_lod.serve.pagemodels.measure import MeasurePage, measure_page
from sakata_lod.serve.pagemodels.overview import PlanOverview, plan_overview
from sakata_lod.serve.pagemodels.questions import Asker
from sakata_lod.vocabulary import THEMES

PageModel = MeasurePage | EndedMeasurePage | GroupPage | EndedDivisionPage | EditionPage | PlanOverview
_Maker = Callable[[Description, Asker], PageModel]


@dataclass(frozen=True, slots=True)
class KindOfPage:
    """A template, and what makes the facts that it shows."""

    template: str
    make: _Maker


_GROUP = "group.html"
_BY_CLASS = {
    str(PLAN.Measure): KindOfPage("measure.html", measure_page),
    str(PLAN.EndedMeasure): KindOfPage("ended_measure.html", ended_measure_page),
    str(PLAN.Edition): KindOfPage("edition.html", edition_page),
    str(ORG.OrganizationalUnit): KindOfPage(_GROUP, partial(group_page, GroupKind.DEPARTMENT)),
    str(PLAN.FiscalYear): KindOfPage(_GROUP, partial(group_page, GroupKind.FISCAL_YEAR)),
    str(PLAN.Division): KindOfPage(_GROUP, partial(group_page, GroupKind.DIVISION)),
    str(PLAN.EndedDivision): KindOfPage("ended_division.html", ended_division_page),
}
_BY_SCHEME = {
    str(CODE.achievement): KindOfPage(_GROUP, partial(group_page, GroupKind.ACHIEVEMENT)),
    str(CODE.response): KindOfPage(_GROUP, partial(group_page, GroupKind.RESPONSE)),
    str(THEMES.iri): KindOfPage(_GROUP, partial(group_page, GroupKind.THEME)),
}


def kind_of_page(description: Description, release: Release) -> KindOfPage | None:
    """The kind of page that a thing has; None where only its statements are shown."""
    said = _said(description)
    for predicate, kinds in ((RDF.type, _BY_CLASS), (SKOS.inScheme, _BY_SCHEME)):
        for each in said.get(str(predicate), ()):
            if each in kinds:
                return kinds[each]
    if str(PLAN.Plan) in said.get(str(RDF.type), ()):
        return _plan(description, release)
    return None


def _plan(description: Description, release: Release) -> KindOfPage | None:
    """A plan that the release has a table of."""
    iri, manifest = description.thing.value, release.manifest
    slug = manifest.iris.plan_of(iri)
    plan = next((each for each in manifest.site_of(iri).plans if each.slug == slug), None)
    if plan is None:
        return None

    def make(_: Description, asker: Asker) -> PlanOverview:
        return plan_overview(iri, plan, asker)

    return KindOfPage("plan.html", make)


def _said(description: Description) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for triple in description.outgoing:
        if triple.subject == description.thing and isinstance(triple.object, ox.NamedNode):
            said.setdefault(triple.predicate.value, []).append(triple.object.value)
    return said
