"""Names as other tables spell them lead to the right measure; names that only look alike are not taken for it."""

import pandas as pd
import pytest
from reconciler import reconcile  # type: ignore[import-untyped]

from .conftest import MEASURE, PANDAS_WARNS, Reconciler

CERTAIN = {
    "ﾌﾘｰＷＩ－ＦＩエリアの拡充": "2-1-2",
    "フリーWiFiエリアの拡充": "2-1-2",
    "フリー wi‐fi エリアの拡充": "2-1-2",
    "フリーワイファイエリアの拡充": "2-1-2",
    "フリーWi-Fiエリア拡充": "2-1-2",
    "Expansion of free WiFi areas": "2-1-2",
    "公共施設インターネット接続環境整備": "2-1-3",
    "公共施設等におけるｲﾝﾀｰﾈｯﾄ接続環境の整備": "2-1-3",
    "飛鳥への光ファイバー整備": "2-1-5",
    "オープンデータの取組": "3-2-3",
    "オープンデータへの取組み": "3-2-3",
    "市税等納付方法のキャッシュレス化の実施 ": "3-3-10",
    "仮想現実（ＶＲ）等を活用した観光客誘客": "3-3-2",
    "光丘文庫機能拡充": "3-3-4",
    "IOTを活用した地域連携型観光情報の発信": "3-3-7",
    "アイオーティーを活用した地域連携型観光情報の発信": "3-3-7",
    "マイナンバー・カードの活用推進": "3-3-9",
    "学校ＩＣＴ環境の整備充実": "3-4-1",
    "地籍調査支援ｼｽﾃﾑ導入": "4-1-3",
    "定期船とびしま乗船予約発券システムの導入": "4-1-4",
    "保育園における業務効率化の推進事業": "4-1-6",
    "水道料金システムの機能拡充": "4-1-7",
    "庁内の業務環境の利便性の向上": "4-1-8",
    "ぺーぱーれす化の推進": "4-1-9",
    "情報セキュリティ意識の向上": "4-2-1",
}
FIRST = {
    "観光施設への無料Wi-Fi整備": "2-1-4",
    "飛島への光ファイバー整備": "2-1-5",
    "防災・減災につながる情報発信環境の拡大": "3-1-1",
    "広報広聴活動推進事業": "3-2-1",
    "図書館からの情報発信の推進": "3-2-2",
    "子育てワンストップサービス": "3-3-1",
    "市税等の納付方法キャッシュレス化": "3-3-10",
    "VRを活用した観光誘客": "3-3-2",
    "市民発信型情報共有サービス": "3-3-5",
    "情報弱者対策": "3-3-6",
    "IoTによる観光情報発信": "3-3-7",
    "行政手続のオンライン化": "3-3-8",
    "マイナンバーカードの普及促進": "3-3-9",
    "学校のICT環境整備": "3-4-1",
    "図書館業務の電算化": "4-1-1",
    "自治体情報システムの標準化・共通化": "4-1-10",
    "ペーパレス化推進": "4-1-9",
    "one stop service for child rearing families": "3-3-1",
}
FALSE_FRIENDS = [
    "税",
    "情報",
    "システムの導入",
    "施設予約",
    "乗船予約",
    "施設予約システムの導入",
    "定期船「とびしま」乗船予約・発券システムの廃止",
    "保育園における業務効率化の廃止",
    "図書館における業務効率化の推進",
    "小学校における業務効率化の推進",
    "利用者拡大に向けた図書館からの情報発信の縮小",
    "災害に強い情報通信ネットワークの構築",
    "情報セキュリティ対策",
    "情報セキュリティ意識の低下",
    "水道料金の改定",
    "観光施設におけるフリーWi-Fi整備の中止",
    "官民データ活用推進計画の廃止",
    "道路の除雪",
    "2-1-2",
    "無料ワイファイ",
]


@pytest.mark.parametrize(("name", "number"), CERTAIN.items())
def test_a_spelling_of_a_name_is_matched(service: Reconciler, name: str, number: str) -> None:
    first = service.candidates(name)[0]
    assert (first["id"], first["match"]) == (service.iri(f"measure/{number}"), True), first


@pytest.mark.parametrize(("name", "number"), FIRST.items())
def test_another_phrasing_has_the_right_measure_first(service: Reconciler, name: str, number: str) -> None:
    first = service.candidates(name)[0]
    assert first["id"] == service.iri(f"measure/{number}"), first


@pytest.mark.parametrize("name", FALSE_FRIENDS)
def test_a_name_that_only_looks_alike_is_not_matched(service: Reconciler, name: str) -> None:
    assert [each for each in service.candidates(name) if each["match"]] == []


OTHER_TYPES = {
    ("情報企画課", "OrganizationalUnit"): "情報企画課",
    ("保育子ども園課", "OrganizationalUnit"): "保育こども園課",
    ("達成", "achievement"): "達成",
    ("目標達成済", "achievement"): "達成",
    ("未達成", "achievement"): "未達成",
    ("継続", "response"): "継続",
    ("継続実施", "response"): "継続",
    ("公衆無線ＬＡＮ", "themes"): "公衆Wi-Fi",
    ("2021年度", "FiscalYear"): "令和3年度",
    ("R3", "FiscalYear"): "令和3年度",
    ("平成３０年度", "FiscalYear"): "平成30年度",
    ("酒田市情報化計画", "Plan"): "酒田市情報化計画",
    ("小中学校における情報化施策", "Division"): "小中学校における情報化施策",
}


@pytest.mark.parametrize(("asked", "name"), OTHER_TYPES.items())
def test_every_type_is_reconciled(service: Reconciler, asked: tuple[str, str], name: str) -> None:
    first = service.candidates(asked[0], type=asked[1])[0]
    assert first["name"] == name


def test_another_years_number_is_not_matched(service: Reconciler) -> None:
    assert not any(each["match"] for each in service.candidates("平成31年度", type="FiscalYear"))


def test_namesakes_are_not_matched_until_something_tells_them_apart(service: Reconciler) -> None:
    both = service.candidates("効率的な行政運営", type="Division")[:2]
    assert [(each["score"], each["match"]) for each in both] == [(100, False)] * 2
    told = service.candidates(
        "効率的な行政運営", type="Division", properties=[{"pid": "notation", "v": "4-1"}]
    )
    assert (told[0]["id"], told[0]["match"]) == (service.iri("division/joho-keikaku/4-1"), True)


@PANDAS_WARNS
def test_the_client_of_pandas_reconciles_a_column(service: Reconciler) -> None:
    names = {**CERTAIN, **FIRST}
    table = pd.DataFrame({"施策": list(names)})
    found = reconcile(
        table["施策"], type_id=MEASURE, top_res=1, reconciliation_endpoint=service.address
    ).set_index("input_value")
    assert {name: found.loc[name, "id"] for name in names} == {
        name: service.iri(f"measure/{number}") for name, number in names.items()
    }
    assert found.loc[list(CERTAIN), "match"].all()


@PANDAS_WARNS
def test_the_client_of_pandas_narrows_by_a_column(service: Reconciler) -> None:
    table = pd.DataFrame({"施策": ["業務の効率化"], "課": ["保育子ども園課"]})
    found = reconcile(
        table["施策"],
        type_id=MEASURE,
        property_mapping={"responsibleDepartment": table["課"]},
        reconciliation_endpoint=service.address,
    )
    assert found["id"][0] == service.iri("measure/4-1-6")


def test_an_iri_names_itself(service: Reconciler) -> None:
    iri = service.iri("measure/2-1-2")
    first = service.candidates(iri)[0]
    assert (first["id"], first["score"], first["match"]) == (iri, 100, True)


def test_properties_raise_and_lower_the_score(service: Reconciler) -> None:
    def score(department: str) -> float:
        asked = [{"pid": "plan:responsibleDepartment", "v": department}]
        found = service.candidates("公共施設のWi-Fi", properties=asked)
        return next(float(each["score"]) for each in found if each["id"] == service.iri("measure/2-1-3"))

    plain = next(
        each["score"]
        for each in service.candidates("公共施設のWi-Fi")
        if each["id"] == service.iri("measure/2-1-3")
    )
    assert score("納税課") < plain < score("まちづくり推進課")


def test_the_very_name_is_not_matched_where_the_properties_disagree(service: Reconciler) -> None:
    asked = [{"pid": "responsibleDepartment", "v": {"id": service.iri("department/nozei"), "name": "納税課"}}]
    first = service.candidates("フリーWi-Fiエリアの拡充", properties=asked)[0]
    assert (first["id"], first["match"]) == (service.iri("measure/2-1-2"), False)


def test_a_chapter_holds_the_measures_of_its_sections(service: Reconciler) -> None:
    asked = [{"pid": "division", "v": {"id": service.iri("division/joho-keikaku/2")}}]
    first = service.candidates("フリーWi-Fiエリアの拡充", properties=asked)[0]
    assert (first["score"], first["match"]) == (100, True)


def test_properties_alone_find_what_has_them(service: Reconciler) -> None:
    asked = [{"pid": "responsibleDepartment", "v": "納税課"}]
    found = service.ask({"q": {"properties": asked, "type": MEASURE}})["q"]["result"]
    assert found[0]["id"] == service.iri("measure/3-3-10")
    assert not any(each["match"] for each in found)


def test_only_the_types_asked_for_come(service: Reconciler) -> None:
    def types(**asked: object) -> set[str]:
        return {each["type"][0]["id"] for each in service.candidates("情報", limit=50, **asked)}

    assert types() == {MEASURE}
    assert len(types(type=None)) > 2
    assert types(type="http://www.wikidata.org/entity/Q5") == set()
    assert len(types(type="http://www.wikidata.org/entity/Q5", type_strict="should")) > 2


def test_the_limit_is_kept_and_does_not_make_anything_certain(service: Reconciler) -> None:
    assert len(service.candidates("情報", limit=2)) == 2
    only = service.candidates("効率的な行政運営", type="Division", limit=1)
    assert [each["match"] for each in only] == [False]
