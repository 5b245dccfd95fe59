"""What a cell of a table may hold, and the name that each kind of file has for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Value = str | int | bool | date | Decimal | None
"""A cell. None: there is nothing in it."""


@dataclass(frozen=True, slots=True)
class Datatype:
    """A datatype of XML Schema that columns have.

    name: XML Schema's, which CSVW shares. field: Data Package's. arrow: Arrow's, of which Parquet is made.
    number_format: a workbook's. read: turns a literal's text into the value.
    """

    name: str
    field: str
    arrow: str
    number_format: str
    read: Callable[[str], Value]


def _is_true(text: str) -> bool:
    return text in {"true", "1"}


STRING = Datatype("string", "string", "string", "@", str)
ANY_URI = Datatype("anyURI", "string", "string", "@", str)
INTEGER = Datatype("integer", "integer", "int64", "0", int)
DECIMAL = Datatype("decimal", "number", "double", "General", Decimal)
YEAR = Datatype("gYear", "year", "int32", "0", int)
BOOLEAN = Datatype("boolean", "boolean", "bool", "General", _is_true)
DATE = Datatype("date", "date", "date32", "yyyy-mm-dd", date.fromisoformat)

DATATYPES = {each.name: each for each in (STRING, ANY_URI, INTEGER, DECIMAL, YEAR, BOOLEAN, DATE)}
"""The datatypes, by their names in XML Schema."""
