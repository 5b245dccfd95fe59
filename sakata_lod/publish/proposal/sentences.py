"""What a proposal says beside its keys, in the reader's language."""

import tomllib
from functools import cache
from pathlib import Path

from sakata_lod.site import Text

_FILE = Path(__file__).parent / "sentences.toml"


@cache
def sentences() -> dict[str, Text]:
    """Read the file, once."""
    said = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {name: Text.model_validate(text) for name, text in said.items()}


def sentence(name: str, language: str, /, **facts: object) -> str:
    """Tell one, with its facts, on one line: a comment holds no line break, but a printed cell may."""
    text = sentences()[name]
    told = (text.ja if language == "ja" else text.en or text.ja).format(**facts)
    return "".join(sign for sign in " ".join(told.split()) if sign.isprintable())
