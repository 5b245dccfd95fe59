"""What a stranger's query may ask, told by a linear scan of its tokens.

Nothing is parsed here: parsing, too, can take a process down, and happens in a worker. The scan is for clear
answers. That a query cannot reach the network does not rest on it: see `worker.confine`.
"""

import re
from collections.abc import Iterator
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

_VOLATILE = ("NOW", "RAND", "UUID", "SERVICE")

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


def check(query: str, most_bytes: int) -> QueryForm | None:
    """Let a query pass, and tell its form; None where it has none, which the parser then complains of.

    Raises: QueryTooLong; QueryTooDeep; QueryRefused: it calls another endpoint; UpdateRefused.
    """
    if len(query) > most_bytes or len(query.encode("utf-8", "replace")) > most_bytes:
        raise QueryTooLong(f"{most_bytes} B")
    depth = 0
    form: QueryForm | None = None
    leading = True
    for kind, text in _tokens(query):
        depth += (kind == "open") - (kind == "close")
        if depth > MOST_NESTED:
            raise QueryTooDeep(MOST_NESTED)
        if kind != "word":
            continue
        word = text.upper()
        if "SERVICE" in word:
            raise QueryRefused("SERVICE would call another endpoint, which this one never does")
        if leading and word not in _PROLOGUE:
            leading = False
            form = _form(word)
    return form


def is_volatile(query: str) -> bool:
    """Whether a query may give another result each time it is asked, of the same data."""
    return any(
        kind == "word" and any(each in text.upper() for each in _VOLATILE) for kind, text in _tokens(query)
    )


def scan(query: str) -> Iterator[re.Match[str]]:
    """Find the tokens. The name of the last group of each tells its kind: iri, string, name, word."""
    return _TOKEN.finditer(query)


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    return ((found.lastgroup or "", found[0]) for found in _TOKEN.finditer(query))


def _form(word: str) -> QueryForm | None:
    if word in _UPDATES:
        raise UpdateRefused(word)
    return next((form for each, form in _FORMS.items() if word.startswith(each)), None)
