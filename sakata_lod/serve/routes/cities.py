"""The cities of a federation: below its code, each answers as it would if it published alone."""

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter

from sakata_lod.formats import CSV, GRAPH_FORMATS
from sakata_lod.iris import CITY_CODE
from sakata_lod.serve.context import service
from sakata_lod.serve.negotiation import language_for
from sakata_lod.serve.pagemodels.overview import site_overview
from sakata_lod.serve.pages import asker, name_of, page_response
from sakata_lod.serve.routes import catalogue, dumps, reconciliation, resources

blueprint = Blueprint("cities", __name__)


class CityCode(BaseConverter):
    """A city's code, where a path begins with one."""

    regex = CITY_CODE.pattern


@blueprint.get("/<city:city>/")
def city(city: str) -> Response:
    """A city's plans: how each stands, and its measures; and the files of the release that are the city's."""
    manifest = service().release.manifest
    found = manifest.city(city)
    if found is None:
        raise NotFound
    language = language_for(request)
    return page_response(
        "city.html",
        site=found,
        name=name_of(found, language),
        plans=site_overview(found, asker(language)),
        files=manifest.files_of(found),
        formats=(*GRAPH_FORMATS, CSV),
    )


blueprint.get("/<city:city>/id/<path:name>")(resources.thing)
blueprint.get("/<city:city>/doc/<path:name>")(resources.document)
blueprint.get("/<city:city>/dump/<path:name>")(dumps.file)
blueprint.get("/<city:city>/catalog")(catalogue.catalogue)
blueprint.get("/<city:city>/catalog.<suffix>")(catalogue.catalogue)
blueprint.get("/<city:city>/dataset/<name>")(catalogue.dataset)
blueprint.get("/<city:city>/.well-known/void")(catalogue.whole)
blueprint.get("/<city:city>/.well-known/void.<suffix>")(catalogue.whole)
blueprint.register_blueprint(reconciliation.blueprint, url_prefix="/<city:city>")
