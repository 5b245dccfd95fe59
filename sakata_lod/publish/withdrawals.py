"""What a site publishes no more → RDF: its IRIs keep saying so, and where to go on."""

from collections.abc import Iterable, Sequence
from datetime import date

from rdflib import Graph, Literal

from sakata_lod.conversion import new_graph
from sakata_lod.errors import InvalidConfiguration, Words
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, OWL, PROV, SKOS, XSD
from sakata_lod.site import Site, Withdrawal


def check_withdrawals(site: Site, graphs: Iterable[Graph], iris: IriSpace) -> None:
    """Hold what is withdrawn to what is published.

    Raises: InvalidConfiguration: a thing is both; or a successor is not published.
    """
    if not site.withdrawn:
        return
    published = {str(each).partition("#")[0] for graph in graphs for each in graph.subjects(unique=True)}
    path = site.folder / "withdrawn.toml"
    for each in site.withdrawn:
        if str(iris.thing(each.path)) in published:
            problem = Words(
                "まだ公開されています。データから除くか、この項目を消してください",
                "it is published all the same: take it out of the data, or this entry away",
            )
            raise InvalidConfiguration(path, each.path, problem)
        if each.successor and str(iris.thing(each.successor)) not in published:
            problem = Words(
                f"後継の {each.successor} は公開されていません。公開されているものを書くか、空けてください",
                f"its successor {each.successor} is not published: name a thing that is, or none",
            )
            raise InvalidConfiguration(path, each.path, problem)


def withdrawals_graph(site: Site, iris: IriSpace) -> Graph:
    """Say of each withdrawn thing since when, why, and what there is in its place."""
    graph = new_graph()
    for each in site.withdrawn:
        it = iris.thing(each.path)
        graph.add((it, OWL.deprecated, Literal(True)))  # noqa: FBT003 - RDF's own true
        graph.add((it, PROV.invalidatedAtTime, _midnight(each.since)))
        for language, words in each.reason.by_language.items():
            graph.add((it, SKOS.changeNote, Literal(words, lang=language)))
        if each.successor:
            graph.add((it, DCTERMS.isReplacedBy, iris.thing(each.successor)))
    return graph


def without_successors_in(
    withdrawn: Sequence[Withdrawal], plans: Sequence[str], iris: IriSpace
) -> tuple[Withdrawal, ...]:
    """The same without successors that belong to some plans, which are not published this time."""
    return tuple(
        each.model_copy(update={"successor": None})
        if each.successor and iris.plan_of(iris.thing(each.successor)) in plans
        else each
        for each in withdrawn
    )


def _midnight(day: date) -> Literal:
    """The beginning of a day in Japan."""
    return Literal(f"{day.isoformat()}T00:00:00+09:00", datatype=XSD.dateTime)
