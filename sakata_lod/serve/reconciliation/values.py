"""What is said of entities, property by property, and whether it is what a query asks for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox
from rapidfuzz import fuzz

from sakata_lod.namespaces import PLAN
from sakata_lod.serve.reconciliation.names import numbers
from sakata_lod.serve.reconciliation.register import Register
from sakata_lod.serve.reconciliation.requests import Constraint, EntityValue, PropertyValue
from sakata_lod.serve.reconciliation.schema import ENCLOSING, PUBLISHER, Property, property_named
from sakata_lod.serve.store import QuadStore

_DIVISION = str(PLAN.division)

Value = ox.NamedNode | ox.Literal
Values = Mapping[str, Sequence[Value]]
"""The values of one entity, by the property's IRI."""


def values_of(entities: Iterable[str], register: Register, store: QuadStore) -> Mapping[str, Values]:
    """Ask what is said of entities, in as few questions as can be. Raises: StoreUnavailable."""
    found: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for row in store.select_among("entity-values", "entity", sorted(set(entities))):
        value = row.terms["value"]
        if isinstance(value, ox.NamedNode | ox.Literal):
            found[row.iri("entity")][row.iri("property")].append(value)
    for entity, values in found.items():
        within = {
            above for each in values.get(_DIVISION, ()) for above in register.enclosing.get(each.value, ())
        }
        within.update(register.enclosing.get(entity, ()))
        values[ENCLOSING].extend(map(ox.NamedNode, within))
        values[PUBLISHER] = [ox.NamedNode(each.iri) for each in (register.publisher(entity),) if each]
    return {
        entity: {each: sorted(told, key=str) for each, told in values.items()}
        for entity, values in found.items()
    }


def agreement(constraints: Iterable[Constraint], values: Values, register: Register) -> float | None:
    """How far an entity's values are those asked for, from 0 to 100; None where it has none to compare."""
    found = []
    for each in constraints:
        asked = property_named(each.pid)
        told = _compared(asked, values) if asked else ()
        if told and each.values:
            found.append(max(_alike(one, value, register) for one in each.values for value in told))
    return sum(found) / len(found) if found else None


def _compared(asked: Property, values: Values) -> Sequence[Value]:
    """The values to compare: a measure is in its division, and in those that hold it."""
    own = values.get(asked.iri, ())
    return [*own, *values.get(ENCLOSING, ())] if asked.iri == _DIVISION else own


def _alike(asked: PropertyValue, value: Value, register: Register) -> float:
    if isinstance(asked, EntityValue):
        return 100.0 if asked.id == value.value else 0.0
    if isinstance(asked, str) and asked == value.value:
        return 100.0
    text = str(asked).lower() if isinstance(asked, bool) else str(asked)
    wanted = register.spellings.key(text)
    return max((_likeness(wanted, each) for each in _names(value, register)), default=0.0)


def _likeness(wanted: str, name: str) -> float:
    """How like two folded names are: not at all where both have numbers, and not the same."""
    asked, told = numbers(wanted), numbers(name)
    return 0.0 if asked and told and asked != told else fuzz.ratio(wanted, name)


def _names(value: Value, register: Register) -> list[str]:
    """The folded names of a value: of a department as the table prints it, each spelling."""
    entity = register.entities.get(value.value) if isinstance(value, ox.NamedNode) else None
    if entity is not None:
        return [each.spelling.key for each in entity.names]
    return [register.spellings.key(value.value)] if isinstance(value, ox.Literal) else []
