"""The next year's edition of Sakata's table, invented: made of the real one by a few changes, each told here."""

import re
import shutil
from pathlib import Path

_PLAN = Path("plans/joho-keikaku")

IDENTITY = """
[editions.2024-03-31.identity]
ended = ["2-1-4"]
renumbered."2-1-4" = "2-1-5"
renamed."2-1-2" = "フリーWi-Fiエリアの拡大"
new."4-2-3" = "4-2-3"
"""
"""What a person says of it: 2-1-4 is gone and 2-1-5 has its number, 2-1-2 has another title, 4-2-3 is new."""

_REMOVED_ROW = 13
_CHANGED_CELLS = (
    ("令和5年3月31日現在", "令和6年3月31日現在"),
    ("(5)\t飛鳥への光ファイバ整備", "(4)\t飛鳥への光ファイバ整備"),
    ("フリーWi-Fiエリアの拡充", "フリーWi-Fiエリアの拡大"),
    # 3-1-1 has something in a year that was blank, and it is doubtful.
    ("(鳥海山ハザードマップ公開)\t公開\t\t", "(鳥海山ハザードマップ公開)\t公開\t更新?\t"),
    # 3-2-2: the misprint is mended.
    ("公募の実施(プロボ)", "公募の実施(プロポ)"),
    # 3-2-1 got better, 3-2-3 worse, and 3-3-7 is done with.
    ("○ 一部達成\t継続\tホームページの評価", "◎ 達成\t継続\tホームページの評価"),
    ("オープンデータをホームページ上で提供\t\t\t◎ 達成\t継続\t", "オープンデータをホームページ上で提供\t\t\t○ 一部達成\t継続\t更新が遅れた。"),
    ("情報の発信・内容の改善\t\t\t\t◎ 達成\t継続", "情報の発信・内容の改善\t\t\t\t◎ 達成\t完了"),
    # 3-3-10: its department has another name.
    ("\t納税課\t", "\t収納課\t"),
)  # fmt: skip
_NEW_ROW = (
    "\n\t(3) 生成AIの利用指針の策定\t情報企画課\t\t\t\t\t指針の検討\t△ 取りやめ\t休止\t国の指針を待つ。"
)

_RENAMED_DEPARTMENT = """
<department/shuno>
    a org:OrganizationalUnit ;
    skos:prefLabel "収納課"@ja , "Revenue Division"@en ;
    org:unitOf <organization/062049> .

<department-change/2023-04-01>
    a org:ChangeEvent ;
    org:originalOrganization <department/nozei> ;
    org:resultingOrganization <department/shuno> .
"""

_NEW_ANOMALY = """
[[correction]]
slug = "3-1-1-update"
type = "doubtfulName"
cells = [{ row = 16, column = "令和3年度", expect = "更新?" }]
certain = false
as_read = "記載のまま"
comment.ja = "疑問符の意味が分からない。"
comment.en = "What the question mark means is not known."
"""


def add_next_edition(site: Path, identity: str = IDENTITY) -> Path:
    """Put the next edition beside the first of a copied site, and say of its measures what `identity` does.

    Returns the edition's folder.
    """
    folder = site / _PLAN / "2024-03-31"
    shutil.copytree(folder.with_name("2023-03-31"), folder)
    text = (folder / "source.tsv").read_text(encoding="utf-8")
    for old, new in _CHANGED_CELLS:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    lines = text.split("\n")
    del lines[_REMOVED_ROW - 1]
    (folder / "source.tsv").write_text("\n".join(lines).rstrip("\n") + _NEW_ROW, encoding="utf-8")
    (folder / "corrections.toml").write_text(_corrections(folder / "corrections.toml"), encoding="utf-8")
    with (site / _PLAN / "plan.toml").open("a", encoding="utf-8") as plan:
        plan.write(
            '\n[editions.2024-03-31]\nsource = "source.tsv"\nformat = "tsv"\nmeasures = 33\n' + identity
        )
    with (site / "departments.ttl").open("a", encoding="utf-8") as register:
        register.write(_RENAMED_DEPARTMENT)
    return folder


def _corrections(path: Path) -> str:
    """The corrections a year on: without that of the mended misprint, and each a row further up."""

    def moved(found: re.Match[str]) -> str:
        row = int(found[2])
        return f"{found[1]}{row - 1 if row > _REMOVED_ROW else row}"

    parts = path.read_text(encoding="utf-8").split("[[correction]]")
    kept = "[[correction]]".join(each for each in parts if "puropobo" not in each)
    return re.sub(r"\b((?:row|continues) = )([0-9]+)", moved, kept) + _NEW_ANOMALY
