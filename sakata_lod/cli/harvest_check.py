"""`sakata-lod harvest-check`: what harvesters would store of a site, and what they would refuse."""

from typing import Any
from urllib.parse import urlsplit

import click

from sakata_lod.cli.terminal import Command, Terminal, json_option
from sakata_lod.serve.harvest.answers import OverHttp
from sakata_lod.serve.harvest.clients import check
from sakata_lod.serve.harvest.offered import Offered
from sakata_lod.serve.harvest.replay import Check, Site
from sakata_lod.serve.harvest.rules import Finding

_FOUND_WRONG = 1


def _base(_context: click.Context, _option: click.Parameter, url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise click.BadParameter("expected an address like https://data.example.jp/")
    return url.rstrip("/") + "/"


@click.command("harvest-check", cls=Command)
@click.argument("url", default="http://localhost:8000/", callback=_base)
@click.option(
    "--pages", default=50, show_default=True, type=click.IntRange(2, 10_000), help="Pages of each list."
)
@click.option(
    "--seconds",
    default=120.0,
    show_default=True,
    type=click.FloatRange(1, 3600),
    help="All together take no longer.",
)
@json_option
@click.pass_context
def harvest_check_command(
    context: click.Context, url: str, pages: int, seconds: float, *, as_json: bool
) -> None:
    """Ask the site at URL as harvesters do (CKAN, NII, BODIK, DCAT, search engines).

    Tells what each would store, and what it would refuse, why, and what to do. Ends with 1 where anything is
    refused.
    """
    terminal: Terminal = context.obj
    with terminal.err.status(url):
        checks = check(Site(url, OverHttp(url, seconds), pages))
    if as_json:
        terminal.json([_as_data(each, terminal.language) for each in checks])
    else:
        for each in checks:
            _show(terminal, each)
    if any(each.refused for each in checks):
        context.exit(_FOUND_WRONG)


def _show(terminal: Terminal, shown: Check) -> None:
    language = terminal.language
    mark = "✗" if shown.refused else "✓"
    terminal.say(
        ja=f"{mark} {shown.title.ja}: 要求 {len(shown.asked)} 件、データセット {len(shown.stored)} 件",
        en=f"{mark} {shown.title.en}: {len(shown.asked)} requests, {len(shown.stored)} datasets",
    )
    if not shown.whole:
        terminal.say(
            ja="    途中まで（--pages を増やしてください）", en="    not to the end: give more --pages"
        )
    for each in shown.stored:
        line = f"    {each.name}: {each.title} [{each.licence}] {', '.join(each.formats)} {each.size:,} B"
        terminal.say(ja=line, en=line)
    for finding in shown.found:
        arrow = f"    {'✗' if finding.refused else '!'} {finding.about}: {finding.problem.sentence(language)}"
        line = f"{arrow} → {finding.remedy.sentence(language)}"
        terminal.say(ja=line, en=line)


def _as_data(shown: Check, language: str) -> dict[str, Any]:
    return {
        "client": shown.client,
        "title": shown.title.sentence(language),
        "requests": [{"method": e.method, "path": e.path, "status": e.status} for e in shown.asked],
        "whole": shown.whole,
        "stored": [_stored(each) for each in shown.stored],
        "findings": [_found(each, language) for each in shown.found],
    }


def _stored(each: Offered) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.name,
        "title": each.title,
        "licence": each.licence,
        "tags": list(each.tags),
        "formats": list(each.formats),
        "bytes": each.size,
    }


def _found(each: Finding, language: str) -> dict[str, Any]:
    return {
        "about": each.about,
        "problem": each.problem.sentence(language),
        "remedy": each.remedy.sentence(language),
        "refused": each.refused,
    }
