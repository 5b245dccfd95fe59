"""`sakata-lod describe`: what a release says of an IRI."""

from pathlib import Path

import click

from sakata_lod.cli.terminal import Command, Terminal, release_option
from sakata_lod.formats import GRAPH_FORMATS, format_of_suffix
from sakata_lod.iris import IriSpace
from sakata_lod.release import open_release
from sakata_lod.serialization import serialize
from sakata_lod.serve.store import QuadStore


@click.command("describe", cls=Command)
@click.argument("iri")
@release_option
@click.option(
    "--format",
    "suffix",
    type=click.Choice([each.suffix for each in GRAPH_FORMATS]),
    default="ttl",
    show_default=True,
    help="The format to write it in.",
)
@click.pass_obj
def describe_command(_terminal: Terminal, iri: str, release: Path, suffix: str) -> None:
    """Write what the current release says of IRI: the same document that the server gives.

    IRI may also be what follows `/id/`: measure/joho-keikaku/2-1-2
    """
    opened = open_release(release)
    iris = IriSpace(opened.manifest.base_iri)
    whole = iri if "://" in iri else str(iris.thing(iri))
    description = QuadStore(opened, iris).describe(whole)
    format_ = format_of_suffix(suffix, GRAPH_FORMATS)
    if format_ is not None:
        click.echo(serialize(description.triples, format_, about=whole), nl=False)
