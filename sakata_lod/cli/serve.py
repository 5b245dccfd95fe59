"""`sakata-lod serve`: answer requests from a release."""

import os
from pathlib import Path

import click

from sakata_lod.cli.terminal import Command, Terminal, base_iri_option, release_option
from sakata_lod.serve.listen import serve
from sakata_lod.serve.settings import Settings


@click.command("serve", cls=Command)
@click.option("--host", help="Address to listen at. Also: HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen at. Also: PORT.")
@release_option
@base_iri_option
@click.pass_obj
def serve_command(
    terminal: Terminal, host: str | None, port: int | None, release: Path, base_iri: str | None
) -> None:
    """Serve the current release over HTTP. Limits are set in the environment; see docs/guides/serve.md."""
    given = {"HOST": host, "PORT": port, "RELEASE": release, "BASE_IRI": base_iri}
    told = {name: str(value) for name, value in given.items() if value is not None}

    def starting(address: str) -> None:
        terminal.note(
            ja=f"{address} で公開しています。Ctrl-C で終わります。",
            en=f"Serving at {address} (Ctrl-C ends it)",
        )

    serve(Settings.read({**os.environ, **told}), starting)
