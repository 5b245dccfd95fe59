"""What descriptions of operations are made of: parameters, answers with their headers, problems, schemas."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sakata_lod.formats import HTML, JSON, PROBLEM_JSON, Format
from sakata_lod.release import Manifest

Data = dict[str, Any]

TEXT: Data = {"type": "string"}
IRI: Data = {"type": "string", "format": "iri"}

_A_DATE = "Fri, 31 Mar 2023 00:00:00 GMT"
_RELATIONS = (
    "Other formats (alternate), canonical, license, describes, describedby, collection, prev and next; "
    "of what is withdrawn: successor-version"
)

HEADERS: Mapping[str, Data] = {
    name: {"description": description, "schema": schema, "example": example}
    for name, schema, example, description in (
        ("Accept-Ranges", TEXT, "bytes", "Parts may be asked for by Range"),
        ("Cache-Control", TEXT, "no-cache", "no-cache: keep, and ask whether it changed; no-store: keep not"),
        ("Content-Disposition", TEXT, "inline; filename=measures.csv", "The file's name"),
        ("Content-Language", {"enum": ["ja", "en"]}, "ja", "The language of a page or problem"),
        ("Content-Location", TEXT, "/doc/plan/your-plan.ttl", "The address of this very format"),
        ("Content-Range", TEXT, "bytes 0-99/4711", "Which part this is, and of how many bytes"),
        ("ETag", TEXT, '"0f1e-ttl-br"', "Changes with release, software, format, language and coding"),
        ("Last-Modified", TEXT, _A_DATE, "When the content changed last, or its release came"),
        ("Link", TEXT, '<https://example.org/>; rel="license"', _RELATIONS),
        ("Location", TEXT, "/doc/plan/your-plan", "Where to go on, as a path"),
        ("Retry-After", {"type": "integer", "minimum": 1}, 10, "Seconds after which to come back"),
        ("Vary", TEXT, "Accept, Accept-Encoding", "Which headers of the request the answer depends on"),
    )
}  # fmt: skip

ALWAYS = ("ETag", "Cache-Control", "Vary")
DATED = (*ALWAYS, "Last-Modified")
DOCUMENT = (*DATED, "Content-Location", "Link")
FILE = ("ETag", "Cache-Control", "Last-Modified", "Accept-Ranges")
_SOMETIMES = (
    "ETag",
    "Cache-Control",
    "Vary",
    "Last-Modified",
    "Content-Location",
    "Content-Language",
    "Link",
)


def operation(
    name: str, summary: str, answers: Data, problems: Iterable[int], parameters: Sequence[Data]
) -> Data:
    """Describe what a path does by one method. problems: the statuses of its own; some are everywhere."""
    refusals = {str(each): {"$ref": f"#/components/responses/{each}"} for each in (*problems, *EVERYWHERE)}
    said = {"operationId": name, "summary": summary, "responses": answers | refusals}
    return said | {"parameters": list(parameters)} if parameters else said


def parameter(name: str, where: str, schema: Data, description: str, *examples: Any) -> Data:
    """Describe a parameter, with values that may be tried."""
    told = {
        "name": name,
        "in": where,
        "required": where == "path",
        "schema": schema,
        "description": description,
    }
    if schema.get("type") == "array":
        told["explode"] = True
    if examples:
        told["examples"] = {f"example{number}": {"value": each} for number, each in enumerate(examples, 1)}
    return told


LANG = parameter("lang", "query", {"type": "string", "enum": ["ja", "en"]}, "The language of a page", "en")


def ok(*formats: Format, always: Sequence[str] = (), schema: Data | None = None) -> Data:
    """An answer in full. always: headers that it never lacks. schema: of the JSON among the formats."""
    content: Data = {each.media_type: {} for each in formats}
    if schema is not None:
        content[JSON.media_type] = {"schema": schema}
    return {"200": {"description": "The answer", "headers": headers(always), "content": content}}


def text(media_type: str, always: Sequence[str]) -> Data:
    """An answer that is a text of one media type."""
    content = {media_type: {"schema": TEXT}}
    return {"200": {"description": "The answer", "headers": headers(always), "content": content}}


def plain(always: Sequence[str]) -> Data:
    """An answer in plain text."""
    return text("text/plain", always)


def file(always: Sequence[str] = ()) -> Data:
    """A file as it is, whole or in part."""
    more = ("Content-Disposition", "Vary")
    whole = {"description": "The file", "headers": headers((*FILE, *always), more)}
    part = {
        "description": "The part of the file that Range asks for",
        "headers": headers((*FILE, *always, "Content-Range"), more),
    }
    return {"200": whole | {"content": {"*/*": {}}}, "206": part | {"content": {"*/*": {}}}} | UNCHANGED


def style() -> Data:
    """A file of the pages, always whole."""
    told = headers(("ETag", "Cache-Control", "Last-Modified"), ("Content-Disposition", "Vary"))
    return {"200": {"description": "The file", "headers": told, "content": {"*/*": {}}}} | UNCHANGED


def headers(always: Iterable[str], sometimes: Iterable[str] = _SOMETIMES) -> Data:
    """The headers of an answer; those that it always has are required."""
    required = {each: HEADERS[each] | {"required": True} for each in always}
    return {each: {"$ref": f"#/components/headers/{each}"} for each in sometimes} | required


def problem_responses() -> Data:
    """Each status that tells of a problem: as problem+json, or as a page where HTML is accepted."""
    content = {
        PROBLEM_JSON.media_type: {"schema": {"$ref": "#/components/schemas/Problem"}},
        HTML.media_type: {"schema": TEXT},
    }
    told = ("Cache-Control", "Vary", "Content-Language")
    return {
        str(status): {
            "description": what,
            "headers": headers((*told, *_BESIDES.get(status, ())), _AT_TIMES.get(status, ())),
            "content": content,
        }
        for status, what in _MEANINGS.items()
    } | {"412": {"description": "What is there is not what If-Match insists on", "headers": headers(())}}


_AT_TIMES = {410: ("Link",)}
_BESIDES = {429: ("Retry-After",), 503: ("Retry-After",), 416: ("Content-Range",)}

_MEANINGS = {
    400: "The request cannot be understood, or the query is not valid",
    403: "The query asks for what this endpoint never does",
    404: "There is nothing here",
    406: "None of the formats accepted is at hand; “variants” lists those that are",
    410: "The publisher has withdrawn it; “successor” and Link name what there is in its place, if anything",
    413: "The request or its result is too large",
    414: "The URL is too long",
    415: "The body is of a type that is not read here",
    416: "The file has no such part",
    429: "The client asks too often; Retry-After says when to go on",
    500: "Something went wrong on this server",
    502: "The query service cannot be reached",
    503: "The query ran into a limit, or too many are running; Retry-After says when to come back",
}
EVERYWHERE = (414, 429, 500)

UNCHANGED: Data = {
    "304": {"description": "What the client has is still what it would get", "headers": headers(("ETag",))}
}
MOVED: Data = {
    "301": {"description": "The address is spelt otherwise", "headers": headers(("Location",), ())}
}
SEE_OTHER: Data = {
    "303": {
        "description": "The document about it is at Location",
        "headers": headers(("Location", "Link"), ()),
    }
}


def schemas() -> Data:
    """The JSON that answers are made of."""
    manifest = Manifest.model_json_schema(mode="serialization")
    below = manifest.pop("$defs")
    relocated: Data = _relocated({"Manifest": manifest} | below)
    return relocated | {
        "Problem": _PROBLEM,
        "Dumps": _DUMPS,
        "Alive": json_object({"status": {"const": "ok"}}),
        "Ready": json_object(
            {"status": {"const": "ok"}, "release": TEXT, "triples": {"type": "integer", "minimum": 1}}
        ),
    }


def _relocated(schema: Any) -> Any:
    """The same schema, its references led to where OpenAPI has schemas, and open to more members.

    A release that is read may hold no more than is known; an answer may, when it grows.
    """
    if isinstance(schema, dict):
        return {
            name: value.replace("#/$defs/", "#/components/schemas/") if name == "$ref" else _relocated(value)
            for name, value in schema.items()
            if name != "additionalProperties" or value is not False
        }
    return [_relocated(each) for each in schema] if isinstance(schema, list) else schema


def json_object(required: Data, **others: Data) -> Data:
    """A schema of an object that has all of these, and may have others."""
    return {"type": "object", "required": list(required), "properties": {**required, **others}}


_COUNT = {"type": "integer", "minimum": 1}
_DATE = {"type": "string", "format": "date"}
_VARIANT = {"type": "object", "required": ["type"], "properties": {"type": TEXT, "href": TEXT}}
_PROBLEM = json_object({"type": IRI, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT})
_PROBLEM["properties"] |= {
    "line": _COUNT,
    "column": _COUNT,
    "variants": {"type": "array", "items": _VARIANT},
    "since": _DATE,
    "successor": IRI,
    "where": TEXT,
}
_PROBLEM["example"] = {
    "type": "https://data.example.jp/problems#not-found",
    "title": "見つかりません",
    "status": 404,
    "detail": "https://data.example.jp/id/nothing: このIRIについての記述はありません。",
}
_DUMPED = {
    "allOf": [{"$ref": "#/components/schemas/ReleaseFile"}, json_object({"url": IRI})],
}
_DUMPS = json_object(
    {
        "licence": IRI,
        "modified": {"type": "string", "format": "date"},
        "files": {"type": "array", "items": _DUMPED},
    }
)
