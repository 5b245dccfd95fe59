"""Validators: how a client learns that what it has is still what it would get.

`response_cache` compares them with what the client has.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response, request

_PACKAGE = Path(__file__).parent
_MAKING_ANSWERS = {".py", ".rq", ".html", ".css", ".po"}


@dataclass(frozen=True, slots=True)
class Validators:
    """A strong entity tag, without its quotes, and the time of the last change."""

    etag: str
    last_modified: datetime

    def put_on(self, response: Response) -> None:
        """Write the headers."""
        response.set_etag(self.etag)
        response.last_modified = self.last_modified
        response.headers["Cache-Control"] = "no-cache"


def keep_to_the_standard(app: Flask) -> None:
    """Have an application treat Range and If-Match, which Flask looks at for files, as RFC 9110 says."""
    app.before_request(_heed_one_range)
    app.after_request(_say_no_more)


def _heed_one_range() -> None:
    """Give a file whole where not one part is asked for, in bytes: RFC 9110, 14.2, has or lets it so."""
    asked = request.range
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        request.environ.pop("HTTP_RANGE", None)


def _say_no_more(response: Response) -> Response:
    """Leave the file out of an answer that says that it is not the one insisted on."""
    if response.status_code == HTTPStatus.PRECONDITION_FAILED:
        response.set_data(b"")
        response.headers.remove("Content-Type")
    return response


def day(text: str) -> datetime:
    """The beginning, in UTC, of a day written like 2023-03-31; a time of day is kept."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def fingerprint() -> str:
    """Digest the files that make answers, so that old tags stop matching when the software changes."""
    digest = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in _MAKING_ANSWERS:
            digest.update(path.relative_to(_PACKAGE).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
