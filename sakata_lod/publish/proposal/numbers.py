"""Printed numbers of divisions and measures → patterns that read them: 第2章, (1), 1-2-3, Ⅱ."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sakata_lod.publish.proposal.words import known_words

_BRACKETS = {"(（": ")）", "[［": "]］", "【": "】", "〔": "〕", "「": "」"}
"""Opening brackets of either width, and those that close them."""
_OPEN, _CLOSE = "".join(_BRACKETS), "".join(_BRACKETS.values())
_DASH = "[-.．・－‐−の_]"
_KINDS = {"kanji": "[一二三四五六七八九十]", "roman": "[Ⅰ-Ⅻ]", "circled": "[①-⑳]", "digits": r"\d+"}


@dataclass(frozen=True, slots=True)
class Shape:
    """How a number is printed. parts: how many, for digits: 1-2-3 has three.

    opened, closed: the brackets of the kind that stands around it, in either width; blank without any.
    """

    before: str
    opened: str
    kind: str
    parts: int
    closed: str
    after: str


@dataclass(frozen=True, slots=True)
class Shaped:
    """A text that begins with a number. separator: what stands between number and title."""

    shape: Shape
    separator: str
    number: str
    title: str


@cache
def _numbered() -> re.Pattern[str]:
    words = known_words().numbers
    before = "|".join(sorted(map(re.escape, words.before), key=len, reverse=True))
    after = "|".join(map(re.escape, words.after))
    many = rf"\d+(?:{_DASH}\d+)*"
    one = "|".join(pattern for kind, pattern in _KINDS.items() if kind != "digits")
    return re.compile(
        rf"(?P<before>(?:{before})?)\s*(?P<open>[{re.escape(_OPEN)}]?)(?P<number>{one}|{many})"
        rf"(?P<close>[{re.escape(_CLOSE)}]?)(?P<after>(?:{after})?)(?P<sep>[\s.．:：、,，]*)(?P<title>\S.*)",
        re.DOTALL,
    )


def shaped(text: str) -> Shaped | None:
    """Tell how a text's number is printed; None where it begins with none."""
    matched = _numbered().fullmatch(text.strip())
    if matched is None:
        return None
    number = matched["number"]
    kind = next(kind for kind, pattern in _KINDS.items() if re.match(pattern, number))
    opened = next((each for each in _BRACKETS if matched["open"] and matched["open"] in each), "")
    closed = next((each for each in _BRACKETS.values() if matched["close"] and matched["close"] in each), "")
    # 一人暮らし, 3世代: the number is a part of the title, for nothing keeps it apart.
    apart = matched["before"] or opened or closed or matched["after"] or matched["sep"] or kind == "circled"
    if not apart or (opened and not closed):
        return None
    parts = len(re.split(_DASH, number)) if kind == "digits" else 1
    shape = Shape(matched["before"], opened, kind, parts, closed, matched["after"])
    return Shaped(shape, matched["sep"], number, matched["title"])


def pattern(shape: Shape, separators: Sequence[str]) -> str:
    """Write the pattern that reads the texts of a shape. separators: those seen between number and title."""
    number = _KINDS[shape.kind] + rf"{_DASH}\d+" * (shape.parts - 1)
    opened, closed = _one_of(shape.opened), _one_of(shape.closed)
    before = re.escape(shape.before) + (r"\s*" if shape.before not in ("", "第") else "")
    return f"{before}{opened}(?P<number>{number}){closed}{shape.after}{_between(separators)}(?P<title>.+)"


def _one_of(signs: str) -> str:
    """A class of signs, such as both widths of a bracket; nothing for none."""
    escaped = "".join("\\" + sign if sign in "[]" else sign for sign in signs)
    return f"[{escaped}]" if escaped else ""


def _between(separators: Sequence[str]) -> str:
    if all(separators) and all(each.isspace() for each in separators):
        return r"\s+"
    signs = {sign for each in separators for sign in each if not sign.isspace()}
    if not signs:
        return r"\s*"
    some = "".join(sorted(re.escape(sign) for sign in signs))
    return rf"[{some}\s]+" if all(separators) else rf"[{some}\s]*"
