"""What a workbook holds and does not show. It is in the file all the same, which is published as it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.errors import Words

_BETWEEN = {"ja": "、", "en": "; "}


@dataclass(frozen=True, slots=True)
class HiddenPart:
    """What of a sheet holds text and is not shown: rows and columns, or itself where none are named."""

    sheet: str
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()

    @property
    def words(self) -> Words:
        """Tell it to people."""
        parts = [("行", "rows", self.rows), ("列", "columns", self.columns)]
        named = [(ja, en, ", ".join(map(str, each))) for ja, en, each in parts if each]
        ja = "・".join(f"{name} {numbers}" for name, _, numbers in named)
        en = "".join(f", {name} {numbers}" for _, name, numbers in named)
        return Words(f"シート「{self.sheet}」" + (f"の{ja}" if ja else ""), f"sheet “{self.sheet}”{en}")


def told_together(parts: Sequence[HiddenPart]) -> Words:
    """Tell people all of it."""
    words = [each.words for each in parts]
    ja, en = (sign.join(each.sentence(language) for each in words) for language, sign in _BETWEEN.items())
    return Words(ja, en)
