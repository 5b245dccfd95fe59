"""What errors are made of: places, words, doubts, and the error that all others are."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a table: a file, a sheet if it has several, and in it a row and a column, counted from 1.

    sheet_row: of a table that several sheets make together, the row in its sheet; `row` counts through them all.
    """

    file: Path
    row: int | None = None
    column: int | None = None
    column_name: str | None = None
    sheet: str | None = None
    sheet_row: int | None = None

    @property
    def row_shown(self) -> int | None:
        """The row as whoever opens the file finds it."""
        return self.sheet_row or self.row

    def sentence(self, language: str) -> str:
        """Tell the place in words: "source.tsv, row 48, column 8 (令和4年度)"."""
        ja = language == "ja"
        row, column, comma = ("{}行", "{}列", " ") if ja else ("row {}", "column {}", ", ")
        parts = [str(self.file)]
        if self.sheet is not None:
            parts.append(f"シート「{self.sheet}」" if ja else f"sheet “{self.sheet}”")
        if self.row_shown is not None:
            parts.append(row.format(self.row_shown))
        if self.column is not None:
            parts.append(column.format(self.column))
        return comma.join(parts) + (f" ({self.column_name})" if self.column_name else "")


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in Japanese and, where there are any words for it, in English."""

    ja: str
    en: str | None = None

    def sentence(self, language: str) -> str:
        """Tell them in a language; in Japanese where there are no English ones."""
        return self.ja if language == "ja" or self.en is None else self.en


def words_of(error: Exception) -> Words:
    """What an error says: in both languages if it is ours, else in the one that its parser has."""
    if isinstance(error, UnfitValue):
        return error.words
    said = " ".join(str(error).split()) or type(error).__name__
    return Words(said, said)


class UnfitValue(ValueError):
    """A value that cannot be, in words for people. A ValueError, for that is what pydantic's validators raise."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.words = Words(ja, en)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number of which it is unclear whose it is: a division's or a measure's.

    before, after: its titles; None where an edition has no such number. The same: the division around it is another.
    """

    edition: date
    number: str
    before: str | None
    after: str | None
    is_division: bool = False

    def sentence(self, language: str) -> str:
        """Tell what is unclear: "2024-03-31: 2-1-3 “…” is listed no more"."""
        ja = language == "ja"
        if self.after is None:
            said = "{0}「{1}」がなくなりました" if ja else "{0} “{1}” is listed no more"
        elif self.before is None:
            said = "{0}「{2}」は前の版にありません" if ja else "{0} “{2}” was not listed before"
        elif self.before == self.after:
            said = (
                "{0}「{2}」を含む章・節が別のものになりました"
                if ja
                else "{0} “{2}” stands in another division now"
            )
        else:
            said = "{0}「{1}」が「{2}」になりました" if ja else "{0} was “{1}”, and is “{2}” now"
        kind = ("章・節" if ja else "division ") if self.is_division else ""
        return f"{self.edition}: {said.format(kind + self.number, self.before, self.after)}"


@dataclass(frozen=True, slots=True)
class Doubts:
    """All that is unclear, a line each."""

    each: tuple[Doubt, ...]

    def sentence(self, language: str) -> str:
        """Tell them, one below the other."""
        return "\n".join(f"  {doubt.sentence(language)}" for doubt in self.each)


class SakataLodError(Exception):
    """The root. Facts are attributes; `en` and `ja` are sentences with a place for each fact."""

    en: ClassVar[str]
    ja: ClassVar[str]

    def sentence(self, language: str = "en") -> str:
        """Tell the error in "ja" or "en"; any other language is told in English."""
        return (self.ja if language == "ja" else self.en).format(**self.facts(language))

    def facts(self, language: str) -> dict[str, object]:
        """The facts by their names, as they are told in a language."""
        return {
            name: fact.sentence(language) if isinstance(fact, Place | Words | Doubts) else fact
            for name, fact in vars(self).items()
        }

    def __str__(self) -> str:
        return self.sentence()
