"""Files and folders that take their place whole or not at all: nothing half-written, nothing lost."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to write in, which takes the place of `folder` when the block ends well.

    Raises: FileExistsError: there is one already. OSError, with the folder's name.
    """
    if folder.exists():
        raise there_already(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    begun = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        with told_of(folder):
            yield begun
            begun.chmod(0o755)
            begun.rename(folder)
    finally:
        shutil.rmtree(begun, ignore_errors=True)


@contextmanager
def replaced(file: Path) -> Iterator[Path]:
    """Give a file to write, which takes the place of `file` when the block ends well.

    What a link leads to is replaced, not the link; a pipe or a device is written to as it is.
    Raises: OSError, with the file's name.
    """
    place = file.resolve()
    if place.exists() and not place.is_file():
        yield place
        return
    draft = place.with_name(f".{place.name}-{token_hex(4)}")
    try:
        with told_of(file):
            yield draft
            if place.exists():
                draft.chmod(place.stat().st_mode)
            draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def appended(file: Path, text: str) -> Iterator[None]:
    """Put text behind that of a file when the block ends well, else leave the file as it is.

    It is written before the block begins, so that a full disk shows before anything else is put in its place.
    """
    whole = file.read_text(encoding="utf-8").rstrip("\n") + "\n\n" + text.lstrip("\n")
    with replaced(file) as draft:
        draft.write_text(whole, encoding="utf-8")
        yield


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """Have an error of the file system name what was to be written: that of a full disk names nothing."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def there_already(path: Path) -> FileExistsError:
    """What is raised where something would be overwritten."""
    return FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
