"""A measure that the newest edition lists no more: how it stood when it did, and what is in its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.namespaces import DCTERMS, PLAN
from sakata_lod.serve.description import Description
from sakata_lod.serve.pagemodels.facts import Facts
from sakata_lod.serve.pagemodels.naming import Names, iris_in
from sakata_lod.serve.pagemodels.questions import Asker, Question
from sakata_lod.serve.pagemodels.timeline import Standing, standings
from sakata_lod.serve.tables import Value


@dataclass(frozen=True, slots=True)
class EndedMeasurePage:
    """The page of an ended measure. standings: the newest first. successors: the measures in its place."""

    number: str
    plan: Value
    last_edition: Value
    successors: Sequence[Value]
    standings: Sequence[Standing]
    records: Question


def ended_measure_page(description: Description, asker: Asker) -> EndedMeasurePage:
    """Ask the store for what the page of an ended measure shows."""
    iri = description.thing.value
    records = Question("measure-records", {"measure": iri})
    told = records.ask(asker)
    facts = Facts(description.outgoing, told)
    plan = str(asker.iris.plan(asker.iris.plan_of(iri) or ""))
    names = Names(asker, {plan, *iris_in(told), *facts.named})
    number = facts.text(iri, DCTERMS.identifier)
    return EndedMeasurePage(
        number=number.value if number else "",
        plan=names.value(plan),
        last_edition=names.value(facts.iri(iri, PLAN.lastEdition)),
        successors=[names.value(each) for each in facts.iris(iri, DCTERMS.isReplacedBy)],
        standings=standings(facts, names, ()),
        records=records,
    )
