"""A measure that the newest edition lists no more, and how it stood when an edition did."""

from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.namespaces import DCTERMS
from sakata_lod.serve.description import Description
from sakata_lod.serve.pagemodels.ended import Ended, ended, plan_around
from sakata_lod.serve.pagemodels.facts import Facts
from sakata_lod.serve.pagemodels.naming import Names, iris_in
from sakata_lod.serve.pagemodels.questions import Asker, Question
from sakata_lod.serve.pagemodels.timeline import Standing, standings


@dataclass(frozen=True, slots=True)
class EndedMeasurePage:
    """The page of an ended measure. standings: the newest first; asked: the question for their records."""

    ended: Ended
    standings: Sequence[Standing]
    asked: Question


def ended_measure_page(description: Description, asker: Asker) -> EndedMeasurePage:
    """Ask the store for what the page of an ended measure shows."""
    iri = description.thing.value
    asked = Question("measure-records", {"measure": iri})
    told = asked.ask(asker)
    facts = Facts(description.outgoing, told)
    names = Names(asker, {plan_around(iri, asker), *iris_in(told), *facts.named})
    return EndedMeasurePage(
        ended(iri, DCTERMS.identifier, facts, names, asker), standings(facts, names, ()), asked
    )
