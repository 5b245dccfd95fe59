"""All packages of a release, in memory: made when first asked for, and kept as long as the release is served.

A package is kept as its JSON and the few values that it is searched by: some kilobytes each, and no triples.
"""

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import cast

import pyoxigraph as ox

from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS
from sakata_lod.serve.catalogue import DATASETS_A_PAGE, all_entries, triples_of
from sakata_lod.serve.ckan.fields import Fields, fields_of
from sakata_lod.serve.ckan.package import Data, PackageMaker
from sakata_lod.serve.ckan.terms import moment_of
from sakata_lod.serve.store import QuadStore
from sakata_lod.serve.told import Told


@dataclass(frozen=True, slots=True)
class Package:
    """A package: its JSON, the values it is searched by, and the ids of its resources."""

    id: str
    name: str
    content: str
    fields: Fields
    resources: tuple[str, ...]

    def data(self) -> Data:
        """The package itself."""
        return cast("Data", json.loads(self.content))


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a package was modified, as CKAN writes times, and the digest of what it said then."""

    digest: str
    modified: str


@dataclass(frozen=True)
class PackageIndex:
    """The packages by their names, and what they have in common.

    title, description: the catalogue's own. organizations, groups: by name, each as CKAN has it.
    """

    base: str
    title: str
    description: str
    packages: Mapping[str, Package]
    organizations: Mapping[str, Data]
    groups: Mapping[str, Data]
    stamps: Mapping[str, Stamp]

    @cached_property
    def by_id(self) -> Mapping[str, Package]:
        """The packages by their ids."""
        return {each.id: each for each in self.packages.values()}

    @cached_property
    def by_resource(self) -> Mapping[str, Package]:
        """The packages by the ids of their resources."""
        return {resource: each for each in self.packages.values() for resource in each.resources}


class Packages:
    """The packages of a release, made when first asked for. Safe to share between threads.

    since: when the release became the current one, where a link tells.
    """

    def __init__(self, store: QuadStore, iris: IriSpace, since: datetime | None) -> None:
        self._store = store
        self._iris = iris
        self._since = moment_of(since.isoformat()) if since else ""
        self._before: Mapping[str, Stamp] = {}
        self._lock = threading.Lock()
        self._index: PackageIndex | None = None

    def follow(self, last: "Packages") -> None:
        """Come after the packages of the release before: what says the same keeps its time."""
        self._before = last.stamps

    @property
    def stamps(self) -> Mapping[str, Stamp]:
        """When each package was modified, as far as it is known yet."""
        return self._index.stamps if self._index is not None else self._before

    @property
    def index(self) -> PackageIndex:
        """All packages."""
        with self._lock:
            if self._index is None:
                self._index = self._load()
            return self._index

    def _load(self) -> PackageIndex:
        packages: dict[str, Package] = {}
        organizations: dict[str, Data] = {}
        groups: dict[str, Data] = {}
        stamps: dict[str, Stamp] = {}
        about = self._about()
        for day, data in self._made(about):
            name = data["name"]
            stamps[name] = self._stamp(name, day, data)
            data["metadata_modified"] = stamps[name].modified
            packages[name] = _kept(data)
            organizations.setdefault(data["organization"]["name"], data["organization"])
            groups.update({each["name"]: each for each in data["groups"]})
        told, it = Told(about, "ja"), str(self._iris.catalogue())
        title, description = told.text(it, DCTERMS.title), told.text(it, DCTERMS.description)
        return PackageIndex(self._iris.base, title, description, packages, organizations, groups, stamps)

    def _made(self, about: Sequence[ox.Triple]) -> Iterator[tuple[str, Data]]:
        """Each package, and the day of its last change as the catalogue says it, some at a time."""
        entries = all_entries(self._store, self._iris)
        for first in range(0, len(entries), DATASETS_A_PAGE):
            some = entries[first : first + DATASETS_A_PAGE]
            maker = PackageMaker.of([*triples_of(self._store, self._iris, some), *about], self._iris)
            yield from ((entry.modified, maker.package(entry)) for entry in some)

    def _stamp(self, name: str, day: str, data: Data) -> Stamp:
        """Tell when a package was modified: never earlier than it was told before.

        A harvester asks for what was modified since it came last. A table of last March that is published
        today must be among that: the time that its release came counts, not only the day that it says.
        """
        digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
        before = self._before.get(name)
        if before is not None and before.digest == digest:
            return before
        return Stamp(digest, max(moment_of(day), self._since, before.modified if before else ""))

    def _about(self) -> list[ox.Triple]:
        """What the catalogue says of itself, but not what it lists."""
        said = self._store.said([str(self._iris.catalogue())], str(self._iris.graph("catalogue")))
        return [each for each in said if isinstance(each.object, ox.Literal)]


def _kept(data: Data) -> Package:
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    resources = tuple(each["id"] for each in data["resources"])
    return Package(data["id"], data["name"], content, fields_of(data), resources)
