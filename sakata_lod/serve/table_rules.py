"""The rules for the form of tables, as the page explains them."""

from dataclasses import dataclass
from functools import cache

from rdflib import URIRef

from sakata_lod.errors import Words
from sakata_lod.namespaces import DCTERMS, SH, SHAPE, SKOS
from sakata_lod.vocabulary import TABLE_RULES, load


@dataclass(frozen=True, slots=True)
class TableRule:
    """A rule. fragment: of its IRI. item: of the source's checklist."""

    fragment: str
    item: str
    name: Words
    problem: Words
    remedy: Words


@cache
def table_rules() -> tuple[TableRule, ...]:
    """All rules, in their order."""
    said = load(TABLE_RULES)
    listed = sorted(said.subject_objects(SH.order), key=lambda each: int(str(each[1])))
    return tuple(_rule(URIRef(str(iri))) for iri, _ in listed)


def rules_source() -> str:
    """The IRI of what the rules are taken from."""
    return str(load(TABLE_RULES).value(TABLE_RULES.iri, DCTERMS.source))


def _rule(iri: URIRef) -> TableRule:
    item = str(load(TABLE_RULES).value(iri, SKOS.notation))
    name, problem, remedy = (_words(iri, each) for each in (SH.name, SH.message, SHAPE.remedy))
    return TableRule(iri.partition("#")[2], item, name, problem, remedy)


def _words(iri: URIRef, predicate: URIRef) -> Words:
    texts = {getattr(each, "language", None): str(each) for each in load(TABLE_RULES).objects(iri, predicate)}
    return Words(texts["ja"], texts["en"])
