"""A table as Parquet, for programs: its columns typed and explained."""

import io
import json
from decimal import Decimal
from typing import Any

from sakata_lod.publish.columns import Column
from sakata_lod.publish.tables import FilledTable


def table_parquet(table: FilledTable) -> bytes:
    """Write a table as Parquet. The same table makes the same bytes."""
    # Imported when something is built: other commands, and servers, save a quarter of a second and memory.
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields = [_field(column) for column in table.kind.columns]
    sink = io.BytesIO()
    pq.write_table(_filled(table, pa.schema(fields, metadata=table.kind.title.by_language)), sink)
    return sink.getvalue()


def _filled(table: FilledTable, schema: Any) -> Any:
    """Put rows under a schema, by way of JSON.

    Wherever pandas is installed, Arrow imports it to look at the first list of Python's own that it is
    handed: that takes longer than all the tables of a city.
    """
    import pyarrow as pa
    from pyarrow.json import ParseOptions, ReadOptions, read_json

    if not table.rows:
        return pa.Table.from_batches([], schema)
    lines = [json.dumps(dict(zip(schema.names, row, strict=True)), default=_plain) for row in table.rows]
    content = "\n".join(lines).encode()
    # Arrow reads no days from JSON, but makes them of texts.
    as_text = {pa.date32(): pa.string()}
    read_as = pa.schema([(each.name, as_text.get(each.type, each.type)) for each in schema])
    found = read_json(
        io.BytesIO(content),
        ReadOptions(use_threads=False, block_size=len(content) + 1),
        ParseOptions(explicit_schema=read_as, unexpected_field_behavior="error"),
    )
    return found.cast(schema)


def _plain(value: object) -> float | str:
    """What JSON has no type for: a decimal, which data frames count with as a double, and a day."""
    return float(value) if isinstance(value, Decimal) else str(value)


def _field(column: Column) -> Any:
    import pyarrow as pa

    type_ = pa.type_for_alias(column.datatype.arrow)
    return pa.field(column.name, type_, not column.required, metadata=_explained(column))


def _explained(column: Column) -> dict[str, str]:
    heading = {f"title_{tag}": text for tag, text in column.heading.by_language.items()}
    return heading | {f"description_{tag}": text for tag, text in column.description.by_language.items()}
