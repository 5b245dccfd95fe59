"""The words of the interface's description: its introduction, and each operation in Japanese."""

from collections.abc import Mapping

INTRODUCTION = """\
Every thing has an IRI under `/id/`, and a document about it under `/doc/`, in the format that Accept asks.
HEAD and OPTIONS are answered everywhere. Errors are `application/problem+json`, or a page where HTML is
accepted, in the language of Accept-Language. Every answer may be read from other sites (CORS), and is
compressed (br, gzip) as asked.

A query may take {seconds} s and {mebibytes} MiB of memory; its result may have {rows} rows or {result}, its
text {text}, a URL {url}. Requests that a client may make: {rate}.

すべてのものに `/id/` で始まるIRIがあり、その文書は `/doc/` にあります。形式は Accept で選びます。
HEAD と OPTIONS はどこでも使えます。エラーは `application/problem+json`（HTMLを受け付ける場合はページ）で、
言語は Accept-Language に従います。どのサイトからも読め（CORS）、求めに応じて圧縮します（br、gzip）。

1件の問い合わせは{seconds}秒・メモリ{mebibytes} MiBまで、結果は{rows}行または{result}まで、
本文は{text}まで、URLは{url}までです。利用者ごとの要求数の上限: {rate}
"""

IN_JAPANESE: Mapping[str, str] = {
    "home": "計画ごとの進み具合と施策の一覧。",
    "thing": "もの（計画・施策・部署など）。それについての文書を指します。",
    "document": "ものについての文書。形式は拡張子で、なければ Accept で選びます。",
    "vocabulary": "共通の語彙（語・コード・テーマ・検証ルール）。",
    "vocabularyInFormat": "共通の語彙を、拡張子の形式で。",
    "concept": "共通のコードやテーマについての文書と、それに当たる施策。",
    "quality": "公表された表の疑問点と、検証の結果。",
    "about": "このサイトについて。公開者、作り方、未確定の事項。",
    "licence": "利用条件と出典の書き方。",
    "accessibility": "アクセシビリティの状況と試験の方法。",
    "guide": "データの取り出し方と、それぞれの例。",
    "components": "ページの部品の見本。",
    "catalogue": "カタログ（DCAT）。ページごと。",
    "catalogueInFormat": "カタログを、拡張子の形式で。",
    "dataset": "カタログのデータセット。",
    "ckan": "CKAN の Action API（読み取り）。カタログを収集・検索します。",
    "ckanByPost": "同じものを、JSON またはフォームで送ります。",
    "ckanUnversioned": "同じものを、版番号のない番地で。",
    "ckanUnversionedByPost": "同じものを、版番号のない番地に送ります。",
    "catalogueForDcatUs": "カタログ（DCAT-US 1.1 の JSON）。100件ずつ。",
    "harvest": "カタログを収集する側から見た、このサイト。",
    "void": "データの内容と件数（VoID）。",
    "voidInFormat": "同じものを、拡張子の形式で。",
    "compare": "計画を、共通のテーマと符号で比べます。",
    "sitemap": "全ページの一覧、またはその部分の一覧。",
    "sitemapPart": "全ページの一覧の一部分。",
    "context": "データのJSON-LDコンテキスト。",
    "query": "問い合わせ（SPARQL 1.1 Protocol）。query がなければ、エンドポイントの説明を返します。",
    "queryByPost": "問い合わせを本文で送ります（SPARQL 1.1 Protocol）。",
    "dumps": "公開データのファイルの一覧。大きさとSHA-256つき。",
    "manifest": "公開データの内容と、その元になったもの。",
    "dump": "公開データのファイル。全体、または Range で指定した部分。",
    "problems": "エラーの種類とその意味。",
    "alive": "サーバーが動いているか。",
    "ready": "データが読み込まれ、問い合わせに答えられるか。",
    "metrics": "Prometheus 用の件数と応答時間。",
    "robots": "クローラーが読んでよい範囲。",
    "library": "問い合わせの例の一覧。",
    "libraryInFormat": "問い合わせの例を、拡張子の形式で。",
    "queries": "問い合わせの例の一覧（プログラム用）。",
    "libraryAnswer": "例の問い合わせの答え。例ごとの項目に、パラメータの説明があります。",
    "terms": "問い合わせに使う用語（エディタの補完用）。",
    "check": "自分の計画の表を検査するページ。記入用の表と検査のルールつき。",
    "checkFile": "送ったファイルを検査し、結果を返します。ファイルは保存しません。",
    "search": "施策を、ことばと条件で検索します。",
    "searchInFormat": "同じものを、拡張子の形式で。",
    "openSearch": "ブラウザから検索する方法（OpenSearch）。",
    "interface": "この説明。",
    "reconcile": "名称の照合、または値の取得（Reconciliation Service API 0.2）。問いがなければ説明。",
    "reconcileByPost": "名称の照合、または値の取得を本文で送ります（Reconciliation Service API 0.2）。",
    "suggestEntity": "入力途中の語を名称に含むもの（施策・部署など）。",
    "suggestType": "入力途中の語を名称に含む種類。",
    "suggestProperty": "入力途中の語を名称に含む項目。",
    "reconcilableProperties": "ある種類のものについて値を取得できる項目。",
    "reconciledThing": "照合したものについてのページ。",
    "preview": "照合したものについての小さなページ。",
    "reconciliationGuide": "名称の照合のしかた。",
    "static": "ページの体裁とアイコン。",
}
