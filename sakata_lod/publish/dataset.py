"""The named graphs of a release, and the default graph: what is true now."""

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import Graph, URIRef

from sakata_lod.conversion import new_graph
from sakata_lod.errors import InvalidConfiguration, Words
from sakata_lod.iris import IriSpace
from sakata_lod.publish.changes_graph import changes_over_editions
from sakata_lod.publish.departments import DepartmentRegister
from sakata_lod.publish.graph import edition_graph
from sakata_lod.publish.history import history_graph
from sakata_lod.publish.links import links_graph, measure_relations, theme_assignments, unmatched_decisions
from sakata_lod.publish.measure_links import check_links, measure_links_graph
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.site_graph import site_graph
from sakata_lod.publish.withdrawals import check_withdrawals, withdrawals_graph
from sakata_lod.site import PlanSource, Site
from sakata_lod.vocabulary import SHARED_GRAPHS, load


@dataclass(frozen=True, slots=True)
class ReleaseDataset:
    """The graphs of a release. superseded: those of older editions, which are asked for by name alone."""

    named: dict[URIRef, Graph]
    superseded: frozenset[URIRef]

    @property
    def default(self) -> Graph:
        """The union of all graphs but the superseded ones, each triple once."""
        whole = new_graph()
        for graph in self.current:
            whole += graph
        return whole

    @property
    def current(self) -> list[Graph]:
        """The graphs of which the default graph is the union."""
        return [graph for name, graph in self.named.items() if name not in self.superseded]

    def with_graph(self, name: URIRef, graph: Graph) -> "ReleaseDataset":
        """The same with one more graph."""
        return ReleaseDataset(self.named | {name: graph}, self.superseded)


def site_dataset(
    site: Site, register: DepartmentRegister, editions: Sequence[Edition], iris: IriSpace
) -> ReleaseDataset:
    """Make the graphs of all that a site publishes, but for the report of their validation.

    Raises: InvalidConfiguration.
    """
    of_site = site_graph(site, register.graph, editions, iris)
    named = {iris.graph("site"): of_site}
    links, history = new_graph(), new_graph()
    superseded: set[URIRef] = set()
    for plan in site.plans:
        of_plan = [edition for edition in editions if edition.plan == plan.slug]
        _check_translations(plan, of_plan)
        links += _links(site, plan, of_plan, iris)
        history += history_graph(of_plan, iris)
        graphs = {iris.edition_graph(each.plan, each.as_of): edition_graph(each, iris) for each in of_plan}
        named |= graphs
        history += changes_over_editions(of_plan, named, iris)
        superseded |= set(list(graphs)[:-1])
    current = {each.plan: {measure.number for measure in each.measures} for each in editions}
    check_links(site, current, iris)
    links += measure_links_graph(site, iris)
    named |= {iris.graph("links"): links, iris.graph("history"): history}
    named |= {iris.graph(shared.name): load(shared) for shared in SHARED_GRAPHS}
    check_withdrawals(site, named.values(), iris)
    of_site += withdrawals_graph(site, iris)
    return ReleaseDataset(named, frozenset(superseded))


def _check_translations(plan: PlanSource, editions: Sequence[Edition]) -> None:
    known = {each.key for edition in editions for each in edition.divisions}
    known |= {each.key for edition in editions for each in edition.measures}
    for number in plan.translations.en:
        if number not in known:
            problem = Words(
                "この計画に、IRIがこの番号の章・節や施策はありません",
                "no division or measure of the plan has this number in its address",
            )
            raise InvalidConfiguration(plan.folder / "translations.toml", f"en.{number}", problem)


def _links(site: Site, plan: PlanSource, editions: Sequence[Edition], iris: IriSpace) -> Graph:
    for decision in unmatched_decisions(plan.slug, editions, site.themes):
        problem = Words(
            f"{plan.slug} のどの版にも施策 {decision.measure} はありません",
            f"{plan.slug} has no measure {decision.measure} in any edition",
        )
        raise InvalidConfiguration(site.folder / "themes.toml", f"link.{decision.theme}", problem)
    edition = editions[-1]
    assignments = theme_assignments(edition, site.themes)
    return links_graph(edition, assignments, measure_relations(edition, assignments, site.themes), iris)
