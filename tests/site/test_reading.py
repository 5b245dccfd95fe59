import re
import shutil

import pytest

from sakata_lod.errors import InvalidConfiguration, MissingFile, Unanswered, UnknownCode
from sakata_lod.site import read_site
from tests.conftest import EDITION, SAKATA, SiteCopy

JAPANESE = re.compile("[ぁ-ヶ一-龠]")
PLAN = "plans/joho-keikaku/plan.toml"
CORRECTIONS = f"{EDITION}/corrections.toml"


def test_sakatas_site_is_read() -> None:
    site = read_site(SAKATA)
    assert site.name == "sakata"
    assert site.publisher.code == "062049"
    assert not site.licence.confirmed
    assert [plan.slug for plan in site.plans] == ["joho-keikaku"]
    assert [str(edition.as_of) for edition in site.plans[0].editions] == ["2023-03-31"]


def test_a_base_iri_may_be_given_instead_of_the_sites_own() -> None:
    assert read_site(SAKATA, "https://data.example.jp/").base_iri == "https://data.example.jp/"


def test_a_base_iri_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidConfiguration, match=r"site\.toml: base_iri: .*is no base IRI"):
        read_site(SAKATA, "data.example.jp")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("site.toml", 'code = "062049"', 'code = "62049"', r"publisher\.code"),
        ("site.toml", "[licence]", "[license]", r"licence: Field required"),
        ("site.toml", "confirmed = false", "confirmed = false\ncolour = 1", r"licence\.colour"),
        ("site.toml", "base_iri =", "base_iri", r"site\.toml: TOML"),
        (PLAN, '"joho-keikaku"', '"情報計画"', r"slug: .*cannot stand in an IRI"),
        (PLAN, "measure = '", "measure = '(", r"rows\.measure: .*regular expression"),
        (PLAN, "(?P<title>.+)'\n\n#", "(.+)'\n\n#", "must have the groups"),
        (PLAN, "last_fiscal_year = 2022", "last_fiscal_year = 2017", "is before"),
        (PLAN, "[editions.2023-03-31]", "[editions.march]", r"editions\.march"),
        (PLAN, 'encoding = "utf-8"', 'encoding = "ebcdic"', "encoding"),
        (PLAN, "[columns]", "[columns]\ncolour = 1", r"plan\.toml: columns\.colour"),
        (PLAN, 'title = "個別施策"', "title = 5", r"columns\.title"),
        (PLAN, 'title = "個別施策"', 'title = " "', r"columns\.title: a heading is not blank"),
        (PLAN, "[columns]", '[columns]\nignored = ["所管課"]', "both read and in `ignored`"),
        (PLAN, "[columns]", '[columns]\nactivity = "取組"', "`activity` goes with `year`"),
        (PLAN, "[columns]", '[columns]\nunit = "単位"', "`unit` goes with `indicator`"),
        (PLAN, "[columns]", '[columns]\nyear = "年度"\nkind = "区分"', "cannot both be columns"),
        (PLAN, "[columns]", '[columns]\nfill_down = ["課"]', "`fill_down` names 課"),
        (PLAN, "[columns]", '[columns]\ndivisions = ["一", "二", "三"]', "more columns than"),
        (PLAN, "[rows]", "[rows]\nheader = 0", r"rows\.header"),
        (PLAN, "[rows]", "[rows]\nignored = ['(']", r"rows\.ignored.*regular expression"),
        (PLAN, "[rows]", '[rows]\nnumbers = { "福祉" = "一" }', "is no number of a division"),
        (PLAN, "[rows]", '[years]\ntarget = "目標"\n[rows]', "figures need an indicator"),
        (PLAN, "[rows]", '[years]\nlabels = { "現状" = 20 }\n[rows]', r"years\.labels\.現状\.year"),
        (PLAN, "[rows]", '[[indicators]]\ntitle = "事業費"\n[rows]', "its `target`, its `actual`, or both"),
        (
            PLAN,
            "[rows]",
            '[years]\nactivity = "予算"\n[[indicators]]\ntitle = "費"\ntarget = "予算"\n[rows]',
            "stands for two kinds",
        ),
        (PLAN, "[achievement]", "[attainment]", r"plan\.toml: (attainment|file)"),
        (PLAN, 'source = "source.tsv"', 'source = "../source.tsv"', "is no file name"),
        (PLAN, 'encoding = "utf-8"', 'sheet = "表"', "a tsv file has no sheets"),
        (PLAN, 'encoding = "utf-8"', "measures = 0", r"editions\.2023-03-31\.measures"),
        (PLAN, 'encoding = "utf-8"', "layout = {}", r"editions\.2023-03-31: .*key by key"),
        (PLAN, 'encoding = "utf-8"', "rows = 3", r"editions\.2023-03-31\.rows"),
        (CORRECTIONS, "certain = true\n", "", r"correction\.0\.certain"),
        (CORRECTIONS, "row = 48\n", "", r"either `cells` or a `row`"),
        (
            CORRECTIONS,
            'slug = "4-1-8-six-year-cells"',
            'slug = "4-1-4-mark-and-words"',
            "two corrections bear this slug",
        ),
        (CORRECTIONS, 'columns = ["項目", ', "columns = [", "11 `columns` for 12"),
    ],
)  # fmt: skip
def test_a_file_that_says_what_cannot_be_is_refused(
    site: SiteCopy, file: str, old: str, new: str, expected: str
) -> None:
    site.replace(site.folder / file, old, new)
    with pytest.raises(InvalidConfiguration, match=expected) as refused:
        read_site(site.folder)
    assert JAPANESE.search(refused.value.problem.ja), refused.value.problem


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'slug = "joho-keikaku"',
            "slug = joho-keikaku",
            "plan.toml: TOML: TOMLとして読めません（3行8列）: Invalid",
        ),
        ('slug = "joho-keikaku"', 'slug = "', "TOMLとして読めません"),
        (
            "first_fiscal_year = 2018",
            'first_fiscal_year = "平成30"',
            "first_fiscal_year: 整数を書いてください",
        ),
        ("first_fiscal_year = 2018", "first_year = 2018", "first_fiscal_year: 必要な項目がありません"),
        ("first_fiscal_year = 2018", "first_fiscal_year = 18", "first_fiscal_year: 1900 以上にしてください"),
        ('format = "tsv"', 'format = "xls"', "次のいずれかを書いてください: 'tsv', 'csv' or 'xlsx'"),
    ],
)
def test_what_is_wrong_is_told_in_japanese_too(site: SiteCopy, old: str, new: str, told: str) -> None:
    site.replace(site.plan, old, new)
    with pytest.raises(InvalidConfiguration) as refused:
        read_site(site.folder)
    assert told in refused.value.sentence("ja")


def test_a_file_that_is_not_utf_8_is_refused_at_its_line(site: SiteCopy) -> None:
    site.plan.write_bytes(site.plan.read_text("utf-8").encode("cp932", "replace"))
    with pytest.raises(InvalidConfiguration, match="line 1 is not UTF-8: save the file as UTF-8") as refused:
        read_site(site.folder)
    assert "1行がUTF-8ではありません" in refused.value.sentence("ja")


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (PLAN, '"◎" = "achieved"', '"◎" = "acheived"', "acheived"),
        (PLAN, '"休止" = "suspend"', '"休止" = "achieved"', "achieved"),
        (CORRECTIONS, '"misprint"', '"misprnt"', "misprnt"),
        ("themes.toml", 'theme = "wi-fi"', 'theme = "wifi"', "wifi"),
    ],
)
def test_a_code_that_the_shared_lists_do_not_hold_is_refused(
    site: SiteCopy, file: str, old: str, new: str, code: str
) -> None:
    site.replace(site.folder / file, old, new)
    with pytest.raises(UnknownCode) as caught:
        read_site(site.folder)
    assert caught.value.code == code
    assert caught.value.known


def test_two_plans_of_one_slug_are_refused(site: SiteCopy) -> None:
    shutil.copytree(site.plan.parent, site.plan.parent.with_name("another"))
    with pytest.raises(InvalidConfiguration, match="each plan needs its own"):
        read_site(site.folder)


@pytest.mark.parametrize(
    "file",
    [
        "site.toml",
        "departments.ttl",
        "themes.toml",
        PLAN,
        "plans/joho-keikaku/2023-03-31/source.tsv",
    ],
)
def test_a_file_that_is_not_there_is_named(site: SiteCopy, file: str) -> None:
    (site.folder / file).unlink()
    with pytest.raises(MissingFile) as caught:
        read_site(site.folder)
    assert caught.value.purpose


@pytest.mark.parametrize("file", ["plans/joho-keikaku/translations.toml", CORRECTIONS])
def test_a_site_may_do_without_translations_and_corrections(site: SiteCopy, file: str) -> None:
    (site.folder / file).unlink()
    assert read_site(site.folder).plans


def test_an_edition_may_say_anew_what_a_mark_means(site: SiteCopy) -> None:
    anew = '\n[editions.2023-03-31.achievement]\n"◎" = "exceeded"\n'
    site.plan.write_text(site.plan.read_text(encoding="utf-8") + anew, encoding="utf-8")
    plan = read_site(site.folder).plans[0]
    assert plan.layout.achievement["◎"] == "achieved"
    assert plan.editions[0].layout.achievement == {"◎": "exceeded"}
    assert plan.editions[0].layout.columns == plan.layout.columns


def test_a_code_that_an_edition_says_anew_is_held_to_the_shared_list(site: SiteCopy) -> None:
    anew = '\n[editions.2023-03-31.achievement]\n"◎" = "splendid"\n'
    site.plan.write_text(site.plan.read_text(encoding="utf-8") + anew, encoding="utf-8")
    with pytest.raises(UnknownCode, match=r"editions\.2023-03-31\.achievement\.◎"):
        read_site(site.folder)


@pytest.mark.parametrize(("file", "old", "new", "key"), [
    ("site.toml", 'name.ja = "酒田市"', 'name.ja = "?"', "publisher.name.ja"),
    (PLAN, "first_fiscal_year = 2018", 'first_fiscal_year = "?"', "first_fiscal_year"),
    (PLAN, '"◎" = "achieved"', '"◎" = "?"', "achievement.◎"),
    (PLAN, "[editions.2023-03-31]", '[editions."?"]', "editions"),
    (PLAN, 'others = ["担当課"]', 'others = ["担当課", "?"]', "departments.others"),
])  # fmt: skip
def test_a_question_that_nobody_answered_is_refused_with_its_key(
    file: str, old: str, new: str, key: str, site: SiteCopy
) -> None:
    site.replace(site.folder / file, old, new)
    with pytest.raises(Unanswered) as refused:
        read_site(site.folder)
    assert (refused.value.file, refused.value.key) == (site.folder / file, key)


def test_a_question_mark_that_a_table_prints_is_no_question(site: SiteCopy) -> None:
    site.replace(site.plan, '"◎" = "achieved"', '"◎" = "achieved"\n"?" = "notEvaluable"')
    assert read_site(site.folder).plans[0].layout.achievement["?"] == "notEvaluable"
