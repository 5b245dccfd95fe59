"""A release: a folder of finished, validated, immutable files. Where making and serving meet.

{releases}/{id}/            one release; `id` begins the SHA-256 of its manifest
  manifest.json             what is in it: Manifest
  dataset.nq                the whole RDF dataset: the default graph, then each named graph
  graph.{ttl,nt,jsonld,rdf} the default graph alone: what is true now
  edition/{plan}/{date}.{…} one edition's graph
  vocabulary/{name}.{…}     the shared vocabulary, codes and themes
  void.ttl                  what the dataset holds, counted (VoID)
  measures.csv …            tables, with a byte-order mark so that Excel opens them
  measures.plain.csv …      the same without it
  measures.parquet …        the same for programs, typed
  tables.xlsx               all tables as one workbook
  *-metadata.json           what CSVW says of each CSV file; csv-metadata.json: of all
  datapackage.json          what a Data Package says of all plain CSV files
  search.sqlite             the index by which measures are searched: see search_index
  summary.sqlite            of a federation, counts and lists over all cities: see summary
  template/                 the table for other cities to fill in, and the plan.toml that reads it
  validation.ttl            the SHACL validation report
  source/…                  the published tables, byte for byte
  members/{code}/…          of a federation, each city's tables and sources, instead of the above
{releases}/current          a symbolic link to the release that is served
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from sakata_lod.errors import ReleaseDamaged, ReleaseForAnotherBase, ReleaseNotFound, Words
from sakata_lod.iris import IriSpace

MANIFEST = "manifest.json"
DATASET = "dataset.nq"
GRAPH = "graph"
VALIDATION_REPORT = "validation.ttl"
CURRENT = "current"
VOID_FILE = "void.ttl"
EDITIONS = "edition"
SOURCES = "source"
TEMPLATE = "template"
MEMBERS = "members"
VOCABULARY = "vocabulary"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReleaseFile(_Record):
    """A file of a release. path: below the folder, with slashes; size: bytes.

    parameters: of the media type, where they are known. rows: of a table, its headings not counted.
    described_by: the path of the metadata for it. plan, edition: what it is about, where it is one alone.
    """

    path: str
    media_type: str
    parameters: str = ""
    size: int
    sha256: str
    title: dict[str, str]
    rows: int | None = None
    described_by: str | None = None
    plan: str | None = None
    edition: str | None = None

    @property
    def content_type(self) -> str:
        """The value of `Content-Type`."""
        return f"{self.media_type}; {self.parameters}" if self.parameters else self.media_type


class ReleasePlan(_Record):
    """A plan in a release: its slug, its current edition's date, its title by language."""

    slug: str
    title: dict[str, str]
    editions: list[str]
    current_edition: str


class WithdrawnThing(_Record):
    """A thing that the site publishes no more: its path below `id/`, since which day, why by language.

    successor: the path of what there is in its place, if anything.
    """

    path: str
    since: str
    reason: dict[str, str]
    successor: str | None = None


class ReleaseMember(_Record):
    """A city in the release of a federation. base_iri: what its IRIs begin with; its files: {code}/…."""

    code: str
    base_iri: str
    site: str
    publisher: dict[str, str]
    licence: str
    licence_confirmed: bool
    plans: list[ReleasePlan]
    withdrawn: list[WithdrawnThing] = []
    last_modified: str
    counts: dict[str, int]
    validation: dict[str, int]


class Manifest(_Record):
    """What a release holds, and of what it was made. Says nothing of when or where.

    members: the cities of a federation, whose plans are theirs, not the release's own.
    """

    manifest_version: int = 1
    software: str
    vocabulary: str
    base_iri: str
    site: str
    publisher: dict[str, str]
    licence: str
    licence_confirmed: bool
    languages: list[str]
    plans: list[ReleasePlan]
    members: list[ReleaseMember] = []
    withdrawn: list[WithdrawnThing] = []
    last_modified: str
    counts: dict[str, int]
    validation: dict[str, int]
    sources: dict[str, str]
    files: list[ReleaseFile]

    def text(self) -> str:
        """Write the manifest as JSON; the same manifest gives the same text."""
        return self.model_dump_json(indent=2) + "\n"

    @cached_property
    def iris(self) -> IriSpace:
        """The IRIs of all that the release holds."""
        return IriSpace(self.base_iri, frozenset(each.code for each in self.members))

    @property
    def sites(self) -> "list[PublishedSite]":
        """Who publishes plans here: the cities of a federation; else, the one site that it is."""
        return [*self.members] or [self]

    def site_of(self, iri: str) -> "PublishedSite":
        """Who publishes a thing: its city; else, the site or the federation itself."""
        return self._by_base.get(self.iris.space_of(iri).base, self)

    def city(self, code: str) -> ReleaseMember | None:
        """The city of a federation that has a code."""
        return next((each for each in self.members if each.code == code), None)

    def files_of(self, member: ReleaseMember) -> list[ReleaseFile]:
        """The files that are a city's."""
        return [each for each in self.files if each.path.startswith(f"{MEMBERS}/{member.code}/")]

    @cached_property
    def files_by_path(self) -> "dict[str, ReleaseFile]":
        """The files by their paths: a nation's release has fifty thousand."""
        return {each.path: each for each in self.files}

    @cached_property
    def _by_base(self) -> "dict[str, PublishedSite]":
        return {each.base_iri: each for each in self.members}

    @cached_property
    def release_id(self) -> str:
        """The release's name: the first 16 hexadecimal digits of its manifest's SHA-256."""
        return hashlib.sha256(self.text().encode()).hexdigest()[:16]


PublishedSite = Manifest | ReleaseMember
"""Who publishes plans: alone, or as a city of a federation. What both tell, they tell by the same names."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release at hand. folder: the release's own, never the `current` link."""

    folder: Path
    manifest: Manifest

    @property
    def id(self) -> str:
        """The release's name."""
        return self.manifest.release_id

    @property
    def dataset(self) -> Path:
        """The N-Quads file of the whole dataset."""
        return self.folder / DATASET

    def file(self, path: str) -> ReleaseFile | None:
        """Find a file that the manifest lists; None for any other name."""
        return self.manifest.files_by_path.get(path)

    def file_of(self, city: str, path: str) -> ReleaseFile | None:
        """Find a file that is a city's, by its code; the release's own, where no city is named."""
        return self.file(f"{MEMBERS}/{city}/{path}" if city else path)

    def withdrawn(self, iri: str) -> WithdrawnThing | None:
        """Find what is said of a thing that is published no more."""
        path = self.manifest.iris.local_name(iri)
        return next((each for each in self.manifest.site_of(iri).withdrawn if each.path == path), None)


def open_release(folder: Path, base_iri: str | None = None) -> Release:
    """Open a release folder, or the one that its `current` link names, and check it is whole.

    base_iri: where given, the release must have been built for it.
    Raises: ReleaseNotFound, ReleaseDamaged, ReleaseForAnotherBase.
    """
    named = folder / CURRENT if (folder / CURRENT).exists() else folder
    found = named.resolve()
    if not (found / MANIFEST).is_file():
        raise ReleaseNotFound(folder)
    try:
        manifest = Manifest.model_validate_json((found / MANIFEST).read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        said = f"{MANIFEST}: {where}: {first['msg']}"
        raise ReleaseDamaged(found, Words(said, said)) from error
    for each in manifest.files:
        _check(found, each)
    if base_iri is not None and manifest.base_iri != base_iri:
        raise ReleaseForAnotherBase(folder, manifest.base_iri, base_iri)
    return Release(found, manifest)


def make_current(folder: Path) -> None:
    """Point the `current` link beside a release's folder at it, in one step.

    Whoever follows the link finds the old release or the new, never neither.
    """
    link = folder.parent / f".{CURRENT}-{folder.name}"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name, target_is_directory=True)
    link.replace(folder.parent / CURRENT)


def _check(folder: Path, listed: ReleaseFile) -> None:
    path = folder / listed.path
    if not path.is_file():
        raise ReleaseDamaged(folder, Words(f"{listed.path} がありません", f"{listed.path} is missing"))
    if path.stat().st_size != listed.size:
        size = path.stat().st_size
        problem = Words(
            f"{listed.path} が{size}バイトで、{listed.size}バイトではありません",
            f"{listed.path} has {size} bytes, not {listed.size}",
        )
        raise ReleaseDamaged(folder, problem)
    with path.open("rb") as content:
        if hashlib.file_digest(content, "sha256").hexdigest() != listed.sha256:
            problem = Words(
                f"{listed.path} がSHA-256と一致しません", f"{listed.path} is not what its SHA-256 says"
            )
            raise ReleaseDamaged(folder, problem)
