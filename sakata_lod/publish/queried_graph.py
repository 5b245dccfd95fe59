"""An rdflib graph that leaves SPARQL to Oxigraph.

pyshacl parses a rule's text again for every focus node, and rdflib's parser takes longer over the rules than
all core constraints take over a plan. What pyshacl looks up itself stays with rdflib's memory.

SHACL binds a variable before the query runs, everywhere in it. Oxigraph joins the value, which is the same
where the query only matches with it; a query that computes with it or tests it is left to rdflib.
"""

import re
from functools import cache
from typing import Any

import pyoxigraph as ox
from rdflib import Graph, Variable
from rdflib.query import Result

from sakata_lod.conversion import ox_term, ox_triples, rdflib_term

_STRINGS = (r'"""(?:[^"\\]|\\.|"(?!""))*"""', r'"(?:[^"\\]|\\.)*"', r"'(?:[^'\\]|\\.)*'")
_SIGNS = re.compile("|".join((*_STRINGS, r"<[^<>\s]*>", r"#[^\n]*", r"[$?]\w+", r"[(){}]")), re.DOTALL)
_PARAMETERS = ("processor", "result", "initNs", "initBindings", "use_store_provided")
"""What rdflib's `Graph.query` takes after the query, in its order."""


class QueriedGraph(Graph):
    """A graph to be filled, then queried; what is added after the first query is not seen by queries.

    answering: has its triples as its default graph; made at the first query, unless it is given.
    """

    answering: ox.Store | None = None

    def query(self, query_object: Any, *arguments: Any, **named: Any) -> Result:
        """Answer a SELECT or ASK, taken as rdflib takes it. Only its text, prefixes and bindings are heeded.

        Raises: SyntaxError, TypeError: it is no SPARQL 1.1, or asks otherwise.
        """
        told = dict(zip(_PARAMETERS, arguments, strict=False)) | named
        given = {_name(name): term for name, term in (told.get("initBindings") or {}).items()}
        if not all(_is_matched(str(query_object), name) for name in given):
            return super().query(query_object, **told)
        bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name): ox_term(term) for name, term in given.items()
        }
        prefixes = {prefix: str(iri) for prefix, iri in (told.get("initNs") or {}).items()}
        answer = self._store().query(str(query_object), prefixes=prefixes, substitutions=bound)
        if isinstance(answer, ox.QueryBoolean):
            asked = Result("ASK")
            asked.askAnswer = bool(answer)
            return asked
        if not isinstance(answer, ox.QuerySolutions):
            raise TypeError("a rule asks by SELECT or ASK")
        return _selected(answer)

    def _store(self) -> ox.Store:
        if self.answering is None:
            self.answering = ox.Store()
            self.answering.extend(
                ox.Quad(each.subject, each.predicate, each.object) for each in ox_triples(self)
            )
        return self.answering


def _selected(solutions: ox.QuerySolutions) -> Result:
    selected = Result("SELECT")
    names = [each.value for each in solutions.variables]
    selected.vars = [Variable(name) for name in names]
    selected.bindings = [
        {
            Variable(name): rdflib_term(value)
            for name, value in zip(names, solution, strict=True)
            if value is not None
        }
        for solution in solutions
    ]
    return selected


def _name(variable: object) -> str:
    return str(variable).lstrip("?$")


@cache
def _is_matched(query: str, name: str) -> bool:
    """Is a variable projected and matched by patterns, and nowhere in an expression."""
    around: list[str] = []
    places: set[str] = set()
    for sign in _SIGNS.findall(query):
        if sign in "({":
            around.append(sign)
        elif sign in ")}":
            del around[-1:]
        elif sign[0] in "$?" and sign[1:] == name:
            places.add(around[-1] if around else "projected")
    return places == {"projected", "{"}
