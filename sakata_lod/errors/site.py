"""What a site's own files can have wrong."""

from dataclasses import dataclass
from pathlib import Path

from sakata_lod.errors.facts import SakataLodError, Words


class ConfigurationError(SakataLodError):
    """A file of the site says something that cannot be."""


@dataclass(eq=False)
class InvalidConfiguration(ConfigurationError):
    """A configuration file breaks its own schema."""

    file: Path
    key: str
    problem: Words
    en = "{file}: {key}: {problem}"
    ja = "{file}: {key}: {problem}"


@dataclass(eq=False)
class MissingFile(ConfigurationError):
    """A file that the site needs is not there."""

    file: Path
    purpose: Words
    en = "{file}: no such file. It is needed: {purpose}."
    ja = "{file}: ファイルがありません。{purpose}"


@dataclass(eq=False)
class Unanswered(ConfigurationError):
    """A question that a proposed configuration asks, and that nobody has answered."""

    file: Path
    key: str
    en = "{file}: {key}: a question that only people can answer: replace “?” by the answer. The lines before it, marked # ?, tell the choices."
    ja = "{file}: {key}: 人が答える問いです。「?」を答えに書き換えてください。すぐ前の # ? の行に選択肢があります。"


@dataclass(eq=False)
class UnknownCode(ConfigurationError):
    """A configuration file names a concept that the shared lists do not hold."""

    file: Path
    key: str
    code: str
    known: str
    en = "{file}: {key}: “{code}” is no concept of the shared list. Use one of: {known}."
    ja = "{file}: {key}: 「{code}」は共通コードにありません。次のいずれかを使ってください: {known}"


@dataclass(eq=False)
class WrongMunicipalityCode(SakataLodError):
    """A code is no 全国地方公共団体コード, or that of a body that publishes under another's."""

    code: str
    problem: Words
    en = "{code}: not the code of a municipality: {problem}."
    ja = "{code}: 市区町村の全国地方公共団体コードではありません: {problem}。"
