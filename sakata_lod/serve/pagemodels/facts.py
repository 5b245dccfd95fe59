"""Statements at hand, to be looked up by subject and property."""

from collections.abc import Iterable, Sequence

import pyoxigraph as ox
from rdflib import URIRef

from sakata_lod.namespaces import RDF
from sakata_lod.serve.labels import Text, language_rank
from sakata_lod.serve.store import Solution

_Object = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Facts:
    """What some things say. Made of triples, or of rows with `subject`, `predicate` and `object`."""

    def __init__(self, triples: Iterable[ox.Triple], rows: Iterable[Solution] = ()) -> None:
        self._said: dict[tuple[str, str], list[_Object]] = {}
        for each in triples:
            self._keep(str(each.subject).strip("<>"), each.predicate.value, each.object)
        for row in rows:
            self._keep(row.iri("subject"), row.iri("predicate"), row.terms["object"])

    @property
    def named(self) -> set[str]:
        """All the things that are spoken of, and that these speak of."""
        objects = {
            each.value for said in self._said.values() for each in said if isinstance(each, ox.NamedNode)
        }
        return objects | {subject for subject, _ in self._said}

    def of_type(self, kind: URIRef) -> list[str]:
        """The things of a class, by their IRIs."""
        wanted = ox.NamedNode(str(kind))
        return sorted(
            subject
            for (subject, predicate), objects in self._said.items()
            if predicate == str(RDF.type) and wanted in objects
        )

    def iris(self, subject: str, predicate: URIRef) -> list[str]:
        """The things that a property names."""
        return sorted(
            each.value for each in self._found(subject, predicate) if isinstance(each, ox.NamedNode)
        )

    def iri(self, subject: str, predicate: URIRef) -> str:
        """The thing that a property names; the empty text where it names none."""
        return next(iter(self.iris(subject, predicate)), "")

    def texts(self, subject: str, predicate: URIRef) -> list[Text]:
        """The texts that a property has, each with its language."""
        found = (each for each in self._found(subject, predicate) if isinstance(each, ox.Literal))
        return sorted((Text(each.value, each.language or "") for each in found), key=lambda each: each.value)

    def text(self, subject: str, predicate: URIRef, language: str = "") -> Text | None:
        """The text that a property has, in a language if it can be; None where it has none."""
        found = self.texts(subject, predicate)
        return min(found, key=lambda each: language_rank(each.language, language), default=None)

    def is_true(self, subject: str, predicate: URIRef) -> bool:
        """Whether a property is said to be true."""
        return any(each.value in {"true", "1"} for each in self.texts(subject, predicate))

    def _found(self, subject: str, predicate: URIRef) -> Sequence[_Object]:
        return self._said.get((subject, str(predicate)), ())

    def _keep(self, subject: str, predicate: str, value: _Object) -> None:
        held = self._said.setdefault((subject, predicate), [])
        if value not in held:
            held.append(value)
