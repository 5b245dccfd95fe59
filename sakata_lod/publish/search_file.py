"""Documents → the search index of a release. The same documents make the same file, byte for byte."""

import json
import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from sakata_lod.search_index import SCHEMA, Choice, Document, title_tokens, tokens

_TITLE_WORD = re.compile(r"[一-龠々]{2,}|[ァ-ヶー]{3,}|[A-Za-z][A-Za-z0-9-]{3,}")
_SPELLING = range(2, 25)
"""How long a word is that may be offered: a whole sentence is none."""


class IndexWriter:
    """A search index being written: add documents in the order in which they are to be listed."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._index = sqlite3.connect(path, isolation_level=None)
        self._index.execute("PRAGMA journal_mode = OFF")
        self._index.execute("PRAGMA synchronous = OFF")
        self._index.executescript(SCHEMA)
        self._index.execute("BEGIN")
        self._documents = 0
        self._having: dict[Choice, tuple[int, list[int]]] = {}
        self._spellings: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._index.close()

    def add(self, document: Document) -> None:
        """Add a measure."""
        self._documents += 1
        said: dict[str, object] = {
            "titles": dict(document.titles),
            "names": document.names,
            "passages": [[each.text, each.year] for each in document.passages],
            "choices": [self._had(each) for each in document.choices],
        }
        if document.description is not None:
            said["description"] = document.description
        self._index.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?)",
            (self._documents, document.iri, document.number, json.dumps(said, ensure_ascii=False)),
        )
        self._index.execute(
            "INSERT INTO word (rowid, title, name, text) VALUES (?, ?, ?, ?)",
            (
                self._documents,
                title_tokens(document),
                " ".join(map(tokens, document.names)),
                " ".join(map(tokens, document.texts)),
            ),
        )
        self._spellings.update(_spellings(document))

    def _had(self, choice: Choice) -> int:
        """Note that the last document has a value. Answers the value's number."""
        number, documents = self._having.setdefault(choice, (len(self._having) + 1, []))
        documents.append(self._documents)
        return number

    def finish(self) -> None:
        """Write what is known when all are there. The file is whole after this, and not before."""
        self._index.executemany(
            "INSERT INTO choice VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (number, each.facet, each.value, each.ja, each.en, documents[0] // 8, _bitmap(documents))
                for each, (number, documents) in self._having.items()
            ),
        )
        self._index.executemany(
            "INSERT INTO spelling VALUES (?)", ((each,) for each in sorted(self._spellings))
        )
        self._index.execute("INSERT INTO word (word) VALUES ('optimize')")
        self._index.execute("COMMIT")
        self._index.execute("VACUUM")


def write_index(path: Path, documents: Iterable[Document]) -> None:
    """Write the search index of some documents, in the order in which they are to be listed."""
    with IndexWriter(path) as index:
        for each in documents:
            index.add(each)
        index.finish()


def _bitmap(documents: list[int]) -> bytes:
    """Document numbers as bits, the lowest first, from the byte of the first document."""
    first = documents[0] // 8
    bits = bytearray(documents[-1] // 8 + 1 - first)
    for each in documents:
        bits[each // 8 - first] |= 1 << each % 8
    return bytes(bits)


def _spellings(document: Document) -> set[str]:
    words = {word for title in document.titles.values() for word in _TITLE_WORD.findall(title)}
    return {each for each in {*document.names, *words} if len(each) in _SPELLING}
