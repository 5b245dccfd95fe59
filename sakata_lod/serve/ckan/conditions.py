"""Lucene's query language, as CKAN's clients use it, → conditions that a package meets or not.

What stands side by side must all be met, `a OR b` counts as one condition among those (CKAN's harvester means
it so), and a condition that cannot be answered as Solr would is refused, never guessed.
"""

import re
from collections.abc import Callable
from datetime import datetime
from fnmatch import translate

from luqum import tree
from luqum.exceptions import ParseError
from luqum.thread import parse

from sakata_lod.errors import SearchRefused, Words
from sakata_lod.serve.ckan.fields import DATES, NUMBERS, TEXT, Fields, is_known, is_text, normalized, number
from sakata_lod.serve.ckan.terms import moment_of

Condition = Callable[[Fields], bool]

MOST_SIGNS = 8192
MOST_CLAUSES = 256
DEEPEST = 40

_EVERYTHING = "*"


def condition(text: str) -> Condition:
    """Read a condition; the empty text is met by all. Raises: SearchRefused."""
    if not text.strip():
        return lambda _fields: True
    if len(text) > MOST_SIGNS:
        raise _refused(f"{MOST_SIGNS}字を超えています。", f"it has more than {MOST_SIGNS} characters.")
    try:
        parsed = parse(text)
    except (ParseError, ValueError, AssertionError) as error:
        raise _refused(f"構文の誤りです（{error}）。", f"{error}.") from None
    return _Reader().read(parsed, TEXT, 0)


def words(text: str) -> Condition:
    """Seek the words of a text, as they stand: what a person typed need not be Lucene's language."""
    sought = [normalized(each) for each in text[:MOST_SIGNS].split()[:MOST_CLAUSES]]
    return lambda fields: all(any(each in value for value in fields[TEXT]) for each in sought)


class _Reader:
    """Reads one condition, and counts its clauses."""

    def __init__(self) -> None:
        self._clauses = 0

    def read(self, item: tree.Item, field: str, depth: int) -> Condition:
        """Read a part of it, in which terms are sought in a field."""
        self._bound(depth)
        match item:
            case tree.SearchField():
                return self._in_field(item, depth)
            case tree.BaseGroup() | tree.Boost():  # how much a match weighs is no matter of whether it is one
                return self.read(item.expr, field, depth + 1)
            case tree.OrOperation():
                return _any([self.read(each, field, depth + 1) for each in item.operands])
            case tree.BaseOperation():
                return _all([self.read(each, field, depth + 1) for each in item.operands])
            case tree.Plus():
                return self.read(item.a, field, depth + 1)
            case tree.Not() | tree.Prohibit():
                return _not(self.read(item.a, field, depth + 1))
            case tree.Range():
                return _range(item, field)
            case tree.Phrase():
                return _is(field, _quoted(item))
            case tree.Word():
                return _matches(field, item)
        raise _refused(
            f"「{item}」は使えません（あいまい検索・正規表現・比較記号には対応していません）。",
            f"“{item}” is not answered here: neither fuzzy terms, regular expressions nor < and > are.",
        )

    def _in_field(self, item: tree.SearchField, depth: int) -> Condition:
        if item.name == _EVERYTHING and str(item.expr) == _EVERYTHING:
            return lambda _fields: True
        if not is_known(item.name):
            raise _refused(
                f"項目「{item.name}」はありません。", f"there is no field “{item.name}”; see help_show."
            )
        return self.read(item.expr, item.name, depth + 1)

    def _bound(self, depth: int) -> None:
        self._clauses += 1
        if depth > DEEPEST or self._clauses > MOST_CLAUSES * 4:
            raise _refused("条件が多すぎます。分けて検索してください。", "too many conditions; ask in parts.")


def _matches(field: str, word: tree.Word) -> Condition:
    if word.value == _EVERYTHING:
        return lambda fields: field in fields
    if not word.has_wildcard():
        return _is(field, word.unescaped_value)
    pattern = "".join(_glob(each) for each in re.findall(r"\\.|.", word.value, re.DOTALL))
    fits = re.compile(translate(f"*{normalized(pattern)}*" if is_text(field) else pattern)).fullmatch
    return lambda fields: any(fits(value) is not None for value in fields.get(field, ()))


def _glob(sign: str) -> str:
    """One sign of a pattern as fnmatch has it: what is escaped, and a bracket, is meant literally."""
    literal = sign[1:] or sign
    return f"[{literal}]" if (sign != literal and literal in "*?") or literal == "[" else literal


def _is(field: str, sought: str) -> Condition:
    if is_text(field):
        part = normalized(sought)
        return lambda fields: any(part in value for value in fields.get(field, ()))
    value = _comparable(field, sought)
    return lambda fields: value in fields.get(field, ())


def _range(item: tree.Range, field: str) -> Condition:
    low, high = _bound_of(item.low, field), _bound_of(item.high, field)

    def met(value: str) -> bool:
        above = low is None or (value >= low if item.include_low else value > low)
        return above and (high is None or (value <= high if item.include_high else value < high))

    return lambda fields: any(met(each) for each in fields.get(field, ()))


def _bound_of(item: tree.Item, field: str) -> str | None:
    """An end of a range; None where it is open."""
    if isinstance(item, tree.Phrase):
        return _comparable(field, _quoted(item))
    if not isinstance(item, tree.Word):
        raise _refused(f"範囲の端「{item}」を読み取れません。", f"“{item}” is no end of a range.")
    return None if item.value == _EVERYTHING else _comparable(field, item.unescaped_value)


def _comparable(field: str, written: str) -> str:
    """A value as the fields hold it."""
    if field in NUMBERS:
        if not re.fullmatch(r"[0-9]{1,9}", written):
            raise _refused(f"{field} は整数で指定します。", f"{field} is a whole number.")
        return number(int(written))
    if field in DATES:
        return _moment(field, written)
    return normalized(written) if is_text(field) else written


def _moment(field: str, written: str) -> str:
    try:
        return moment_of(datetime.fromisoformat(written).isoformat())
    except (ValueError, OverflowError):
        raise _refused(
            f"{field} は 2026-01-31T00:00:00Z のように指定します（「{written}」は読めません）。",
            f"{field} is written like 2026-01-31T00:00:00Z, not “{written}”.",
        ) from None


def _quoted(phrase: tree.Phrase) -> str:
    return str(phrase.unescaped_value)[1:-1]


def _all(conditions: list[Condition]) -> Condition:
    return lambda fields: all(each(fields) for each in conditions)


def _any(conditions: list[Condition]) -> Condition:
    return lambda fields: any(each(fields) for each in conditions)


def _not(unwanted: Condition) -> Condition:
    return lambda fields: not unwanted(fields)


def _refused(ja: str, en: str) -> SearchRefused:
    return SearchRefused(Words(ja, en))
