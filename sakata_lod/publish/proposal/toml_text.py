"""A configuration file being written: keys, comments in the reader's language, and questions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sakata_lod.publish.proposal.sentences import sentence
from sakata_lod.site.configuration_file import QUESTION


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

    def say(self, sentence_name: str, **facts: object) -> None:
        """Comment on what follows."""
        self.lines.append(f"# {sentence(sentence_name, self.language, **facts)}")

    def key(self, name: str, value: object) -> None:
        """Write a key."""
        self.lines.append(f"{name} = {toml(value)}")

    def offer(self, name: str, given: Sequence[str], offered: Sequence[str]) -> None:
        """Write a list, and what may be added to it behind signs of comments, to be taken away."""
        if given and offered:
            lines = [*(f"  {toml(each)}," for each in given), *(f"  # {toml(each)}," for each in offered)]
            self.lines += [f"{name} = [", *lines, "]"]
        elif offered:
            self.lines.append(f"# {name} = {toml(offered)}")
        elif given:
            self.key(name, given[0] if len(given) == 1 else given)

    def wonder(self, sentence_name: str, **facts: object) -> None:
        """Ask. Where no key follows, the build stops at the place in the table that is told."""
        self.questions += 1
        self.lines.append(f"# ? {sentence(sentence_name, self.language, **facts)}")

    def ask(self, sentence_name: str, key: str, value: object = QUESTION, **facts: object) -> None:
        """Ask for a key's value, or for a part of it: the build stops there until somebody answers."""
        self.wonder(sentence_name, **facts)
        self.key(key, value)
