"""Which page of several a client asks for."""

from flask import request
from werkzeug.exceptions import BadRequest

from sakata_lod.serve.translation import gettext


def page_number() -> int:
    """Read `page` from the URL; the first is a client's that asks for none.

    Raises: BadRequest: it is no whole number, 1 or more.
    """
    asked = request.args.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and int(asked[:9]) > 0 and len(asked) < 9):
        raise BadRequest(gettext("“page” must be a whole number, 1 or more."))
    return int(asked)
