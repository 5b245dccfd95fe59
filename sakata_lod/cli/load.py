"""`sakata-lod load`: a release → a SPARQL store elsewhere."""

from pathlib import Path

import click

from sakata_lod.cli.terminal import Command, Terminal, json_option, release_option
from sakata_lod.release import Release, open_release
from sakata_lod.stores.endpoint import Endpoint
from sakata_lod.stores.graph_store import Account, GraphStore
from sakata_lod.stores.loading import Loaded, StoreAddress, load
from sakata_lod.stores.remote import RemoteStore

_REQUEST_TIMEOUT_S = 600.0


@click.command("load", cls=Command)
@click.argument("url", envvar="STORE_GRAPH_URL")
@click.option(
    "--query-url",
    envvar="STORE_URL",
    required=True,
    help="The store's query endpoint, by which what was loaded is counted. Also: STORE_URL.",
)
@click.option(
    "--default-graph",
    envvar="STORE_DEFAULT_GRAPH",
    help="Put the default graph into a graph of this name. Also: STORE_DEFAULT_GRAPH.",
)
@click.option(
    "--user",
    envvar="STORE_USER",
    help="Who may write there; the password is in STORE_PASSWORD. Also: STORE_USER.",
)
@click.option("--password", envvar="STORE_PASSWORD", hidden=True, help="Set STORE_PASSWORD instead.")
@release_option
@json_option
@click.pass_obj
def load_command(
    terminal: Terminal,
    url: str,
    query_url: str,
    default_graph: str | None,
    user: str | None,
    password: str | None,
    release: Path,
    as_json: bool,
) -> None:
    """Put the current release into the store whose Graph Store Protocol address is URL.

    It takes the place of this site's release that is there. If anything goes wrong, that one is put back.
    """
    opened = open_release(release)
    account = Account(user, password or "") if user else None
    store = StoreAddress(
        name=url,
        graphs=GraphStore(url, _REQUEST_TIMEOUT_S, account),
        queries=RemoteStore(Endpoint(query_url, _REQUEST_TIMEOUT_S), opened.manifest.iris, default_graph),
        default_graph=default_graph,
    )
    with terminal.err.status(url) as status:
        loaded = load(opened, store, lambda step: status.update(f"{url}: {step}"))
    _show(terminal, opened, loaded, as_json=as_json)


def _show(terminal: Terminal, release: Release, loaded: Loaded, *, as_json: bool) -> None:
    named = {name or "default": count for name, count in loaded.triples.items()}
    total = sum(named.values())
    if as_json:
        terminal.json({"release": release.id, "triples": named, "removed": list(loaded.removed)})
        return
    for name, count in named.items():
        terminal.say(ja=f"  {name}: {count:,}", en=f"  {name}: {count:,}")
    for name in loaded.removed:
        terminal.say(ja=f"  {name}: 削除", en=f"  {name}: removed")
    terminal.say(
        ja=f"公開データ {release.id} を読み込みました。{len(named)}グラフ {total:,}トリプル、件数を確認済み",
        en=f"Release {release.id} is loaded: {len(named)} graphs, {total:,} triples, each graph counted.",
    )
