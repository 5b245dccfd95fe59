"""The limits of a query, in words: the same on the endpoint's page and in its service description."""

from sakata_lod.serve.settings import KIBIBYTE, MEBIBYTE, Settings
from sakata_lod.serve.translation import gettext


def sentences(settings: Settings) -> list[str]:
    """Tell each limit, in the language of the request."""
    return [
        gettext("%(seconds)s seconds a query", seconds=f"{settings.query_timeout_s:g}"),
        gettext("%(mebibytes)s MiB of memory a query", mebibytes=settings.worker_memory_mib),
        gettext(
            "%(rows)s rows or %(size)s a result", rows=settings.result_rows, size=size(settings.result_bytes)
        ),
        gettext(
            "%(size)s a query’s text; longer than %(url)s only by POST",
            size=size(settings.query_text_bytes),
            url=size(settings.url_bytes),
        ),
        gettext(
            "%(running)s queries at once, and %(waiting)s that wait",
            running=settings.query_workers,
            waiting=settings.query_waiting,
        ),
        gettext("No updates, and no calls to other endpoints (SERVICE)"),
    ]


def size(count: int) -> str:
    """Write a number of bytes in the largest unit that it reaches: 65536 → "64 KiB"."""
    for unit, name in ((MEBIBYTE, "MiB"), (KIBIBYTE, "KiB")):
        if count >= unit:
            return f"{count / unit:.4g} {name}"
    return f"{count} B"
