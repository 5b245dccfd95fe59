"""`sakata-lod link`: which measures of two cities may be alike, for people to decide."""

from pathlib import Path

import click

from sakata_lod.cli.terminal import Command, Terminal
from sakata_lod.placing import replaced, there_already
from sakata_lod.publish.link_proposals import Wanted, as_toml, proposals
from sakata_lod.publish.linkable_measures import linkable_measures
from sakata_lod.site import LINKS, read_links


@click.command("link", cls=Command)
@click.argument("own", metavar="A")
@click.argument("other", metavar="B")
@click.option(
    "--to",
    "target",
    default=LINKS,
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the proposals are written. A file that is there already is not touched.",
)
@click.option("--city", help="Of A, only the city with this code.")
@click.option("--other-city", help="Of B, only the city with this code.")
@click.option(
    "--known",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A links.toml whose links, accepted or refused, are not proposed again.",
)
@click.option(
    "--at-least",
    default=0.5,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="The lowest score that is proposed.",
)
@click.option(
    "--at-most",
    default=3,
    show_default=True,
    type=click.IntRange(min=1),
    help="How many links are proposed for each measure.",
)
@click.pass_obj
def link_command(
    terminal: Terminal,
    *,
    own: str,
    other: str,
    target: Path,
    city: str | None,
    other_city: str | None,
    known: Path | None,
    at_least: float,
    at_most: int,
) -> None:
    """Propose links from the measures of A to those of B: folders of releases, or URLs of SPARQL endpoints.

    Nothing is published: write accept = "yes" where you agree, who you are and the day, put the file into
    A's site folder as links.toml, and build.
    """
    if target.exists():
        raise there_already(target)
    decided = read_links(known).link if known else ()
    found = proposals(
        linkable_measures(own, city), linkable_measures(other, other_city), Wanted(at_least, at_most), decided
    )
    with replaced(target) as draft:
        draft.write_text(as_toml(found), encoding="utf-8")
    terminal.say(
        ja=f"{len(found)}件の候補を書きました: {target}", en=f"Links proposed: {len(found)}, in {target}"
    )
