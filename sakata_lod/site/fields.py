"""What the values of configuration files may be: frozen models, and texts checked as they are read."""

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from sakata_lod.errors import UnfitValue
from sakata_lod.iris import LOCAL_NAME, MEASURE_NAME, NUMBER, SLUG, IriSpace

_ABSOLUTE_IRI = re.compile(r"https?://[^\s/<>\"{}|\\^`]+/[^\s<>\"{}|\\^`]*")
"""An IRI as RFC 3987 writes one of the web, whole."""


def _base_iri(text: str) -> str:
    return IriSpace(text).base


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise UnfitValue(
            f"「{text}」はIRIに使えません。a-z、0-9と、続けないハイフンで書いてください",
            f"“{text}” cannot stand in an IRI: use a-z, 0-9 and single hyphens",
        )
    return text


def _number(text: str) -> str:
    if not NUMBER.fullmatch(text):
        raise UnfitValue(
            f"「{text}」は章・節や施策の番号ではありません。2-1-2 のように書いてください",
            f"“{text}” is no number of a division or measure: write it like 2-1-2",
        )
    return text


def _local_name(text: str) -> str:
    if not LOCAL_NAME.fullmatch(text):
        raise UnfitValue(
            f"「{text}」は名前ではありません。id/ の後を measure/your-plan/2-1-2 のように書いてください",
            f"“{text}” names no thing: write what follows id/, like measure/your-plan/2-1-2",
        )
    return text


def _measure_name(text: str) -> str:
    if not MEASURE_NAME.fullmatch(text):
        raise UnfitValue(
            f"「{text}」は施策ではありません。id/ の後を measure/your-plan/2-1-2 のように書いてください",
            f"“{text}” names no measure: write what follows id/, like measure/your-plan/2-1-2",
        )
    return text


def _absolute_iri(text: str) -> str:
    if not _ABSOLUTE_IRI.fullmatch(text):
        raise UnfitValue(
            f"「{text}」は絶対IRIではありません。https:// から全部書いてください",
            f"“{text}” is no absolute IRI: write the whole of it, from https:// on",
        )
    return text


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise UnfitValue(
            f"「{text}」は正規表現として読めません: {error}", f"“{text}” is no regular expression: {error}"
        ) from error
    return text


def _row_pattern(text: str) -> str:
    if "title" not in re.compile(_pattern(text)).groupindex:
        raise UnfitValue(
            f"「{text}」にはグループ (?P<number>…) と (?P<title>…) が要ります",
            f"“{text}” must have the groups (?P<number>…) and (?P<title>…)",
        )
    return text


def _heading(text: str) -> str:
    if not text.strip():
        raise UnfitValue(
            "見出しが空です。表にその列がなければ、項目ごと書かないでください",
            "a heading is not blank; leave the key out if the table has no such column",
        )
    return " ".join(text.split())


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _below(pattern: str) -> str:
    if not pattern or Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        raise UnfitValue(
            f"「{pattern}」はこのフォルダーの下にありません。cities/* のように書いてください",
            f"“{pattern}” is no folder below this one: write it like cities/*",
        )
    return pattern


BaseIri = Annotated[str, AfterValidator(_base_iri)]
Slug = Annotated[str, AfterValidator(_slug)]
Number = Annotated[str, AfterValidator(_number)]
MeasureName = Annotated[str, AfterValidator(_measure_name)]
AbsoluteIri = Annotated[str, AfterValidator(_absolute_iri)]
LocalName = Annotated[str, AfterValidator(_local_name)]
BelowPattern = Annotated[str, AfterValidator(_below)]
"""Folders below that of the file, like `cities/*`."""
Pattern = Annotated[str, AfterValidator(_pattern)]
RowPattern = Annotated[str, AfterValidator(_row_pattern)]
Heading = Annotated[str, AfterValidator(_heading)]
"""A heading as printed; a line break or several blanks in it count as one blank."""
Headings = Annotated[tuple[Heading, ...], BeforeValidator(_one_or_more)]
"""One heading, or several in a list."""
Texts = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]
"""One text, or several in a list."""


class Configuration(BaseModel):
    """A table of a configuration file: frozen, and with no key that is not named here."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Configuration):
    """A text in Japanese, and in English where there is one."""

    ja: str
    en: str | None = None

    @property
    def by_language(self) -> dict[str, str]:
        """The texts there are, by language tag."""
        return {"ja": self.ja} | ({"en": self.en} if self.en else {})
