"""The kinds of problem that a request can meet: each has a type IRI, and is explained at `/problems`."""

from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.serve.translation import LazyText, lazy_gettext


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the fragment of its type IRI, its status, its title, and what it means."""

    slug: str
    status: int
    title: LazyText
    meaning: LazyText


BAD_REQUEST = Kind(
    "bad-request",
    400,
    lazy_gettext("The request cannot be understood"),
    lazy_gettext("A parameter is missing, given twice, or not readable."),
)
MALFORMED = Kind(
    "query-malformed",
    400,
    lazy_gettext("The query is not valid"),
    lazy_gettext("It is not SPARQL 1.1, or an update; line and column tell where reading stopped."),
)
REFUSED = Kind(
    "query-refused",
    403,
    lazy_gettext("The query asks for what this endpoint never does"),
    lazy_gettext("Calls to other endpoints (SERVICE) are refused."),
)
UNREADABLE = Kind(
    "file-unreadable",
    400,
    lazy_gettext("The file cannot be read"),
    lazy_gettext(
        "It is not of the format that its name says, or the plan.toml or departments.ttl with it is wrong."
    ),
)
NOT_FOUND = Kind(
    "not-found",
    404,
    lazy_gettext("There is nothing here"),
    lazy_gettext("No page or file has this address, or the data says nothing of this thing."),
)
WITHDRAWN = Kind(
    "withdrawn",
    410,
    lazy_gettext("This is published no more"),
    lazy_gettext("The publisher has withdrawn it; the member “successor” names what is there in its place."),
)
METHOD = Kind(
    "method-not-allowed",
    405,
    lazy_gettext("This method is not allowed here"),
    lazy_gettext("The Allow header lists the methods that are."),
)
NOT_ACCEPTABLE = Kind(
    "not-acceptable",
    406,
    lazy_gettext("None of the formats you accept is at hand"),
    lazy_gettext("The member “variants” lists the formats that are."),
)
TOO_LARGE = Kind(
    "too-large",
    413,
    lazy_gettext("The request or its result is too large"),
    lazy_gettext("Use LIMIT and OFFSET, or download the data as a whole."),
)
URL_TOO_LONG = Kind(
    "url-too-long",
    414,
    lazy_gettext("The address is too long"),
    lazy_gettext("Send the query by POST instead."),
)
MEDIA_TYPE = Kind(
    "unsupported-media-type",
    415,
    lazy_gettext("The body is of a type that is not read here"),
    lazy_gettext(
        "Send a query as application/sparql-query or application/x-www-form-urlencoded, "
        "a file to be checked as multipart/form-data."
    ),
)
RANGE = Kind(
    "range-not-satisfiable",
    416,
    lazy_gettext("The file has no such part"),
    lazy_gettext("The range asked for lies beyond its end."),
)
TOO_MANY = Kind(
    "too-many-requests",
    429,
    lazy_gettext("You ask too often"),
    lazy_gettext("Go on after the time that Retry-After names, or download the data as a whole."),
)
INTERNAL = Kind(
    "internal-error",
    500,
    lazy_gettext("Something went wrong on this server"),
    lazy_gettext("It is recorded, and not your mistake."),
)
ENDPOINT = Kind(
    "endpoint-failed",
    502,
    lazy_gettext("The query service cannot be reached"),
    lazy_gettext("Try again later."),
)
TIMED_OUT = Kind(
    "query-timed-out",
    503,
    lazy_gettext("The query took too long"),
    lazy_gettext("Make it more selective, or download the data as a whole."),
)
OUT_OF_MEMORY = Kind(
    "query-exhausted-memory",
    503,
    lazy_gettext("The query needed too much memory"),
    lazy_gettext("Make it more selective, or download the data as a whole."),
)
BUSY = Kind(
    "busy",
    503,
    lazy_gettext("Too many queries or checks are running"),
    lazy_gettext("Try again after the time that Retry-After names."),
)

KINDS: Sequence[Kind] = (
    BAD_REQUEST, MALFORMED, UNREADABLE, REFUSED, NOT_FOUND, METHOD, NOT_ACCEPTABLE, WITHDRAWN, TOO_LARGE,
    URL_TOO_LONG, MEDIA_TYPE, RANGE, TOO_MANY, INTERNAL, ENDPOINT, TIMED_OUT, OUT_OF_MEMORY, BUSY,
)  # fmt: skip
