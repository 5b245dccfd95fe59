"""`sakata-lod validate`: hold a site, or an RDF file, to the shapes."""

from pathlib import Path

import click
from rdflib import Graph

from sakata_lod.cli.garbage import uncollected
from sakata_lod.cli.terminal import Command, Terminal, base_iri_option, json_option
from sakata_lod.conversion import ox_triples
from sakata_lod.errors import InvalidData
from sakata_lod.formats import GRAPH_FORMATS, TURTLE, format_of_suffix
from sakata_lod.iris import IriSpace
from sakata_lod.publish.build import read_data, validate_data
from sakata_lod.publish.shapes import load_shapes
from sakata_lod.publish.validation import validate
from sakata_lod.publish.validation_report import (
    Severity,
    ValidationReport,
    ValidationResult,
    report_graph,
    report_table,
)
from sakata_lod.serialization import read_graph, serialize
from sakata_lod.vocabulary import SHARED_GRAPHS, load

_ANY_BASE = "http://localhost:8000/"
"""The base of a report's own IRIs where the validated file has no site."""


@click.command("validate", cls=Command)
@click.argument("target", metavar="FILE|SITE", type=click.Path(exists=True, path_type=Path))
@base_iri_option
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the SHACL report there, as Turtle.",
)
@json_option
@click.pass_obj
@uncollected()
def validate_command(
    terminal: Terminal, target: Path, base_iri: str | None, report_file: Path | None, as_json: bool
) -> None:
    """Validate a site's folder, or an RDF file, against the shapes.

    Ends with 1 if there are violations; warnings and infos alone are no failure.
    """
    base = base_iri or _ANY_BASE
    if target.is_dir():
        data = read_data(target, base_iri, terminal.stage)
        report, base = validate_data(data, terminal.stage), data.site.base_iri
    else:
        graph = _read(target)
        with terminal.stage("validate"):
            report = validate([graph, *map(load, SHARED_GRAPHS)], load_shapes())
    if report_file is not None:
        triples = ox_triples(report_graph(report, IriSpace(base)))
        report_file.write_bytes(serialize(triples, TURTLE))
    _show(terminal, report, as_json=as_json)
    if not report.conforms:
        raise SystemExit(1)


def _read(file: Path) -> Graph:
    format_ = format_of_suffix(file.suffix.removeprefix("."), GRAPH_FORMATS)
    if format_ is None:
        known = ", ".join(f".{each.suffix}" for each in GRAPH_FORMATS)
        raise InvalidData(
            file, f"not a kind of file that is known here; name it {known}, or give a site's folder"
        )
    try:
        return read_graph(file.read_bytes(), format_, base=file.resolve().as_uri())
    except (SyntaxError, ValueError) as error:
        raise InvalidData(file, f"{format_.name}: {error}") from error


def _show(terminal: Terminal, report: ValidationReport, *, as_json: bool) -> None:
    if as_json:
        results = [_record(each) for each in report.results]
        terminal.json({"conforms": report.conforms, "counts": report.counts, "results": results})
        return
    if report.results:
        terminal.out.print(report_table(report, terminal.language))
    violations, warnings, infos = (report.count(each) for each in Severity)
    terminal.say(
        ja=f"違反 {violations}件、警告 {warnings}件、情報 {infos}件",
        en=f"{violations} violations, {warnings} warnings, {infos} infos",
    )


def _record(result: ValidationResult) -> dict[str, object]:
    place = result.place
    return {
        "severity": result.severity.value,
        "focus_node": str(result.focus_node),
        "path": result.path,
        "value": None if result.value is None else str(result.value),
        "shape": str(result.source_shape),
        "message": {"ja": result.message("ja"), "en": result.message("en")},
        "place": place and {"file": str(place.file), "row": place.row, "column": place.column},
    }
