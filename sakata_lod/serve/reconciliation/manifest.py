"""The service manifest: what clients read first."""

from typing import Any

from sakata_lod.namespaces import PREFIXES
from sakata_lod.serve.reconciliation.register import Register
from sakata_lod.serve.reconciliation.requests import BATCH_SIZE
from sakata_lod.serve.reconciliation.schema import TYPES
from sakata_lod.serve.translation import gettext

VERSIONS = ["0.1", "0.2"]
_PREVIEW_SIZE = {"width": 430, "height": 300}
"""Of a preview's frame, in pixels."""


def manifest(name: str, software: str, register: Register, language: str) -> dict[str, Any]:
    """Describe the service over a register. name: of the city's data; software: its version."""
    iris = register.iris
    root = f"{iris.base}reconcile"
    return {
        "versions": VERSIONS,
        "name": name,
        # The things of a federation's cities have nothing in common but the base IRI.
        "identifierSpace": iris.base if iris.cities else f"{iris.base}id/",
        "schemaSpace": PREFIXES["plan"],
        "defaultTypes": [{"id": each, "name": register.label(each, language)} for each in TYPES],
        "documentation": f"{root}/guide",
        "logo": f"{register.home}static/icon.svg",
        "serviceVersion": software,
        "view": {"url": f"{root}/view?id={{{{id}}}}"},
        "feature_view": {"url": f"{root}/guide#{{{{id}}}}"},
        "preview": {"url": f"{root}/preview?id={{{{id}}}}"} | _PREVIEW_SIZE,
        "suggest": {
            each: {"service_url": root, "service_path": f"/suggest/{each}"}
            for each in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": root, "service_path": "/properties"},
            "property_settings": _settings(),
        },
        "batchSize": BATCH_SIZE,
    }


def _settings() -> list[dict[str, Any]]:
    """What may be set for a property whose values are fetched."""
    choices = {"any": gettext("any"), "ja": gettext("Japanese"), "en": gettext("English")}
    return [
        {
            "name": "limit",
            "label": gettext("Limit"),
            "type": "number",
            "default": 0,
            "help_text": gettext("How many values each thing may have; 0 is all"),
        },
        {
            "name": "language",
            "label": gettext("Language"),
            "type": "select",
            "default": "any",
            "help_text": gettext("The language of texts"),
            "choices": [{"value": value, "name": name} for value, name in choices.items()],
        },
    ]
