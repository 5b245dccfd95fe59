"""Which entities a name may mean, how like it each is, and whether one is certain."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import pyoxigraph as ox

from sakata_lod.errors import QueryTimedOut
from sakata_lod.serve.reconciliation.index import EXACT, Likeness, Spelling
from sakata_lod.serve.reconciliation.names import numbers
from sakata_lod.serve.reconciliation.register import Entity, Name, Register
from sakata_lod.serve.reconciliation.requests import CANDIDATES_AT_MOST, Constraint, EntityValue, Query
from sakata_lod.serve.reconciliation.schema import PUBLISHER, TYPES, property_named, type_named
from sakata_lod.serve.reconciliation.values import Values, agreement, values_of
from sakata_lod.serve.store import QuadStore

CERTAIN = 92.0
"""The score from which a candidate can be certain without having the very name."""
AHEAD = 8.0
"""How far it must then be ahead of the next."""
OF_PROPERTIES = 0.3
"""How much of the score properties make, where they are asked for and known."""
_AGREEING = 80.0
_FOUND_BY_PROPERTIES = 60.0
_NAMED = 75.0
_OF_A_SEARCH_WORD = 0.9


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean.

    likeness: of the name asked for and `name`, the most like of the entity's names; None where no name was
    asked for. agreement: of the properties, 0 to 100; None where there is nothing to compare.
    """

    entity: Entity
    likeness: Likeness | None = None
    name: Name | None = None
    is_exact: bool = False
    agreement: float | None = None
    is_certain: bool = False

    @property
    def name_score(self) -> float:
        """How like the names are; numbers and search words never count in full."""
        if self.likeness is None:
            return _FOUND_BY_PROPERTIES
        whole = self.name is None or self.name.is_certain
        return self.likeness.score * (1 if whole else _OF_A_SEARCH_WORD)

    @property
    def score(self) -> float:
        """How likely the entity is meant, from 0 to 100."""
        if self.agreement is None:
            return self.name_score
        return (1 - OF_PROPERTIES) * self.name_score + OF_PROPERTIES * self.agreement


def candidates(
    queries: Mapping[str, Query], register: Register, store: QuadStore, timeout_s: float
) -> Mapping[str, list[Candidate]]:
    """Find the candidates of each query, the likeliest first. Raises: QueryTimedOut, StoreUnavailable."""
    deadline = time.monotonic() + timeout_s
    found = {}
    for name, each in queries.items():
        if time.monotonic() > deadline:
            raise QueryTimedOut(timeout_s)
        if each.query is None:
            found[name] = _having(each, register, store)
        else:
            found[name] = _named_somewhere(each.query, each, register)
    constrained = {
        each.entity.iri for name, some in found.items() if queries[name].properties for each in some
    }
    values = values_of(constrained, register, store) if constrained else {}
    return {name: _ranked(queries[name], some, values, register) for name, some in found.items()}


def _named_somewhere(asked: str, query: Query, register: Register) -> list[Candidate]:
    """The entities that a name is like: among all, and among those of the cities that the query names.

    Where hundreds of cities have a measure of that name, the one meant need not be among the first of all.
    """
    types = _types(query)
    found = {each.entity.iri: each for each in _named(asked, types, register)}
    for space in _spaces(query, register):
        found |= {each.entity.iri: each for each in _named(asked, types, register.of_city(space))}
    return list(found.values())


def _spaces(query: Query, register: Register) -> Sequence[str]:
    """What the IRIs begin with of the cities that a query names."""
    publisher = property_named(PUBLISHER)
    naming = [each for each in query.properties if property_named(each.pid) == publisher]
    meant = {iri for each in naming for iri in _meant(each, register)}
    return sorted(space for space, each in register.publishers.items() if each.iri in meant)


def _named(asked: str, types: Sequence[str], register: Register) -> list[Candidate]:
    """The entities of the types that a name is like; an entity's IRI names it."""
    best: dict[str, Candidate] = {}
    if (itself := register.entities.get(asked.strip())) and set(itself.types) & set(types):
        best[itself.iri] = Candidate(itself, EXACT, is_exact=True)
    spelling = register.spellings.spelling(asked)
    for each in types if spelling.key else ():
        for found in _of_type(spelling, each, register):
            known = best.get(found.entity.iri)
            if known is None or (found.is_exact, found.name_score) > (known.is_exact, known.name_score):
                best[found.entity.iri] = found
    return sorted(best.values(), key=_order)[:CANDIDATES_AT_MOST]


def _of_type(asked: Spelling, kind: str, register: Register) -> Iterable[Candidate]:
    of_type = register.by_type[kind]
    for number in of_type.exactly(asked.key)[:CANDIDATES_AT_MOST]:
        name, entity = of_type.owners[number]
        yield Candidate(entity, EXACT, name, is_exact=name.is_certain)
    for number, likeness in of_type.index.like(asked):
        name, entity = of_type.owners[number]
        yield Candidate(entity, likeness, name, is_exact=name.is_certain and name.spelling.key == asked.key)


def _having(query: Query, register: Register, store: QuadStore) -> list[Candidate]:
    """The entities that have most of the values asked for: where no name is."""
    types = _types(query)
    meant = {iri for each in query.properties for iri in _meant(each, register)}
    cities = _spaces(query, register)
    spaces = [ox.Literal(each) for each in cities or [register.iris.base]]
    rows = store.select_among("entities-valued", "value", sorted(meant), space=spaces)
    found = Counter(row.iri("entity") for row in rows)
    found.update(meant)
    found.update(iri for city in cities for iri in register.of_city(city).entities if register.publisher(iri))
    entities = (register.entities.get(iri) for iri, _ in found.most_common())
    fitting = (Candidate(each) for each in entities if each and set(each.types) & set(types))
    return list(islice(fitting, CANDIDATES_AT_MOST))


def _meant(constraint: Constraint, register: Register) -> Iterable[str]:
    """The entities that a constraint's values name: the values meant, or what has them for a name."""
    asked = property_named(constraint.pid)
    types = [asked.values] if asked and asked.values else TYPES
    for each in constraint.values:
        name = each.id if isinstance(each, EntityValue) else str(each)
        found = _named(name, types, register)
        best = found[0].name_score if found else 0.0
        named = {some.entity.iri for some in found if some.name_score == best >= _NAMED}
        yield from named
        yield from (inner for inner, outer in register.enclosing.items() if named & set(outer))


def _types(query: Query) -> Sequence[str]:
    """The types that candidates may have; those that only should be had narrow nothing if none is known."""
    known = [found for each in query.types if (found := type_named(each))]
    if not query.types or (not known and query.type_strict == "should"):
        return TYPES
    return known


def _ranked(
    query: Query, some: Iterable[Candidate], values: Mapping[str, Values], register: Register
) -> list[Candidate]:
    if query.properties:
        some = [
            replace(each, agreement=agreement(query.properties, values.get(each.entity.iri, {}), register))
            for each in some
        ]
    if query.query is None:
        some = [each for each in some if each.agreement]
    ranked = sorted(some, key=_order)
    if ranked and _is_certain(query, ranked, register):
        ranked[0] = replace(ranked[0], is_certain=True)
    return ranked[: min(query.limit, CANDIDATES_AT_MOST)]


def _order(candidate: Candidate) -> tuple[float, bool, str]:
    return -candidate.score, not candidate.is_exact, candidate.entity.iri


def _is_certain(query: Query, ranked: Sequence[Candidate], register: Register) -> bool:
    """Whether the first is meant: it has the very name alone, or is very like and well ahead."""
    first, *others = ranked
    if first.likeness is None or (first.agreement is not None and first.agreement < _AGREEING):
        return False
    is_ahead = not others or first.score - others[0].score >= AHEAD
    if first.is_exact:
        return is_ahead or not others[0].is_exact
    if first.name is None or not first.name.is_certain or query.query is None:
        return False
    same_numbers = numbers(register.spellings.key(query.query)) == numbers(first.name.spelling.key)
    return first.score >= CERTAIN and is_ahead and same_numbers
