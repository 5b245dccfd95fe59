"""The first rows of a table, for the page about it."""

import csv
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.formats import CSV, TSV
from sakata_lod.release import Release, ReleaseFile

_DELIMITERS = {CSV.media_type: ",", TSV.media_type: "\t"}
_CHARSET = "charset="


@dataclass(frozen=True, slots=True)
class Preview:
    """The headings of a table, and its first rows."""

    file: ReleaseFile
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def total(self) -> int | None:
        """How many rows the table has, where the manifest says."""
        return self.file.rows


def preview(release: Release, paths: Sequence[str], most_rows: int) -> Preview | None:
    """Read the beginning of the first table among some files of a release; None where there is none.

    Tables that say how many rows they have come first: those have one row of headings.
    """
    listed = [found for each in paths if (found := release.file(each)) and found.media_type in _DELIMITERS]
    if not listed:
        return None
    file = min(listed, key=lambda each: (each.rows is None, paths.index(each.path)))
    with (release.folder / file.path).open(encoding=_encoding(file), errors="replace", newline="") as text:
        read = csv.reader(text, delimiter=_DELIMITERS[file.media_type])
        rows = list(itertools.islice((row for row in read if any(row)), most_rows + 1))
    return Preview(file, rows[0], rows[1:]) if rows else None


def _encoding(file: ReleaseFile) -> str:
    """As the parameters of its media type say; else UTF-8, with a byte-order mark or without."""
    _, _, said = file.parameters.partition(_CHARSET)
    charset = said.partition(";")[0].strip().lower()
    return "utf-8-sig" if charset in {"", "utf-8"} else charset
