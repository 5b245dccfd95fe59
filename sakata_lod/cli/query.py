"""`sakata-lod query`: ask a release, or any SPARQL endpoint."""

import json
import sys
import urllib.error
from pathlib import Path
from typing import TextIO

import click
import pyoxigraph as ox
from rich.table import Table
from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from sakata_lod.cli.terminal import Command, Terminal, release_option
from sakata_lod.errors import EndpointFailed, QueryMalformed
from sakata_lod.formats import CSV, RESULTS_JSON, RESULTS_XML, TSV, TURTLE
from sakata_lod.release import Release, open_release
from sakata_lod.serialization import serialize

_FORMATS = {"json": RESULTS_JSON, "xml": RESULTS_XML, "csv": CSV, "tsv": TSV}
_ENDPOINT_TIMEOUT_S = 60


@click.command("query", cls=Command)
@click.argument("query", required=False)
@click.option(
    "--file",
    "file",
    type=click.File(encoding="utf-8"),
    help="Read the query from a file; - for standard input.",
)
@release_option
@click.option("--endpoint", help="Ask this SPARQL endpoint instead of a release.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *_FORMATS]),
    help="How to write a result; by default a table on a terminal, else CSV.",
)
@click.pass_obj
def query_command(
    terminal: Terminal,
    query: str | None,
    file: TextIO | None,
    release: Path,
    endpoint: str | None,
    form: str | None,
) -> None:
    """Ask a SPARQL QUERY of the current release, without a server. A graph is written as Turtle."""
    if (query is None) == (file is None):
        raise click.UsageError("Give the query as an argument or with --file, one of the two.")
    text = file.read() if file is not None else str(query)
    form = form or ("table" if sys.stdout.isatty() else "csv")
    wanted = _FORMATS["json" if form == "table" else form].media_type
    answer = (
        _ask_endpoint(endpoint, text, wanted)
        if endpoint
        else _ask_release(open_release(release), text, wanted)
    )
    if form == "table" and (table := _as_table(answer)):
        terminal.out.print(table)
    else:
        click.echo(answer, nl=not answer.endswith(b"\n"))


def _ask_release(release: Release, query: str, media_type: str) -> bytes:
    store = ox.Store()
    store.bulk_load(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    try:
        found = store.query(query)
    except (SyntaxError, ValueError) as error:
        raise QueryMalformed(str(error)) from error
    if isinstance(found, ox.QueryTriples):
        return serialize(found, TURTLE)
    return found.serialize(format=ox.QueryResultsFormat.from_media_type(media_type)) or b""


def _ask_endpoint(endpoint: str, query: str, media_type: str) -> bytes:
    client = SPARQLWrapper(endpoint)
    client.setMethod(POST)
    client.setTimeout(_ENDPOINT_TIMEOUT_S)
    client.addCustomHttpHeader("Accept", f"{media_type}, {TURTLE.media_type};q=0.9")
    client.setQuery(query)
    try:
        answer: bytes = client.query().response.read()
    except (SPARQLWrapperException, urllib.error.URLError, OSError) as error:
        raise EndpointFailed(endpoint, " ".join(str(error).split())) from error
    return answer


def _as_table(answer: bytes) -> Table | None:
    """Turn a result in SPARQL JSON into a table; None for an ASK's or a graph."""
    try:
        result = json.loads(answer)
    except ValueError:
        return None
    if "results" not in result:
        return None
    table = Table()
    columns = result["head"]["vars"]
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in result["results"]["bindings"]:
        table.add_row(*(row.get(column, {}).get("value", "") for column in columns))
    return table
