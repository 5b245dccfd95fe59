"""What workbooks say of themselves, on a sheet of their own, and the tables as one workbook."""

from collections.abc import Iterable, Sequence

from sakata_lod.publish.columns import Column, ColumnEntry, columns_of
from sakata_lod.publish.publication import Publication
from sakata_lod.publish.tables import FilledTable
from sakata_lod.publish.workbook import Sheet, add_sheet, new_workbook, workbook_bytes
from sakata_lod.site import Text

EXPLANATION = "説明"

_ABOUT = Text(ja="項目の見出し。", en="A heading.")
_COLUMNS = columns_of(
    {
        "表": ColumnEntry(en="Table", about=_ABOUT),
        "項目": ColumnEntry(en="Column", about=_ABOUT),
        "説明": ColumnEntry(en="Explanation", about=_ABOUT),
        "Column": ColumnEntry(en="Column", about=_ABOUT),
        "Explanation": ColumnEntry(en="Explanation", about=_ABOUT),
        "型": ColumnEntry(en="Datatype", about=_ABOUT),
        "必須": ColumnEntry(en="Required", about=_ABOUT),
        "コード": ColumnEntry(en="Codes", about=_ABOUT),
    }
)


def tables_workbook(tables: Sequence[FilledTable], publication: Publication) -> bytes:
    """Write all tables as one workbook: a sheet that explains, and a sheet each."""
    book = new_workbook(publication.publisher.ja, publication.title, publication.as_of)
    parts = [(table.kind.title, table.kind.columns) for table in tables]
    add_sheet(book, explanation_sheet(facts(publication), parts))
    for table in tables:
        add_sheet(book, Sheet(table.kind.title.ja, table.kind.columns, table.rows))
    return workbook_bytes(book)


def facts(publication: Publication) -> list[tuple[Text, Text]]:
    """What there is to say of all tables: a name, and what stands behind it."""
    unconfirmed = Text(
        ja="（この表についての市の確認はまだです）", en=" (not yet confirmed by the city for these tables)"
    )
    note = Text(ja="", en="") if publication.licence_confirmed else unconfirmed
    day, licence = publication.as_of.isoformat(), f"{publication.licence_title} {publication.licence}"
    plans = Text(
        ja="、".join(plan.ja for plan in publication.plans),
        en=", ".join(plan.en or plan.ja for plan in publication.plans),
    )
    return [
        (Text(ja="題名", en="Title"), publication.title),
        (Text(ja="計画", en="Plans"), plans),
        (Text(ja="基準日", en="As of"), Text(ja=day, en=day)),
        (Text(ja="公表者", en="Publisher"), publication.publisher),
        (Text(ja="利用条件", en="Licence"), Text(ja=licence + note.ja, en=f"{licence}{note.en}")),
        (Text(ja="出典", en="Source"), Text(ja=publication.base, en=publication.base)),
    ]


def explanation_sheet(
    said: Iterable[tuple[Text, Text]], parts: Iterable[tuple[Text, tuple[Column, ...]]]
) -> Sheet:
    """Make the sheet that says what a workbook is, and what stands in each column of its sheets."""
    rows: list[list[str | None]] = [
        [None, name.ja, text.ja, name.en, text.en, None, None, None] for name, text in said
    ]
    for title, columns in parts:
        rows += [_row(title, column) for column in columns]
    return Sheet(EXPLANATION, _COLUMNS, rows, filtered=False)


def _row(title: Text, column: Column) -> list[str | None]:
    codes = "、".join(each.label.ja for each in column.codes)
    return [
        title.ja,
        column.name,
        column.description.ja,
        column.heading.en,
        column.description.en,
        column.datatype.name,
        "○" if column.required else None,
        codes or ("、".join(column.words) if column.words else None),
    ]
