"""What the dataset of a federation holds, counted (VoID): the whole, and each city as a part of it.

A city's own description, in its own file, says more of it.
"""

from collections.abc import Mapping
from itertools import chain

from rdflib import Graph, Literal, URIRef

from sakata_lod.conversion import filled, new_graph
from sakata_lod.formats import N_QUADS
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, RDF, VOID
from sakata_lod.publish import wording
from sakata_lod.publish.catalogue_statements import texts
from sakata_lod.publish.contents import Contents
from sakata_lod.publish.graph import Triples
from sakata_lod.publish.void_statements import (
    Described,
    Dump,
    counted,
    dataset_of,
    document,
    numbers,
    vocabularies,
    whole,
)
from sakata_lod.release import DATASET, ReleaseMember
from sakata_lod.site import Federation, Text


def federation_void(
    federation: Federation, cities: Mapping[str, tuple[ReleaseMember, Contents]], shared: Contents
) -> Graph:
    """Describe the dataset of a federation. cities: by code. shared: what no city has by itself."""
    iris = IriSpace(federation.base_iri, frozenset(cities))
    it = dataset_of(iris)
    contents = sum((each for _, each in cities.values()), shared)
    described = Described(
        words=wording.catalogue(federation.file.name),
        publisher=iris.association(),
        licence=URIRef(federation.file.licence.iri),
        modified=max(member.last_modified for member, _ in cities.values()),
        uri_space=iris.base,
        dumps=(Dump(DATASET, N_QUADS),),
    )
    parts = (
        document(described, iris),
        whole(described, iris),
        vocabularies(it, contents),
        counted(it, contents),
        *(_city(member, held, iris) for member, held in cities.values()),
    )
    return filled(new_graph(), chain.from_iterable(parts))


def _city(member: ReleaseMember, contents: Contents, iris: IriSpace) -> Triples:
    """A city, as a part of the whole, by the IRI that its own description has."""
    own = iris.city(member.code)
    it = dataset_of(own)
    yield dataset_of(iris), VOID.subset, it
    yield it, RDF.type, VOID.Dataset
    yield from texts(it, DCTERMS.title, Text.model_validate(member.publisher))
    yield it, DCTERMS.publisher, own.organization(member.code)
    yield it, DCTERMS.license, URIRef(member.licence)
    yield it, VOID.uriSpace, Literal(f"{own.base}id/")
    yield from numbers(it, contents)
