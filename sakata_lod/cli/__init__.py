"""The command `sakata-lod`: each subcommand in a file of its own."""

from sakata_lod.cli.main import main

__all__ = ["main"]
