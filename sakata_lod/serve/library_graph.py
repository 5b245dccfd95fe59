"""The query library as RDF, in SHACL's terms for queries and parameters, as other collections tell theirs.

Columns are told in CSVW's terms, for a SELECT's result is a table. No node is blank.
"""

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from sakata_lod.namespaces import CSVW, DCTERMS, OWL, RDF, RDFS, SH, XSD
from sakata_lod.serve.parameter_types import Term
from sakata_lod.serve.query_library import LibraryQuery, Parameter, Words

_Said = tuple[str, str, Term]


def library_graph(about: str, library: Mapping[str, LibraryQuery], licence: str) -> list[ox.Triple]:
    """Tell of the queries. about: the IRI of the library; those of its queries begin with it and a `#`."""
    said = [*_whole(about, library, licence)]
    for each in library.values():
        said += _query(about, each)
    return [ox.Triple(ox.NamedNode(subject), _node(predicate), value) for subject, predicate, value in said]


def _whole(about: str, library: Mapping[str, LibraryQuery], licence: str) -> Iterator[_Said]:
    yield about, RDF.type, _node(OWL.Ontology)
    yield about, DCTERMS.title, ox.Literal("例示の問い合わせ", language="ja")
    yield about, DCTERMS.title, ox.Literal("Example queries", language="en")
    yield about, DCTERMS.license, _node(licence)
    prefixes = {name: space for each in library.values() for name, space in each.prefixes.items()}
    for name, space in sorted(prefixes.items()):
        declared = f"{about}#prefix/{name}"
        yield about, SH.declare, _node(declared)
        yield declared, RDF.type, _node(SH.PrefixDeclaration)
        yield declared, SH.prefix, ox.Literal(name)
        yield declared, SH.namespace, ox.Literal(space, datatype=_node(XSD.anyURI))


def _query(about: str, query: LibraryQuery) -> Iterator[_Said]:
    iri = f"{about}#{query.name}"
    yield iri, RDF.type, _node(SH.SPARQLExecutable)
    yield iri, RDF.type, _node(SH.SPARQLSelectExecutable)
    yield iri, DCTERMS.isPartOf, _node(about)
    yield iri, DCTERMS.identifier, ox.Literal(query.name)
    yield from _named(iri, RDFS.label, query.question)
    yield from _named(iri, RDFS.comment, query.about)
    yield iri, SH.prefixes, _node(about)
    yield iri, SH.select, ox.Literal(query.text)
    for place, parameter in enumerate(query.parameters.values(), 1):
        node = f"{iri}/parameter/{parameter.name}"
        yield iri, SH.parameter, _node(node)
        yield from _parameter(node, f"{about}#parameter/{parameter.name}", parameter)
        yield node, SH.order, ox.Literal(place)
    for place, (name, words) in enumerate(query.columns.items(), 1):
        column = f"{iri}/column/{name}"
        yield iri, CSVW.column, _node(column)
        yield column, RDF.type, _node(CSVW.Column)
        yield column, CSVW.name, ox.Literal(name)
        yield from _named(column, CSVW.title, words)
        yield column, SH.order, ox.Literal(place)


def _parameter(node: str, path: str, parameter: Parameter) -> Iterator[_Said]:
    """A parameter. path: SHACL takes the variable's name from its end."""
    yield node, RDF.type, _node(SH.Parameter)
    yield node, SH.path, _node(path)
    yield from _named(node, SH.name, parameter.words)
    yield node, SH.defaultValue, parameter.default
    yield node, SH.optional, ox.Literal(True)  # noqa: FBT003
    if parameter.type.datatype:
        yield node, SH.datatype, _node(parameter.type.datatype)
        yield node, SH.pattern, ox.Literal(f"^(?:{parameter.type.pattern})$")
    else:
        yield node, SH.nodeKind, _node(SH.IRI)


def _named(subject: str, predicate: str, words: Words) -> Iterator[_Said]:
    yield subject, predicate, ox.Literal(words.ja, language="ja")
    yield subject, predicate, ox.Literal(words.en, language="en")


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(str(iri))
