"""The command line's one door: subcommands, language, and errors as sentences with an exit code."""

import errno
import locale
from importlib import import_module
from typing import Any

import click

from sakata_lod import __version__
from sakata_lod.cli.garbage import uncollected
from sakata_lod.cli.terminal import LANGUAGES, Terminal
from sakata_lod.errors import (
    AddressUnavailable,
    ConfigurationError,
    IdentityUnclear,
    InvalidData,
    LoadError,
    QueryError,
    ReleaseError,
    SakataLodError,
    SourceError,
    UnknownIri,
    WrongMunicipalityCode,
)

EXIT_CODES: tuple[tuple[type[SakataLodError], int], ...] = (
    (WrongMunicipalityCode, 2),
    (ConfigurationError, 3),
    (SourceError, 3),
    (IdentityUnclear, 3),
    (InvalidData, 3),
    (ReleaseError, 4),
    (UnknownIri, 4),
    (AddressUnavailable, 4),
    (QueryError, 5),
    (LoadError, 6),
)
"""Which error ends the command with which code; 0, 1 and 2 are told in the help."""

FILE_SYSTEM_REFUSED = 7
"""With this code a command ends that may not read or write a file, or finds the disk full."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

EPILOG = """
\b
Exit codes:
  0  done, and nothing was found wrong
  1  looked at, and found wrong: violations, a table that cannot be rebuilt, datasets that harvesters
     refuse; or, where asked by diff --exit-code, changes
  2  the command line itself is wrong
  3  a file of the site, its table or the data is refused; the message says where
  4  no such release, nothing known of that IRI, or the address is taken
  5  a query was refused, malformed, too slow or too large
  6  a release was not loaded; the message says what the store holds now
  7  a file or folder cannot be read or written
"""


COMMANDS = (
    "activate",
    "build",
    "describe",
    "diff",
    "harvest-check",
    "inspect",
    "link",
    "load",
    "new-site",
    "query",
    "reconstruct",
    "serve",
    "template",
    "validate",
)
"""The commands: `sakata-lod NAME` is `NAME_command` of the module `NAME` beside this one; - is _ there."""


class _Commands(click.Group):
    """A group whose errors are sentences, not tracebacks.

    A command is imported when it is wanted, so that none waits for what only another needs.
    """

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module_name = name.replace("-", "_")
        with uncollected():
            module = import_module(f"sakata_lod.cli.{module_name}")
        command: click.Command = getattr(module, f"{module_name}_command")
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SakataLodError as error:
            terminal: Terminal = ctx.obj
            terminal.error(error.sentence(terminal.language))
            ctx.exit(next(code for kind, code in EXIT_CODES if isinstance(error, kind)))
        except OSError as error:
            if isinstance(error, BrokenPipeError):  # nobody reads on: click knows how to end
                raise
            ctx.obj.error(_refusal(error, ctx.obj.language))
            ctx.exit(FILE_SYSTEM_REFUSED)


def _refusal(error: OSError, language: str) -> str:
    """What the file system refused; where something would be overwritten or the disk is full, what to do."""
    if isinstance(error, FileExistsError):
        ja = (
            f"{error.filename} はすでにあり、上書きしません。移すか消すかしてから、もう一度実行してください。"
        )
        en = f"{error.filename} is there already, and is not overwritten. Move or delete it, then try again."
        return ja if language == "ja" else en
    refused = ": ".join(str(each) for each in (error.filename, error.strerror or error) if each is not None)
    if error.errno not in _FULL:
        return refused
    ja = f"{refused}。前からあるものは元のままです。空きを作って、もう一度実行してください。"
    en = f"{refused}. What was there before is as it was. Make room, then try again."
    return ja if language == "ja" else en


@click.group(cls=_Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang",
    type=LANGUAGES,
    help="Language of messages; by default the terminal's own.",
)
@click.version_option(__version__, prog_name="sakata-lod")
@click.pass_context
def main(context: click.Context, lang: str | None) -> None:
    """Publish the progress of a municipal plan as linked open data."""
    context.obj = Terminal(lang or _language_of_the_terminal())


def _language_of_the_terminal() -> str:
    language, _ = locale.getlocale(locale.LC_MESSAGES)
    return "ja" if (language or "").startswith("ja") else "en"
