"""The operations of the SPARQL endpoint, for the interface's description."""

from sakata_lod.formats import GRAPH_FORMATS, HTML, RESULT_FORMATS
from sakata_lod.iris import IriSpace
from sakata_lod.serve.openapi_parts import IRI, LANG, TEXT, UNCHANGED, Data, ok, operation, parameter
from sakata_lod.serve.protocol import FORM_TYPE, QUERY_TYPE

_QUERY_PROBLEMS = (400, 403, 406, 412, 413, 502, 503)

_EXAMPLE_QUERIES = (
    "SELECT ?measure ?title WHERE { ?measure a <https://w3id.org/municipal-plan#Measure> ; "
    "<http://purl.org/dc/terms/title> ?title } LIMIT 10",
    "ASK { ?measure a <https://w3id.org/municipal-plan#Measure> }",
    "CONSTRUCT WHERE { ?plan a <https://w3id.org/municipal-plan#Plan> ; ?property ?value }",
)


def asking_by_get(base: str) -> Data:
    """A query in the URL; without one, what the endpoint is."""
    query = parameter("query", "query", TEXT, "The query, once", *_EXAMPLE_QUERIES)
    return operation(
        "query",
        "Ask a query (SPARQL 1.1 Protocol); without one, the service description",
        ok(*RESULT_FORMATS, *GRAPH_FORMATS, HTML, always=("Vary", "Cache-Control")) | UNCHANGED,
        _QUERY_PROBLEMS,
        [query, *_graphs(base), LANG],
    )


def asking_by_post(base: str) -> Data:
    """A query in the body, as a form or by itself."""
    graphs = {"type": "array", "items": IRI}
    form = {
        "type": "object",
        "required": ["query"],
        "properties": {"query": TEXT, "default-graph-uri": graphs, "named-graph-uri": graphs},
    }
    asking = operation(
        "queryByPost",
        "Ask a query (SPARQL 1.1 Protocol)",
        ok(*RESULT_FORMATS, *GRAPH_FORMATS, HTML, always=("Vary", "Cache-Control")),
        (*_QUERY_PROBLEMS, 415),
        [*_graphs(base), LANG],
    )
    content = {
        FORM_TYPE: {"schema": form, "example": {"query": _EXAMPLE_QUERIES[0]}},
        QUERY_TYPE: {"schema": TEXT, "example": _EXAMPLE_QUERIES[0]},
    }
    return asking | {"requestBody": {"required": True, "content": content}}


def _graphs(base: str) -> list[Data]:
    schema = {"type": "array", "items": IRI}
    site = [str(IriSpace(base).graph("site"))]
    return [
        parameter("default-graph-uri", "query", schema, "The default graphs", site),
        parameter("named-graph-uri", "query", schema, "The named graphs", site),
    ]
