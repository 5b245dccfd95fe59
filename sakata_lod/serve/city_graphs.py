"""What is true now of one city of a federation, in memory, for questions that look no further.

A question about one plan of 1,788 is planned by the engine as if it were about all: some would read every
city's fiscal years or cells. Each city's graph is a file of the release, a few thousand triples.
"""

from functools import lru_cache

import pyoxigraph as ox

from sakata_lod.formats import TURTLE
from sakata_lod.release import GRAPH, MEMBERS, Release, ReleaseMember

KEPT = 32
"""Cities whose triples stay in memory: a few MB each."""


class CityGraphs:
    """The cities of a release, each by itself: those asked of last are kept."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._loaded = lru_cache(maxsize=KEPT)(self._load)

    def of(self, iri: str) -> ox.Store | None:
        """The city that a thing is of, in the default graph; None where it is of none."""
        site = self._release.manifest.site_of(iri)
        return self._loaded(site.code) if isinstance(site, ReleaseMember) else None

    def _load(self, code: str) -> ox.Store:
        city = ox.Store()
        path = self._release.folder / MEMBERS / code / f"{GRAPH}.{TURTLE.suffix}"
        city.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
        return city
