"""The kinds of problem that a request can meet: each has a type IRI, and is explained at `/problems`."""

from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.serve.translation import LazyText, lazy_gettext


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the fragment of its type IRI, its status, its title, what happened, what to do."""

    slug: str
    status: int
    title: LazyText
    meaning: LazyText
    remedy: LazyText


BAD_REQUEST = Kind(
    "bad-request",
    400,
    lazy_gettext("The request cannot be understood"),
    lazy_gettext("A parameter is missing, given twice, or not readable."),
    lazy_gettext("Check the parameters against the API guide, and send the request again."),
)
MALFORMED = Kind(
    "query-malformed",
    400,
    lazy_gettext("The query is not valid"),
    lazy_gettext("It is not SPARQL 1.1, or an update; line and column tell where reading stopped."),
    lazy_gettext("Mend the query there: the workbench marks the place. Data cannot be changed here."),
)
REFUSED = Kind(
    "query-refused",
    403,
    lazy_gettext("The query asks for what this endpoint never does"),
    lazy_gettext("Calls to other endpoints (SERVICE) are refused."),
    lazy_gettext("Leave SERVICE out, or ask a store of your own that holds the downloaded data."),
)
UNREADABLE = Kind(
    "file-unreadable",
    400,
    lazy_gettext("The file cannot be read"),
    lazy_gettext(
        "It is not of the format that its name says, or the plan.toml or departments.ttl with it is wrong."
    ),
    lazy_gettext("Mend it at the place that is told, or begin with the template, and send it again."),
)
NOT_FOUND = Kind(
    "not-found",
    404,
    lazy_gettext("There is nothing here"),
    lazy_gettext("No page or file has this address, or the data says nothing of this thing."),
    lazy_gettext(
        "Look for typing mistakes in the address, begin at the first page, or see the "
        "list of all pages (/sitemap.xml)."
    ),
)
WITHDRAWN = Kind(
    "withdrawn",
    410,
    lazy_gettext("This is published no more"),
    lazy_gettext("The publisher has withdrawn it; the member “successor” names what is there in its place."),
    lazy_gettext("Go to what is there in its place, where that is named; else ask the publisher."),
)
METHOD = Kind(
    "method-not-allowed",
    405,
    lazy_gettext("This method is not allowed here"),
    lazy_gettext("The Allow header lists the methods that are."),
    lazy_gettext("Use one of those: everything is read by GET, and queries may be sent by POST, too."),
)
NOT_ACCEPTABLE = Kind(
    "not-acceptable",
    406,
    lazy_gettext("None of the formats you accept is at hand"),
    lazy_gettext("The member “variants” lists the formats that are."),
    lazy_gettext("Name one of them in the Accept header, or add its suffix to the address."),
)
TOO_LARGE = Kind(
    "too-large",
    413,
    lazy_gettext("The request or its result is too large"),
    lazy_gettext("The server reads and sends only so much at once."),
    lazy_gettext("Use LIMIT and OFFSET, or download the data as a whole."),
)
URL_TOO_LONG = Kind(
    "url-too-long",
    414,
    lazy_gettext("The address is too long"),
    lazy_gettext("The server reads addresses up to a certain length only."),
    lazy_gettext("Send the query by POST instead."),
)
MEDIA_TYPE = Kind(
    "unsupported-media-type",
    415,
    lazy_gettext("The body is of a type that is not read here"),
    lazy_gettext("The Content-Type of the request is none that this address takes."),
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
    lazy_gettext("Ask for the whole file, or for a part within the size that Content-Range tells."),
)
TOO_MANY = Kind(
    "too-many-requests",
    429,
    lazy_gettext("You ask too often"),
    lazy_gettext("A client may send only so many requests in a certain time."),
    lazy_gettext("Go on after the time that Retry-After names, or download the data as a whole."),
)
INTERNAL = Kind(
    "internal-error",
    500,
    lazy_gettext("Something went wrong on this server"),
    lazy_gettext("It is recorded, and not your mistake."),
    lazy_gettext(
        "Try again later; if it happens again, tell the contact that is named at the foot of each page."
    ),
)
ENDPOINT = Kind(
    "endpoint-failed",
    502,
    lazy_gettext("The query service cannot be reached"),
    lazy_gettext("The store that holds the data does not answer."),
    lazy_gettext("Try again later."),
)
TIMED_OUT = Kind(
    "query-timed-out",
    503,
    lazy_gettext("The query took too long"),
    lazy_gettext("Queries are stopped after a certain time, so that others get their turn."),
    lazy_gettext("Make it more selective, or download the data as a whole."),
)
OUT_OF_MEMORY = Kind(
    "query-exhausted-memory",
    503,
    lazy_gettext("The query needed too much memory"),
    lazy_gettext("Queries are stopped when they need more than a certain amount of memory."),
    lazy_gettext("Make it more selective, or download the data as a whole."),
)
BUSY = Kind(
    "busy",
    503,
    lazy_gettext("Too many queries or checks are running"),
    lazy_gettext("All places are taken at the moment."),
    lazy_gettext("Try again after the time that Retry-After names."),
)

KINDS: Sequence[Kind] = (
    BAD_REQUEST, MALFORMED, UNREADABLE, REFUSED, NOT_FOUND, METHOD, NOT_ACCEPTABLE, WITHDRAWN, TOO_LARGE,
    URL_TOO_LONG, MEDIA_TYPE, RANGE, TOO_MANY, INTERNAL, ENDPOINT, TIMED_OUT, OUT_OF_MEMORY, BUSY,
)  # fmt: skip
