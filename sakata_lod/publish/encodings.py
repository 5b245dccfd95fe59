"""In which encodings a table's bytes make Japanese text, told by the bytes alone."""

import re
from typing import Literal

from sakata_lod.publish.cells import CONTROL

Encoding = Literal["utf-8", "utf-8-sig", "cp932"]

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_LEVEL_2 = 0x98
"""The lead byte in CP932 with which the rarer kanji begin (JIS X 0208, level 2)."""
_MANY = 24
"""How many signs beyond ASCII, each several bytes, are never valid UTF-8 by chance alone."""
_NO_SIGN = re.compile("[\uf8f0-\uf8f3]")
"""What Python makes of the bytes A0, FD, FE and FF, which are no signs of CP932."""


def encodings(content: bytes) -> tuple[Encoding, ...]:
    """The encodings in which bytes may be meant. One: it is sure; none: no text; two: the bytes cannot tell.

    Bytes of UTF-8 read as CP932 make rare kanji and half-width kana (縺ゅ); bytes of CP932 are hardly ever
    valid as UTF-8. Where both are valid, a reading that is common Japanese through and through wins.
    """
    if content.startswith(BYTE_ORDER_MARK):
        return ("utf-8-sig",) if decoded(content, "utf-8-sig") is not None else ()
    if content.isascii():
        return ("utf-8",) if decoded(content, "utf-8") is not None else ()
    tried: tuple[Encoding, ...] = ("utf-8", "cp932")
    texts = {each: text for each in tried if (text := decoded(content, each)) is not None}
    common = tuple(each for each, text in texts.items() if _is_common(text))
    if len(common) == 1:
        return common
    if "utf-8" in texts and sum(sign > "\x7f" for sign in texts["utf-8"]) >= _MANY:
        return ("utf-8",)
    return tuple(texts)


def decoded(content: bytes, encoding: Encoding) -> str | None:
    """Read bytes; None where they are not valid, or hold control characters, as no table does."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if CONTROL.search(text) or _NO_SIGN.search(text) else text


def _is_common(text: str) -> bool:
    return all(sign.isascii() or _is_common_sign(sign) for sign in set(text))


def _is_common_sign(sign: str) -> bool:
    """Kana, full-width signs and kanji of the first level; neither half-width kana nor rare kanji."""
    try:
        encoded = sign.encode("cp932")
    except UnicodeEncodeError:
        return False
    return len(encoded) == 2 and encoded[0] < _LEVEL_2
