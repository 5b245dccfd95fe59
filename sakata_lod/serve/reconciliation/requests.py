"""What clients send: batches of queries, and questions about entities. Read and checked by pydantic."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from sakata_lod.errors import BatchTooLarge, InvalidReconciliation
from sakata_lod.serve.reconciliation.schema import property_named

BATCH_SIZE = 50
"""Queries in a batch."""
ENTITIES_EXTENDED = 500
"""Entities that values are told of at once."""
PROPERTIES_AT_ONCE = 25
CANDIDATES = 10
CANDIDATES_AT_MOST = 50
_NAME_LENGTH = 300
_IRI_LENGTH = 1000
_SPOT = re.compile(r"^(?:str|bool|int|float|list\[.*|EntityValue|function-.*)$")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class EntityValue(_Part):
    """An entity as a value: one that was reconciled before."""

    id: str = Field(max_length=_IRI_LENGTH)


_Text = Annotated[str, Field(max_length=_NAME_LENGTH, strict=True)]
PropertyValue = _Text | Annotated[bool, Field(strict=True)] | int | float | EntityValue


class Constraint(_Part):
    """A property, and the values that the entity should have of it."""

    pid: Annotated[str, BeforeValidator(lambda name: _known(name))]
    v: PropertyValue | Annotated[list[PropertyValue], Field(max_length=20)]

    @property
    def values(self) -> Sequence[PropertyValue]:
        """The values asked for; a cell that is empty asks for nothing."""
        given = self.v if isinstance(self.v, list) else [self.v]
        return [each for each in given if not (isinstance(each, str) and not each.strip())]


class Query(_Part):
    """A name to be reconciled, and what narrows it."""

    query: _Text | None = None
    type: str | Annotated[list[str], Field(max_length=20)] | None = None
    limit: Annotated[int, Field(ge=1)] = CANDIDATES
    properties: Annotated[list[Constraint], Field(max_length=PROPERTIES_AT_ONCE)] = []
    type_strict: Literal["any", "all", "should"] | None = None

    @property
    def types(self) -> Sequence[str]:
        """The types given, as they are written."""
        given = [self.type] if isinstance(self.type, str) else self.type or []
        return [each for each in given if each]


def _or_default(value: Any) -> Any:
    return 0 if value in ("", None) else value


class PropertySettings(_Part):
    """limit: how many values; 0 is all. language: of texts; "any" is all."""

    limit: Annotated[int, Field(ge=0), BeforeValidator(_or_default)] = 0
    language: Literal["any", "ja", "en"] = "any"


class ExtendedProperty(_Part):
    """A property whose values are to be told."""

    id: Annotated[str, BeforeValidator(lambda name: _known(name))]
    settings: PropertySettings = PropertySettings()


class Extension(_Part):
    """Which values of which entities are to be told."""

    ids: list[Annotated[str, Field(max_length=_IRI_LENGTH)]]
    properties: list[ExtendedProperty] = Field(max_length=PROPERTIES_AT_ONCE)


_Read = TypeVar("_Read")
_QUERIES = TypeAdapter(dict[str, Query])
_EXTENSION = TypeAdapter(Extension)


def read_queries(text: str) -> Mapping[str, Query]:
    """Read a batch of queries. Raises: InvalidReconciliation, BatchTooLarge."""
    queries = _read(_QUERIES, "queries", text)
    if len(queries) > BATCH_SIZE:
        raise BatchTooLarge("queries", len(queries), BATCH_SIZE)
    for name, each in queries.items():
        if each.query is None and not each.properties:
            raise InvalidReconciliation(f"queries.{name}", "“query” or “properties” is missing")
    return queries


def read_extension(text: str) -> Extension:
    """Read a question about entities. Raises: InvalidReconciliation, BatchTooLarge."""
    extension = _read(_EXTENSION, "extend", text)
    if len(extension.ids) > ENTITIES_EXTENDED:
        raise BatchTooLarge("extend.ids", len(extension.ids), ENTITIES_EXTENDED)
    return extension


def _read(adapter: TypeAdapter[_Read], parameter: str, text: str) -> _Read:
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        spot = [str(each) for each in first["loc"] if not _SPOT.fullmatch(str(each))]
        raise InvalidReconciliation(".".join([parameter, *spot]), first["msg"]) from None


def _known(name: Any) -> Any:
    if not isinstance(name, str) or property_named(name) is None:
        raise ValueError("there is no such property; suggest/property lists those there are")
    return name
