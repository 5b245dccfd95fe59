"""The operations of the reconciliation service, for the interface's description."""

import json
from collections.abc import Mapping

from sakata_lod.formats import HTML, JAVASCRIPT, JSON
from sakata_lod.serve.openapi_parts import (
    ALWAYS,
    DATED,
    IRI,
    LANG,
    SEE_OTHER,
    TEXT,
    UNCHANGED,
    Data,
    json_object,
    ok,
    operation,
    parameter,
)
from sakata_lod.serve.protocol import FORM_TYPE
from sakata_lod.serve.reconciliation.requests import BATCH_SIZE
from sakata_lod.serve.reconciliation.schema import ACHIEVEMENT, MEASURE

_QUERIES = json.dumps(
    {"q0": {"query": "ﾌﾘｰWiFiエリアの拡充", "type": MEASURE, "limit": 3}}, ensure_ascii=False
)
_ENTITY = f"{str(ACHIEVEMENT).partition('#')[0]}#achieved"
_PROBLEMS = (400, 413, 502, 503)


def reconciling() -> Mapping[str, Data]:
    """What each path of the service answers, by method."""
    of = {name: {"$ref": f"#/components/schemas/{name}"} for name in schemas()}
    asked = {"oneOf": [of["Reconciled"], of["Extended"], of["ReconciliationManifest"]]}
    return {
        "/reconcile": {"get": _asking_by_get(asked), "post": _asking_by_post(asked)},
        **{
            f"/reconcile/suggest/{each}": {"get": _suggesting(each, of["Suggested"])}
            for each in ("entity", "type", "property")
        },
        "/reconcile/properties": {
            "get": _json(
                "reconcilableProperties",
                "The properties whose values can be fetched for things of a type",
                of["Proposed"],
                parameter("type", "query", TEXT, "A type", MEASURE),
                parameter("limit", "query", _COUNT, "How many", 5),
            )
        },
        **_pages(),
    }


def _asking_by_get(asked: Data) -> Data:
    return _json(
        "reconcile",
        "Reconcile names, or fetch values (Reconciliation Service API 0.2); without a question, the manifest",
        asked,
        parameter("queries", "query", TEXT, f"Up to {BATCH_SIZE} queries, by their keys, in JSON", _QUERIES),
        parameter("extend", "query", TEXT, "Things and properties, in JSON, instead of queries"),
    )


def _asking_by_post(asked: Data) -> Data:
    asking = operation(
        "reconcileByPost",
        "Reconcile names, or fetch values (Reconciliation Service API 0.2)",
        ok(JSON, JAVASCRIPT, always=("Vary", "Cache-Control"), schema=asked),
        (*_PROBLEMS, 415),
        [_CALLBACK, LANG],
    )
    form = {"type": "object", "properties": {"queries": TEXT, "extend": TEXT}}
    content = {FORM_TYPE: {"schema": form, "example": {"queries": _QUERIES}}}
    return asking | {"requestBody": {"required": True, "content": content}}


def _suggesting(what: str, schema: Data) -> Data:
    narrowed = parameter("type", "query", TEXT, "A type that narrows them", MEASURE)
    return _json(
        f"suggest{what.capitalize()}",
        f"What a word begun may become: {what}",
        schema,
        parameter("prefix", "query", TEXT, "What was typed", "情報"),
        parameter("cursor", "query", _COUNT, "How many to leave out", 0),
        *([] if what == "type" else [narrowed]),
    )


def _pages() -> Mapping[str, Data]:
    entity = parameter("id", "query", IRI, "The IRI of a thing", _ENTITY) | {"required": True}
    moved = {"303": SEE_OTHER["303"] | {"headers": {"Location": SEE_OTHER["303"]["headers"]["Location"]}}}
    page = ok(HTML, always=DATED) | UNCHANGED
    return {
        "/reconcile/view": {
            "get": operation("reconciledThing", "The page about a thing", moved, (404, 502), [entity, LANG])
        },
        "/reconcile/preview": {
            "get": operation("preview", "A small page about a thing", page, (404, 502), [entity, LANG])
        },
        "/reconcile/guide": {
            "get": operation("reconciliationGuide", "How names are reconciled", page, (502,), [LANG])
        },
    }


def _json(name: str, summary: str, schema: Data, *parameters: Data) -> Data:
    answers = ok(JSON, JAVASCRIPT, always=ALWAYS, schema=schema) | UNCHANGED
    return operation(name, summary, answers, _PROBLEMS, [*parameters, _CALLBACK, LANG])


def schemas() -> Data:
    """The JSON that the service's answers are made of."""
    return {
        "ReconciliationManifest": json_object(
            {"versions": _list(TEXT), "name": TEXT, "identifierSpace": IRI, "schemaSpace": IRI}
        ),
        "Reconciled": {"type": "object", "additionalProperties": json_object({"result": _list(_CANDIDATE)})},
        "Extended": json_object({"meta": _list(_named()), "rows": {"type": "object"}}),
        "Suggested": json_object({"result": _list(_named(description=TEXT))}),
        "Proposed": json_object({"type": TEXT, "limit": _COUNT, "properties": _list(_named())}),
    }


def _list(items: Data) -> Data:
    return {"type": "array", "items": items}


def _named(**members: Data) -> Data:
    return json_object({"id": TEXT, "name": TEXT, **members})


_COUNT: Data = {"type": "integer", "minimum": 0, "maximum": 999_999}
_FEATURE = json_object({"id": TEXT, "value": {"type": ["number", "boolean"]}})
_CANDIDATE = _named(
    description=TEXT,
    type=_list(_named()),
    score={"type": "number", "minimum": 0, "maximum": 100},
    match={"type": "boolean"},
    features=_list(_FEATURE),
)
_CALLBACK = parameter(
    "callback", "query", {"type": "string", "pattern": r"^[A-Za-z_$][A-Za-z0-9_$]*$", "maxLength": 100},
    "A JavaScript function to call with the answer (JSONP)", "show",
)  # fmt: skip
