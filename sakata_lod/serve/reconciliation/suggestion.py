"""What a word begun may become: entities, types and properties."""

from collections.abc import Iterable, Sequence
from typing import Any

from sakata_lod.serve.reconciliation.names import key
from sakata_lod.serve.reconciliation.register import Entity, Register
from sakata_lod.serve.reconciliation.schema import (
    TYPES,
    local_name,
    properties_of,
    property_named,
    type_named,
)

SUGGESTIONS = 20
"""Suggestions in one answer; `cursor` leads to more."""

_IS, _BEGINS, _HOLDS, _NOT = range(4)


def entities(register: Register, prefix: str, types: Iterable[str], cursor: int) -> Sequence[Entity]:
    """The entities one of whose names is the prefix, begins with it, or holds it; of these types, if any."""
    wanted = {found for each in types if (found := type_named(each))}
    if (itself := register.entities.get(prefix.strip())) is not None:
        return [itself][cursor:]
    begun = register.spellings.key(prefix)
    if not begun:
        return []
    ranked = sorted(
        (*_best(begun, each), each.iri)
        for each in register.entities.values()
        if not wanted or wanted & set(each.types)
    )
    fitting = [iri for rank, _, iri in ranked if rank < _NOT]
    return [register.entities[iri] for iri in fitting[cursor : cursor + SUGGESTIONS]]


def types(register: Register, prefix: str, cursor: int, language: str) -> list[dict[str, Any]]:
    """The types whose name, in any language, holds the prefix; all for an empty one."""
    return _terms(register, prefix, TYPES, type_named(prefix), language)[cursor : cursor + SUGGESTIONS]


def properties(
    register: Register, prefix: str, of: Iterable[str], cursor: int, language: str
) -> list[dict[str, Any]]:
    """The properties of entities of these types whose name, in any language, holds the prefix."""
    offered = [each.iri for each in properties_of(of)]
    named = property_named(prefix)
    found = _terms(register, prefix, offered, named.iri if named else None, language)
    return found[cursor : cursor + SUGGESTIONS]


def _terms(
    register: Register, prefix: str, terms: Sequence[str], itself: str | None, language: str
) -> list[dict[str, Any]]:
    begun = key(prefix)
    ranked = sorted(
        (0 if each == itself else _term_rank(register, begun, each), number, each)
        for number, each in enumerate(terms)
    )
    return [
        {"id": each, "name": register.label(each, language), "description": local_name(each)}
        for rank, _, each in ranked
        if rank < _NOT
    ]


def _term_rank(register: Register, begun: str, term: str) -> int:
    names = [local_name(term), *(register.label(term, each) for each in register.languages)]
    return min(_rank(begun, key(each)) for each in names)


def _best(begun: str, entity: Entity) -> tuple[int, int]:
    """How the best of an entity's names fits, and its length: the shorter, the nearer."""
    keys = [each.spelling.key for each in entity.names]
    return min(((_rank(begun, each), len(each)) for each in keys), default=(_NOT, 0))


def _rank(begun: str, name: str) -> int:
    if begun == name:
        return _IS
    if name.startswith(begun):
        return _BEGINS
    return _HOLDS if begun in name else _NOT
