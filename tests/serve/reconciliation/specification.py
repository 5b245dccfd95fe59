"""What Reconciliation Service API 0.2 says of its JSON, as JSON Schema, as strict as this service can be held to."""

from typing import Any

from sakata_lod.serve.reconciliation.requests import BATCH_SIZE

TEXT = {"type": "string", "minLength": 1}


URL = {"type": "string", "pattern": "^https?://"}


TEMPLATE = {"type": "string", "pattern": r"\{\{id\}\}"}


def obliged(**members: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(members), "properties": members}


def listed(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


NAMED = obliged(id=TEXT, name=TEXT)


AT = obliged(service_url=URL, service_path=TEXT)


MANIFEST = obliged(
    versions={"const": ["0.1", "0.2"]},
    name=TEXT,
    identifierSpace=URL,
    schemaSpace=URL,
    defaultTypes=listed(NAMED) | {"uniqueItems": True, "minItems": 8},
    documentation=URL,
    logo=URL,
    serviceVersion=TEXT,
    view=obliged(url=TEMPLATE),
    feature_view=obliged(url=TEMPLATE),
    preview=obliged(url=TEMPLATE, width={"type": "integer"}, height={"type": "integer"}),
    suggest=obliged(entity=AT, type=AT, property=AT),
    extend=obliged(
        propose_properties=AT,
        property_settings=listed(
            obliged(type={"enum": ["number", "select"]}, name=TEXT, label=TEXT, help_text=TEXT, default={})
        ),
    ),
    batchSize={"const": BATCH_SIZE},
) | {"additionalProperties": False}


CANDIDATE = obliged(
    id=URL,
    name=TEXT,
    description=TEXT,
    type=listed(NAMED),
    score={"type": "number", "minimum": 0, "maximum": 100},
    match={"type": "boolean"},
    features=listed(obliged(id=TEXT, value={"type": ["number", "boolean"]})),
)


RESULTS = {"type": "object", "additionalProperties": obliged(result=listed(CANDIDATE))}


ONLY = {"additionalProperties": False}


CELL = {
    "oneOf": [
        obliged(id=TEXT, name=TEXT) | ONLY,
        obliged(str={"type": "string"}) | ONLY,
        obliged(int={"type": "integer"}) | ONLY,
        obliged(float={"type": "number"}) | ONLY,
        obliged(date={"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$"}) | ONLY,
    ]
}


EXTENDED = obliged(
    meta=listed(NAMED | {"properties": {"type": NAMED}}),
    rows={
        "type": "object",
        "additionalProperties": {"type": "object", "additionalProperties": listed(CELL)},
    },
)
