"""Programs that ask a query, to be copied: curl, Python, R. Whatever it holds, they run as they stand."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Snippet:
    """A program. needs: what must be installed."""

    name: str
    program: str
    needs: str = ""


def snippets(endpoint: str, query: str) -> Sequence[Snippet]:
    """Write the programs. endpoint: its URL."""
    # Forms send lines with CRLF: a program's text has none, and to SPARQL both are white space.
    query = query.replace("\r\n", "\n").rstrip("\n")
    return (
        Snippet("curl", _curl(endpoint, query)),
        Snippet("Python", _python(endpoint, query), "SPARQLWrapper"),
        Snippet("R", _r(endpoint, query), "httr2"),
    )


def _curl(endpoint: str, query: str) -> str:
    """A here-document whose end is no line of the query: nothing in it means anything to the shell."""
    end = "SPARQL"
    while end in query.split("\n"):
        end += "_"
    return (
        "curl --header 'Accept: text/csv' \\\n"
        f"  --data-urlencode query@- '{endpoint}' <<'{end}'\n{query}\n{end}\n"
    )


def _python(endpoint: str, query: str) -> str:
    return (
        "from SPARQLWrapper import JSON, SPARQLWrapper\n\n"
        f"endpoint = SPARQLWrapper({endpoint!r}, returnFormat=JSON)\n"
        f"endpoint.setQuery({_python_text(query)})\n"
        'for row in endpoint.query().convert()["results"]["bindings"]:\n'
        '    print({name: term["value"] for name, term in row.items()})\n'
    )


def _python_text(query: str) -> str:
    """The query as a raw text over several lines; where that cannot hold it, as an escaped one."""
    plain = query.isprintable() or all(each.isprintable() or each == "\n" for each in query)
    if not plain or '"""' in query or query.endswith(('"', "\\")):
        return repr(query)
    return f'r"""\n{query}\n"""' if "\\" in query else f'"""\n{query}\n"""'


def _r(endpoint: str, query: str) -> str:
    """A raw text, between dashes so many that the query cannot end it."""
    dashes = "-"
    while f'){dashes}"' in query:
        dashes += "-"
    return (
        "library(httr2)\n\n"
        f'query <- r"{dashes}(\n{query}\n){dashes}"\n'
        f'answer <- request("{endpoint}") |>\n'
        "  req_body_form(query = query) |>\n"
        '  req_headers(Accept = "text/csv") |>\n'
        "  req_perform()\n"
        "rows <- read.csv(text = resp_body_string(answer))\n"
    )
