"""A federation: sites published together, in one release. Which they are, and which IRIs each has.

A city's IRIs begin with `{base}{code}/`, its 全国地方公共団体コード. What two cities call alike, a plan or a
department, stays apart, and the city's own folder needs no change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sakata_lod.errors import InvalidConfiguration, MissingFile, SakataLodError, Words, words_of
from sakata_lod.iris import IriSpace
from sakata_lod.site.reading import FEDERATION, read_federation_file, read_site_file
from sakata_lod.site.schema import FederationFile


@dataclass(frozen=True, slots=True)
class Member:
    """A site of a federation. base_iri: what its IRIs begin with, here."""

    code: str
    base_iri: str
    folder: Path


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a federation is published without: a site, or some plans of it. reason: a sentence by language."""

    site: str
    plans: tuple[str, ...]
    reason: dict[str, str]


@dataclass(frozen=True, slots=True)
class Federation:
    """A federation read. members: by code. left_out: sites whose site.toml says no usable code, and why."""

    folder: Path
    base_iri: str
    file: FederationFile
    members: tuple[Member, ...]
    left_out: tuple[LeftOut, ...]


def read_federation(folder: Path, base_iri: str | None = None) -> Federation:
    """Read a federation's folder: which sites there are. Each is read when it is built.

    base_iri: instead of the one in federation.toml.
    Raises: MissingFile, InvalidConfiguration: of the federation itself.
    """
    file = read_federation_file(folder)
    base = _base_iri(folder, base_iri or file.base_iri)
    members: dict[str, Member] = {}
    left_out: list[LeftOut] = []
    for site in _folders(folder, file.sites):
        try:
            code = read_site_file(site).publisher.code
            if code in members:
                other = members[code].folder / "site.toml"
                problem = Words(
                    f"{other} と同じコード（{code}）です。市町村ごとに別のコードがあります",
                    f"{other} bears the code {code}, too; each city has its own",
                )
                raise InvalidConfiguration(site / "site.toml", "publisher.code", problem)
        except SakataLodError as error:
            left_out.append(refused(site, error))
        else:
            members[code] = Member(code, f"{base}{code}/", site)
    ordered = tuple(member for _, member in sorted(members.items()))
    return Federation(folder, base, file, ordered, tuple(left_out))


def refused(site: Path, error: SakataLodError) -> LeftOut:
    """Tell that a whole site is left out, for an error."""
    return LeftOut(site.name, (), {language: error.sentence(language) for language in ("ja", "en")})


def _base_iri(folder: Path, text: str) -> str:
    try:
        return IriSpace(text).base
    except ValueError as error:
        raise InvalidConfiguration(folder / FEDERATION, "base_iri", words_of(error)) from error


def _folders(folder: Path, patterns: Sequence[str]) -> Iterator[Path]:
    """The folders that the patterns name, each once."""
    seen: set[Path] = set()
    for pattern in patterns:
        found = sorted(each for each in folder.glob(pattern) if each.is_dir())
        if not found:
            named = Words(
                f"{FEDERATION} の sites に書かれています。", f"{FEDERATION} names it among its sites"
            )
            raise MissingFile(folder / pattern, named)
        yield from (each for each in found if each not in seen)
        seen.update(found)
