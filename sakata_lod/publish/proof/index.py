"""Some graphs' triples, to be looked up as one graph by subject and predicate."""

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet

from rdflib import Graph, URIRef
from rdflib.term import Node

from sakata_lod.namespaces import RDF, RDFS

_Key = tuple[Node, Node]
_Index = dict[_Key, list[Node] | tuple[Node, ...]]
_TYPE = RDF.type
_ALWAYS = frozenset((_TYPE, RDFS.subClassOf))


class TripleIndex:
    """The union of some graphs, far faster to look into than a graph of rdflib's."""

    def __init__(
        self, graphs: Iterable[Graph], inverse: AbstractSet[URIRef], base: "TripleIndex | None" = None
    ) -> None:
        """Index some graphs, and those that are in a base already.

        inverse: the predicates whose subjects are looked up by their objects; the base's, too.
        """
        self._objects: _Index = _copied(base._objects) if base else {}  # noqa: SLF001
        self._subjects: _Index = _copied(base._subjects) if base else {}  # noqa: SLF001
        self._length = len(base) if base else 0
        self._below: dict[Node, frozenset[Node]] = {}
        backwards = inverse | _ALWAYS
        for graph in graphs:
            for subject, predicate, object_ in graph:
                self._length += 1
                _append(self._objects, (predicate, subject), object_)
                if predicate in backwards:
                    _append(self._subjects, (predicate, object_), subject)

    def __len__(self) -> int:
        """How many triples the graphs hold, one that several hold counted in each."""
        return self._length

    def objects(self, subject: Node, predicate: Node) -> Collection[Node]:
        """The values of a property, each once."""
        found = self._objects.get((predicate, subject), ())
        return found if type(found) is tuple else _each_once(self._objects, (predicate, subject))

    def subjects(self, predicate: Node, object_: Node) -> Collection[Node]:
        """The things that have a value. Of the predicates that were named as `inverse` alone."""
        return _each_once(self._subjects, (predicate, object_))

    def pairs(self, predicate: Node) -> Iterator[tuple[Node, Node]]:
        """The subjects and objects of a predicate."""
        for of, subject in list(self._objects):
            if of == predicate:
                for object_ in self.objects(subject, predicate):
                    yield subject, object_

    def classes_below(self, class_: Node) -> frozenset[Node]:
        """A class and all its subclasses."""
        if class_ not in self._below:
            found, new = {class_}, [class_]
            while new:
                more = set(self.subjects(RDFS.subClassOf, new.pop())) - found
                found |= more
                new += more
            self._below[class_] = frozenset(found)
        return self._below[class_]

    def is_instance(self, node: Node, class_: Node) -> bool:
        """Is a thing said to be of a class, or of one below it."""
        below = self._below.get(class_) or self.classes_below(class_)
        return not below.isdisjoint(self.objects(node, _TYPE))


def _copied(index: _Index) -> _Index:
    """A copy that can be added to, while the index stays as it is."""
    for key in index:
        _each_once(index, key)
    return dict(index)


def _append(index: _Index, key: _Key, value: Node) -> None:
    known = index.get(key)
    if known is None:
        index[key] = [value]
    elif isinstance(known, list):
        known.append(value)
    else:
        index[key] = [*known, value]


def _each_once(index: _Index, key: _Key) -> tuple[Node, ...]:
    """What stands at a key. The same triple may be in several graphs: told apart when it is asked for."""
    found = index.get(key, ())
    if isinstance(found, list):
        found = index[key] = tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)
    return found
