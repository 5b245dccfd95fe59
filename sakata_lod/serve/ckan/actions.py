"""The actions that read, by their names in CKAN: https://docs.ckan.org/en/latest/api/#get-able-api-functions."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from sakata_lod import __version__
from sakata_lod.errors import NotInCatalogue, UnknownAction
from sakata_lod.serve.ckan.fields import normalized
from sakata_lod.serve.ckan.index import Package, PackageIndex
from sakata_lod.serve.ckan.package import Data
from sakata_lod.serve.ckan.parameters import Parameters
from sakata_lod.serve.ckan.search import MOST_ROWS, package_search

Action = Callable[[PackageIndex, Parameters], Any]

CKAN_VERSION = "2.12.0"
"""The CKAN whose answers these are like, and whose harvester the tests have read them."""

_MOST_PACKAGES = 10
"""Packages that a description of an organization or a group includes, as in CKAN."""


def package_list(index: PackageIndex, parameters: Parameters) -> list[str]:
    """List the names of all packages. limit, offset."""
    return _part(sorted(index.packages), parameters)


def package_show(index: PackageIndex, parameters: Parameters) -> Data:
    """Show a package. id: its id or name."""
    return _package(index, parameters.required("id")).data()


def resource_show(index: PackageIndex, parameters: Parameters) -> Data:
    """Show a file of a package. id: the resource's."""
    wanted = parameters.required("id")
    if wanted not in index.by_resource:
        raise NotInCatalogue(wanted)
    resources: list[Data] = index.by_resource[wanted].data()["resources"]
    return next(each for each in resources if each["id"] == wanted)


def current_package_list_with_resources(index: PackageIndex, parameters: Parameters) -> list[Data]:
    """List packages whole, those modified last first. limit (at most 1000), offset."""
    ordered = sorted(
        sorted(index.packages.values(), key=lambda each: each.name),
        key=lambda each: each.fields["metadata_modified"],
        reverse=True,
    )
    return [each.data() for each in _part(ordered, parameters)[:MOST_ROWS]]


def organization_list(index: PackageIndex, parameters: Parameters) -> list[Any]:
    """List the names of the organizations; with all_fields, the organizations. limit, offset."""
    return _collections(index, index.organizations, parameters, "organization")


def organization_show(index: PackageIndex, parameters: Parameters) -> Data:
    """Show an organization. id: its id or name. include_datasets: with ten of its packages."""
    return _collection(index, index.organizations, parameters, "organization")


def group_list(index: PackageIndex, parameters: Parameters) -> list[Any]:
    """List the names of the groups, which are themes; with all_fields, the groups. limit, offset."""
    return _collections(index, index.groups, parameters, "groups")


def group_show(index: PackageIndex, parameters: Parameters) -> Data:
    """Show a group. id: its id or name. include_datasets: with ten of its packages."""
    return _collection(index, index.groups, parameters, "groups")


def tag_list(index: PackageIndex, parameters: Parameters) -> list[Any]:
    """List all tags; query: those that have this in them; all_fields: as objects."""
    sought = normalized(parameters.text("query"))
    names = sorted({
        tag for each in index.packages.values() for tag in each.fields["tags"] if sought in normalized(tag)
    })  # fmt: skip
    if not parameters.flag("all_fields"):
        return names
    return [{"name": each, "display_name": each, "vocabulary_id": None} for each in names]


def license_list(index: PackageIndex, _parameters: Parameters) -> list[Data]:
    """List the licences that packages here have."""
    found: dict[str, Data] = {}
    for each in index.packages.values():
        data = each.data()
        found[data["license_id"]] = {
            "id": data["license_id"],
            "title": data["license_title"],
            "url": data["license_url"],
            "status": "active",
            "is_okd_compliant": data["isopen"],
            "od_conformance": "approved" if data["isopen"] else "not reviewed",
        }
    return [found[each] for each in sorted(found)]


def status_show(index: PackageIndex, _parameters: Parameters) -> Data:
    """Tell what answers here: no CKAN, but this software, which answers as one does."""
    return {
        "ckan_version": CKAN_VERSION,
        "site_url": index.base,
        "site_title": index.title,
        "site_description": index.description,
        "locale_default": "ja",
        "error_emails_to": None,
        "extensions": [],
        "software": f"sakata-lod {__version__}",
    }


def site_read(_index: PackageIndex, _parameters: Parameters) -> bool:
    """Tell whether the catalogue may be read: it may."""
    return True


def help_show(_index: PackageIndex, parameters: Parameters) -> str:
    """Tell what an action does. name: the action's."""
    return action(parameters.required("name")).__doc__ or ""


ACTIONS: Mapping[str, Action] = {
    each.__name__: each
    for each in (
        package_search, package_list, package_show, resource_show, current_package_list_with_resources,
        organization_list, organization_show, group_list, group_show, tag_list, license_list, status_show,
        site_read, help_show,
    )
}  # fmt: skip


def action(name: str) -> Action:
    """Find an action. Raises: UnknownAction."""
    if name not in ACTIONS:
        raise UnknownAction(name)
    return ACTIONS[name]


def _package(index: PackageIndex, wanted: str) -> Package:
    found = index.packages.get(wanted) or index.by_id.get(wanted)
    if found is None:
        raise NotInCatalogue(wanted)
    return found


def _collections(
    index: PackageIndex, among: Mapping[str, Data], parameters: Parameters, field: str
) -> list[Any]:
    names = _part(sorted(among), parameters)
    if not parameters.flag("all_fields"):
        return names
    counts = Counter(name for each in index.packages.values() for name in each.fields.get(field, ()))
    return [_described(among[name], counts[name]) for name in names]


def _collection(index: PackageIndex, among: Mapping[str, Data], parameters: Parameters, field: str) -> Data:
    wanted = parameters.required("id")
    found = next((each for each in among.values() if wanted in (each["id"], each["name"])), None)
    if found is None:
        raise NotInCatalogue(wanted)
    packages = [each for each in index.packages.values() if found["name"] in each.fields.get(field, ())]
    shown = _described(found, len(packages)) | {"users": [], "groups": [], "tags": [], "extras": []}
    if parameters.flag("include_datasets"):
        shown["packages"] = [each.data() for each in packages[:_MOST_PACKAGES]]
    return shown


def _described(collection: Data, packages: int) -> Data:
    return (
        {"display_name": collection["title"], "image_display_url": ""}
        | collection
        | {"package_count": packages}
    )


def _part(listed: list[Any], parameters: Parameters) -> list[Any]:
    offset, limit = parameters.whole("offset", 0), parameters.whole("limit", len(listed))
    return listed[offset : offset + limit]
