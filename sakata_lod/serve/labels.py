"""Names for people: which of a thing's labels a page shows."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from sakata_lod.namespaces import PREFIXES
from sakata_lod.serve.description import LABEL_PROPERTIES
from sakata_lod.serve.standard_terms import STANDARD_TERMS

_RANK = {each.value: rank for rank, each in enumerate(LABEL_PROPERTIES)}


@dataclass(frozen=True, slots=True)
class Text:
    """Words and their language; an identifier or a number has none."""

    value: str
    language: str = ""


class Labels:
    """The names of things, in the language of a page."""

    def __init__(self, triples: Iterable[ox.Triple], language: str) -> None:
        self.language = language
        self._found: dict[str, tuple[int, int, Text]] = {}
        for triple in triples:
            self._keep(triple)

    def of(self, iri: str) -> Text | None:
        """The best name of a thing; None where it has none."""
        if iri in self._found:
            return self._found[iri][2]
        standard = STANDARD_TERMS.get(iri)
        return Text(str(standard), self.language) if standard is not None else None

    def or_iri(self, iri: str) -> Text:
        """The best name of a thing, else its IRI, shortened where a prefix is known."""
        return self.of(iri) or Text(shortened(iri))

    def _keep(self, triple: ox.Triple) -> None:
        subject, predicate, label = triple.subject, triple.predicate.value, triple.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(label, ox.Literal):
            return
        if predicate not in _RANK:
            return
        text = Text(label.value, label.language or "")
        rank = (language_rank(text.language, self.language), _RANK[predicate], text)
        if subject.value not in self._found or rank[:2] < self._found[subject.value][:2]:
            self._found[subject.value] = rank


def language_rank(language: str, wanted: str) -> int:
    """How near a language is to the one wanted: itself, a variant of it (a translation), none, another."""
    if language == wanted:
        return 0
    if language.partition("-")[0] == wanted:
        return 1
    return 2 if not language else 3


def shortened(iri: str) -> str:
    """Write an IRI with a prefix, where one is known."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
