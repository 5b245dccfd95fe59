"""Harvest a catalogue as CKAN does, and tell as JSON what it would import. Runs in an environment with CKAN.

usage: harvest.py URL PROFILE…; follows hydra:next as ckanext-dcat's harvester does, without saying what it accepts.
"""

import json
import sys
import urllib.request
from collections.abc import Iterator
from typing import Any

from ckan.common import config  # type: ignore[import-not-found]
from ckanext.dcat.processors import RDFParser  # type: ignore[import-not-found]


def main(url: str, *profiles: str) -> None:
    """Write a list of pages, each with its URL and the datasets on it."""
    config["licenses_group_url"] = None  # CKAN's own list of licences
    config["ckan.locale_default"] = "ja"
    pages = [{"url": each, "datasets": datasets} for each, datasets in harvested(url, profiles)]
    json.dump(pages, sys.stdout, ensure_ascii=False, default=str)


def harvested(url: str, profiles: tuple[str, ...]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each page's URL, and its datasets as CKAN's packages."""
    following: str | None = url
    while following:
        content, content_type = fetched(following)
        parser = RDFParser(profiles=list(profiles))
        parser.parse(content, content_type)
        yield following, list(parser.datasets())
        following = parser.next_page()


def fetched(url: str) -> tuple[str, str]:
    """HEAD, then GET, as the harvester does; the format is what Content-Type says."""
    head = urllib.request.Request(url, method="HEAD")  # noqa: S310
    with urllib.request.urlopen(head, timeout=30) as answer:  # noqa: S310
        if answer.status != 200:
            raise SystemExit(f"HEAD {url}: {answer.status}")
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310
        return answer.read().decode("utf-8"), answer.headers.get_content_type()


if __name__ == "__main__":
    main(*sys.argv[1:])
