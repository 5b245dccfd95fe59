"""Everything that a name can be reconciled with: read from a store once, when first needed."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from sakata_lod.namespaces import DCTERMS, SKOS
from sakata_lod.serve.labels import Labels, language_rank
from sakata_lod.serve.negotiation import LANGUAGES
from sakata_lod.serve.reconciliation.index import NameIndex, Spelling
from sakata_lod.serve.reconciliation.names import Spellings
from sakata_lod.serve.reconciliation.schema import PROPERTIES, TYPES
from sakata_lod.serve.store import QuadStore
from sakata_lod.serve.translation import saying_it_in

_NAMING = tuple(str(each) for each in (SKOS.prefLabel, DCTERMS.title, SKOS.altLabel))
"""Properties whose values name a thing and no other, the best first. The others help to find it: a number is
another measure's in another plan, and a search word is wider than what it leads to."""
_NUMBERING = tuple(str(each) for each in (DCTERMS.identifier, SKOS.notation))


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


class Register:
    """All entities, by their IRIs, and the names of types and properties in each language.

    by_type: the names of each type's entities. enclosing: of each division within others, all of them.
    """

    languages = LANGUAGES

    def __init__(self, store: QuadStore) -> None:
        said = _said(store)
        self.spellings = _spellings(said.values())
        self.entities = {iri: _entity(iri, said[iri], self.spellings) for iri in sorted(said)}
        self.by_type: Mapping[str, TypeIndex] = {
            kind: TypeIndex(each for each in self.entities.values() if kind in each.types) for kind in TYPES
        }
        self.enclosing = _enclosing(store)
        self._labels = _labels(store)

    def label(self, term: str, language: str) -> str:
        """The name of a type or property."""
        return self._labels[language][term]

    def described(self, entity: Entity, language: str) -> str:
        """Tell an entity from its namesakes: its types, its number."""
        told = [self.label(each, language) for each in entity.types]
        return " ".join([*told, *([entity.number] if entity.number else [])])

    def typed(self, entity: Entity, language: str) -> list[dict[str, str]]:
        """The types of an entity, as the specification writes them."""
        return [{"id": each, "name": self.label(each, language)} for each in entity.types]


class Reconcilables:
    """A register that is read from the store when first needed. Safe to share between threads."""

    def __init__(self, store: QuadStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._register: Register | None = None

    def register(self) -> Register:
        """The register. Raises: StoreUnavailable."""
        with self._lock:
            if self._register is None:
                self._register = Register(self._store)
            return self._register


@dataclass(slots=True)
class _Said:
    """What the store says of an entity. names: text, language, and the property that says so."""

    types: set[str] = field(default_factory=set)
    names: set[tuple[str, str, str]] = field(default_factory=set)


def _said(store: QuadStore) -> Mapping[str, _Said]:
    found: dict[str, _Said] = defaultdict(_Said)
    for row in store.select("reconcilable"):
        said, name = found[row.iri("entity")], row.terms["name"]
        said.types.add(row.iri("type"))
        if isinstance(name, ox.Literal):
            said.names.add((name.value, name.language or "", row.iri("property")))
    return found


def _spellings(said: Iterable[_Said]) -> Spellings:
    return Spellings([text for text, language, _ in each.names if language == "ja"] for each in said)


def _entity(iri: str, said: _Said, spellings: Spellings) -> Entity:
    names = tuple(
        Name(text, language, by, spellings.spelling(text)) for text, language, by in sorted(said.names)
    )
    return Entity(iri, tuple(sorted(said.types, key=TYPES.index)), names)


def _enclosing(store: QuadStore) -> Mapping[str, Sequence[str]]:
    # Not by a path in a query: Virtuoso follows none from the things of a VALUES clause.
    broader = {row.iri("division"): row.iri("broader") for row in store.select("broader-divisions")}
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
