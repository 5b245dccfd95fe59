"""Validators: how a client learns that what it has is still what it would get.

`response_cache` compares them with what the client has.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Response

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
