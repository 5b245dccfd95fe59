"""The files of a release that people and programs open as tables, each with what the manifest says of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from sakata_lod.formats import CSV_TABLE, CSVW, JSON, PARQUET, TOML, XLSX, Format
from sakata_lod.publish.explanation import tables_workbook
from sakata_lod.publish.parquet import table_parquet
from sakata_lod.publish.publication import Publication
from sakata_lod.publish.table_metadata import CsvFile, csvw_group, csvw_table, data_package
from sakata_lod.publish.tables import FilledTable, fill_tables, table_csv, with_byte_order_mark
from sakata_lod.publish.template import (
    make_template,
    template_csv,
    template_plan,
    template_title,
    template_workbook,
)
from sakata_lod.release import ReleaseFile
from sakata_lod.site import Text


@dataclass(frozen=True, slots=True)
class FileAbout:
    """What the manifest says of a file beyond its name: see ReleaseFile."""

    rows: int | None = None
    described_by: str | None = None
    plan: str | None = None
    edition: str | None = None


@dataclass(frozen=True)
class FileToWrite:
    """A file that a release is to have. path: below its folder."""

    path: str
    content: bytes
    format: Format
    title: Text
    about: FileAbout = FileAbout()

    @cached_property
    def listed(self) -> ReleaseFile:
        """Its line in the manifest."""
        return ReleaseFile(
            path=self.path,
            media_type=self.format.media_type,
            parameters=self.format.parameters,
            size=len(self.content),
            sha256=hashlib.sha256(self.content).hexdigest(),
            title=self.title.by_language,
            rows=self.about.rows,
            described_by=self.about.described_by,
            plan=self.about.plan,
            edition=self.about.edition,
        )


def listed_file(folder: Path, path: str, format_: Format, title: Text) -> ReleaseFile:
    """The manifest's line for a file that stands in a release's folder, however large it is."""
    file = folder / path
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return ReleaseFile(
        path=path,
        media_type=format_.media_type,
        size=file.stat().st_size,
        sha256=digest,
        title=title.by_language,
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    """The tables of a release, filled, and their CSV files in both forms."""

    filled: tuple[FilledTable, ...]
    for_excel: tuple[FileToWrite, ...]
    plain: tuple[FileToWrite, ...]


def table_files(store: ox.Store, publication: Publication) -> Iterator[FileToWrite]:
    """Make the files of all tables, and what describes them."""
    tables = _tables(store)
    yield from _each_table(tables, publication)
    yield from _of_all(tables, publication)


def member_table_files(store: ox.Store, publication: Publication) -> Iterator[FileToWrite]:
    """Make the files of each table by itself, which programs put together with those of other cities."""
    yield from _each_table(_tables(store), publication)


def _tables(store: ox.Store) -> _Tables:
    filled = tuple(fill_tables(store))
    for_excel = tuple(_csv(table, "csv") for table in filled)
    return _Tables(filled, for_excel, tuple(_csv(table, "plain.csv") for table in filled))


def _each_table(tables: _Tables, publication: Publication) -> Iterator[FileToWrite]:
    files = [*tables.for_excel, *tables.plain]
    for table, file in zip([*tables.filled, *tables.filled], files, strict=True):
        yield file
        described = csvw_table(_described(table, file), publication)
        title = Text(ja=f"{file.title.ja}の説明（CSVW）", en=f"{file.title.en}: metadata (CSVW)")
        yield FileToWrite(f"{file.path}-metadata.json", described, CSVW, title)
    for table in tables.filled:
        about = FileAbout(rows=len(table.rows))
        yield FileToWrite(
            f"{table.kind.name}.parquet", table_parquet(table), PARQUET, table.kind.title, about
        )


def _of_all(tables: _Tables, publication: Publication) -> Iterator[FileToWrite]:
    whole = Text(ja="すべての表を1つのブックにしたもの", en="All tables in one workbook")
    workbook = tables_workbook(list(tables.filled), publication)
    yield FileToWrite("tables.xlsx", workbook, XLSX, whole)
    csvw = Text(ja="すべての表の説明（CSVW）", en="All tables: metadata (CSVW)")
    described = [_described(*each) for each in zip(tables.filled, tables.for_excel, strict=True)]
    yield FileToWrite("csv-metadata.json", csvw_group(described, publication), CSVW, csvw)
    package = Text(ja="すべての表の説明（Data Package）", en="All tables: metadata (Data Package)")
    described = [_described(*each) for each in zip(tables.filled, tables.plain, strict=True)]
    yield FileToWrite("datapackage.json", data_package(described, publication), JSON, package)


def _csv(table: FilledTable, suffix: str) -> FileToWrite:
    is_plain = suffix != CSV_TABLE.suffix
    path, title = f"{table.kind.name}.{suffix}", table.kind.title
    if is_plain:
        title = Text(ja=f"{title.ja}（BOMなし）", en=f"{title.en}, without byte-order mark")
    content = table_csv(table) if is_plain else with_byte_order_mark(table_csv(table))
    about = FileAbout(rows=len(table.rows), described_by=f"{path}-metadata.json")
    return FileToWrite(path, content, CSV_TABLE, title, about)


def _described(table: FilledTable, file: FileToWrite) -> CsvFile:
    return CsvFile(table.kind, file.path, file.listed.size, file.listed.sha256)


def template_files(first_year: int, last_year: int) -> Iterator[FileToWrite]:
    """Make the table for other cities to fill in, for some fiscal years, and what reads it."""
    template = make_template(first_year, last_year)
    title = template_title()
    yield FileToWrite("template/template.xlsx", template_workbook(template), XLSX, title)
    yield FileToWrite("template/template.csv", template_csv(template), CSV_TABLE, title)
    reading = Text(ja=f"{title.ja}の読み方", en=f"{title.en}: how it is read")
    yield FileToWrite("template/plan.toml", template_plan(template).encode(), TOML, reading)
