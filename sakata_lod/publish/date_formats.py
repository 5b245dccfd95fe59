"""Dates and times of a workbook → the text that their cells show.

Known are years, Japanese eras, months, days, weekdays in Japanese, hours, minutes, seconds and literal text
(ECMA-376 Part 1, 18.8.31). Any other format, such as one with English months, is refused, not guessed.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sakata_lod.publish.number_formats import UnknownNumberFormatError

_PARTS = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|(?P<code>(?P<letter>[ymdaghes])(?P=letter)*)'
    r"|(?P<literal>[^A-Za-z\[\];])",
    re.IGNORECASE,
)
_CODES = {
    "yyyy",
    "yy",
    "ggg",
    "gg",
    "g",
    "ee",
    "e",
    "mm",
    "m",
    "dd",
    "d",
    "aaaa",
    "aaa",
    "hh",
    "h",
    "ss",
    "s",
}
_YEAR_AND_MONTH, _MONTH_AND_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_ERA_IN_LETTERS, _ERA_IN_FULL = "[$-411]ge.m.d", '[$-411]ggge"年"m"月"d"日"'

JAPANESE_FORMATS = {
    27: _ERA_IN_LETTERS,
    28: _ERA_IN_FULL,
    29: _ERA_IN_FULL,
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    34: _YEAR_AND_MONTH,
    35: _MONTH_AND_DAY,
    36: _ERA_IN_LETTERS,
    50: _ERA_IN_LETTERS,
    51: _ERA_IN_FULL,
    52: _YEAR_AND_MONTH,
    53: _MONTH_AND_DAY,
    54: _ERA_IN_FULL,
    55: _YEAR_AND_MONTH,
    56: _MONTH_AND_DAY,
    57: _ERA_IN_LETTERS,
    58: _ERA_IN_FULL,
}
"""Formats that a Japanese Excel keeps by number alone (ECMA-376 Part 1, 18.8.30, ja-jp)."""

_HINT = re.compile(r"\[\$[^\]]*\]")
_OF_THE_COUNTRY = {
    "mm-dd-yy": "yyyy/m/d",
    "m/d/yy": "yyyy/m/d",
    "m/d/yy h:mm": "yyyy/m/d h:mm",
}
"""Formats that Excel keeps by number alone, and shows as the country writes dates."""
_ERAS = ((date(2019, 5, 1), "令和", "R"), (date(1989, 1, 8), "平成", "H"), (date(1926, 12, 25), "昭和", "S"))
_WEEKDAYS = "月火水木金土日"
_NO_DAY = date(1900, 1, 1)


def displayed_date(value: datetime | date | time | timedelta, number_format: str) -> str:
    """Write a date, or a time, as its cell shows it.

    Raises: UnknownNumberFormatError: also of hours beyond a day's.
    """
    if isinstance(value, timedelta):
        raise UnknownNumberFormatError(number_format)
    shown = _HINT.sub("", _OF_THE_COUNTRY.get(number_format, number_format)).removesuffix(";@")
    moment = value if isinstance(value, datetime) else _moment(value)
    parts = list(_parts(shown, number_format))
    codes = [code for code, _ in parts if code]
    told, at = "", -1
    for code, literal in parts:
        at += bool(code)
        told += _written(moment, code, _is_of_a_time(codes, at), number_format) if code else literal
    return told


def _moment(value: date | time) -> datetime:
    return datetime.combine(_NO_DAY, value) if isinstance(value, time) else datetime.combine(value, time())


def _parts(shown: str, number_format: str) -> Iterator[tuple[str, str]]:
    """The codes of a format, and the texts between them."""
    at = 0
    while at < len(shown):
        matched = _PARTS.match(shown, at)
        code = (matched["code"] or "").lower() if matched else ""
        if matched is None or (code and code not in _CODES):
            raise UnknownNumberFormatError(number_format)
        at = matched.end()
        literal = matched["quoted"] or matched["escaped"] or matched["literal"] or ""
        yield code, literal


def _is_of_a_time(codes: list[str], at: int) -> bool:
    """Whether m means minutes: behind hours, or before seconds."""
    return codes[max(at - 1, 0)][0] == "h" or codes[min(at + 1, len(codes) - 1)][0] == "s"


def _written(moment: datetime, code: str, is_of_a_time: bool, number_format: str) -> str:  # noqa: FBT001
    match code:
        case "yyyy" | "yy":
            return f"{moment.year:04}"[-len(code) :]
        case "ggg" | "gg" | "g" | "e" | "ee":
            return _of_an_era(moment.date(), code, number_format)
        case "aaa" | "aaaa":
            return _WEEKDAYS[moment.weekday()] + ("曜日" if code == "aaaa" else "")
        case "m" | "mm":
            number = moment.minute if is_of_a_time else moment.month
        case _:
            number = {"d": moment.day, "h": moment.hour, "s": moment.second}[code[0]]
    return f"{number:0{len(code)}}"


def _of_an_era(day: date, code: str, number_format: str) -> str:
    known = next((each for each in _ERAS if day >= each[0]), None)
    if known is None:
        raise UnknownNumberFormatError(number_format)
    began, name, letter = known
    if code[0] == "e":
        return f"{day.year - began.year + 1:0{len(code)}}"
    return {"ggg": name, "gg": name[0], "g": letter}[code]
