"""Where no register of departments is at hand: every name is taken for a department's."""

from dataclasses import dataclass

from rdflib import Graph, Literal

from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import ORG, RDF, SKOS
from sakata_lod.publish.departments import DepartmentRegister
from sakata_lod.site import DepartmentWords


@dataclass(frozen=True, slots=True)
class OpenRegister(DepartmentRegister):
    """Gives each name that is asked for a department, unless it ends in the word for "and others"."""

    others_suffix: str | None = None

    @classmethod
    def of(cls, words: DepartmentWords) -> "OpenRegister":
        """An empty one, for tables with these words."""
        return cls(Graph(), "", {}, others_suffix=words.others_suffix)

    def slug(self, spelling: str) -> str | None:
        """The department of that name, from now on if there was none."""
        name = " ".join(spelling.split())
        if self.others_suffix and name.endswith(self.others_suffix):
            return None
        return self.slugs.setdefault(name, f"d{len(self.slugs) + 1}")

    def filled(self, publisher: str, iris: IriSpace) -> DepartmentRegister:
        """What was asked for, as a register. publisher: the code of the city that the departments are of."""
        graph = Graph()
        for name, slug in self.slugs.items():
            it = iris.department(slug)
            graph.add((it, RDF.type, ORG.OrganizationalUnit))
            graph.add((it, SKOS.prefLabel, Literal(name, lang="ja")))
            graph.add((it, SKOS.prefLabel, Literal(slug, lang="en")))
            graph.add((it, ORG.unitOf, iris.organization(publisher)))
        return DepartmentRegister(graph, "", dict(self.slugs))
