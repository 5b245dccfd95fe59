"""Answers of the service, as the specification writes them in JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from sakata_lod.namespaces import XSD
from sakata_lod.serve.labels import language_rank
from sakata_lod.serve.reconciliation.matching import Candidate
from sakata_lod.serve.reconciliation.register import Register
from sakata_lod.serve.reconciliation.requests import ExtendedProperty, Extension, PropertySettings
from sakata_lod.serve.reconciliation.schema import Property, property_named
from sakata_lod.serve.reconciliation.values import Value, Values

Data = dict[str, Any]

_WHOLE = {
    str(each) for each in (XSD.integer, XSD.gYear, XSD.nonNegativeInteger, XSD.positiveInteger, XSD.int)
}
_FRACTIONS = {str(each) for each in (XSD.decimal, XSD.double, XSD.float)}


def results(found: Mapping[str, Sequence[Candidate]], register: Register, language: str) -> Data:
    """The candidates of each query."""
    return {
        name: {"result": [_candidate(each, register, language) for each in some]}
        for name, some in found.items()
    }


def _candidate(candidate: Candidate, register: Register, language: str) -> Data:
    entity = candidate.entity
    return {
        "id": entity.iri,
        "name": entity.name(language),
        "description": register.described(entity, language),
        "type": register.typed(entity, language),
        "score": round(candidate.score, 1),
        "match": candidate.is_certain,
        "features": _features(candidate),
    }


def _features(candidate: Candidate) -> list[Data]:
    """What the score is made of."""
    told: list[tuple[str, float | bool]] = []
    if candidate.likeness is not None:
        told += [
            ("name_exact", candidate.is_exact),
            ("name_edits", round(candidate.likeness.edits, 1)),
            ("name_overlap", round(candidate.likeness.overlap, 1)),
            ("name_content", round(candidate.likeness.content, 1)),
            ("name_coverage", round(candidate.likeness.coverage, 1)),
        ]
    if candidate.agreement is not None:
        told.append(("properties", round(candidate.agreement, 1)))
    return [{"id": name, "value": value} for name, value in told]


def extension(asked: Extension, found: Mapping[str, Values], register: Register, language: str) -> Data:
    """The values of entities, property by property."""
    columns = [(each, wanted) for each in asked.properties if (wanted := property_named(each.id))]
    return {
        "meta": [_column(each, wanted, register, language) for each, wanted in columns],
        "rows": {
            entity: {
                each.id: _cells(found.get(entity, {}).get(wanted.iri, ()), each.settings, register, language)
                for each, wanted in columns
            }
            for entity in asked.ids
        },
    }


def _column(asked: ExtendedProperty, wanted: Property, register: Register, language: str) -> Data:
    told: Data = {"id": asked.id, "name": register.label(wanted.iri, language)}
    if wanted.values:
        told["type"] = {"id": wanted.values, "name": register.label(wanted.values, language)}
    return told


def _cells(
    values: Sequence[Value], settings: PropertySettings, register: Register, language: str
) -> list[Data]:
    fitting = [each for each in values if _is_in(each, settings.language)]
    fitting.sort(key=lambda each: language_rank(_language(each), language))
    some = fitting[: settings.limit] if settings.limit else fitting
    return [_cell(each, register, language) for each in some]


def _cell(value: Value, register: Register, language: str) -> Data:
    if isinstance(value, ox.NamedNode):
        entity = register.entities.get(value.value)
        return {"id": value.value, "name": entity.name(language) if entity else value.value}
    kind = value.datatype.value
    if kind in _WHOLE:
        return {"int": int(value.value)}
    if kind in _FRACTIONS:
        return {"float": float(value.value)}
    if kind == str(XSD.date):
        return {"date": f"{value.value[:10]}T00:00:00"}
    return {"str": value.value}


def _is_in(value: Value, language: str) -> bool:
    """Whether a value is in the language wanted; what has no language is in every one."""
    return language == "any" or language_rank(_language(value), language) < language_rank("und", language)


def _language(value: Value) -> str:
    return (value.language or "") if isinstance(value, ox.Literal) else ""
