"""`sakata-lod inspect`: how an unknown table would be read, and what only people can say of it."""

from datetime import datetime
from pathlib import Path

import click

from sakata_lod.cli.terminal import Command, Terminal
from sakata_lod.iris import SLUG
from sakata_lod.placing import there_already
from sakata_lod.publish.next_edition import NextEdition, printed_day, propose_next, write_next
from sakata_lod.publish.proposal import Asked, Proposal, SiteRegister, propose, write_proposal
from sakata_lod.site import read_site

_NO_DAY = "the table does not say of which day it tells: add --as-of, like --as-of 2024-03-31"


@click.command("inspect", cls=Command)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Write into this site's folder.",
)
@click.option("--plan", "slug", metavar="SLUG", help="The plan's name in IRIs; needed with --site.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of which the table tells, unless it says so itself.",
)
@click.option(
    "--sheet",
    "sheets",
    metavar="NAME",
    multiple=True,
    help="Of a workbook with several tables; given several times, these sheets are one table.",
)
@click.pass_obj
def inspect_command(
    terminal: Terminal,
    file: Path,
    site: Path | None,
    slug: str | None,
    as_of: datetime | None,
    sheets: tuple[str, ...],
) -> None:
    """Propose a plan.toml for the table in FILE (TSV, CSV or XLSX), and the departments that it names.

    If the site has the plan already, the table becomes another edition of it, read as the one before.
    What only people know is asked in the proposal, at “# ?”: until each “?” is replaced, the build stops.
    Without --site, the proposal goes to standard output.
    """
    if slug is not None and not SLUG.fullmatch(slug):
        raise click.BadParameter("use a-z, 0-9 and single hyphens", param_hint="--plan")
    asked = Asked(slug, as_of.date() if as_of else None, sheets, terminal.language)
    if site is None:
        _show(terminal, propose(file, asked))
        return
    if slug is None:
        raise click.UsageError("--site needs --plan, which names the plan's folder")
    if (site / "plans" / slug / "plan.toml").exists():
        _next_edition(terminal, site, slug, file, asked)
        return
    proposal = propose(file, asked, SiteRegister.of(site))
    if proposal.as_of is None:
        raise click.UsageError(_NO_DAY)
    _tell(terminal, proposal, write_proposal(site, slug, file, proposal, proposal.as_of), site)


def _next_edition(terminal: Terminal, folder: Path, slug: str, file: Path, asked: Asked) -> None:
    """Propose an edition of a plan that is there."""
    as_of = asked.as_of or printed_day(file, asked.sheets)
    if as_of is None:
        raise click.UsageError(_NO_DAY)
    edition = folder / "plans" / slug / as_of.isoformat()
    if edition.exists():
        terminal.note(
            ja="その日の版はもうあります。訂正して公表し直された表なら、"
            "フォルダーの表を置き換えて build してください。"
            f"版を作り直すなら、フォルダーと、plan.toml の [editions.{as_of}] で始まる表を消してください。",
            en="There is an edition of that day. If the table was corrected and published again, "
            "put it in place of the one in the folder, and build. To begin the edition anew, "
            f"delete the folder and the tables of plan.toml that begin with [editions.{as_of}].",
        )
        raise there_already(edition)
    site = read_site(folder)
    plan = next(each for each in site.plans if each.folder.name == slug)
    proposal = propose_next(site, plan, as_of, file, asked)
    _tell_of_the_edition(terminal, proposal, write_next(site, plan, file, proposal), folder)


def _tell_of_the_edition(terminal: Terminal, proposal: NextEdition, edition: Path, site: Path) -> None:
    plan = edition.parent / "plan.toml"
    terminal.say(ja=f"作成しました: {edition}", en=f"Written: {edition}")
    terminal.say(ja=f"版を書き足しました: {plan}", en=f"The edition added: {plan}")
    _tell_of_departments(terminal, proposal.departments, site)
    if proposal.corrections:
        before, carried, left = proposal.before, proposal.carried, len(proposal.left)
        terminal.note(
            ja=f"{before} の版の訂正のうち、{carried}件を引き継ぎ、{left}件は当てはまりません",
            en=f"{carried} corrections of {before} still fit, {left} do not",
        )
    measures = "—" if proposal.measures is None else proposal.measures
    terminal.note(
        ja=f"施策 {measures}件、答えていただく問い {proposal.questions}件",
        en=f"{measures} measures, {proposal.questions} questions to answer",
    )
    _tell_what_to_do(terminal, site, proposal.questions)


def _show(terminal: Terminal, proposal: Proposal) -> None:
    click.echo(proposal.plan_toml, nl=False)
    if proposal.departments:
        click.echo("\n# departments.ttl")
        click.echo("\n".join(f"# {line}".rstrip() for line in proposal.departments.splitlines()))
    _tell_what_was_found(terminal, proposal)


def _tell(terminal: Terminal, proposal: Proposal, folder: Path, site: Path) -> None:
    terminal.say(ja=f"作成しました: {folder / 'plan.toml'}", en=f"Written: {folder / 'plan.toml'}")
    _tell_of_departments(terminal, proposal.departments, site)
    _tell_what_was_found(terminal, proposal)
    _tell_what_to_do(terminal, site, proposal.questions)


def _tell_of_departments(terminal: Terminal, departments: str, site: Path) -> None:
    if departments:
        register = site / "departments.ttl"
        terminal.say(ja=f"部署を書き足しました: {register}", en=f"Departments added: {register}")


def _tell_what_to_do(terminal: Terminal, site: Path, questions: int) -> None:
    if not questions:
        terminal.note(ja=f"つぎに: sakata-lod build {site}", en=f"Next: sakata-lod build {site}")
        return
    terminal.note(
        ja=f"「# ?」の行に答えてから: sakata-lod build {site}",
        en=f"Answer the lines “# ?”, then: sakata-lod build {site}",
    )


def _tell_what_was_found(terminal: Terminal, proposal: Proposal) -> None:
    terminal.note(
        ja=f"施策 {proposal.measures}件、答えていただく問い {proposal.questions}件",
        en=f"{proposal.measures} measures, {proposal.questions} questions to answer",
    )
    for error in proposal.unread:
        terminal.note(
            ja=f"このシートは読まずに進めました。{error.sentence('ja')}",
            en=f"This sheet was passed over: {error.sentence('en')}",
        )
    if len(proposal.sheets) > 1:
        sheets = "、".join(proposal.sheets)
        terminal.note(
            ja=f"シート{len(proposal.sheets)}枚を1つの表として読みました: {sheets}",
            en=f"{len(proposal.sheets)} sheets were read as one table: {sheets}",
        )
    elif proposal.other_sheets:
        terminal.note(
            ja=f"シート「{proposal.sheets[0]}」を読みました。",
            en=f"This is the sheet “{proposal.sheets[0]}”.",
        )
    if proposal.other_sheets:
        sheets = "、".join(proposal.other_sheets)
        terminal.note(
            ja=f"ほかに施策の表らしいシートがあります（{sheets}）。--sheet で選べます。同じ計画の続きなら、"
            "--sheet を繰り返すと1つの表として読みます。",
            en=f"Others seem to hold measures, too ({sheets}): choose by --sheet. Where they go on with the "
            "same plan, several --sheet are read as one table.",
        )
