"""A dataset of the catalogue → CKAN's package: https://docs.ckan.org/en/latest/api/.

In Japanese, as the catalogues are that harvest it; its English title and description are extras. The other
extras are those that data.e-gov.go.jp has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCAT, DCTERMS, FOAF, RDFS, SKOS, SPDX, VCARD
from sakata_lod.serve.catalogue import Entry
from sakata_lod.serve.ckan.terms import CkanLicence, id_of, licence_of, moment_of, name_of
from sakata_lod.serve.told import Told

Data = dict[str, Any]

_LANGUAGES = {"JPN": "ja", "ENG": "en"}
"""Codes of the EU's list of languages, in BCP 47."""


@dataclass(frozen=True, slots=True)
class PackageMaker:
    """Makes packages of what the catalogue says. triples: of all datasets that are asked for."""

    told: Told
    english: Told
    iris: IriSpace

    @classmethod
    def of(cls, triples: Sequence[ox.Triple], iris: IriSpace) -> "PackageMaker":
        """Read the triples."""
        told = Told(triples, "ja")
        return cls(told, told.in_language("en"), iris)

    def package(self, entry: Entry) -> Data:
        """Make the package of a dataset; when it was modified is for the index to say."""
        told, it = self.told, entry.iri
        publisher, contact = told.iri(it, DCTERMS.publisher), told.iri(it, DCAT.contactPoint)
        tags, groups = (
            _tags(told.texts(it, DCAT.keyword), self.english.texts(it, DCAT.keyword)),
            self._groups(it),
        )
        resources = [
            self._resource(entry, each, position)
            for position, each in enumerate(told.iris(it, DCAT.distribution))
        ]
        organization = self.organization(publisher)
        return {
            "id": id_of(it),
            "name": entry.name,
            "title": told.text(it, DCTERMS.title),
            "notes": told.text(it, DCTERMS.description),
            "url": str(self.iris.dataset_page(entry.name)),
            "version": told.text(it, DCAT.version) or None,
            "author": told.text(publisher, FOAF.name),
            "author_email": None,
            "maintainer": told.text(contact, VCARD.fn) or None,
            "maintainer_email": told.iri(contact, VCARD.hasEmail).removeprefix("mailto:") or None,
            **self._licence(it),
            "metadata_created": moment_of(told.text(it, DCTERMS.issued) or entry.modified),
            "private": False,
            "state": "active",
            "type": "dataset",
            "organization": organization,
            "owner_org": organization["id"],
            "tags": tags,
            "num_tags": len(tags),
            "groups": groups,
            "extras": self._extras(entry, publisher, contact),
            "resources": resources,
            "num_resources": len(resources),
        }

    def organization(self, iri: str) -> Data:
        """Make the organization of a publisher, whose name is its 全国地方公共団体コード."""
        title = self.told.text(iri, FOAF.name)
        return {
            "id": id_of(iri),
            "name": name_of(self.told.text(iri, DCTERMS.identifier)),
            "title": title,
            "description": self.told.iri(iri, FOAF.homepage),
            "image_url": "",
            "is_organization": True,
            "type": "organization",
            "approval_status": "approved",
            "state": "active",
            "created": moment_of(self.told.text(str(self.iris.catalogue()), DCTERMS.issued)),
        }

    def _licence(self, it: str) -> Data:
        iri, licence = self._ckan_licence(it)
        return {
            "license_id": licence.id,
            "license_title": licence.title,
            "license_url": iri,
            "isopen": licence.open,
        }

    def _ckan_licence(self, it: str) -> tuple[str, CkanLicence]:
        iri = self.told.iri(it, DCTERMS.license)
        return iri, licence_of(iri, self.told.text(iri, DCTERMS.title))

    def _groups(self, it: str) -> list[Data]:
        """The themes of a dataset, as groups."""
        titles = {each: self.told.text(each, SKOS.prefLabel) for each in self.told.iris(it, DCAT.theme)}
        return [
            {
                "id": id_of(theme),
                "name": name_of(theme.replace("#", "/").rpartition("/")[2]),
                "title": title,
                "display_name": title,
                "description": theme,
                "image_display_url": "",
            }
            for theme, title in titles.items()
            if title
        ]

    def _extras(self, entry: Entry, publisher: str, contact: str) -> list[Data]:
        told, it = self.told, entry.iri
        period = told.iri(it, DCTERMS.temporal)
        values = {
            "contactPoint": told.text(contact, VCARD.fn),
            "frequency_of_update": ", ".join(told.names(it, DCTERMS.accrualPeriodicity)),
            "identifier": entry.name,
            "landingPage": str(self.iris.dataset_page(entry.name)),
            "language": self._languages(it),
            "notes_en": self.english.text(it, DCTERMS.description),
            "publisher": told.text(publisher, FOAF.name),
            "rights": ", ".join(told.names(it, DCTERMS.rights)),
            "spatial": ", ".join(told.names(it, DCTERMS.spatial)),
            "temporal": _interval(told, period) if period else "",
            "title_en": self.english.text(it, DCTERMS.title),
            "uri": it,
        }
        return [{"key": key, "value": value} for key, value in values.items() if value]

    def _languages(self, it: str) -> str:
        codes = (each.rpartition("/")[2] for each in self.told.iris(it, DCTERMS.language))
        return ",".join(sorted((_LANGUAGES.get(each, each.lower()) for each in codes), reverse=True))

    def _resource(self, entry: Entry, it: str, position: int) -> Data:
        told = self.told
        url = told.iri(it, DCAT.downloadURL)
        checksum = told.iri(it, SPDX.checksum)
        iri, licence = self._ckan_licence(it)
        return {
            "id": id_of(it),
            "package_id": id_of(entry.iri),
            "position": position,
            "name": told.text(it, DCTERMS.title),
            "description": told.text(it, DCTERMS.description),
            "url": url,
            "url_type": None,
            "resource_type": "file",
            "format": told.text(told.iri(it, DCTERMS["format"]), RDFS.label),
            "mimetype": told.text(told.iri(it, DCAT.mediaType), RDFS.label),
            "size": int(told.text(it, DCAT.byteSize) or 0),
            "hash": told.text(checksum, SPDX.checksumValue),
            "hash_algorithm": told.iri(checksum, SPDX.algorithm),
            "created": moment_of(told.text(it, DCTERMS.issued) or entry.modified),
            "last_modified": moment_of(told.text(it, DCTERMS.modified) or entry.modified),
            "metadata_modified": moment_of(told.text(it, DCTERMS.modified) or entry.modified),
            "language": self._languages(it),
            "copyright": licence.title,
            "terms_and_conditions": iri,
            "state": "active",
        }


def _tags(*keywords: Sequence[str]) -> list[Data]:
    """Keywords, each once whatever its language, as tags."""
    names = sorted({each for some in keywords for each in some})
    return [{"name": each, "display_name": each, "state": "active", "vocabulary_id": None} for each in names]


def _interval(told: Told, period: str) -> str:
    return f"{told.text(period, DCAT.startDate)}/{told.text(period, DCAT.endDate)}"
