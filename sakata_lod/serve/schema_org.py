"""A dataset as schema.org's `Dataset`, for search engines that look for data.

What each property is for: https://developers.google.com/search/docs/appearance/structured-data/dataset.
"""

from collections.abc import Sequence
from typing import Any

import pyoxigraph as ox

from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCAT, DCTERMS, FOAF, RDFS, SKOS, SPDX, VCARD
from sakata_lod.serve.catalogue import Entry
from sakata_lod.serve.told import Told

_LONGEST_DESCRIPTION = 5000
"""Signs; search engines take no more."""


def schema_org(entry: Entry, triples: Sequence[ox.Triple], iris: IriSpace, language: str) -> dict[str, Any]:
    """Describe a dataset of the catalogue in a language."""
    told = Told(triples, language)
    it, page = entry.iri, str(iris.dataset_page(entry.name))
    described: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": it,
        "name": told.text(it, DCTERMS.title),
        "description": told.text(it, DCTERMS.description)[:_LONGEST_DESCRIPTION],
        "url": page,
        "identifier": [entry.name, it],
        "sameAs": it,
        "inLanguage": _languages(told, it),
        "isAccessibleForFree": True,
        "license": told.iri(it, DCTERMS.license),
        "keywords": told.texts(it, DCAT.keyword),
        "creator": _organization(told, it),
        "publisher": _organization(told, it),
        "dateModified": entry.modified,
        "datePublished": told.text(it, DCTERMS.issued),
        "version": told.text(it, DCAT.version),
        "temporalCoverage": _period(told, it),
        "spatialCoverage": _place(told, it),
        "variableMeasured": told.names(it, DCAT.theme),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": str(iris.catalogue()),
            "url": str(iris.catalogue_page()),
        },
        "distribution": [_download(told, each) for each in told.iris(it, DCAT.distribution)],
    }
    return {name: value for name, value in described.items() if value}


def _languages(told: Told, it: str) -> list[str]:
    """By their codes in BCP 47, which the EU's three letters abbreviate."""
    codes = {"JPN": "ja", "ENG": "en"}
    return [codes[each.rpartition("/")[2]] for each in told.iris(it, DCTERMS.language)]


def _organization(told: Told, it: str) -> dict[str, Any]:
    by = told.iri(it, DCTERMS.publisher)
    contact = told.iri(it, DCAT.contactPoint)
    known = {
        "@type": "GovernmentOrganization",
        "@id": by,
        "name": told.text(by, FOAF.name),
        "url": told.iri(by, FOAF.homepage),
        "contactPoint": _contact(told, contact) if contact else None,
    }
    return {name: value for name, value in known.items() if value}


def _contact(told: Told, contact: str) -> dict[str, Any]:
    known = {
        "@type": "ContactPoint",
        "name": told.text(contact, VCARD.fn),
        "email": told.iri(contact, VCARD.hasEmail).removeprefix("mailto:"),
        "telephone": told.iri(contact, VCARD.hasTelephone).removeprefix("tel:"),
        "url": told.iri(contact, VCARD.hasURL),
    }
    return {name: value for name, value in known.items() if value}


def _period(told: Told, it: str) -> str:
    """A closed interval, as ISO 8601 writes it."""
    period = told.iri(it, DCTERMS.temporal)
    return f"{told.text(period, DCAT.startDate)}/{told.text(period, DCAT.endDate)}" if period else ""


def _place(told: Told, it: str) -> dict[str, Any]:
    place = told.iri(it, DCTERMS.spatial)
    name = told.text(place, SKOS.prefLabel) if place else ""
    return {"@type": "Place", "name": name, "sameAs": told.iris(place, RDFS.seeAlso)} if name else {}


def _download(told: Told, it: str) -> dict[str, Any]:
    media_type = told.iri(it, DCAT.mediaType)
    return {
        "@type": "DataDownload",
        "name": told.text(it, DCTERMS.title),
        "encodingFormat": told.text(media_type, RDFS.label),
        "contentUrl": told.iri(it, DCAT.downloadURL),
        "contentSize": f"{told.text(it, DCAT.byteSize)} B",
        "sha256": told.text(told.iri(it, SPDX.checksum), SPDX.checksumValue),
        "license": told.iri(it, DCTERMS.license),
    }
