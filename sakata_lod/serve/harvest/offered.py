"""A dataset as a harvester takes it, whatever it was told in."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from sakata_lod.namespaces import DCAT, DCTERMS, RDF, RDFS
from sakata_lod.serve.told import Told


@dataclass(frozen=True, slots=True)
class Offered:
    """A dataset as it would be stored. size: bytes, of all its files. organization: its name.

    extras: the keys of CKAN's extras.
    """

    id: str
    name: str
    title: str
    licence: str
    tags: tuple[str, ...]
    formats: tuple[str, ...]
    urls: tuple[str, ...]
    size: int
    modified: str = ""
    organization: str = ""
    extras: tuple[str, ...] = ()


def of_package(package: Mapping[str, Any]) -> Offered:
    """What a CKAN takes from another's package."""
    resources = _objects(package.get("resources"))
    organization = package.get("organization")
    return Offered(
        id=_text(package.get("id")),
        name=_text(package.get("name")),
        title=_text(package.get("title")),
        licence=_text(package.get("license_title") or package.get("license_id")),
        tags=tuple(_text(each.get("name")) for each in _objects(package.get("tags"))),
        formats=_each_once(_text(each.get("format")) for each in resources),
        urls=tuple(_text(each.get("url")) for each in resources),
        size=sum(_whole(each.get("size")) for each in resources),
        modified=_text(package.get("metadata_modified")),
        organization=_text(organization.get("name")) if isinstance(organization, dict) else "",
        extras=tuple(_text(each.get("key")) for each in _objects(package.get("extras"))),
    )


def of_dcat_json(dataset: Mapping[str, Any]) -> Offered:
    """What a CKAN takes from DCAT-US."""
    files = _objects(dataset.get("distribution"))
    keywords = dataset.get("keyword")
    identifier = _text(dataset.get("identifier"))
    return Offered(
        id=identifier,
        name=identifier,
        title=_text(dataset.get("title")),
        licence=_text(dataset.get("license")),
        tags=tuple(map(_text, keywords)) if isinstance(keywords, list) else (),
        formats=_each_once(_text(each.get("format") or each.get("mediaType")) for each in files),
        urls=tuple(_text(each.get("downloadURL") or each.get("accessURL")) for each in files),
        size=sum(_whole(each.get("byteSize")) for each in files),
        modified=_text(dataset.get("modified")),
    )


def of_rdf(triples: list[ox.Triple]) -> list[Offered]:
    """What a CKAN takes from DCAT in RDF: every dcat:Dataset."""
    told = Told(triples, "ja")
    wanted = ox.NamedNode(str(DCAT.Dataset))
    datasets = {
        each.subject.value
        for each in triples
        if each.predicate.value == str(RDF.type)
        and each.object == wanted
        and isinstance(each.subject, ox.NamedNode)
    }
    return [_of_dataset(told, each) for each in sorted(datasets)]


def _of_dataset(told: Told, it: str) -> Offered:
    files = told.iris(it, DCAT.distribution)
    licences = [told.iri(each, DCTERMS.license) for each in (*files, it)]
    licence = next((each for each in licences if each), "")
    formats = (told.iri(each, DCTERMS["format"]) or told.iri(each, DCAT.mediaType) for each in files)
    urls = (told.iri(each, DCAT.downloadURL) or told.iri(each, DCAT.accessURL) for each in files)
    return Offered(
        id=it,
        name=told.text(it, DCTERMS.identifier) or it,
        title=told.text(it, DCTERMS.title),
        licence=(told.text(licence, DCTERMS.title) if licence else "") or licence,
        tags=tuple(told.texts(it, DCAT.keyword)),
        formats=_each_once(told.text(each, RDFS.label) or each for each in formats if each),
        urls=tuple(urls),
        size=sum(_whole(told.text(each, DCAT.byteSize)) for each in files),
        modified=told.text(it, DCTERMS.modified),
    )


def read_json(content: bytes) -> object:
    """Read JSON; None where it is none."""
    try:
        found: object = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found


def _objects(listed: object) -> list[Mapping[str, Any]]:
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in texts if each))
