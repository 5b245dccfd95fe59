"""The vocabulary and shapes that all cities share: where the files lie, and what they hold."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, URIRef

from sakata_lod.conversion import rdflib_graph
from sakata_lod.namespaces import OWL, SKOS


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file of triples that is the same for every city.

    name: the name of its page (`/ontology`) and of its named graph.
    iri: what the file describes; the IRIs in it begin with this IRI and a `#`.
    """

    name: str
    folder: str
    file: str
    iri: URIRef

    @property
    def path(self) -> Path:
        """Where it lies: in the installed package, or at the top of a checkout."""
        package = Path(__file__).parent
        installed = package / self.folder / self.file
        return installed if installed.exists() else package.parent / self.folder / self.file


ONTOLOGY = SharedFile("ontology", "ontology", "plan.ttl", URIRef("https://w3id.org/municipal-plan"))
CODES = SharedFile("codes", "ontology", "codes.ttl", URIRef("https://w3id.org/municipal-plan/codes"))
THEMES = SharedFile("themes", "ontology", "themes.ttl", URIRef("https://w3id.org/municipal-plan/themes"))
PLAN_SHAPES = SharedFile("shapes", "shapes", "plan.ttl", URIRef("https://w3id.org/municipal-plan/shapes"))
CODE_SHAPES = SharedFile(
    "code-shapes", "shapes", "codes.ttl", URIRef("https://w3id.org/municipal-plan/shapes/codes")
)
CATALOGUE_SHAPES = SharedFile(
    "catalogue-shapes", "shapes", "catalog.ttl", URIRef("https://w3id.org/municipal-plan/shapes/catalogue")
)
TABLE_RULES = SharedFile(
    "table-rules", "shapes", "tables.ttl", URIRef("https://w3id.org/municipal-plan/shapes/tables")
)
"""Rules for the form of tables: no shapes, for the data do not hold what they are about."""
CONTEXT = SharedFile(
    "context",
    "ontology",
    "context.jsonld",
    URIRef("https://w3id.org/municipal-plan/context.jsonld"),
)

SHARED_GRAPHS = (ONTOLOGY, CODES, THEMES)
"""The files whose triples every release holds, each in a named graph of its own."""

SITE_SHAPES = (PLAN_SHAPES, CODE_SHAPES)
"""The shapes of what a site says: known before any file is written."""

SHAPES = (*SITE_SHAPES, CATALOGUE_SHAPES)
"""The files of SHACL shapes."""


@cache
def content(shared: SharedFile) -> bytes:
    """Read a shared file, once: what is told of it later is told of the same bytes."""
    return shared.path.read_bytes()


@cache
def load(shared: SharedFile) -> Graph:
    """Parse a shared file. The graph is the same object at every call: do not change it."""
    triples = ox.parse(content(shared), format=ox.RdfFormat.TURTLE)
    return rdflib_graph(quad.triple for quad in triples)


def concepts(shared: SharedFile, scheme: URIRef) -> dict[str, URIRef]:
    """Tell the concepts of a scheme by their local names: {"achieved": code:achieved, …}."""
    found = load(shared).subjects(SKOS.inScheme, scheme)
    return {str(each).partition("#")[2]: each for each in found if isinstance(each, URIRef)}


def version() -> str:
    """The version of the vocabulary, as its `owl:versionInfo` says."""
    return str(load(ONTOLOGY).value(ONTOLOGY.iri, OWL.versionInfo))
