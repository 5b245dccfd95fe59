"""The operations of CKAN's Action API, for the interface's description."""

from collections.abc import Mapping
from typing import Any

from sakata_lod.formats import HTML, JAVASCRIPT, JSON
from sakata_lod.serve.ckan.actions import ACTIONS
from sakata_lod.serve.openapi_parts import (
    LANG,
    TEXT,
    UNCHANGED,
    Data,
    headers,
    ok,
    operation,
    parameter,
)
from sakata_lod.serve.protocol import FORM_TYPE

_HELP = """The actions:

{actions}

https://docs.ckan.org/en/latest/api/"""

_FILTER = "metadata_modified:[2020-01-01T00:00:00Z TO *]"
_NUMBER: Data = {"type": "integer", "minimum": 0}
_TEXTS: Data = {"type": "array", "items": TEXT}

_PARAMETERS: tuple[tuple[str, Data, str, Any], ...] = (
    ("id", TEXT, "Of the …_show actions: an id or a name", None),
    ("q", TEXT, "Of package_search: words, or Lucene's language", "計画"),
    ("fq", _TEXTS, "Of package_search: filters, which all must be met", [_FILTER]),
    ("sort", TEXT, "Of package_search: fields and directions", "metadata_modified desc, name asc"),
    ("rows", _NUMBER, "Of package_search: how many (10; at most 1000)", 100),
    ("start", _NUMBER, "Of package_search: after how many", 0),
    ("facet.field", TEXT, "Of package_search: what to count, as a list in JSON", '["organization"]'),
    ("facet.limit", {"type": "integer", "minimum": -1}, "Of package_search: values of each; -1 for all", -1),
    ("callback", TEXT, "A function to call with the answer (JSONP)", "show"),
)  # fmt: skip


def of_ckan() -> Mapping[str, Data]:
    """Each address of the Action API, with both methods; and the catalogue in DCAT-US."""
    return {
        "/api/3/action/{name}": _action("ckan", "An action of CKAN's API, version 3"),
        "/api/action/{name}": _action("ckanUnversioned", "The same, as older clients ask for it"),
        "/dcat.json": {"get": _dcat_json()},
        "/harvest": {"get": _harvest()},
    }


def _action(name: str, summary: str) -> Data:
    which = parameter("name", "path", {"type": "string", "enum": sorted(ACTIONS)}, _help(), "package_search")
    shown = [parameter(*_asked(each)) for each in _PARAMETERS if each[3] is not None]
    shown += [parameter(*_asked(each)) for each in _PARAMETERS if each[3] is None]
    got = operation(name, summary, _answers() | UNCHANGED, (412, 502, 503), [which, *shown])
    posted = operation(f"{name}ByPost", summary, _answers(), (413, 502, 503), [which])
    fields = {each: schema for each, schema, _, _ in _PARAMETERS if each != "callback"}
    content = {
        JSON.media_type: {"schema": {"type": "object", "properties": fields}, "example": {"rows": 1}},
        FORM_TYPE: {"schema": {"type": "object", "properties": fields}, "example": {"rows": 1}},
    }
    return {"get": got, "post": posted | {"requestBody": {"content": content}}}


def _asked(told: tuple[str, Data, str, Any]) -> tuple[Any, ...]:
    name, schema, description, example = told
    return (name, "query", schema, description, *([example] if example is not None else []))


def _help() -> str:
    return _HELP.format(actions="\n".join(f"- {name}: {each.__doc__}" for name, each in ACTIONS.items()))


def _answers() -> Data:
    """CKAN's envelope, of what was done and of what was not."""
    envelope: Data = {
        "type": "object",
        "required": ["help", "success"],
        "properties": {"help": TEXT, "success": {"type": "boolean"}, "result": {}},
    }
    answered = ok(JSON, JAVASCRIPT, always=("Cache-Control",), schema=envelope)
    told = headers(("Cache-Control",), ("Vary",))
    return answered | {
        status: {"description": what, "headers": told, "content": {JSON.media_type: {}}}
        for status, what in (
            ("400", "The search cannot be answered (Search Query Error), or the request cannot be read"),
            ("404", "There is no such package, resource, organization or group (Not Found Error)"),
            ("409", "A parameter is missing, or not what it must be (Validation Error)"),
        )
    }


def _harvest() -> Data:
    answers = ok(HTML, always=("Cache-Control", "Vary")) | UNCHANGED
    return operation("harvest", "What harvesters would store of this site", answers, (412, 502, 503), [LANG])


def _dcat_json() -> Data:
    page = parameter("page", "query", {"type": "integer", "minimum": 1}, "Which page of 100 datasets", 1)
    answers = ok(JSON, always=("ETag", "Cache-Control")) | UNCHANGED
    return operation(
        "catalogueForDcatUs", "The catalogue in DCAT-US 1.1", answers, (400, 404, 412, 502, 503), [page]
    )
