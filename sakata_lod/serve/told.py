"""What some triples say, looked up by subject and property, in one language."""

from collections.abc import Sequence

import pyoxigraph as ox

from sakata_lod.namespaces import SKOS
from sakata_lod.serve.tables import by_subject


class Told:
    """What some triples say, looked up by subject and property."""

    def __init__(self, triples: Sequence[ox.Triple], language: str) -> None:
        self._said = by_subject(triples)
        self._language = language

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

    def _objects(self, subject: str, predicate: str) -> list[object]:
        said = self._said.get(ox.NamedNode(subject), ())
        return [each.object for each in said if each.predicate.value == str(predicate)]
