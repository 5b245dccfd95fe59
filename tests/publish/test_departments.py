from pathlib import Path

import pytest

from sakata_lod.errors import InvalidConfiguration, Place, UnknownDepartment
from sakata_lod.iris import IriSpace
from sakata_lod.publish.departments import (
    DepartmentRegister,
    DepartmentText,
    named_departments,
    read_register,
)
from sakata_lod.site import DepartmentWords
from tests.conftest import SAKATA

IRIS = IriSpace("http://localhost:8000/")
PREFIXES = (
    "@prefix org: <http://www.w3.org/ns/org#> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
)
WORDS = DepartmentWords(others_suffix="等", others=("担当課",))
PLACE = Place(Path("source.tsv"), 10, 3)


@pytest.fixture(scope="module")
def register() -> DepartmentRegister:
    return read_register(SAKATA / "departments.ttl", IRIS)


def test_sakatas_register_holds_seventeen_departments(register: DepartmentRegister) -> None:
    assert len(set(register.slugs.values())) == 17


def test_two_spellings_name_one_department(register: DepartmentRegister) -> None:
    assert register.slug("保育こども園課") == register.slug("保育子ども園課") is not None


@pytest.mark.parametrize(
    ("text", "count", "others"),
    [
        ("", 0, False),
        ("情報企画課", 1, False),
        ("情報企画課等", 1, True),
        ("国保年金課 情報企画課 担当課", 2, True),
        ("情報企画課\n情報企画課", 1, False),
        ("子ども未来課　保育子ども園課", 2, False),
    ],
)
def test_a_cell_names_its_departments_and_says_whether_there_are_others(
    register: DepartmentRegister, text: str, count: int, others: bool
) -> None:
    named = named_departments(DepartmentText(text), WORDS, register, PLACE)
    assert (len(named.slugs), named.others) == (count, others)


@pytest.mark.parametrize("text", ["情報企画", "等", "情報企画課等等", "担当課等"])
def test_a_name_that_the_register_does_not_hold_is_refused(register: DepartmentRegister, text: str) -> None:
    with pytest.raises(UnknownDepartment):
        named_departments(DepartmentText(text), WORDS, register, PLACE)


TWO_LEVELS = """
<department/zaisei> a org:OrganizationalUnit ; skos:prefLabel "財政部"@ja .
<department/kensetsu> a org:OrganizationalUnit ; skos:prefLabel "建設部"@ja .
<department/kensetsu-somu> a org:OrganizationalUnit ; skos:prefLabel "建設部 総務課"@ja .
<department/zaisei-somu> a org:OrganizationalUnit ; skos:prefLabel "財政部総務課"@ja .
<department/zei> a org:OrganizationalUnit ; skos:prefLabel "税務課"@ja ;
    org:subOrganizationOf <department/zaisei> .
<department/kasen> a org:OrganizationalUnit ; skos:prefLabel "河川課"@ja .
"""


@pytest.mark.parametrize(
    ("within", "name", "slug"),
    [
        ("財政部", "総務課", "zaisei-somu"), ("建設部", "総務課", "kensetsu-somu"), ("財政部", "税務課", "zei"),
        ("建設部", "税務課", None), ("建設部", "河川課", "kasen"), ("", "税務課", "zei"), ("", "総務課", None),
    ],
)  # fmt: skip
def test_a_department_is_told_by_the_one_around_it(
    tmp_path: Path, within: str, name: str, slug: str | None
) -> None:
    file = tmp_path / "departments.ttl"
    file.write_text(PREFIXES + TWO_LEVELS, encoding="utf-8")
    assert read_register(file, IRIS).slug_within(name, within) == slug


@pytest.mark.parametrize(
    ("turtle", "problem"),
    [
        ("<department/a> a org:OrganizationalUnit", "departments.ttl: Turtle"),
        ("<department/a> a org:OrganizationalUnit .", "no skos:prefLabel"),
        ('<department/a> a org:OrganizationalUnit ; skos:prefLabel "A"@en .', "no skos:prefLabel"),
        ('<department/A> a org:OrganizationalUnit ; skos:prefLabel "課"@ja .', "cannot stand in an IRI"),
        ('<unit/a> a org:OrganizationalUnit ; skos:prefLabel "課"@ja .', "cannot stand in an IRI"),
        (
            '<department/a> a org:OrganizationalUnit ; skos:prefLabel "課"@ja .\n'
            '<department/b> a org:OrganizationalUnit ; skos:altLabel "課"@ja .',
            "a spelling names one department",
        ),
    ],
)
def test_a_register_that_cannot_be_used_is_refused(tmp_path: Path, turtle: str, problem: str) -> None:
    file = tmp_path / "departments.ttl"
    file.write_text(PREFIXES + turtle, encoding="utf-8")
    with pytest.raises(InvalidConfiguration, match=problem):
        read_register(file, IRIS)
