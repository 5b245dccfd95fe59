"""What a stranger's query may ask, told by a linear scan of its tokens.

Nothing is parsed here: parsing, too, can take a process down, and happens in a worker. The scan is for clear
answers. That a query cannot reach the network does not rest on it: see `worker.confine`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from sakata_lod.errors import QueryRefused, QueryTooDeep, QueryTooLong, UpdateRefused

MOST_NESTED = 200
"""Deepest nesting of brackets: parsers have crashed from 5,000, and no honest query comes near."""


class QueryForm(Enum):
    """What a query answers with."""

    RESULTS = "results"
    GRAPH = "graph"


_FORMS = {
    "SELECT": QueryForm.RESULTS,
    "ASK": QueryForm.RESULTS,
    "CONSTRUCT": QueryForm.GRAPH,
    "DESCRIBE": QueryForm.GRAPH,
}
_PROLOGUE = {"BASE", "PREFIX", "VERSION"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}

_VOLATILE = ("NOW", "RAND", "UUID")

# Every alternative is possessive, strings need no end, and a word takes in all that a name's prefix may hold:
# so no text makes the scan go over a part again and again.
_TOKEN = re.compile(
    r"""
      (?P<iri>     <[^\x00-\x20<>"{}|^`]*+> )
    | (?P<string>  \"{3}(?:"{0,2}(?:[^"\\]|\\.))*+(?:\"{3})?
                 | '{3}(?:'{0,2}(?:[^'\\]|\\.))*+(?:'{3})?
                 | "(?:[^"\\\r\n]|\\.)*+"?
                 | '(?:[^'\\\r\n]|\\.)*+'? )
    | (?P<comment> \#[^\r\n]*+ )
    | (?P<name>    [?$]\w++ | @[\w-]++ | [\w.-]*+:(?:[\w.:%-]|\\[_~.\-!$&'()*+,;=/?\#@%])*+ )
    | (?P<word>    [\w.-]++ )
    | (?P<open>    [({\[] )
    | (?P<close>   [)}\]] )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Examined:
    """What a scan tells of a query that it lets pass.

    form: None where it has none, which the parser then complains of. is_volatile: whether it may give another
    result each time it is asked, of the same data.
    """

    form: QueryForm | None
    is_volatile: bool


def examine(query: str, most_bytes: int) -> Examined:
    """Let a query pass, and tell what can be seen of it.

    Raises: QueryTooLong; QueryTooDeep; QueryRefused: it calls another endpoint; UpdateRefused.
    """
    if len(query) > most_bytes or len(query.encode("utf-8", "replace")) > most_bytes:
        raise QueryTooLong(f"{most_bytes} B")
    depth = 0
    form: QueryForm | None = None
    leading, volatile = True, False
    for found in _TOKEN.finditer(query):
        kind = found.lastgroup
        if kind == "word":
            word = found[0].upper()
            if "SERVICE" in word:
                raise QueryRefused("SERVICE would call another endpoint, which this one never does")
            volatile = volatile or any(each in word for each in _VOLATILE)
            if leading and word not in _PROLOGUE:
                leading, form = False, _form(word)
        elif kind == "open":
            depth += 1
            if depth > MOST_NESTED:
                raise QueryTooDeep(MOST_NESTED)
        elif kind == "close":
            depth -= 1
    return Examined(form, volatile)


def check(query: str, most_bytes: int) -> QueryForm | None:
    """Let a query pass, and tell its form. Raises: as `examine` does."""
    return examine(query, most_bytes).form


def scan(query: str) -> Iterator[re.Match[str]]:
    """Find the tokens. The name of the last group of each tells its kind: iri, string, name, word."""
    return _TOKEN.finditer(query)


def _form(word: str) -> QueryForm | None:
    if word in _UPDATES:
        raise UpdateRefused(word)
    return next((form for each, form in _FORMS.items() if word.startswith(each)), None)
