"""A TOML file → what it configures: parsed, looked through for questions, and held to its model."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from sakata_lod.errors import InvalidConfiguration, MissingFile, Unanswered, Words
from sakata_lod.site.fields import Configuration
from sakata_lod.site.misfits import first_misfit
from sakata_lod.site.schema import PlanFile, SiteFile

QUESTION = "?"
"""What stands in a proposed configuration where only people know the answer."""
PROPOSED = (SiteFile, PlanFile)
"""The files that commands propose. In others, "?" is what a table prints."""

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
"""Where tomllib says that something is wrong."""

ConfigurationT = TypeVar("ConfigurationT", bound=Configuration)


def read_file(path: Path, model: type[ConfigurationT], purpose: Words) -> ConfigurationT:
    """Read a file that must be there. purpose: what for. Raises: MissingFile, and as `parsed`."""
    return parsed(path, content_of(path, purpose), model)


def read_if_there(path: Path, model: type[ConfigurationT]) -> ConfigurationT:
    """Read a file that a site may do without; what it says where it says nothing. Raises: as `parsed`."""
    return parsed(path, path.read_bytes(), model) if path.exists() else model()


def content_of(path: Path, purpose: Words) -> bytes:
    """The bytes of a file that must be there. Raises: MissingFile."""
    if not path.is_file():
        raise MissingFile(path, purpose)
    return path.read_bytes()


def parsed(path: Path, content: bytes, model: type[ConfigurationT]) -> ConfigurationT:
    """Read a file from its bytes. path: its name, for errors. Raises: InvalidConfiguration, Unanswered."""
    values = values_of(path, content)
    if model in PROPOSED and (asked := next(_questions(values), None)):
        raise Unanswered(path, asked)
    return checked(path, model, values)


def values_of(path: Path, content: bytes) -> dict[str, object]:
    """What a file says, unchecked. Raises: InvalidConfiguration: it is no TOML."""
    try:
        return tomllib.loads(content.decode("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InvalidConfiguration(path, "TOML", _told(str(error))) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = Words(
            f"{line}行がUTF-8ではありません。UTF-8で保存し直してください",
            f"line {line} is not UTF-8: save the file as UTF-8",
        )
        raise InvalidConfiguration(path, "TOML", problem) from error


def checked(
    path: Path, model: type[ConfigurationT], values: Mapping[str, object], within: str = ""
) -> ConfigurationT:
    """Hold values to a model. within: where they stand in the file. Raises: InvalidConfiguration."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        key, problem = first_misfit(error)
        raise InvalidConfiguration(path, within + key, problem) from error


def _told(said: str) -> Words:
    """What tomllib says, and in Japanese where."""
    found = _PLACE.search(said)
    where = f"{found['line']}行{found['column']}列" if found and found["line"] else "ファイルの終わり"
    return Words(f"TOMLとして読めません（{where}）: {_PLACE.sub('', said)}", said)


def _questions(value: object, key: str = "") -> Iterator[str]:
    """The keys that are still asked, the day of an edition among them, which is a key itself."""
    if value == QUESTION or (key == "editions" and isinstance(value, dict) and QUESTION in value):
        yield key
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _questions(each, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for each in value:
            yield from _questions(each, key)
