"""`python -m sakata_lod.cli`, where the command itself is not on the path."""

from sakata_lod.cli import main

main()
