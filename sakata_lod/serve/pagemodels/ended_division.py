"""A chapter or section that the newest edition has no more: its last title, and what is in its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.namespaces import DCTERMS, PLAN, SKOS
from sakata_lod.serve.description import Description
from sakata_lod.serve.pagemodels.changes import EditionOfChanges, changes_by_edition
from sakata_lod.serve.pagemodels.facts import Facts
from sakata_lod.serve.pagemodels.naming import Names, iris_in
from sakata_lod.serve.pagemodels.questions import Asker, Question
from sakata_lod.serve.tables import Value


@dataclass(frozen=True, slots=True)
class EndedDivisionPage:
    """The page of an ended division. number: its last. successors: the divisions in its place.

    changes: the newest edition's first.
    """

    number: str
    plan: Value
    last_edition: Value
    successors: Sequence[Value]
    changes: Sequence[EditionOfChanges]
    changed: Question


def ended_division_page(description: Description, asker: Asker) -> EndedDivisionPage:
    """Ask the store for what the page of an ended division shows."""
    iri = description.thing.value
    changed = Question("thing-changes", {"thing": iri})
    found = changed.ask(asker)
    facts = Facts(description.outgoing)
    plan = str(asker.iris.plan(asker.iris.plan_of(iri) or ""))
    names = Names(asker, {plan, *iris_in(found), *facts.named})
    number = facts.text(iri, SKOS.notation)
    return EndedDivisionPage(
        number=number.value if number else "",
        plan=names.value(plan),
        last_edition=names.value(facts.iri(iri, PLAN.lastEdition)),
        successors=[names.value(each) for each in facts.iris(iri, DCTERMS.isReplacedBy)],
        changes=changes_by_edition(found, names),
        changed=changed,
    )
