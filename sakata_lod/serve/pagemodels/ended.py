"""What the newest edition has no more: what the pages of all such things tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import URIRef

from sakata_lod.namespaces import DCTERMS, PLAN
from sakata_lod.serve.pagemodels.facts import Facts
from sakata_lod.serve.pagemodels.naming import Names
from sakata_lod.serve.pagemodels.questions import Asker
from sakata_lod.serve.tables import Value


@dataclass(frozen=True, slots=True)
class Ended:
    """A thing of a plan that has ended. number: its last. successors: what is in its place."""

    number: str
    plan: Value
    last_edition: Value
    successors: Sequence[Value]


def plan_around(iri: str, asker: Asker) -> str:
    """The plan that a thing was part of: of what has ended its IRI alone tells."""
    return str(asker.iris.plan(asker.iris.plan_of(iri) or ""))


def ended(iri: str, numbered_by: URIRef, facts: Facts, names: Names, asker: Asker) -> Ended:
    """Gather what is told of a thing that has ended. numbered_by: the property that has its number."""
    number = facts.text(iri, numbered_by)
    return Ended(
        number=number.value if number else "",
        plan=names.value(plan_around(iri, asker)),
        last_edition=names.value(facts.iri(iri, PLAN.lastEdition)),
        successors=[names.value(each) for each in facts.iris(iri, DCTERMS.isReplacedBy)],
    )
