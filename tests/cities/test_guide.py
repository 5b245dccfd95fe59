"""The guide for those who link to us: what it tells people to write is RDF, and the same in both languages."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from sakata_lod.namespaces import CODE, PLAN, SKOS, THEME
from sakata_lod.vocabulary import CODES, ONTOLOGY, THEMES, load
from tests.conftest import ROOT

GUIDES = ROOT / "docs" / "guides"
LANGUAGES = {"en": GUIDES / "link-to-us.md", "ja": GUIDES / "link-to-us.ja.md"}
LINK = ox.Triple(
    ox.NamedNode("https://www.town.example.jp/id/measure/ict/3"),
    ox.NamedNode(SKOS.closeMatch),
    ox.NamedNode("https://data.city.example.jp/id/measure/joho-keikaku/2-1-2"),
)


def blocks(guide: Path) -> list[str]:
    """The blocks of code, without their indent."""
    found = re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", guide.read_text("utf-8"), re.MULTILINE)
    return [re.sub(r"^ {4}", "", each, flags=re.MULTILINE).strip() for each in found]


def turtle(guide: Path) -> set[ox.Triple]:
    (text,) = [each for each in blocks(guide) if each.startswith("@prefix")]
    return {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}


def json_ld(guide: Path) -> set[ox.Triple]:
    (text,) = [each for each in blocks(guide) if "ld+json" in each]
    data = re.sub(r"</?script[^>]*>", "", text)
    return {quad.triple for quad in ox.parse(data, format=ox.RdfFormat.JSON_LD)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_to_be_written_links_a_measure_to_ours(language: str) -> None:
    for read in (turtle, json_ld):
        assert LINK in read(LANGUAGES[language])


def test_the_terms_are_those_of_the_shared_vocabulary() -> None:
    told = turtle(LANGUAGES["en"])
    terms = {each.predicate.value for each in told}
    terms |= {each.object.value for each in told if isinstance(each.object, ox.NamedNode)}
    for space, file in ((PLAN, ONTOLOGY), (CODE, CODES), (THEME, THEMES)):
        used = {each for each in terms if each.startswith(str(space))}
        assert used
        assert used <= {str(each) for each in load(file).subjects()}


def test_both_languages_say_the_same() -> None:
    for read in (turtle, json_ld):
        assert read(LANGUAGES["en"]) == read(LANGUAGES["ja"])
    outlines = [re.findall(r"^#+", guide.read_text("utf-8"), re.MULTILINE) for guide in LANGUAGES.values()]
    assert outlines[0] == outlines[1]
