"""What machines are told of the tables: CSVW metadata, and a Data Package."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sakata_lod.formats import CSV
from sakata_lod.publish.columns import Column
from sakata_lod.publish.datatypes import ANY_URI, STRING
from sakata_lod.publish.publication import Publication
from sakata_lod.publish.tables import TableKind
from sakata_lod.site import Text

_LANGUAGE = "ja"
CSVW_CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": _LANGUAGE}]
DATA_PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"

_DIALECT = {"encoding": "utf-8", "commentPrefix": None, "trim": False}
"""RFC 4180's, in which a # is a sign like others, and blanks belong to the text."""


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A table's CSV file. path: beside the metadata; size: bytes."""

    kind: TableKind
    path: str
    size: int
    sha256: str


def csvw_table(file: CsvFile, publication: Publication) -> bytes:
    """Describe one CSV file as CSVW does."""
    described = {"@context": CSVW_CONTEXT} | _csvw_about(publication, file.kind.title)
    return _json(described | _csvw_table(file) | {"dialect": _DIALECT})


def csvw_group(files: Sequence[CsvFile], publication: Publication) -> bytes:
    """Describe all tables together."""
    tables = [_csvw_table(file) | {"dc:title": _in_languages(file.kind.title)} for file in files]
    about = {"@context": CSVW_CONTEXT} | _csvw_about(publication, publication.title)
    return _json(about | {"dialect": _DIALECT, "tables": tables})


def _csvw_about(publication: Publication, title: Text) -> dict[str, Any]:
    return {
        "dc:title": _in_languages(title),
        "dc:publisher": _in_languages(publication.publisher),
        "dc:license": {"@id": publication.licence},
        "dc:modified": {"@value": publication.as_of.isoformat(), "@type": "xsd:date"},
    }


def _csvw_table(file: CsvFile) -> dict[str, Any]:
    columns = file.kind.columns
    thing = next(column for column in columns if column.datatype is ANY_URI)
    schema: dict[str, Any] = {
        "aboutUrl": f"{{+{thing.name}}}",
        "columns": [_csvw_column(column, thing) for column in columns],
    }
    if file.kind.headings.key is not None:
        schema["primaryKey"] = file.kind.headings.key
    return {"url": file.path, "lang": _LANGUAGE, "tableSchema": schema}


def _csvw_column(column: Column, thing: Column) -> dict[str, Any]:
    # Names are ASCII; without one, CSVW makes it of the title. PyPI's csvw looks for headings by name, else
    # by a title that is in no language of its own.
    described: dict[str, Any] = {"name": column.name} if column.name.isascii() else {}
    described |= {
        "titles": column.name,
        "dc:title": _in_languages(column.heading),
        "dc:description": _in_languages(column.description),
        "datatype": _csvw_datatype(column),
        "required": column.required,
    }
    if column.separator is not None:
        described["separator"] = column.separator
    if column is thing:
        described["suppressOutput"] = True
    if column.predicate is not None and f"{column.shape}".startswith(f"{thing.shape}-"):
        described["propertyUrl"] = column.predicate
    if column.language != _LANGUAGE:
        described["lang"] = column.language
    return described


def _csvw_datatype(column: Column) -> dict[str, Any]:
    # An IRI is told as a string: PyPI's csvw takes an anyURI apart, and then spoils aboutUrl with the pieces.
    datatype: dict[str, Any] = {"base": (STRING if column.datatype is ANY_URI else column.datatype).name}
    if column.codes:
        datatype["format"] = f"^(?:{'|'.join(re.escape(each.label.ja) for each in column.codes)})$"
    elif column.words is not None:
        datatype["format"] = "|".join(column.words)
    elif column.pattern is not None and column.separator is None:
        datatype["format"] = column.pattern
    if column.minimum is not None:
        datatype["minimum"] = column.minimum
    return datatype


def data_package(files: Sequence[CsvFile], publication: Publication) -> bytes:
    """Describe all tables as a Data Package, version 2."""
    title = publication.title
    described = {
        "$schema": DATA_PACKAGE,
        "name": "tables",
        "title": title.ja,
        "description": " ".join(title.by_language.values()),
        "homepage": publication.base,
        "licenses": [{"path": publication.licence, "title": publication.licence_title}],
        "contributors": [{"title": publication.publisher.ja, "roles": ["publisher"]}],
        "resources": [_resource(file) for file in files],
    }
    return _json(described)


def _resource(file: CsvFile) -> dict[str, Any]:
    title = file.kind.title
    return {
        "name": file.kind.name,
        "type": "table",
        "path": file.path,
        "title": title.ja,
        "description": " ".join(title.by_language.values()),
        "format": CSV.suffix,
        "mediatype": CSV.media_type,
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": _schema(file.kind),
    }


def _schema(kind: TableKind) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in kind.columns], "missingValues": [""]}
    headings = kind.headings
    if headings.key is not None:
        schema["primaryKey"] = [headings.key]
    if headings.refers is not None:
        columns = list(headings.refers.columns)
        reference = {"resource": headings.refers.table, "fields": columns}
        schema["foreignKeys"] = [{"fields": columns, "reference": reference}]
    return schema


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.separator is None and column.datatype in (STRING, ANY_URI):
        if column.codes:
            constraints["enum"] = [each.label.ja for each in column.codes]
        elif column.pattern is not None:
            constraints["pattern"] = column.pattern
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.heading.en,
        "description": " ".join(column.description.by_language.values()),
        "type": column.datatype.field if column.separator is None else "list",
    }
    if column.separator is not None:
        field |= {"delimiter": column.separator, "itemType": "string"}
    if column.words is not None:
        field |= {"trueValues": [column.words[0]], "falseValues": [column.words[1]]}
    return field | ({"constraints": constraints} if constraints else {})


def _in_languages(text: Text) -> list[dict[str, str]]:
    return [{"@value": value, "@language": tag} for tag, value in text.by_language.items()]


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
