"""The command line's one door: subcommands, language, and errors as sentences with an exit code."""

import locale
from typing import Any

import click

from sakata_lod import __version__
from sakata_lod.cli.activate import activate_command
from sakata_lod.cli.build import build_command
from sakata_lod.cli.describe import describe_command
from sakata_lod.cli.inspect import inspect_command
from sakata_lod.cli.load import load_command
from sakata_lod.cli.new_site import new_site_command
from sakata_lod.cli.query import query_command
from sakata_lod.cli.reconstruct import reconstruct_command
from sakata_lod.cli.serve import serve_command
from sakata_lod.cli.template import template_command
from sakata_lod.cli.terminal import LANGUAGES, Terminal
from sakata_lod.cli.validate import validate_command
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

EPILOG = """
\b
Exit codes:
  0  done, and nothing was found wrong
  1  looked at, and found wrong: violations, or a table that cannot be rebuilt
  2  the command line itself is wrong
  3  a file of the site, its table or the data is refused; the message says where
  4  no such release, nothing known of that IRI, or the address is taken
  5  a query was refused, malformed, too slow or too large
  6  a release was not loaded; the message says what the store holds now
  7  a file or folder cannot be read or written
"""


class _Commands(click.Group):
    """A group whose errors are sentences, not tracebacks."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SakataLodError as error:
            terminal: Terminal = ctx.obj
            terminal.error(error.sentence(terminal.language))
            ctx.exit(next(code for kind, code in EXIT_CODES if isinstance(error, kind)))
        except OSError as error:
            if error.filename is None:  # no file's: a broken pipe, say, which click knows how to end
                raise
            ctx.obj.error(f"{error.filename}: {error.strerror}")
            ctx.exit(FILE_SYSTEM_REFUSED)


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


for each in (
    build_command,
    validate_command,
    serve_command,
    activate_command,
    query_command,
    reconstruct_command,
    describe_command,
    load_command,
    template_command,
    new_site_command,
    inspect_command,
):
    main.add_command(each)
