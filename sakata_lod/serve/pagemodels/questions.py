"""The queries that a page's facts come from: asked here, and shown so that anyone may ask them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sakata_lod.iris import IriSpace
from sakata_lod.serve.quads import query_text
from sakata_lod.serve.store import QuadStore, Solution


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: of which store, for a page of which site in which language."""

    store: QuadStore
    iris: IriSpace
    language: str


@dataclass(frozen=True, slots=True)
class Question:
    """One of the server's own queries, about certain things.

    name: the query's file. about: the thing that each of its inputs stands for.
    """

    name: str
    about: Mapping[str, str]

    def ask(self, asker: Asker) -> Sequence[Solution]:
        """Ask the store that pages are made from."""
        return asker.store.select(self.name, **{name: ox.NamedNode(iri) for name, iri in self.about.items()})

    @property
    def text(self) -> str:
        """The query as anyone may send it: its inputs bound by a VALUES clause, its notes left out."""
        lines = [line for line in query_text(self.name).splitlines() if not line.startswith("#")]
        given = [f"VALUES ?{name} {{ {ox.NamedNode(iri)} }}" for name, iri in self.about.items()]
        return "\n".join([*lines, *given])
