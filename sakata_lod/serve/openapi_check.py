"""The operations that check a stranger's file, for the interface's description."""

from sakata_lod.formats import CSV_TABLE, HTML, JSON, TURTLE
from sakata_lod.serve.openapi_parts import (
    DATED,
    IRI,
    LANG,
    TEXT,
    UNCHANGED,
    Data,
    headers,
    json_object,
    ok,
    operation,
    parameter,
)

_FORM_TYPE = "multipart/form-data"
_FILE: Data = {"type": "string", "contentMediaType": "application/octet-stream"}
_EXAMPLE = "<https://example.org/m> a <https://w3id.org/municipal-plan#Measure> ."
_YEAR: Data = {"type": "string", "pattern": "^[0-9]{4}$"}
_FORMAT = parameter(
    "format",
    "query",
    {"type": "string", "enum": ["json", "ttl", "csv", "html"]},
    "The report's format",
    "json",
)


def checking() -> Data:
    """The page, and the check itself."""
    page = operation(
        "check",
        "The page on which a plan's table is checked",
        ok(HTML, always=DATED) | UNCHANGED,
        (412,),
        [LANG],
    )
    return {"get": page, "post": _posting()}


def _posting() -> Data:
    told = ("Cache-Control", "Vary", "Content-Language")
    content: Data = {each.media_type: {} for each in (TURTLE, CSV_TABLE, HTML)}
    content[JSON.media_type] = {"schema": {"$ref": "#/components/schemas/CheckReport"}}
    answer = {
        "description": "The report, whatever the verdict",
        "headers": headers(told, ("Content-Disposition",)),
        "content": content,
    }
    post = operation(
        "checkFile",
        "Check a plan's table (XLSX, CSV, TSV) or an RDF file; it is not kept",
        {"200": answer},
        (400, 406, 413, 415, 503),
        [_FORMAT, LANG],
    )
    return post | {"requestBody": {"required": True, "content": {_FORM_TYPE: _form()}}}


def _form() -> Data:
    optional = {"plan": _FILE, "departments": _FILE, "first_year": _YEAR, "last_year": _YEAR}
    schema = {
        "type": "object",
        "required": ["file"],
        "properties": {"file": _FILE, **optional},
        "description": "Each file with its name, whose suffix tells what it is; or else its media type does",
    }
    encoding = {"file": {"contentType": TURTLE.media_type}}
    return {"schema": schema, "encoding": encoding, "example": {"file": _EXAMPLE}}


_SAID = json_object({"ja": TEXT, "en": TEXT})
_NUMBER_OR_NOTHING = {"type": ["integer", "null"], "minimum": 1}
_TEXT_OR_NOTHING = {"type": ["string", "null"]}
_CHECKED_PLACE = json_object(
    {
        "file": TEXT,
        "sheet": _TEXT_OR_NOTHING,
        "row": _NUMBER_OR_NOTHING,
        "column": _NUMBER_OR_NOTHING,
        "cell": TEXT,
        "heading": _TEXT_OR_NOTHING,
    }
)
_CHECK_RESULT = json_object(
    {
        "severity": {"enum": ["Violation", "Warning", "Info"]},
        "place": {"anyOf": [_CHECKED_PLACE, {"type": "null"}]},
        "value": TEXT,
        "message": _SAID,
        "remedy": _SAID,
        "rule": _SAID,
        "shape": IRI,
        "focus_node": TEXT,
        "path": _TEXT_OR_NOTHING,
    }
)
_SOME = {"type": "integer", "minimum": 0}
_CHECK_REPORT = json_object(
    {
        "file": TEXT,
        "conforms": {"type": "boolean"},
        "complete": {"type": "boolean"},
        "counts": json_object({"Violation": _SOME, "Warning": _SOME, "Info": _SOME}),
        "notes": {"type": "array", "items": _SAID},
        "results": {"type": "array", "items": _CHECK_RESULT},
    }
)

CHECK_SCHEMAS: Data = {"CheckReport": _CHECK_REPORT}
"""The JSON of a report."""
