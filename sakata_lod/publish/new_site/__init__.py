"""The folder of a new site, with comments that say what to fill in."""

import json
from dataclasses import dataclass
from pathlib import Path
from string import Template

from sakata_lod.errors import Words, WrongMunicipalityCode
from sakata_lod.iris import IriSpace
from sakata_lod.placing import new_folder
from sakata_lod.publish.municipalities import Municipality, is_invented, municipality

LOCAL_BASE = "http://localhost:8000/"
"""The base of a site that is tried on one's own machine."""

_HERE = Path(__file__).parent
_FILES = {
    "site.toml": "site.toml",
    "departments.ttl": "departments.ttl",
    "themes.toml": "themes.toml",
    "README.md": "plans/README.md",
}


@dataclass(frozen=True, slots=True)
class NewSite:
    """A site to begin. listed: the municipality by its code; None where the list does not hold it."""

    folder: Path
    code: str
    name: str
    base_iri: str
    listed: Municipality | None

    @property
    def is_invented(self) -> bool:
        """Whether no prefecture has its number."""
        return is_invented(self.code)


def new_site(folder: Path, code: str, name: str | None, base_iri: str | None) -> NewSite:
    """Say what a new site's files will tell. name: instead of the listed one, or where none is listed.

    Raises: WrongMunicipalityCode; ValueError: a base IRI that cannot be one.
    """
    listed = municipality(code)
    if listed is None and not name:
        raise WrongMunicipalityCode(code, _UNLISTED)
    return NewSite(folder, code, name or (listed.name if listed else ""), _base(base_iri), listed)


def write_site(site: NewSite) -> None:
    """Write the folder, as a whole or not at all.

    Raises: FileExistsError: something stands there already.
    """
    with new_folder(site.folder) as begun:
        for file, text in _texts(site).items():
            (begun / file).parent.mkdir(exist_ok=True)
            (begun / file).write_text(text, encoding="utf-8")


def _base(base_iri: str | None) -> str:
    return IriSpace(base_iri).base if base_iri else LOCAL_BASE


def _texts(site: NewSite) -> dict[str, str]:
    note = f"（{site.listed.prefecture}）" if site.listed else ""
    values = {
        "code": site.code,
        "ja": " ".join(site.name.split()),
        "name": json.dumps(site.name, ensure_ascii=False),
        "base_iri": json.dumps(site.base_iri),
        "folder": str(site.folder),
        "note": note if not site.is_invented else "（実在しない番号 · no prefecture has this number）",
    }
    return {
        target: Template((_HERE / file).read_text(encoding="utf-8")).substitute(values)
        for file, target in _FILES.items()
    }


_UNLISTED = Words(
    "一覧にありません。実在しない市区町村や新しい市区町村なら、--name で名称を示してください",
    "it is not listed. For an invented or a new municipality, give its name by --name",
)
