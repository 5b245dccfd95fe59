"""docs/guides/query-the-data.md tells the library as it is."""

import re
from urllib.parse import urlsplit

import pyoxigraph as ox
from flask.testing import FlaskClient

from sakata_lod.serve.query_library import library

from .conftest import ROOT

GUIDE = (ROOT / "docs/guides/query-the-data.md").read_text(encoding="utf-8")


def test_the_guide_names_every_example_with_its_question() -> None:
    told = re.findall(r"^\| `([\w-]+)` \| (.+)<br>(.+) \|$", GUIDE, re.MULTILINE)
    assert told == [(name, each.question.ja, each.question.en) for name, each in library().items()]


def test_the_addresses_in_the_guide_answer(client: FlaskClient) -> None:
    addresses = re.findall(r"'http://localhost:8000(/api/queries[^']*)'", GUIDE)
    assert len(addresses) == 3
    for each in addresses:
        assert client.get(urlsplit(each).geturl()).status_code == 200


def test_the_query_in_the_guide_is_sparql() -> None:
    block = re.search(r"(    PREFIX .*?ORDER BY \?number\n)", GUIDE, re.DOTALL)
    assert block is not None
    assert isinstance(ox.Store().query(block[1]), ox.QuerySolutions)
