"""`sakata-lod template`: the table that a city fills in, and the plan.toml that reads it."""

from contextlib import ExitStack
from pathlib import Path

import click

from sakata_lod.cli.terminal import Command, Terminal
from sakata_lod.placing import replaced, there_already
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
            raise there_already(path)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        for path, content in files.items():
            stack.enter_context(replaced(path)).write_bytes(content)
    for path in files:
        terminal.say(ja=f"作成しました: {path}", en=f"Written: {path}")
