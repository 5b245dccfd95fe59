"""Printed numbers of divisions and measures → patterns that read them: 第2章, (1), 1-2-3, Ⅱ."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from sakata_lod.publish.proposal.words import known_words

_BRACKETS = {"(（": ")）", "[［": "]］", "【": "】", "〔": "〕", "「": "」"}
"""Opening brackets of either width, and those that close them."""
_OPEN, _CLOSE = "".join(_BRACKETS), "".join(_BRACKETS.values())
_DASH = "[-.．・－‐−の_]"
_KINDS = {"kanji": "[一二三四五六七八九十]", "roman": "[Ⅰ-Ⅻ]", "circled": "[①-⑳]", "digits": r"\d+"}
_BRACKETED = r"[(（]\d+[)）]"
"""A part of a longer number that brackets keep apart: 1-(2)-③."""
_PARTS = {"bracketed": _BRACKETED, **_KINDS}
_APART = {"bracketed", "circled"}


@dataclass(frozen=True, slots=True)
class Shape:
    """How a number is printed. kinds: of each of its parts: 1-2-3 has three, all of digits.

    opened, closed: the brackets of the kind that stands around it, in either width; blank without any.
    """

    before: str
    opened: str
    kinds: tuple[str, ...]
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
    kept_apart = f"{_BRACKETED}|{_KINDS['circled']}"
    first = "|".join(_KINDS.values())
    many = rf"(?:{first})(?:{_DASH}?(?:{kept_apart})|(?:{_DASH}|(?<=[)）])){_KINDS['digits']})*"
    return re.compile(
        rf"(?P<before>(?:{before})?)\s*(?P<open>[{re.escape(_OPEN)}]?)(?P<number>{many})"
        rf"(?P<close>[{re.escape(_CLOSE)}]?)(?P<after>(?:{after})?)(?P<sep>[\s.．:：、,，]*)(?P<title>\S.*)",
        re.DOTALL,
    )


def shaped(text: str) -> Shaped | None:
    """Tell how a text's number is printed; None where it begins with none."""
    matched = _numbered().fullmatch(text.strip())
    if matched is None:
        return None
    number = matched["number"]
    kinds = tuple(_kind(part) for part in re.findall("|".join(_PARTS.values()), number))
    opened = next((each for each in _BRACKETS if matched["open"] and matched["open"] in each), "")
    closed = next((each for each in _BRACKETS.values() if matched["close"] and matched["close"] in each), "")
    # 一人暮らし, 3世代: the number is a part of the title, for nothing keeps it apart.
    apart = matched["before"] or opened or closed or matched["after"] or matched["sep"] or kinds[-1] in _APART
    if not apart or (opened and not closed):
        return None
    shape = Shape(matched["before"], opened, kinds, closed, matched["after"])
    return Shaped(shape, matched["sep"], number, matched["title"])


def _kind(part: str) -> str:
    return next(kind for kind, pattern in _PARTS.items() if re.fullmatch(pattern, part))


def pattern(shape: Shape, separators: Sequence[str]) -> str:
    """Write the pattern that reads the texts of a shape. separators: those seen between number and title."""
    number = _PARTS[shape.kinds[0]]
    for before, kind in pairwise(shape.kinds):
        number += f"{_DASH}{'?' if {before, kind} & _APART else ''}{_PARTS[kind]}"
    opened, closed = _one_of(shape.opened), _one_of(shape.closed)
    words = re.escape(shape.before) + (r"\s*" if shape.before not in ("", "第") else "")
    return f"{words}{opened}(?P<number>{number}){closed}{shape.after}{_between(separators)}(?P<title>.+)"


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
