"""What some triples say, looked up by subject and property, in one language."""

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from sakata_lod.namespaces import SKOS

_Object = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Told:
    """What some triples say, looked up by subject and property."""

    def __init__(self, triples: Iterable[ox.Triple], language: str) -> None:
        self._said: dict[tuple[str, str], list[_Object]] = {}
        for each in triples:
            if isinstance(each.subject, ox.NamedNode):
                self._said.setdefault((each.subject.value, each.predicate.value), []).append(each.object)
        self._language = language

    def in_language(self, language: str) -> "Told":
        """The same, for the texts in another language."""
        other = Told((), language)
        other._said = self._said
        return other

    def iris(self, subject: str, predicate: str) -> list[str]:
        """The things that a property names."""
        return sorted(
            each.value for each in self._objects(subject, predicate) if isinstance(each, ox.NamedNode)
        )

    def iri(self, subject: str, predicate: str) -> str:
        """The first thing that a property names; the empty text where there is none."""
        return next(iter(self.iris(subject, predicate)), "")

    def texts(self, subject: str, predicate: str) -> list[str]:
        """The texts of a property: those in the language, else all."""
        literals = [each for each in self._objects(subject, predicate) if isinstance(each, ox.Literal)]
        own = [each for each in literals if each.language == self._language]
        return sorted(each.value for each in own or literals)

    def text(self, subject: str, predicate: str) -> str:
        """The first text of a property; the empty text where there is none."""
        return next(iter(self.texts(subject, predicate)), "")

    def names(self, subject: str, predicate: str) -> list[str]:
        """What the things that a property names are called."""
        return [name for each in self.iris(subject, predicate) if (name := self.text(each, SKOS.prefLabel))]

    def _objects(self, subject: str, predicate: str) -> Sequence[_Object]:
        return self._said.get((subject, str(predicate)), ())
