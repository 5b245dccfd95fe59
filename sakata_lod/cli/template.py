"""`sakata-lod template`: the table that a city fills in, and the plan.toml that reads it."""

import errno
import os
from pathlib import Path

import click

from sakata_lod.cli.terminal import Command, Terminal
from sakata_lod.publish.files import template_files


@click.command("template", cls=Command)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--years",
    nargs=2,
    required=True,
    metavar="FIRST LAST",
    type=click.IntRange(1900, 2200),
    help="The plan's fiscal years, by the calendar years in which the first and the last begin.",
)
@click.pass_obj
def template_command(terminal: Terminal, folder: Path, years: tuple[int, int]) -> None:
    """Write into FOLDER a table to fill in, as XLSX and CSV, and the plan.toml that reads it.

    If one of the files is there already, nothing is written, and the command ends with 7.
    """
    first, last = years
    if last < first:
        raise click.BadParameter(f"{last} is before {first}", param_hint="--years")
    files = {folder / Path(file.path).name: file.content for file in template_files(first, last)}
    for path in files:
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        path.write_bytes(content)
        terminal.say(ja=f"作成しました: {path}", en=f"Written: {path}")
