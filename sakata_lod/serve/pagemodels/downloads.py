"""The files of a release, in the groups that people look for."""

from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.formats import CSV, JSON, PARQUET, XLSX
from sakata_lod.release import MEMBERS, Manifest, ReleaseFile
from sakata_lod.serve.translation import LazyText, lazy_gettext

_FOLDERS = {
    "edition": "editions",
    "source": "originals",
    "vocabulary": "vocabulary",
    "template": "form",
    MEMBERS: "cities",
}
_WHOLE = {"graph", "dataset", "void"}
_TABLES = {each.suffix for each in (CSV, PARQUET, XLSX, JSON)}

_HEADINGS: tuple[tuple[str, LazyText], ...] = (
    ("whole", lazy_gettext("All data as one file")),
    ("tables", lazy_gettext("Tables")),
    ("editions", lazy_gettext("Edition by edition")),
    ("originals", lazy_gettext("The published tables, as they were published")),
    ("vocabulary", lazy_gettext("Vocabulary, codes and shapes")),
    ("form", lazy_gettext("A form for your own plan")),
    ("others", lazy_gettext("Checks and search")),
)


@dataclass(frozen=True, slots=True)
class FileGroup:
    """Files of one kind. name: names their place on the page."""

    name: str
    heading: LazyText
    files: Sequence[ReleaseFile]


def file_groups(manifest: Manifest) -> list[FileGroup]:
    """Arrange the files of a release; in a federation, those that are no single city's."""
    found: dict[str, list[ReleaseFile]] = {}
    for each in manifest.files:
        found.setdefault(_group(each.path), []).append(each)
    return [FileGroup(name, heading, found[name]) for name, heading in _HEADINGS if name in found]


def _group(path: str) -> str:
    folder, _, below = path.partition("/")
    if below:
        return _FOLDERS.get(folder, "others")
    stem, _, suffixes = path.partition(".")
    if stem in _WHOLE:
        return "whole"
    return "tables" if suffixes.rpartition(".")[2] in _TABLES else "others"
