"""Whole numbers, as they were published: Oxigraph keeps those of every type as xsd:integer.

What a query answers with stays as the engine has it; documents have the type that the release has.
"""

import pyoxigraph as ox

from sakata_lod.namespaces import DCAT, XSD

_TYPES = {ox.NamedNode(str(DCAT.byteSize)): ox.NamedNode(str(XSD.nonNegativeInteger))}
"""By property: the types of whole numbers, other than xsd:integer, that releases have."""


def as_published(triple: ox.Triple) -> ox.Triple:
    """Give a triple's whole number the type that it was published with."""
    predicate, value = triple.predicate, triple.object
    if predicate not in _TYPES or not isinstance(value, ox.Literal):
        return triple
    return ox.Triple(triple.subject, predicate, ox.Literal(value.value, datatype=_TYPES[predicate]))
