"""Sentences in the language of the request: Flask-Babel, with types. English sentences are the keys."""

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import flask_babel  # type: ignore[import-untyped]
from flask import Flask, request

from sakata_lod.serve.negotiation import language_for

TRANSLATIONS = Path(__file__).parent / "translations"


class LazyText(Protocol):
    """A sentence that is translated when it is written out."""

    def __str__(self) -> str: ...


def gettext(message: str, **facts: Any) -> str:
    """Say a sentence in the language of the request."""
    return str(flask_babel.gettext(message, **facts))


def ngettext(one: str, many: str, number: int, **facts: Any) -> str:
    """Say a sentence about so many things in the language of the request; `%(num)s` is the number."""
    return str(flask_babel.ngettext(one, many, number, **facts))


def lazy_gettext(message: str, **facts: Any) -> LazyText:
    """Name a sentence that will be said in the language of some request."""
    sentence: LazyText = flask_babel.lazy_gettext(message, **facts)
    return sentence


def saying_it_in(language: str) -> AbstractContextManager[None]:
    """Speak a language, whatever the request's is, as long as the context lasts."""
    speaking: AbstractContextManager[None] = flask_babel.force_locale(language)
    return speaking


def day(text: str) -> str:
    """A day like 2023-03-31, as the language of the request writes it; anything else as it is."""
    try:
        written = flask_babel.format_date(date.fromisoformat(text), "long")
    except ValueError:
        return text
    return str(written)


def prepare(app: Flask) -> None:
    """Let an application's templates and views speak the client's language."""
    flask_babel.Babel(
        app,
        default_locale="en",
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=lambda: language_for(request),
    )
