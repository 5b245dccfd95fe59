"""A configuration file being written: keys, comments in the reader's language, and questions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sakata_lod.errors import Words
from sakata_lod.site.reading import QUESTION

Value = str | int | Sequence["Value"] | Mapping[str, "Value"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression, which is written as it is, without escapes."""

    text: str


def toml(value: object) -> str:
    """Write a value."""
    match value:
        case Pattern():
            return (
                f"'{value.text}'" if "'" not in value.text and "\n" not in value.text else quoted(value.text)
            )
        case str():
            return quoted(value)
        case Mapping():
            return (
                "{ " + ", ".join(f"{quoted(str(name))} = {toml(each)}" for name, each in value.items()) + " }"
            )
        case Sequence():
            return "[" + ", ".join(map(toml, value)) + "]"
        case _:
            return str(value)


def quoted(text: str) -> str:
    """Write a text between quotation marks."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


@dataclass(slots=True)
class TomlText:
    """Lines of a file. questions: how many are asked."""

    language: str
    lines: list[str] = field(default_factory=list)
    questions: int = 0

    def __str__(self) -> str:
        return "\n".join(self.lines) + "\n"

    def table(self, name: str) -> None:
        """Begin a table."""
        self.lines += ["", name]

    def say(self, words: Words) -> None:
        """Comment on what follows."""
        self.lines += [f"# {line}" for line in _one_line(words.sentence(self.language))]

    def key(self, name: str, value: object) -> None:
        """Write a key."""
        self.lines.append(f"{name} = {toml(value)}")

    def ask(self, words: Words, name: str, value: object = QUESTION) -> None:
        """Ask for a key's value, or for a part of it: the build stops there until somebody answers."""
        self.questions += 1
        self.lines += [f"# ? {line}" for line in _one_line(words.sentence(self.language))]
        self.key(name, value)

    def wonder(self, words: Words) -> None:
        """Ask what no key holds yet: the build stops at the place in the table that is told."""
        self.questions += 1
        self.lines += [f"# ? {line}" for line in _one_line(words.sentence(self.language))]


def _one_line(text: str) -> list[str]:
    """A comment holds no line break; what a cell prints may."""
    return [" ".join(text.split())]
