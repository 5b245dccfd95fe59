"""The vocabulary and the shapes that all cities share, as this server shows them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from sakata_lod.formats import TURTLE, Format
from sakata_lod.namespaces import DCTERMS, SKOS
from sakata_lod.serialization import canonical, serialize
from sakata_lod.serve.labels import Text
from sakata_lod.vocabulary import CODES, ONTOLOGY, SHAPES, THEMES, SharedFile

PAGES: Mapping[str, Sequence[SharedFile]] = {
    "ontology": (ONTOLOGY,),
    "codes": (CODES,),
    "themes": (THEMES,),
    "shapes": SHAPES,
}
"""The address of each, and the files that it tells."""

_IN_SCHEME = ox.NamedNode(str(SKOS.inScheme))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The triples of one page's files. digest: of the files; modified: the day that the first one names."""

    iri: str
    triples: Sequence[ox.Triple]
    turtle: bytes
    digest: str
    modified: str | None

    def write(self, form: Format) -> bytes:
        """Write it in a graph format; in Turtle as its authors wrote it."""
        return self.turtle if form is TURTLE else serialize(self.triples, form, self.iri)

    def about(self, predicate: str, language: str) -> Text | None:
        """What the vocabulary says of itself, in a language."""
        return _best(self.triples, self.iri, predicate, language)


@cache
def load_vocabulary(name: str) -> Vocabulary:
    """Read the files of a page."""
    files = [each.path.read_bytes() for each in PAGES[name]]
    triples = [
        quad.triple
        for content in files
        for quad in ox.parse(content, ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    ]
    digest = hashlib.sha256(b"".join(files)).hexdigest()[:16]
    iri = str(PAGES[name][0].iri)
    modified = _best(triples, iri, str(DCTERMS.modified), "")
    return Vocabulary(
        iri, canonical(triples), b"\n".join(files), digest, modified.value if modified else None
    )


def shared_concepts() -> list[str]:
    """The shared codes and themes: each has a page of its own."""
    found = {
        each.subject.value
        for name in ("codes", "themes")
        for each in load_vocabulary(name).triples
        if each.predicate == _IN_SCHEME and isinstance(each.subject, ox.NamedNode)
    }
    return sorted(found)


def _best(triples: Iterable[ox.Triple], subject: str, predicate: str, language: str) -> Text | None:
    found = [
        Text(each.object.value, each.object.language or "")
        for each in triples
        if isinstance(each.object, ox.Literal)
        and each.predicate.value == predicate
        and isinstance(each.subject, ox.NamedNode)
        and each.subject.value == subject
    ]
    return next((each for each in found if each.language == language), found[0] if found else None)
