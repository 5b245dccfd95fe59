"""Everything that a name can be reconciled with: read from a store once, when first needed."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pyoxigraph as ox

from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, SKOS
from sakata_lod.serve.labels import Labels, language_rank
from sakata_lod.serve.negotiation import LANGUAGES
from sakata_lod.serve.reconciliation.index import NameIndex, Spelling
from sakata_lod.serve.reconciliation.names import Spellings
from sakata_lod.serve.reconciliation.schema import MUNICIPALITY, PROPERTIES, TYPES
from sakata_lod.serve.store import QuadStore
from sakata_lod.serve.summary import NamedThing
from sakata_lod.serve.translation import saying_it_in

_NAMING = tuple(str(each) for each in (SKOS.prefLabel, DCTERMS.title, SKOS.altLabel))
"""Properties whose values name a thing and no other, the best first. The others help to find it: a number is
another measure's in another plan, and a search word is wider than what it leads to."""
_NUMBERING = tuple(str(each) for each in (DCTERMS.identifier, SKOS.notation))

_CITIES_KEPT = 128
"""Cities whose registers are kept, of those asked for last."""
_WITHOUT_CHECK_DIGIT = 5
"""Digits of a municipality's code as many tables write it."""


@dataclass(frozen=True, slots=True)
class Name:
    """What an entity is called. by: the property that says so; spelling: as names are compared."""

    text: str
    language: str
    by: str
    spelling: Spelling

    @property
    def is_certain(self) -> bool:
        """Whether the name is meant to name this alone."""
        return self.by in _NAMING


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that names are reconciled with."""

    iri: str
    types: Sequence[str]
    names: Sequence[Name]

    def name(self, language: str) -> str:
        """The best name in a language, else in another; the IRI where there is none."""
        proper = [each for each in self.names if each.is_certain]
        if not proper:
            return self.number or self.iri
        best = min(proper, key=lambda each: (language_rank(each.language, language), _NAMING.index(each.by)))
        return best.text

    @property
    def number(self) -> str:
        """Its number in its plan; empty where it has none."""
        return next((each.text for each in self.names if each.by in _NUMBERING), "")


class TypeIndex:
    """The names of the entities of one type. owners: beside each name of the index, whose it is."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        owned = [(name, each) for each in entities for name in each.names if name.spelling.key]
        self.owners: Sequence[tuple[Name, Entity]] = owned
        self.index = NameIndex(name.spelling for name, _ in owned)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for number, (name, _) in enumerate(owned):
            self._by_key[name.spelling.key].append(number)

    def exactly(self, key: str) -> Sequence[int]:
        """The numbers of the names that are just so."""
        return self._by_key.get(key, ())


@dataclass(frozen=True, slots=True)
class _Common:
    """What registers of the same release share.

    by_space: the entities, by what their city's IRIs begin with; those that all share, by nothing.
    """

    spellings: Spellings
    by_space: Mapping[str, Sequence[Entity]]
    enclosing: Mapping[str, Sequence[str]]
    labels: Mapping[str, Mapping[str, str]]
    iris: IriSpace


class Register:
    """Entities, by their IRIs, and the names of types and properties in each language.

    by_type: the names of each type's entities. enclosing: of each division within others, all of them.
    publishers: the municipalities, by what their IRIs begin with. iris: those among which the entities are;
    home: what those of the whole release begin with.
    """

    languages = LANGUAGES

    def __init__(self, spaces: Iterable[str], iris: IriSpace, common: _Common) -> None:
        """spaces: what the IRIs begin with of the cities whose entities these are."""
        found = [each for space in ("", *spaces) for each in common.by_space.get(space, ())]
        self.entities = {each.iri: each for each in sorted(found, key=lambda each: each.iri)}
        self.by_type: Mapping[str, TypeIndex] = {
            kind: TypeIndex(each for each in self.entities.values() if kind in each.types) for kind in TYPES
        }
        self.spellings, self.enclosing = common.spellings, common.enclosing
        self.publishers = {
            common.iris.space_of(each.iri).base: each
            for each in self.entities.values()
            if MUNICIPALITY in each.types
        }
        self.iris, self.home, self._common = iris, common.iris.base, common
        self._of_city = lru_cache(_CITIES_KEPT)(self._narrowed)

    @classmethod
    def read(cls, store: QuadStore, iris: IriSpace) -> "Register":
        """Read all entities from a store. Raises: StoreUnavailable."""
        said = _said(store)
        spellings = _spellings(said.values())
        by_space = defaultdict(list)
        for iri in said:
            space = iris.space_of(iri).base if iris.has(iri) else ""
            by_space[space].append(_entity(iri, said[iri], spellings))
        common = _Common(spellings, by_space, _enclosing(store), _labels(store), iris)
        return cls([each for each in by_space if each], iris, common)

    def of_city(self, space: str) -> "Register":
        """The entities of one city, and those that all share. space: what the city's IRIs begin with."""
        return self._of_city(space) if len(self.publishers) > 1 else self

    def publisher(self, iri: str) -> Entity | None:
        """The municipality that publishes an entity; None for one that all share, and for itself."""
        if not self.iris.has(iri):
            return None
        found = self.publishers.get(self.iris.space_of(iri).base)
        return found if found is None or found.iri != iri else None

    def label(self, term: str, language: str) -> str:
        """The name of a type or property."""
        return self._common.labels[language][term]

    def described(self, entity: Entity, language: str) -> str:
        """Tell an entity from its namesakes: its types, its number, and its city where there are several."""
        told = [self.label(each, language) for each in entity.types]
        own = " ".join([*told, *([entity.number] if entity.number else [])])
        city = self.publisher(entity.iri) if len(self.publishers) > 1 else None
        return f"{own} · {city.name(language)}" if city else own

    def typed(self, entity: Entity, language: str) -> list[dict[str, str]]:
        """The types of an entity, as the specification writes them."""
        return [{"id": each, "name": self.label(each, language)} for each in entity.types]

    def _narrowed(self, space: str) -> "Register":
        return Register([space], IriSpace(space), self._common)


class Reconcilables:
    """A register that is read from the store when first needed. Safe to share between threads."""

    def __init__(self, store: QuadStore, iris: IriSpace) -> None:
        self._store, self._iris = store, iris
        self._lock = threading.Lock()
        self._register: Register | None = None

    def register(self) -> Register:
        """The register. Raises: StoreUnavailable."""
        with self._lock:
            if self._register is None:
                self._register = Register.read(self._store, self._iris)
            return self._register


@dataclass(slots=True)
class _Said:
    """What the store says of an entity. names: text, language, and the property that says so."""

    types: set[str] = field(default_factory=set)
    names: set[tuple[str, str, str]] = field(default_factory=set)


def _said(store: QuadStore) -> Mapping[str, _Said]:
    found: dict[str, _Said] = defaultdict(_Said)
    for each in _named(store) if store.summary is None else store.summary.names():
        said = found[each.thing]
        said.types.add(each.type)
        said.names.add((each.name, each.language, each.by))
    return found


def _named(store: QuadStore) -> Iterator[NamedThing]:
    for row in store.select("reconcilable"):
        name = row.terms["name"]
        if isinstance(name, ox.Literal):
            yield NamedThing(
                row.iri("entity"), row.iri("type"), row.iri("property"), name.value, name.language or ""
            )


def _spellings(said: Iterable[_Said]) -> Spellings:
    return Spellings([text for text, language, _ in each.names if language == "ja"] for each in said)


def _entity(iri: str, said: _Said, spellings: Spellings) -> Entity:
    told = sorted(said.names)
    if MUNICIPALITY in said.types:
        told += [
            (text[:_WITHOUT_CHECK_DIGIT], language, by) for text, language, by in told if by in _NUMBERING
        ]
    names = tuple(Name(text, language, by, spellings.spelling(text)) for text, language, by in told)
    return Entity(iri, tuple(sorted(said.types, key=TYPES.index)), names)


def _enclosing(store: QuadStore) -> Mapping[str, Sequence[str]]:
    # Not by a path in a query: Virtuoso follows none from the things of a VALUES clause.
    broader = (
        {row.iri("division"): row.iri("broader") for row in store.select("broader-divisions")}
        if store.summary is None
        else store.summary.broader()
    )
    found = {}
    for division in broader:
        above: list[str] = []
        while (at := broader.get(above[-1] if above else division)) and at not in above:
            above.append(at)
        found[division] = above
    return found


def _labels(store: QuadStore) -> Mapping[str, Mapping[str, str]]:
    terms = [*TYPES, *(each.iri for each in PROPERTIES)]
    triples = store.labels(terms)
    found = {}
    for language in LANGUAGES:
        with saying_it_in(language):
            labels = Labels(triples, language)
            found[language] = {each: labels.or_iri(each).value for each in terms}
    return found
