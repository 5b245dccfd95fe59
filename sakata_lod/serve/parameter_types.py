"""The types of the parameters of queries: what a client may write, and the term that it means."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Literal, URIRef

from sakata_lod.iris import NUMBER
from sakata_lod.namespaces import CODE, SKOS, XSD
from sakata_lod.serve.translation import LazyText, lazy_gettext
from sakata_lod.vocabulary import CODES, THEMES, SharedFile, concepts, load

Term = ox.NamedNode | ox.Literal
Option = tuple[str, str]
"""What is written, and what it is called in a language."""


@dataclass(frozen=True, slots=True)
class LiteralType:
    """Values that are literals. pattern: what may be written; choices: where that is a closed list.

    input: the type of an HTML form's field.
    """

    datatype: str
    pattern: str
    expected: LazyText
    choices: Sequence[str] = ()
    input: str = "text"

    def read(self, written: str) -> Term | None:
        """The term that is meant; None where what is written is not of this type."""
        if not re.fullmatch(self.pattern, written):
            return None
        return ox.Literal(written, datatype=ox.NamedNode(self.datatype))

    def written(self, term: Term) -> str:
        """How a client writes a term of this type."""
        return term.value

    def options(self, language: str) -> Sequence[Option]:  # noqa: ARG002 - they are their own names
        """What there is to choose from; empty where anything of the pattern may be written."""
        return [(each, each) for each in self.choices]


@dataclass(frozen=True, slots=True)
class ConceptType:
    """Values that are concepts of a scheme that all cities share, written as their local names."""

    shared: SharedFile
    scheme: URIRef
    expected: LazyText
    datatype: str = ""
    pattern: str = ""
    input: str = "text"

    @property
    def choices(self) -> Sequence[str]:
        """All that may be written."""
        return sorted(concepts(self.shared, self.scheme))

    def read(self, written: str) -> Term | None:
        """The term that is meant; None where what is written is not of this type."""
        iri = concepts(self.shared, self.scheme).get(written)
        return ox.NamedNode(str(iri)) if iri is not None else None

    def written(self, term: Term) -> str:
        """How a client writes a term of this type."""
        return term.value.rpartition("#")[2]

    def options(self, language: str) -> Sequence[Option]:
        """What there is to choose from, by its name in a language."""
        found = concepts(self.shared, self.scheme)
        named = [(name, self._label(iri, language) or name) for name, iri in found.items()]
        return sorted(named, key=lambda option: option[1])

    def _label(self, iri: URIRef, language: str) -> str:
        labels = load(self.shared).objects(iri, SKOS.prefLabel)
        said = (each for each in labels if isinstance(each, Literal) and each.language == language)
        return next((str(each) for each in said), "")


ParameterType = LiteralType | ConceptType

TYPES: Mapping[str, ParameterType] = {
    "year": LiteralType(str(XSD.gYear), r"[0-9]{4}", lazy_gettext("a year of four digits, such as 2021")),
    "number": LiteralType(
        str(XSD.string), NUMBER.pattern, lazy_gettext("a number of the plan, such as 2-1-2 or 3")
    ),
    "text": LiteralType(
        str(XSD.string), r"[^\x00-\x1f\x7f]{1,200}", lazy_gettext("a word, of 200 characters at most")
    ),
    "count": LiteralType(
        str(XSD.integer), r"[1-9][0-9]{0,8}", lazy_gettext("a whole number, 1 or more"), input="number"
    ),
    "language": LiteralType(
        str(XSD.string), "ja|en", lazy_gettext("a language: ja or en"), choices=("ja", "en")
    ),
    "achievement": ConceptType(
        CODES, CODE.achievement, lazy_gettext("an achievement: the name of its code, such as achieved")
    ),
    "theme": ConceptType(THEMES, THEMES.iri, lazy_gettext("a theme: its name, such as wi-fi")),
}
"""By the name that a query's header calls it by."""
