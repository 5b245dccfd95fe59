"""`sakata-lod diff`: what changed between two releases, or between two editions of one."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from sakata_lod.cli.terminal import Command, Terminal
from sakata_lod.conversion import new_graph, ox_triples
from sakata_lod.formats import TURTLE
from sakata_lod.publish.comparison import PlanChanges, changes_text, compare_editions, compare_releases
from sakata_lod.release import open_release
from sakata_lod.serialization import serialize

_FOLDER = click.Path(file_okay=False, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("diff", cls=Command)
@click.argument("old", type=_FOLDER, default="build/sakata")
@click.argument("new", type=_FOLDER, required=False)
@click.option("--from", "first", type=_DAY, help="The older edition's as-of date; else the one before.")
@click.option("--to", "last", type=_DAY, help="The newer edition's as-of date; else the current one.")
@click.option("--plan", help="Only this plan, by its slug.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    show_default=True,
    help="How to write the changes.",
)
@click.option("--exit-code", is_flag=True, help="End with 1 if anything changed.")
@click.pass_obj
def diff_command(
    terminal: Terminal,
    old: Path,
    new: Path | None,
    first: datetime | None,
    last: datetime | None,
    plan: str | None,
    form: str,
    exit_code: bool,
) -> None:
    r"""Tell what changed from release OLD to release NEW, or between two editions of the one release OLD.

    \b
    sakata-lod diff build/sakata                                  the last two editions
    sakata-lod diff build/sakata --from 2023-03-31 --to 2025-03-31
    sakata-lod diff build/sakata/0123456789abcdef build/sakata    what was published before, and now

    Measures added, ended, renumbered, renamed, finished, better and worse; departments, reasons, activities
    and doubtful places that changed. Of two releases, the current editions of each plan are compared.
    """
    if new is not None and (first or last or plan):
        raise click.UsageError("--from, --to and --plan are for editions of one release: leave out NEW.")
    compared: Sequence[PlanChanges] = (
        compare_editions(open_release(old), plan, (_day(first), _day(last)))
        if new is None
        else compare_releases(open_release(old), open_release(new))
    )
    if not compared:
        raise click.UsageError("No plan of that release has two editions: name a second release, too.")
    _write(terminal, compared, form)
    if exit_code and any(each.changes for each in compared):
        raise SystemExit(1)


def _day(given: datetime | None) -> str | None:
    return None if given is None else date.isoformat(given.date())


def _write(terminal: Terminal, compared: Sequence[PlanChanges], form: str) -> None:
    if form == "json":
        terminal.json([each.record for each in compared])
    elif form == "turtle":
        graph = new_graph()
        for each in compared:
            graph += each.graph
        click.echo(serialize(ox_triples(graph), TURTLE), nl=False)
    else:
        click.echo(changes_text(compared, terminal.language))
