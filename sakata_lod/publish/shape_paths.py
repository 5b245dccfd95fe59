"""SHACL property paths → SPARQL's notation."""

from rdflib import Graph, URIRef
from rdflib.term import Node

from sakata_lod.namespaces import RDF, SH

_SUFFIXES = ((SH.zeroOrMorePath, "*"), (SH.oneOrMorePath, "+"), (SH.zeroOrOnePath, "?"))


def path_text(shapes: Graph, path: Node) -> str:
    """Write a path as SPARQL does, with whole IRIs: `^<…#measure>`, `<…#division>/<…#inScheme>`.

    Raises: ValueError: it is no path of SHACL.
    """
    if isinstance(path, URIRef):
        return path.n3()
    if (path, RDF.first, None) in shapes:
        return "/".join(_step(shapes, each) for each in shapes.items(path))
    inverse = shapes.value(path, SH.inversePath)
    if inverse is not None:
        return f"^{_step(shapes, inverse)}"
    alternatives = shapes.value(path, SH.alternativePath)
    if alternatives is not None:
        return "|".join(_step(shapes, each) for each in shapes.items(alternatives))
    for predicate, suffix in _SUFFIXES:
        inner = shapes.value(path, predicate)
        if inner is not None:
            return f"{_step(shapes, inner)}{suffix}"
    raise ValueError(f"{path.n3()} is no SHACL property path")


def _step(shapes: Graph, path: Node) -> str:
    """A path inside another: in brackets where it has several steps itself."""
    text = path_text(shapes, path)
    several = (path, RDF.first, None) in shapes or (path, SH.alternativePath, None) in shapes
    return f"({text})" if several else text
