"""A chapter or section that the newest edition has no more, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.namespaces import SKOS
from sakata_lod.serve.description import Description
from sakata_lod.serve.pagemodels.changes import EditionOfChanges, changes_by_edition
from sakata_lod.serve.pagemodels.ended import Ended, ended, plan_around
from sakata_lod.serve.pagemodels.facts import Facts
from sakata_lod.serve.pagemodels.naming import Names, iris_in
from sakata_lod.serve.pagemodels.questions import Asker, Question


@dataclass(frozen=True, slots=True)
class EndedDivisionPage:
    """The page of an ended division. changes: the newest edition's first; asked: the question for them."""

    ended: Ended
    changes: Sequence[EditionOfChanges]
    asked: Question


def ended_division_page(description: Description, asker: Asker) -> EndedDivisionPage:
    """Ask the store for what the page of an ended division shows."""
    iri = description.thing.value
    asked = Question("thing-changes", {"thing": iri})
    told = asked.ask(asker)
    facts = Facts(description.outgoing)
    names = Names(asker, {plan_around(iri, asker), *iris_in(told), *facts.named})
    return EndedDivisionPage(
        ended(iri, SKOS.notation, facts, names, asker), changes_by_edition(told, names), asked
    )
