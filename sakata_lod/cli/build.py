"""`sakata-lod build`: a site's files, or those of many, → a release."""

import os
from dataclasses import asdict
from pathlib import Path

import click

from sakata_lod.cli.garbage import uncollected
from sakata_lod.cli.terminal import (
    Command,
    Terminal,
    base_iri_option,
    json_option,
    releases_option,
    site_argument,
)
from sakata_lod.publish.build import Built, build
from sakata_lod.publish.federation import BuiltFederation, build_federation, federation_of
from sakata_lod.publish.validation_report import ValidationReport, report_table
from sakata_lod.release import Release
from sakata_lod.site import FEDERATION


@click.command("build", cls=Command)
@site_argument
@releases_option
@base_iri_option
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    help="Of a federation, how many cities are built at a time; by default, one a core.",
)
@json_option
@click.pass_obj
def build_command(
    terminal: Terminal, site: Path, releases: Path, base_iri: str | None, processes: int, as_json: bool
) -> None:
    """Build the release of SITE and make it the current one.

    If anything is wrong, nothing is published and the last release stays as it was. If SITE has a
    federation.toml, the sites that it names become one release, without those that are wrong.
    """
    into = releases / site.resolve().name
    if (site / FEDERATION).exists():
        federation = federation_of(site, base_iri, terminal.stage)
        together = build_federation(federation, into, processes, terminal.stage)
        _tell_of_federation(terminal, together, as_json=as_json)
    else:
        with uncollected():
            built = build(site, into, base_iri, terminal.stage)
        _tell(terminal, built, as_json=as_json)


def _tell_of_federation(terminal: Terminal, built: BuiltFederation, *, as_json: bool) -> None:
    if as_json:
        terminal.json(
            _record(built.release, terminal) | {"left_out": [asdict(each) for each in built.left_out]}
        )
    elif built.release is not None:
        _show(terminal, built.release)
    for each in built.left_out:
        name = f"{each.site} ({', '.join(each.plans)})" if each.plans else each.site
        reason = each.reason[terminal.language]
        terminal.note(ja=f"除いたもの {name}: {reason}", en=f"Left out: {name}: {reason}")
    if built.release is None:
        terminal.note(
            ja="公開できる市がありません。前回の公開データはそのままです。",
            en="No city can be published: the last release stays as it was.",
        )
    if built.left_out or built.release is None:
        raise SystemExit(1)


def _tell(terminal: Terminal, built: Built, *, as_json: bool) -> None:
    if as_json:
        terminal.json(_summary(built, terminal))
    elif built.release is not None:
        _show(terminal, built.release)
    if not built.report.conforms:
        terminal.err.print(report_table(ValidationReport(built.report.violations), terminal.language))
        _tell_what_is_not_published(terminal, built)
        raise SystemExit(1)


def _tell_what_is_not_published(terminal: Terminal, built: Built) -> None:
    if built.release is None:
        terminal.note(
            ja="違反があるため公開データを作成しません。前回の公開データはそのままです。",
            en="There are violations: no release is made, and the last one stays as it was.",
        )
    else:
        plans = ", ".join(built.left_out)
        terminal.note(
            ja=f"違反のある計画 {plans} を除いて公開データを作成しました。",
            en=f"The release leaves out {plans}, whose data have violations.",
        )


def _show(terminal: Terminal, release: Release) -> None:
    manifest = release.manifest
    counts = " ".join(f"{name}={count:,}" for name, count in manifest.counts.items())
    found = " ".join(f"{name}={count}" for name, count in manifest.validation.items())
    terminal.show_stages()
    terminal.say(
        ja=f"公開データ {release.id} を作成しました: {release.folder}\n  {counts}\n  検証: {found}",
        en=f"Release {release.id}: {release.folder}\n  {counts}\n  validation: {found}",
    )
    if not manifest.licence_confirmed:
        terminal.note(
            ja="  利用条件は未確認です（site.toml の [licence] confirmed）。",
            en="  The licence is not confirmed yet ([licence] confirmed in site.toml).",
        )


def _summary(built: Built, terminal: Terminal) -> dict[str, object]:
    return _record(built.release, terminal) | {
        "left_out": list(built.left_out),
        "validation": built.report.counts,
    }


def _record(release: Release | None, terminal: Terminal) -> dict[str, object]:
    return {
        "release": release.id if release else None,
        "folder": str(release.folder) if release else None,
        "counts": release.manifest.counts if release else {},
        "validation": release.manifest.validation if release else {},
        "milliseconds": {name: round(each * 1000) for name, each in terminal.durations_s.items()},
    }
