"""The queries that a page's facts come from: asked here, and shown so that anyone may ask them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import pyoxigraph as ox

from sakata_lod.iris import IriSpace
from sakata_lod.serve.quads import bound, query_text
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

    name: the query's file. about: the thing that each of its inputs stands for. among: where one input stands
    for several things, one after the other.
    """

    name: str
    about: Mapping[str, str]
    among: Mapping[str, Sequence[str]] = field(default_factory=dict)
    of: str = ""

    def ask(self, asker: Asker) -> Sequence[Solution]:
        """Ask the store that pages are made from."""
        return [row for about in self._each() for row in asker.store.select(self.name, self.of, **about)]

    def _each(self) -> Iterator[Mapping[str, ox.NamedNode]]:
        """What the inputs stand for, each time that the query is asked."""
        for chosen in product(*self.among.values()):
            about = {**self.about, **dict(zip(self.among, chosen, strict=True))}
            yield {name: ox.NamedNode(iri) for name, iri in about.items()}

    @property
    def text(self) -> str:
        """The query as anyone may send it: its inputs bound by VALUES clauses, its notes left out."""
        lines = [line for line in query_text(self.name).splitlines() if not line.startswith("#")]
        held = {**{name: [iri] for name, iri in self.about.items()}, **self.among}
        return bound(
            "\n".join(lines), {name: [ox.NamedNode(iri) for iri in iris] for name, iris in held.items()}
        )
