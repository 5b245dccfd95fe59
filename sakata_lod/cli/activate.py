"""`sakata-lod activate`: make another release the current one, or go back to an older one."""

from pathlib import Path

import click

from sakata_lod.cli.terminal import Command, Terminal, base_iri_option
from sakata_lod.errors import ReleaseError, ReleaseForAnotherBase
from sakata_lod.release import CURRENT, make_current, open_release


@click.command("activate", cls=Command)
@click.argument("folder", metavar="RELEASE", type=click.Path(file_okay=False, path_type=Path))
@base_iri_option
@click.pass_obj
def activate_command(terminal: Terminal, folder: Path, base_iri: str | None) -> None:
    """Make RELEASE, a folder such as build/sakata/0123456789abcdef, the current release beside it.

    It is checked first: it must be whole, and for the base IRI of the current one, or of --base-iri.
    A running server takes it within a second or two. To go back to an older release, activate that.
    """
    release = open_release(folder)
    beside = release.folder.parent
    wanted, built_for = base_iri or _current_base_iri(beside), release.manifest.base_iri
    if wanted is not None and wanted != built_for:
        raise ReleaseForAnotherBase(release.folder, built_for, wanted)
    make_current(release.folder)
    terminal.say(
        ja=f"公開データ {release.id} を現在の版にしました: {beside / CURRENT}",
        en=f"Release {release.id} is the current one: {beside / CURRENT}",
    )


def _current_base_iri(releases: Path) -> str | None:
    """The base IRI of the current release; None where there is none, or it is damaged and to be replaced."""
    try:
        return open_release(releases / CURRENT).manifest.base_iri
    except ReleaseError:
        return None
