"""What the small page about an entity shows."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sakata_lod.namespaces import DCTERMS, PLAN, SKOS
from sakata_lod.serve.labels import language_rank
from sakata_lod.serve.reconciliation.register import Entity, Register
from sakata_lod.serve.reconciliation.schema import properties_of
from sakata_lod.serve.reconciliation.values import Value, Values

_VALUES_SHOWN = 5
_IN_THE_HEADING = (DCTERMS.title, SKOS.prefLabel, DCTERMS.identifier, SKOS.notation, DCTERMS.publisher)
_FOR_THE_WHOLE_PAGE = (PLAN.departmentText, PLAN.relatedMeasure, PLAN.fiscalYear, SKOS.broaderTransitive)
_LEFT_OUT = {str(each) for each in (*_IN_THE_HEADING, *_FOR_THE_WHOLE_PAGE)}


@dataclass(frozen=True, slots=True)
class Preview:
    """An entity in short. rows: the name of a property, its first values, and how many more there are."""

    name: str
    description: str
    rows: Sequence[tuple[str, Sequence[str], int]]


def preview_of(entity: Entity, values: Values, register: Register, language: str) -> Preview:
    """Tell an entity in short."""
    rows = []
    for each in properties_of(entity.types):
        told = _in_language(values.get(each.iri, ()), language)
        if told and each.iri not in _LEFT_OUT:
            shown = [_text(value, register, language) for value in told[:_VALUES_SHOWN]]
            rows.append((register.label(each.iri, language), shown, len(told) - len(shown)))
    return Preview(entity.name(language), register.described(entity, language), rows)


def _in_language(values: Sequence[Value], language: str) -> Sequence[Value]:
    """The values in a language, or without any; all where there is none."""
    other = language_rank("und", language)
    fitting = [
        each
        for each in values
        if isinstance(each, ox.NamedNode) or language_rank(each.language or "", language) < other
    ]
    return fitting or values


def _text(value: Value, register: Register, language: str) -> str:
    entity = register.entities.get(value.value) if isinstance(value, ox.NamedNode) else None
    return entity.name(language) if entity else value.value
