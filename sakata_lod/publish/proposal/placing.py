"""Proposed files and text, put beside and behind what people wrote, of which nothing is lost."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to write in, which then stands in the place of `folder`, whole or not at all.

    Raises: FileExistsError: there is one already.
    """
    if folder.exists():
        raise there_already(folder)
    begun = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield begun
        begun.chmod(0o755)
        begun.rename(folder)
    except OSError:
        shutil.rmtree(begun, ignore_errors=True)
        raise


def there_already(folder: Path) -> FileExistsError:
    """What is raised where something would be overwritten."""
    return FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))


def append(path: Path, text: str) -> None:
    """Put text behind that of a file, which stays whole if the disk is full."""
    whole = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n" + text.lstrip("\n")
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.write(whole)
    written = Path(file.name)
    written.chmod(path.stat().st_mode)
    written.replace(path)
