"""A valid query in other words that mean the same, for engines that need them. By a scan of its tokens."""

from collections.abc import Mapping

from sakata_lod.serve.policy import scan


def dataset_words(query: str) -> frozenset[str]:
    """Which words of a dataset clause a query has: FROM, NAMED."""
    words = (found[0].upper() for found in scan(query) if found.lastgroup == "word")
    return frozenset(word for word in words if word in {"FROM", "NAMED"})


def with_no_named_graph(query: str, none: str) -> str:
    """Say before the first FROM that the named graphs are one that is not there."""
    first = next(
        found.start() for found in scan(query) if found.lastgroup == "word" and found[0].upper() == "FROM"
    )
    return f"{query[:first]}FROM NAMED <{none}> {query[first:]}"


def ascii_variables(query: str) -> tuple[str, Mapping[str, str]]:
    """Give variables names in ASCII. Answers the query, and the old names by the new ones."""
    prefix = "v"
    while prefix in query:
        prefix += "v"
    parts, end, renamed = [], 0, dict[str, str]()
    for found in scan(query):
        if found.lastgroup == "name" and found[0][0] in "?$" and not found[0].isascii():
            old = found[0][1:]
            new = renamed.setdefault(old, f"{prefix}{len(renamed)}")
            parts += [query[end : found.start()], f"?{new}"]
            end = found.end()
    return "".join([*parts, query[end:]]), {new: old for old, new in renamed.items()}
