"""The command as a process of its own: `sakata-lod`, or `python -m sakata_lod.cli`."""

import atexit
import gc

from sakata_lod.cli.main import main


def run() -> None:
    """Run the command, and end the process with its exit code."""
    atexit.register(gc.freeze)  # no garbage is looked for at the end: it goes with the process
    main()


if __name__ == "__main__":
    run()
