"""What packages are searched, sorted and counted by: CKAN's names for it, as its Solr schema has them.

https://github.com/ckan/ckan/blob/master/ckan/config/solr/schema.xml. Texts match by their parts, whatever the
case and width of letters; all else as it is written. Japanese has no blanks: a part need not be a word.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

Fields = Mapping[str, tuple[str, ...]]
"""The values of a package, by field. Texts are normalized; numbers padded, so that they compare as texts."""

TEXT = "text"
"""The field that holds all texts of a package: what is sought in no field is sought there."""

DATES = frozenset({"metadata_created", "metadata_modified"})
NUMBERS = frozenset({"num_resources", "num_tags"})
TEXTS = frozenset({
    TEXT, "title", "notes", "author", "maintainer", "license", "res_name", "res_description",
})  # fmt: skip
STRINGS = frozenset({
    "id", "name", "title_string", "url", "version", "license_id", "organization", "owner_org", "groups",
    "tags", "res_format", "res_url", "state", "type", "dataset_type", "entity_type", "capacity", "private",
    "isopen",
})  # fmt: skip
SORTABLE = DATES | NUMBERS | {
    "id", "name", "title_string", "version", "license_id", "organization", "owner_org",
}  # fmt: skip

_EXTRA = re.compile(r"(?:extras|vocab|ext)_\w+")


def is_text(field: str) -> bool:
    """Whether the values of a field match by their parts."""
    return field in TEXTS or _EXTRA.fullmatch(field) is not None


def is_known(field: str) -> bool:
    """Whether there is such a field. Extras may be called anything: a catalogue need not have them."""
    return field in DATES | NUMBERS | STRINGS or is_text(field)


def normalized(text: str) -> str:
    """A text without what does not count when it is sought."""
    return unicodedata.normalize("NFKC", text).casefold()


def number(value: int) -> str:
    """A number such that it compares as a text."""
    return f"{value:012}"


def fields_of(package: Mapping[str, Any]) -> Fields:
    """The values that a package is searched by."""
    organization, resources = package["organization"], package["resources"]
    extras = {f"extras_{each['key']}": each["value"] for each in package["extras"]}
    texts = {
        "title": [package["title"]],
        "notes": [package["notes"]],
        "author": [package["author"]],
        "maintainer": [package["maintainer"] or ""],
        "license": [package["license_title"]],
        "res_name": [each["name"] for each in resources],
        "res_description": [each["description"] for each in resources],
        **{name: [value] for name, value in extras.items()},
    }
    names = {
        "groups": [each["name"] for each in package["groups"]],
        "tags": [each["name"] for each in package["tags"]],
        "res_format": [each["format"] for each in resources],
        "res_url": [each["url"] for each in resources],
    }
    told = [*texts.values(), *names.values()]
    told.append([package["name"], organization["title"], *(each["title"] for each in package["groups"])])
    everything = "\n".join(_each_once(normalized(each) for some in told for each in some))
    return {
        **{name: _each_once(map(normalized, values)) for name, values in texts.items()},
        **{name: _each_once(values) for name, values in names.items()},
        **_single(package),
        TEXT: (everything,),
    }


def _single(package: Mapping[str, Any]) -> Fields:
    """Those of which each package has one."""
    strings = {
        **{name: package[name] or "" for name in ("id", "name", "url", "version", "license_id", "owner_org")},
        "title_string": package["title"],
        "organization": package["organization"]["name"],
        "state": package["state"],
        "type": package["type"],
        "dataset_type": package["type"],
        "entity_type": "package",
        "capacity": "public",
        "private": "false",
        "isopen": str(package["isopen"]).lower(),
    }
    dates = {name: package[name] for name in DATES}
    numbers = {name: number(package[name]) for name in NUMBERS}
    return {name: (value,) for name, value in {**strings, **dates, **numbers}.items() if value}


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in values if each))
