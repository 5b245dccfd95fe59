"""The catalogue in Project Open Data's JSON (DCAT-US 1.1), as CKAN's DCAT JSON harvester reads it.

https://resources.data.gov/resources/dcat-us/. The harvester asks for page after page until one is not there.
"""

from sakata_lod.serve.ckan.index import PackageIndex
from sakata_lod.serve.ckan.package import Data

DATASETS_A_PAGE = 100

_SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"


def dcat_json(index: PackageIndex, number: int) -> Data | None:
    """Write a page of the catalogue, from 1; None past the last. An empty catalogue has one empty page."""
    names = sorted(index.packages)[(number - 1) * DATASETS_A_PAGE : number * DATASETS_A_PAGE]
    if not names and number > 1:
        return None
    return {
        "@context": f"{_SCHEMA}/catalog.jsonld",
        "@id": f"{index.base}dcat.json",
        "@type": "dcat:Catalog",
        "conformsTo": _SCHEMA,
        "describedBy": f"{_SCHEMA}/catalog.json",
        "dataset": [_dataset(index.packages[each].data()) for each in names],
    }


def _dataset(package: Data) -> Data:
    extras = {each["key"]: each["value"] for each in package["extras"]}
    contact = {"@type": "vcard:Contact", "fn": package["maintainer"]}
    if package["maintainer_email"]:
        contact["hasEmail"] = f"mailto:{package['maintainer_email']}"
    told = {
        "@type": "dcat:Dataset",
        "identifier": extras["uri"],
        "title": package["title"],
        "description": package["notes"],
        "keyword": [each["name"] for each in package["tags"]],
        "issued": f"{package['metadata_created']}Z",
        "modified": f"{package['metadata_modified']}Z",
        "publisher": {
            "@type": "org:Organization",
            "name": package["organization"]["title"],
            "identifier": package["organization"]["name"],
        },
        "contactPoint": contact,
        "accessLevel": "public",
        "landingPage": package["url"],
        "license": package["license_url"],
        "rights": extras.get("rights"),
        "language": extras.get("language", "ja").split(","),
        "spatial": extras.get("spatial"),
        "temporal": extras.get("temporal"),
        "theme": [each["title"] for each in package["groups"]],
        "distribution": [_distribution(each) for each in package["resources"]],
    }
    return {name: value for name, value in told.items() if value}


def _distribution(resource: Data) -> Data:
    return {
        "@type": "dcat:Distribution",
        "title": resource["name"],
        "description": resource["description"],
        "downloadURL": resource["url"],
        "mediaType": resource["mimetype"],
        "format": resource["format"],
        "byteSize": resource["size"],
    }
