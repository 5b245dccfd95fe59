"""`sakata-lod reconstruct`: rebuild the published tables from a release, and compare."""

from pathlib import Path

import click
from rich.table import Table

from sakata_lod.cli.terminal import Command, Terminal, json_option, releases_option, site_argument
from sakata_lod.publish.reconstruction import Reconstruction, reconstruct
from sakata_lod.release import open_release
from sakata_lod.site import read_site


@click.command("reconstruct", cls=Command)
@site_argument
@releases_option
@click.option(
    "--print", "show", type=click.Choice(["tsv", "csv"]), help="Write the rebuilt tables themselves."
)
@json_option
@click.pass_obj
def reconstruct_command(
    terminal: Terminal,
    site: Path,
    releases: Path,
    show: str | None,
    as_json: bool,
) -> None:
    """Rebuild the published tables of SITE from its current release, and compare them cell for cell.

    Ends with 1 and lists what differs, if anything does.
    """
    release = open_release(releases / site.resolve().name)
    tables = reconstruct(read_site(site, release.manifest.base_iri), release)
    if as_json:
        terminal.json([_summary(each) for each in tables])
    for each in tables:
        if show:
            click.echo(each.tsv if show == "tsv" else each.csv, nl=False)
        elif not as_json:
            _show(terminal, each)
    if not all(each.is_equal for each in tables):
        raise SystemExit(1)


def _show(terminal: Terminal, table: Reconstruction) -> None:
    rows, cells = len(table.rows), sum(len(row) for row in table.rows)
    if table.is_equal:
        terminal.say(
            ja=f"{table.file}: {rows}行 {cells}セルすべて一致しました。",
            en=f"{table.file}: all {cells} cells in {rows} rows are equal.",
        )
        return
    ja = terminal.language == "ja"
    listing = Table(title=str(table.file))
    for heading in ("行", "列", "表", "グラフ") if ja else ("Row", "Column", "Printed", "Rebuilt"):
        listing.add_column(heading, overflow="fold")
    for each in (*table.differences, *table.unread):
        listing.add_row(str(each.row), str(each.column), repr(each.printed), repr(each.rebuilt))
    terminal.out.print(listing)
    for text in table.misstated:
        terminal.say(ja=f"印刷と違う記述: {text}", en=f"Not as printed: {text}")


def _summary(table: Reconstruction) -> dict[str, object]:
    return {
        "file": str(table.file),
        "equal": table.is_equal,
        "rows": len(table.rows),
        "cells": sum(len(row) for row in table.rows),
        "differences": [
            {"row": each.row, "column": each.column, "printed": each.printed, "rebuilt": each.rebuilt}
            for each in (*table.differences, *table.unread)
        ],
        "misstated": list(table.misstated),
    }
