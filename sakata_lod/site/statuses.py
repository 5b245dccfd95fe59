"""What plan.toml may say of marks in cells of statuses that say none."""

import unicodedata
from collections.abc import Iterable

from sakata_lod.site.columns import StatusAxis
from sakata_lod.site.fields import Configuration, Texts


class Statuses(Configuration):
    """Marks and words in cells of statuses that say none, as of a measure that has ended: －, 該当なし.

    Each status has its own: － may say nothing of how a measure goes on, and mean 未着手 in the other column.
    """

    without_achievement: Texts = ()
    without_response: Texts = ()

    def without(self, axis: StatusAxis) -> tuple[str, ...]:
        """Those of one status."""
        return self.without_achievement if axis == "achievement" else self.without_response


def folded_mark(text: str) -> str:
    """A mark or word of a status as it is looked up: of any width."""
    return unicodedata.normalize("NFKC", text.strip())


def in_both(marks: Iterable[str], without: Iterable[str]) -> tuple[str, str] | None:
    """The first mark that has a code and says no status, too, as it is written in each; None without one."""
    coded = {folded_mark(each): each for each in marks}
    return next(((coded[folded_mark(each)], each) for each in without if folded_mark(each) in coded), None)
