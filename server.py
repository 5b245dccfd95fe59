"""Serve a release: `python server.py`, told by the environment where it lies and where to listen."""

import os
import sys

from sakata_lod.errors import SakataLodError
from sakata_lod.serve.listen import serve
from sakata_lod.serve.settings import Settings


def main() -> int:
    """Serve until told to end. Answers the exit status."""
    try:
        serve(Settings.read(os.environ), _tell)
    except SakataLodError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _tell(address: str) -> None:
    sys.stderr.write(f"Serving at {address} (Ctrl-C ends it)\n")


if __name__ == "__main__":
    sys.exit(main())
