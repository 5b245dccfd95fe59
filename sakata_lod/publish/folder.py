"""The folder of a release while it is written, and how it comes to its place."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sakata_lod.errors import ReleaseDamaged
from sakata_lod.formats import Format
from sakata_lod.placing import told_of
from sakata_lod.publish.files import FileToWrite, listed_file
from sakata_lod.release import MANIFEST, Manifest, Release, ReleaseFile, make_current, open_release
from sakata_lod.site import Text


class ReleaseFolder:
    """A folder being written, and the list of what is in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: list[ReleaseFile] = []

    def write(self, file: FileToWrite) -> None:
        """Write a file, and list it."""
        path = self.path / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        self.files.append(file.listed)

    def list(self, path: str, format_: Format, title: Text) -> None:
        """List a file that stands in the folder already."""
        self.files.append(listed_file(self.path, path, format_, title))

    def finish(self, manifest: Manifest) -> Release:
        """Write the manifest, move the folder to its name, and make it the current release.

        What was written is not read again: whoever opens a release looks whether it is whole.
        """
        (self.path / MANIFEST).write_text(manifest.text(), encoding="utf-8")
        target = self.path.parent.parent / manifest.release_id
        _move_into_place(self.path, target)
        make_current(target)
        return Release(target.resolve(), manifest)


@contextmanager
def release_folder(releases: Path) -> Iterator[ReleaseFolder]:
    """Open a folder to write a release into. What is not finished by the end leaves nothing behind."""
    releases.mkdir(parents=True, exist_ok=True)
    with told_of(releases), tempfile.TemporaryDirectory(dir=releases, prefix=".writing-") as scratch:
        folder = ReleaseFolder(Path(scratch) / "release")
        folder.path.mkdir()
        yield folder


def _move_into_place(written: Path, target: Path) -> None:
    """Move a finished folder to its name; one that stands there already, whole, is the same."""
    if target.exists():
        try:
            open_release(target)
        except ReleaseDamaged:
            shutil.rmtree(target)
        else:
            return
    written.rename(target)
