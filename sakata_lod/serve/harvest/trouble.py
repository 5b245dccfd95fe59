"""What can be wrong with answers, why a harvester stops there, and what to do."""

from dataclasses import dataclass

from sakata_lod.errors import Words
from sakata_lod.serve.harvest.answers import LARGEST_BYTES, MEBIBYTE, TIMEOUT_S, Answer


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, and what to do. refused: something is lost by it."""

    problem: Words
    remedy: Words
    refused: bool = True


NO_CKAN = Trouble(
    Words("CKANの応答（success: true）ではありません", "the answer is none of CKAN's (success: true)"),
    Words(
        "静的なファイルでなく Action API で応答してください", "answer by the Action API, not by a static file"
    ),
)
SAME_PAGE = Trouble(
    Words("次のページが前と同じです。収集は失敗します", "the next page is the same again: the harvest fails"),
    Words("start と rows に従ってください", "heed start and rows"),
)
NEWEST_MISSED = Trouble(
    Words("更新されたデータセットが日時の条件で見つかりません", "what changed is not found by its time"),
    Words("fq の metadata_modified の範囲に対応してください", "answer ranges of metadata_modified in fq"),
)
OLDER_GIVEN = Trouble(
    Words(
        "古いデータセットまで返されます（日時の条件が無視されています）",
        "older ones are given too: the time is ignored",
    ),
    Words("fq の metadata_modified の範囲に対応してください", "answer ranges of metadata_modified in fq"),
    refused=False,
)
NO_CODE = Trouble(
    Words(
        "name が全国地方公共団体コード（6桁）で始まりません",
        "names do not begin with a municipality's code of 6 digits",
    ),
    Words("name を「6桁コード_識別名」にしてください", "make them code_slug"),
    refused=False,
)
NOT_COUNTED = Trouble(
    Words("name で集計されません", "packages are not counted by name"),
    Words("facet.field と facet.limit=-1 に対応してください", "answer facet.field and facet.limit=-1"),
)
NO_DCAT_JSON = Trouble(
    Words(
        "application/json のデータセット一覧ではありません", "this is no list of datasets in application/json"
    ),
    Words(
        '{"dataset": […]} を application/json で返してください', 'answer {"dataset": […]} as application/json'
    ),
)
LED_ASTRAY = Trouble(
    Words(
        "hydra:next が別のサイトまたは前のページを指しています", "hydra:next leads to another site, or back"
    ),
    Words("hydra:next を次のページの番地にしてください", "have it name the next page"),
)
NO_DATASETS_LISTED = Trouble(
    Words("サイトマップにデータセットのページがありません", "the sitemap lists no page of a dataset"),
    Words("/dataset/ のページを載せてください", "list the pages below /dataset/"),
)
NO_STRUCTURE = Trouble(
    Words(
        "ページに schema.org の Dataset（name, description）がありません",
        "no schema.org Dataset with name and description",
    ),
    Words("JSON-LD で加えてください", "put one into the page as JSON-LD"),
)


def listed_elsewhere(address: str) -> Trouble:
    """The sitemap lists pages of another host, which search engines pass over."""
    return Trouble(
        Words(
            f"サイトマップにあるのは別のサイトの番地です: {address}",
            f"the sitemap lists addresses of another site: {address}",
        ),
        Words(
            "その番地のサイトを調べるか、公開する番地を base_iri にして作り直してください",
            "check the site at that address, or build it with base_iri as the address it is published at",
        ),
    )


def unanswered(answer: Answer) -> Trouble:
    """Nothing came, or no 200, or too much."""
    if len(answer.content) > LARGEST_BYTES:
        most = LARGEST_BYTES // MEBIBYTE
        return Trouble(
            Words(f"{most} MiB を超えます", f"more than {most} MiB"),
            Words("ページに分けてください（hydra:next）", "give it in pages (hydra:next)"),
        )
    if answer.failure:
        return Trouble(
            Words(f"応答がありません: {answer.failure}", f"no answer: {answer.failure}"),
            Words(
                f"{TIMEOUT_S:g}秒以内に応答するか確かめてください",
                f"see that it answers within {TIMEOUT_S:g} s",
            ),
        )
    return Trouble(
        Words(
            f"{answer.method} に {answer.status} が返りました",
            f"{answer.method} is answered with {answer.status}",
        ),
        Words(
            "200 で応答するか、この方法を案内から外してください",
            "answer 200, or do not offer this way to harvesters",
        ),
    )


def no_rdf(answer: Answer) -> Trouble:
    """It cannot be told which RDF this is."""
    said = answer.content_type or "—"
    return Trouble(
        Words(f"RDFの Content-Type ではありません: {said}", f"the Content-Type is none of RDF: {said}"),
        Words(
            "text/turtle や application/rdf+xml を返してください", "send text/turtle or application/rdf+xml"
        ),
    )


def malformed(problem: str) -> Trouble:
    """The RDF cannot be parsed."""
    return Trouble(
        Words(f"RDFとして読めません: {problem}", f"it is not well-formed: {problem}"),
        Words("構文を直してください", "mend its syntax"),
    )
