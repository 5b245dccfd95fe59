"""CKAN's Action API: reading actions, by GET and POST, with CKAN's envelope, errors and statuses."""

import json
import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from sakata_lod.errors import (
    ActionError,
    NotInCatalogue,
    ParameterInvalid,
    SearchRefused,
    UnreadableRequest,
    Words,
)
from sakata_lod.formats import JAVASCRIPT, JSON
from sakata_lod.serve.ckan.actions import action
from sakata_lod.serve.ckan.dcat_json import dcat_json
from sakata_lod.serve.ckan.parameters import Parameters
from sakata_lod.serve.context import service
from sakata_lod.serve.negotiation import language_for
from sakata_lod.serve.paging import page_number

blueprint = Blueprint("ckan", __name__)

_ERRORS: Mapping[type[ActionError], tuple[int, str]] = {
    NotInCatalogue: (404, "Not Found Error"),
    ParameterInvalid: (409, "Validation Error"),
    SearchRefused: (400, "Search Query Error"),
}
"""CKAN's statuses and names; any other error is a "Bad request" with a plain text, as in CKAN."""

_CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,63}(?:\.[A-Za-z_$][\w$]{0,63}){0,7}", re.ASCII)
"""What a function may be called: anything else could run as a script of its own."""


@blueprint.route("/api/3/action/<name>", methods=["GET", "POST"])
@blueprint.route("/api/action/<name>", methods=["GET", "POST"], endpoint="ckan_unversioned")
def ckan(name: str) -> Response:
    """Do an action."""
    try:
        does = action(name)
        given = _given()
        callback = _callback(given)
        result = does(service().packages.index, Parameters(given))
    except ActionError as error:
        return _refusal(name, error)
    text = _json({"help": _help(name), "success": True, "result": result})
    if callback:
        # The comment keeps the answer from being taken for anything but a script.
        return _kept(Response(f"/**/{callback}({text});", content_type=JAVASCRIPT.content_type))
    return _kept(Response(text, content_type=JSON.media_type))


@blueprint.get("/dcat.json")
def dcat_us() -> Response:
    """A page of the catalogue in DCAT-US."""
    shown = dcat_json(service().packages.index, page_number())
    if shown is None:
        raise NotFound
    return _kept(Response(_json(shown), content_type=JSON.media_type))


def _given() -> dict[str, Any]:
    """The parameters: of a POST in its body, a form or JSON; else in the URL."""
    if request.method != "POST":
        return _mixed(request.args.to_dict(flat=False))
    if request.form:
        # Old clients send JSON as the only name of a form.
        only = next(iter(request.form)) if len(request.form) == 1 else ""
        return _object(only) if only.startswith("{") else _mixed(request.form.to_dict(flat=False))
    if body := request.get_data():
        return _object(body)
    return _mixed(request.args.to_dict(flat=False))


def _mixed(several: Mapping[str, list[str]]) -> dict[str, Any]:
    return {name: values[0] if len(values) == 1 else values for name, values in several.items()}


def _object(content: str | bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise UnreadableRequest(Words("JSONとして読み取れません。", "it is not JSON.")) from None
    if not isinstance(found, dict):
        raise UnreadableRequest(Words("JSONのオブジェクトが必要です。", "it is no JSON object."))
    return found


def _callback(given: dict[str, Any]) -> str:
    """The function that a page wants to be called with the answer (JSONP), by GET."""
    callback = given.pop("callback", "")
    if not callback or request.method == "POST":
        return ""
    if not (isinstance(callback, str) and _CALLBACK.fullmatch(callback)):
        raise UnreadableRequest(
            Words("callback は関数名でなければなりません。", "callback must be the name of a function.")
        )
    return callback


def _refusal(name: str, error: ActionError) -> Response:
    sentence = error.sentence(language_for(request))
    status, kind = _ERRORS.get(type(error), (400, ""))
    told: Any = f"Bad request: {sentence}"
    if kind:
        about: dict[str, Any] = {"__type": kind, "message": sentence}
        if isinstance(error, ParameterInvalid):
            about[error.parameter] = [error.problem.sentence(language_for(request))]
        told = {"help": _help(name), "success": False, "error": about}
    response = Response(_json(told), status, content_type=JSON.media_type)
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Language")
    return response


def _help(name: str) -> str:
    return f"{service().iris.base}api/3/action/help_show?name={name}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store" if request.method == "POST" else "no-cache"
    return response
