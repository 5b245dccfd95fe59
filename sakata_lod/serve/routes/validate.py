"""A city's own file, checked against the rules while it waits: nothing of it is kept."""

import base64
import io
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import cast

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.formparser import parse_form_data

from sakata_lod.errors import FileNotKnown, FileNotSent, FileTooLarge
from sakata_lod.formats import (
    CSV,
    CSV_TABLE,
    GRAPH_FORMATS,
    HTML,
    JSON,
    TSV,
    TURTLE,
    XLSX,
    Format,
    format_of_suffix,
)
from sakata_lod.serve.checks import Checked, Checker, SentFile
from sakata_lod.serve.context import service
from sakata_lod.serve.limits import size
from sakata_lod.serve.negotiation import format_for, language_for
from sakata_lod.serve.pages import page, page_response
from sakata_lod.serve.settings import KIBIBYTE
from sakata_lod.serve.table_rules import rules_source, table_rules
from sakata_lod.serve.translation import gettext

blueprint = Blueprint("validate", __name__)

TAKEN: tuple[Format, ...] = (XLSX, CSV, TSV, *GRAPH_FORMATS)
REPORTS: tuple[Format, ...] = (JSON, TURTLE, CSV_TABLE, HTML)
FORM_TYPE = "multipart/form-data"

_EXTENSION = "sakata-lod-checker"
_FORM_OVERHEAD = 64 * KIBIBYTE
_BESIDE = 256 * KIBIBYTE
"""How large a plan.toml or a departments.ttl may be."""

_MOST_PARTS = 16
_SHOWN = 200


@blueprint.get("/validate")
def form() -> Response:
    """The template, the form, and the rules for the form of tables."""
    return page_response("validate.html", report=None, **_facts())


@blueprint.post("/validate")
def check() -> Response:
    """Check the file that was sent, and answer with the report."""
    wanted = _wanted()
    checked = _checker().check(_sent())
    response = _written(checked, wanted)
    response.headers["Content-Language"] = language_for(request)
    response.headers["Cache-Control"] = "no-store"
    response.vary.update(["Accept", "Accept-Language"])
    return response


def _written(checked: Checked, form: Format) -> Response:
    if form is JSON:
        return jsonify(checked.record)
    if form is HTML:
        return Response(page("validate.html", **_shown(checked), **_facts()), content_type=HTML.content_type)
    content = checked.turtle if form is TURTLE else checked.csv
    response = Response(content, content_type=form.content_type)
    response.headers["Content-Disposition"] = f"attachment; filename=report.{form.suffix}"
    return response


def _shown(checked: Checked) -> dict[str, object]:
    """A report on a page, with its downloads in it: the file is not here any more to make them from."""
    results = checked.record["results"]
    downloads = {
        form: f"data:{form.media_type};base64,{base64.b64encode(content).decode()}"
        for form, content in ((CSV_TABLE, checked.csv), (TURTLE, checked.turtle))
    }
    return {"report": checked.record, "results": results[:_SHOWN], "downloads": downloads}


def _facts() -> dict[str, object]:
    names = {each.path for each in service().release.manifest.files}
    return {
        "rules": table_rules(),
        "rules_source": rules_source(),
        "templates": [each for each in ("xlsx", "csv") if f"template/template.{each}" in names],
        "limit": size(service().settings.check_bytes),
        "accepted": ",".join(f".{each.suffix}" for each in TAKEN),
        "address": f"{service().iris.base}validate",
    }


def _wanted() -> Format:
    """The report's format: as the address says, else as the client accepts."""
    asked = request.args.get("format")
    if asked is None:
        return format_for(request, REPORTS)
    known = {each.suffix: each for each in REPORTS}
    if asked not in known:
        raise BadRequest(gettext("“format” must be one of: %(known)s.", known=", ".join(known)))
    return known[asked]


def _sent() -> SentFile:
    """The file in the request. Raises: CheckError."""
    most = service().settings.check_bytes
    if request.mimetype != FORM_TYPE:
        raise FileNotKnown(request.mimetype or "—", f"{FORM_TYPE} (curl -F file=@plan.xlsx)")
    fields, files = _form_data(most + 2 * _BESIDE + _FORM_OVERHEAD, size(most))
    found = files.get("file")
    if found is None or not found.filename:
        raise FileNotSent
    name = _name(found)
    content = found.stream.read(most + 1)
    if len(content) > most:
        raise FileTooLarge(size(most))
    plan, departments = (_beside(files.get(each)) for each in ("plan", "departments"))
    return SentFile(name, content, language_for(request), plan, departments, _years(fields))


def _name(found: FileStorage) -> str:
    """The file's name, without folders; where its suffix tells nothing, with that of its media type.

    Raises: FileNotKnown.
    """
    name = PurePosixPath((found.filename or "").replace("\\", "/")).name
    if format_of_suffix(PurePosixPath(name).suffix.removeprefix("."), TAKEN) is not None:
        return name
    typed = next((each for each in TAKEN if each.media_type == found.mimetype), None)
    if typed is None:
        raise FileNotKnown(name, " ".join(f".{each.suffix}" for each in TAKEN))
    return f"{name}.{typed.suffix}"


def _form_data(most: int, limit: str) -> tuple[Mapping[str, str], Mapping[str, FileStorage]]:
    """The fields and files of the request, kept in memory: Werkzeug itself would put large ones on disk."""
    try:
        _, fields, files = parse_form_data(
            request.environ,
            lambda *_about, **_more: io.BytesIO(),
            max_form_memory_size=_FORM_OVERHEAD,
            max_content_length=most,
            max_form_parts=_MOST_PARTS,
        )
    except RequestEntityTooLarge:
        raise FileTooLarge(limit) from None
    return fields, files


def _beside(found: FileStorage | None) -> bytes | None:
    """A smaller file that goes with it, if one was chosen."""
    if found is None or not found.filename:
        return None
    content = found.stream.read(_BESIDE + 1)
    if len(content) > _BESIDE:
        raise FileTooLarge(size(_BESIDE))
    return content


def _years(fields: Mapping[str, str]) -> tuple[int, int] | None:
    """The plan's first and last fiscal year, if they were given."""
    given = [fields.get(name, "").strip() for name in ("first_year", "last_year")]
    if not any(given):
        return None
    years = [int(each) for each in given if each.isascii() and each.isdigit() and len(each) == 4]
    if len(years) != len(given) or not 1900 <= years[0] <= years[1] <= 2200:
        raise BadRequest(
            gettext("“first_year” and “last_year” are years like 2018 and 2022, the earlier one first.")
        )
    return years[0], years[1]


def install(app: Flask, checker: Checker) -> None:
    """Give an application its checker."""
    app.extensions[_EXTENSION] = checker


def _checker() -> Checker:
    return cast("Checker", current_app.extensions[_EXTENSION])
