"""A release's triples as a database on disk, for those too many for memory. Made once, then only read.

{release}/oxigraph-0.5/quads/    what pyoxigraph (RocksDB) keeps; named after the versions that can read it
{release}/oxigraph-0.5/size      how many quads there are: counting them takes a while

It is no part of the release, whose manifest does not list it: it can be removed, and is made anew.
"""

import fcntl
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sakata_lod.errors import DatabaseNotMade

if TYPE_CHECKING:  # the zygote, which imports this, has no use for it and starts in half the time
    from sakata_lod.release import Release

_log = logging.getLogger(__name__)
_NAME = f"oxigraph-{'.'.join(ox.__version__.split('.')[:2])}"
_DRAFT = f".{_NAME}"
_LOCK = ".oxigraph.lock"
_QUADS = "quads"
_SIZE = "size"


def quads_of(release: "Release", in_memory_below: int) -> Path:
    """Where to read a release's quads from: its N-Quads file, or a database if they are that many or more.

    Raises: DatabaseNotMade.
    """
    counts = release.manifest.counts
    if counts.get("triples", 0) + counts.get("quads", 0) < in_memory_below:
        return release.dataset
    return database(release)


def database(release: "Release") -> Path:
    """The database of a release, made if there is none, or none that can be read.

    A process that comes second waits for the first. Whoever finds the folder under its name finds it whole.
    Raises: DatabaseNotMade: the release's folder cannot be written, or the disk is full.
    """
    made = release.folder / _NAME
    if _is_readable(made):
        return made
    try:
        with _locked(release.folder / _LOCK):
            if not _is_readable(made):
                _make(release, made)
    except OSError as error:
        raise DatabaseNotMade(release.folder, error.strerror or str(error)) from error
    return made


def open_database(folder: Path) -> ox.Store:
    """Open a database that `database` has made, for reading: by as many processes as like."""
    return ox.Store.read_only(str(folder / _QUADS))


def size(folder: Path) -> int:
    """How many quads a database holds."""
    return int((folder / _SIZE).read_text("ascii"))


def _make(release: "Release", made: Path) -> None:
    _log.info("making the database of release %s", release.id)
    draft = release.folder / _DRAFT
    for left in (draft, made):  # of a process that was ended while it wrote; or damaged
        shutil.rmtree(left, ignore_errors=True)
    draft.mkdir()
    try:
        quads = ox.Store(str(draft / _QUADS))
        quads.bulk_load(path=release.dataset, format=ox.RdfFormat.N_QUADS)
        quads.flush()
        (draft / _SIZE).write_text(str(len(quads)), "ascii")
        del quads  # closes it
        draft.rename(made)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _is_readable(made: Path) -> bool:
    try:
        size(made)
        open_database(made)
    except (OSError, ValueError):
        return False
    return True


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
