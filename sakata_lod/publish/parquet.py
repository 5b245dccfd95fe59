"""A table as Parquet, for programs: its columns typed and explained."""

import io

from sakata_lod.publish.columns import Column
from sakata_lod.publish.tables import FilledTable


def table_parquet(table: FilledTable) -> bytes:
    """Write a table as Parquet. The same table makes the same bytes."""
    # Imported when something is built: other commands, and servers, save a quarter of a second and memory.
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = table.kind.columns
    types = [pa.type_for_alias(column.datatype.arrow) for column in columns]
    fields = [
        pa.field(column.name, type_, not column.required, metadata=_explained(column))
        for column, type_ in zip(columns, types, strict=True)
    ]
    values = [[row[number] for row in table.rows] for number in range(len(columns))]
    sink = io.BytesIO()
    pq.write_table(pa.table(values, schema=pa.schema(fields, metadata=table.kind.title.by_language)), sink)
    return sink.getvalue()


def _explained(column: Column) -> dict[str, str]:
    heading = {f"title_{tag}": text for tag, text in column.heading.by_language.items()}
    return heading | {f"description_{tag}": text for tag, text in column.description.by_language.items()}
