"""What a command says to the person before it, and in which language."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from rich.console import Console


class Command(click.Command):
    """A command that takes --lang, too, behind its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = "Language of messages."
        option = click.Option(["--lang"], type=LANGUAGES, expose_value=False, callback=_speak, help=about)
        self.params.append(option)


def _speak(context: click.Context, _option: click.Parameter, language: str | None) -> None:
    if language is not None:
        context.obj.language = language


LANGUAGES = click.Choice(["ja", "en"])

STAGES = {
    "read": {"ja": "表を読む", "en": "reading the tables"},
    "graph": {"ja": "グラフを作る", "en": "making the graph"},
    "validate": {"ja": "検証する", "en": "validating"},
    "cities": {"ja": "各市のデータを作る", "en": "building the cities"},
    "write": {"ja": "書き出す", "en": "writing the release"},
}


@dataclass(slots=True)
class Terminal:
    """Results go to standard output, everything else to standard error."""

    language: str
    out: Console = field(default_factory=lambda: Console(soft_wrap=True, highlight=False))
    err: Console = field(default_factory=lambda: Console(stderr=True, soft_wrap=True, highlight=False))
    durations_s: dict[str, float] = field(default_factory=dict)

    def say(self, *, ja: str, en: str) -> None:
        """Say something in the person's language, as a result."""
        self.out.print(ja if self.language == "ja" else en, markup=False)

    def note(self, *, ja: str, en: str) -> None:
        """Say something that is not part of the result."""
        self.err.print(ja if self.language == "ja" else en, markup=False)

    def error(self, sentence: str) -> None:
        """Say what went wrong."""
        self.err.print("エラー: " if self.language == "ja" else "Error: ", style="bold red", end="")
        self.err.print(sentence, markup=False)

    def json(self, value: object) -> None:
        """Write a result for a script."""
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Show that a stage of the work is under way, and remember how long it took."""
        began = time.perf_counter()
        with self.err.status(STAGES[name][self.language] + "…"):
            yield
        self.durations_s[name] = self.durations_s.get(name, 0.0) + time.perf_counter() - began

    def show_stages(self) -> None:
        """Tell how long each stage took, and all together."""
        for name, duration in self.durations_s.items():
            self.err.print(f"  {STAGES[name][self.language]}: {duration * 1000:,.0f} ms", markup=False)
        total = sum(self.durations_s.values())
        self.note(ja=f"  合計: {total * 1000:,.0f} ms", en=f"  in all: {total * 1000:,.0f} ms")


site_argument = click.argument(
    "site",
    envvar="SITE",
    default="data/sakata",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
"""The site's folder: given, or in SITE, or data/sakata."""

releases_option = click.option(
    "--releases",
    default="build",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder in which each site's releases stand, in a folder of the site's name.",
)

release_option = click.option(
    "--release",
    envvar="RELEASE",
    default="build/sakata",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="A release's folder, or a folder of releases with its `current` link. Also: RELEASE.",
)

base_iri_option = click.option(
    "--base-iri", envvar="BASE_IRI", help="Base IRI, instead of the site's own. Also: BASE_IRI."
)

json_option = click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
