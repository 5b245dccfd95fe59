"""Bodies in fewer bytes: br and gzip, for text that is long enough to gain by it."""

import gzip
from collections.abc import Callable, Mapping
from functools import lru_cache

import brotli

LEAST_BYTES = 1024
"""Shorter bodies fit in a packet or two either way."""

_QUICK_FROM_BYTES = 1024 * 1024
"""Longer bodies are compressed at the quickest level: time counts for more than the last few bytes."""

_TEXT = ("+json", "+xml", "/json", "/xml", "/javascript", "/n-triples", "/n-quads", "/trig")


def _br(content: bytes) -> bytes:
    quality = 1 if len(content) >= _QUICK_FROM_BYTES else 5
    compressed: bytes = brotli.compress(content, quality=quality)
    return compressed


def _gzip(content: bytes) -> bytes:
    # mtime: the same content gives the same bytes, which a strong entity tag promises.
    return gzip.compress(content, 1 if len(content) >= _QUICK_FROM_BYTES else 6, mtime=0)


COMPRESSORS: Mapping[str, Callable[[bytes], bytes]] = {"br": _br, "gzip": _gzip}
"""By content coding, the better one first."""


@lru_cache(256)
def is_text(content_type: str) -> bool:
    """Whether bodies of a type get shorter by compression."""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type.startswith("text/") or media_type.endswith(_TEXT)
