"""`sakata-lod new-site`: the folder in which a city begins to publish."""

from pathlib import Path

import click

from sakata_lod.cli.terminal import Command, Terminal
from sakata_lod.publish.new_site import NewSite, new_site, write_site


@click.command("new-site", cls=Command)
@click.argument("code")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--name", help="The municipality's name, instead of the listed one.")
@click.option("--base-iri", help="How all IRIs begin; http://localhost:8000/ if left out, to try.")
@click.pass_obj
def new_site_command(
    terminal: Terminal, code: str, folder: Path | None, name: str | None, base_iri: str | None
) -> None:
    """Begin a site for the municipality of CODE (全国地方公共団体コード, six digits) in FOLDER.

    FOLDER is data/CODE if left out. If it is there already, nothing is written, and the command ends with 7.
    """
    try:
        site = new_site(folder or Path("data") / code, code, name, base_iri)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--base-iri") from error
    write_site(site)
    _tell(terminal, site)


def _tell(terminal: Terminal, site: NewSite) -> None:
    terminal.say(ja=f"作成しました: {site.folder}（{site.name}）", en=f"Written: {site.folder} ({site.name})")
    if site.is_invented:
        terminal.note(
            ja="この番号の都道府県はありません。試すための市区町村として扱います。",
            en="No prefecture has this number: a municipality to try things with.",
        )
    elif site.listed is None:
        terminal.note(
            ja="この番号は一覧にありません。名称と番号を確かめてください。",
            en="This code is not listed: check it, and the name.",
        )
    terminal.note(
        ja=f"公開する前に {site.folder / 'site.toml'} の「# ?」の行に答えてください。",
        en=f"Before you build, answer “# ?” in {site.folder / 'site.toml'}.",
    )
    terminal.note(
        ja=f"次に: sakata-lod inspect 表のファイル --site {site.folder} --plan 計画の名前",
        en=f"Next: sakata-lod inspect FILE --site {site.folder} --plan SLUG",
    )
