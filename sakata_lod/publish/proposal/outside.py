"""What an unknown table says above its header and in its notes: the plan's title, and the day it tells of."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from sakata_lod.publish.eras import fiscal_year
from sakata_lod.publish.proposal.reading import TableReading, lines_outside
from sakata_lod.publish.proposal.words import known_words

_AS_OF = re.compile(
    r"(?P<year>(?:令和|平成)\s*(?:元|\d{1,2})|\d{4})\s*年(?P<fiscal>度)?\s*"
    r"(?:(?P<month>\d{1,2})\s*月\s*(?:(?P<day>\d{1,2})\s*日|末))?(?:末)?\s*(?:現在|時点)"
)


def plan_title(reading: TableReading) -> tuple[int, str] | None:
    """Find the plan's title, with the row that prints it."""
    endings = "|".join(map(re.escape, known_words().titles_of_plans.endings))
    for row, text in lines_outside(reading):
        for word in re.split(r"[\s「」『』（）()]+", text):
            if (matched := re.match(rf".*?\w(?:{endings})", word)) and len(matched[0]) > 3:
                return row, matched[0]
    return None


def printed_as_of(reading: TableReading) -> date | None:
    """Find the day: 令和5年3月31日現在, 令和６年５月末現在, 令和4年度末現在. None where none is told."""
    for _, text in lines_outside(reading):
        matched = _AS_OF.search(unicodedata.normalize("NFKC", text))
        year = fiscal_year(matched["year"] + "年") if matched else None
        if matched is None or year is None:
            continue
        if matched["month"] is None:
            return year.last_day if matched["fiscal"] else None
        return _day(year.start_year, int(matched["month"]), matched["day"])
    return None


def _day(year: int, month: int, day: str | None) -> date | None:
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    return date(year, month, min(int(day), last)) if day and int(day) else date(year, month, last)
