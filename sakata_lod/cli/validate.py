"""`sakata-lod validate`: hold a site, a plan's table or an RDF file to the rules."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from sakata_lod.cli.findings_table import findings_table
from sakata_lod.cli.garbage import uncollected
from sakata_lod.cli.terminal import Command, Terminal, base_iri_option
from sakata_lod.conversion import ox_triples
from sakata_lod.formats import TURTLE
from sakata_lod.iris import IriSpace
from sakata_lod.placing import replaced
from sakata_lod.publish.build import read_data, validate_data
from sakata_lod.publish.check import FileToCheck, check_file
from sakata_lod.publish.findings import CHECKED, FileReport, of_results
from sakata_lod.publish.shapes import load_shapes
from sakata_lod.publish.validation_report import Severity
from sakata_lod.serialization import serialize
from sakata_lod.vocabulary import SITE_SHAPES

_A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be checked, and what it is read by."""

    target: Path
    base_iri: str | None
    plan: Path | None
    departments: Path | None
    years: tuple[int, int] | None


@click.command("validate", cls=Command)
@click.argument("target", metavar="FILE|SITE", type=click.Path(exists=True, path_type=Path))
@base_iri_option
@click.option("--plan", type=_A_FILE, help="Read a table by this plan.toml, instead of the template's.")
@click.option("--departments", type=_A_FILE, help="Look up a table's departments in this departments.ttl.")
@click.option(
    "--years",
    nargs=2,
    metavar="FIRST LAST",
    type=click.IntRange(1900, 2200),
    help="The plan's fiscal years, as `template` takes them; without, those of the table's headings.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "ttl"]),
    default="text",
    show_default=True,
    help="How the report is written: for people, as JSON or CSV, or as SHACL's own in Turtle.",
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the SHACL report there, as Turtle.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_obj
@uncollected()
def validate_command(
    terminal: Terminal, /, form: str, report_file: Path | None, *, as_json: bool, **asked: Any
) -> None:
    """Validate a site's folder, a plan's table (XLSX, CSV, TSV), or an RDF file.

    A table is read by the template's plan.toml, or by the one given. Each finding has its cell and a remedy.
    Ends with 1 if there are violations; warnings and infos alone are no failure.
    """
    report, base = _checked(terminal, _Asked(**asked))
    triples = serialize(ox_triples(report.graph(IriSpace(base))), TURTLE)
    if report_file is not None:
        with replaced(report_file) as draft:
            draft.write_bytes(triples)
    if as_json or form == "json":
        terminal.json(report.record)
    elif form == "text":
        _show(terminal, report)
    else:
        written = triples if form == TURTLE.suffix else report.csv(terminal.language)
        click.echo(written, nl=False)
    if not report.conforms:
        sys.exit(1)


def _checked(terminal: Terminal, asked: _Asked) -> tuple[FileReport, str]:
    """Check what is asked for. Answers the report, and the base of its IRIs."""
    if asked.target.is_dir():
        data = read_data(asked.target, asked.base_iri, terminal.stage)
        results = validate_data(data, terminal.stage).results
        found = of_results(results, load_shapes(*SITE_SHAPES))
        return FileReport(data.site.name, found), data.site.base_iri
    plan, departments = (_bytes(each) for each in (asked.plan, asked.departments))
    file = FileToCheck(str(asked.target), asked.target.read_bytes(), plan, departments, asked.years or None)
    with terminal.stage("validate"):
        return check_file(file), asked.base_iri or CHECKED.base


def _bytes(file: Path | None) -> bytes | None:
    return None if file is None else file.read_bytes()


def _show(terminal: Terminal, report: FileReport) -> None:
    """The verdict, then what was found, then what was not looked at."""
    counts = [report.validation.count(each) for each in Severity]
    if report.conforms:
        terminal.say(ja="公開できます。", en="It can be published.")
    else:
        terminal.say(ja="このままでは公開できません。", en="It cannot be published as it is.")
    violations, warnings, infos = counts
    terminal.say(
        ja=f"違反 {violations}件、警告 {warnings}件、情報 {infos}件",
        en=f"{violations} violations, {warnings} warnings, {infos} infos",
    )
    if report.findings:
        terminal.out.print(findings_table(report.findings, terminal.language))
    for each in report.notes:
        terminal.say(ja=each.sentence("ja"), en=each.sentence("en"))
