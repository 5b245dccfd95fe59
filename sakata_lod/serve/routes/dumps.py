"""The release's files, to download as they are."""

from flask import Blueprint, Response, jsonify, request, send_file
from werkzeug.exceptions import NotFound

from sakata_lod.formats import CSVW, HTML, JSON
from sakata_lod.release import MANIFEST
from sakata_lod.serve.caching import Validators
from sakata_lod.serve.context import service
from sakata_lod.serve.negotiation import format_for
from sakata_lod.serve.pagemodels.downloads import file_groups
from sakata_lod.serve.pages import page_response

blueprint = Blueprint("dumps", __name__)


@blueprint.get("/dump/")
def index() -> Response:
    """All files, with sizes and checksums."""
    manifest = service().release.manifest
    if format_for(request, (JSON, HTML)) is HTML:
        return page_response("dumps.html", manifest_name=MANIFEST, groups=file_groups(manifest))
    files = [each.model_dump() | {"url": f"{service().iris.base}dump/{each.path}"} for each in manifest.files]
    response = jsonify({"licence": manifest.licence, "modified": manifest.last_modified, "files": files})
    response.vary.add("Accept")
    response.headers["Cache-Control"] = "no-cache"
    response.last_modified = service().last_modified(manifest.last_modified)
    return response


@blueprint.get(f"/dump/{MANIFEST}")
def manifest() -> Response:
    """What the release is, and of what it was made."""
    release = service().release
    return _file(MANIFEST, JSON.media_type, release.id)


@blueprint.get("/dump/<path:name>")
def file(name: str, city: str = "") -> Response:
    """One file, of a city in a federation. Only names that the manifest lists are ever looked for."""
    listed = service().release.file_of(city, name)
    if listed is None:
        raise NotFound
    response = _file(listed.path, listed.content_type, listed.sha256)
    if listed.described_by is not None:
        metadata = f"{service().iris.base}dump/{listed.described_by}"
        described = f'<{metadata}>; rel="describedby"; type="{CSVW.media_type}"'
        # First, for PyPI's csvw warns of every link that it reads before this one.
        response.headers.setlist("Link", [described, *response.headers.getlist("Link")])
    return response


def _file(path: str, content_type: str, etag: str) -> Response:
    release = service().release
    validators = Validators(etag, service().last_modified(release.manifest.last_modified))
    response = send_file(
        release.folder / path,
        mimetype=content_type,
        conditional=True,
        etag=etag,
        last_modified=validators.last_modified,
    )
    if "Content-Type" in response.headers:
        # As the manifest says: the published tables need not be UTF-8, which Werkzeug would claim.
        response.headers["Content-Type"] = content_type
    response.headers["Cache-Control"] = "no-cache"
    folder = service().path("dump/")
    response.headers["Link"] = (
        f'<{release.manifest.licence}>; rel="license", <{folder}>; rel="collection", '
        f'<{service().iris.base}dump/{path}>; rel="canonical"'
    )
    return response
