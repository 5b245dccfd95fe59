"""CKAN's own words for what the catalogue says otherwise: ids, times, licences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

_NO_NAME = re.compile(r"[^a-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class CkanLicence:
    """A licence in CKAN's list: https://github.com/ckan/ckan/blob/master/ckan/model/license.py."""

    id: str
    title: str
    open: bool


LICENCES: Mapping[str, CkanLicence] = {
    "https://creativecommons.org/licenses/by/4.0/": CkanLicence(
        "cc-by", "Creative Commons Attribution", open=True
    ),
    "https://creativecommons.org/licenses/by-sa/4.0/": CkanLicence(
        "cc-by-sa", "Creative Commons Attribution Share-Alike", open=True
    ),
    "https://creativecommons.org/publicdomain/zero/1.0/": CkanLicence(
        "cc-zero", "Creative Commons CCZero", open=True
    ),
}
"""By their IRIs. A CKAN that harvests looks a licence up by its id."""


def licence_of(iri: str, title: str) -> CkanLicence:
    """What CKAN calls a licence; one that is not in its list goes by its title, and not as open."""
    return LICENCES.get(iri) or CkanLicence(name_of(title or iri), title or iri, open=False)


def id_of(iri: str) -> str:
    """The id of a thing: the same for ever, for the copy in a harvesting CKAN bears it, too."""
    return str(uuid5(NAMESPACE_URL, iri))


def name_of(text: str) -> str:
    """A name as CKAN takes it: small letters, digits, "-" and "_", 2 to 100 of them."""
    return f"{_NO_NAME.sub('-', text.lower()).strip('-')[:100]:->2}"


def moment_of(text: str) -> str:
    """A time as CKAN writes it: UTC, without saying so, always with microseconds.

    Harvesters compare these as texts, so all are of one length. text: a day or a time in ISO 8601.
    """
    moment = datetime.fromisoformat(text)
    utc = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return utc.isoformat(timespec="microseconds")
