"""Headers that every answer bears: who may read it, and what a browser may do with it."""

from flask import Flask, Response, request

EVERY = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Link, ETag, Content-Location, Retry-After, Accept-Ranges, Content-Range"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
}

_PAGES = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_POLICY = "Content-Security-Policy"
_OF_A_FRAME = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""Nothing runs and nothing can be sent in such a page: so whoever frames it gains nothing by it."""

_PREFLIGHT = {
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Content-Type, If-Match, If-None-Match, If-Modified-Since, If-Range, Range"
    ),
    "Access-Control-Max-Age": "86400",
}


def put_on_every_answer(app: Flask) -> None:
    """Add the headers to all answers of an application, errors among them."""
    app.after_request(_add)


def let_be_framed(response: Response) -> None:
    """Allow other sites to show a page in a frame."""
    response.headers[_POLICY] = _OF_A_FRAME


def _add(response: Response) -> Response:
    response.headers.update(EVERY)
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
        if response.allow:
            allowed = ", ".join(sorted(response.allow))
            response.headers.update({"Allow": allowed, "Access-Control-Allow-Methods": allowed})
            response.headers.remove("Content-Type")  # it has no body
    if response.mimetype == "text/html":
        framed = response.headers.get(_POLICY) == _OF_A_FRAME
        response.headers.update({"Permissions-Policy": _PAGES["Permissions-Policy"]} if framed else _PAGES)
    return response
