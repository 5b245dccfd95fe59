"""The names that reconciliation knows things by, and which division is within which: found in one pass.

The same as the server's queries `reconcilable` and `broader-divisions` find over all cities.
"""

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from sakata_lod.namespaces import CODE, DCTERMS, ORG, PLAN, RDF, SKOS
from sakata_lod.serialization import SortedGraph
from sakata_lod.vocabulary import THEMES

_TYPES = {
    str(RDF.type): {
        str(each)
        for each in (
            PLAN.Measure, PLAN.Plan, PLAN.Division, PLAN.FiscalYear,
            ORG.OrganizationalUnit, ORG.FormalOrganization,
        )
    },
    str(SKOS.inScheme): {str(each) for each in (CODE.achievement, CODE.response, THEMES.iri)},
}  # fmt: skip
"""By which property a thing says what it is, of what reconciliation knows."""
_NAMING = {
    str(each)
    for each in (
        DCTERMS.title, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, DCTERMS.identifier, SKOS.notation,
    )
}  # fmt: skip


def names_in(graph: SortedGraph) -> Iterator[tuple[str, str, str, str, str]]:
    """The names of things: entity, type, the property that names it, name, its language."""
    types: dict[str, list[str]] = defaultdict(list)
    named: list[tuple[str, str, ox.Literal]] = []
    for (subject, predicate, it), triple in zip(graph.texts, graph, strict=True):
        if it[1:-1] in _TYPES.get(predicate, ()):
            types[subject].append(it[1:-1])
        elif predicate in _NAMING and isinstance(triple.object, ox.Literal):
            named.append((subject, predicate, triple.object))
    for subject, predicate, name in named:
        for type_ in types.get(subject, ()):
            yield subject, type_, predicate, name.value, name.language or ""


def broader_divisions(graph: SortedGraph) -> Iterator[tuple[str, str]]:
    """Each division, and the one that it is directly within."""
    divisions = {
        subject
        for subject, predicate, it in graph.texts
        if predicate == str(RDF.type) and it == f"<{PLAN.Division}>"
    }
    for subject, predicate, it in graph.texts:
        if predicate == str(SKOS.broader) and subject in divisions and it.startswith("<"):
            yield subject, it[1:-1]
