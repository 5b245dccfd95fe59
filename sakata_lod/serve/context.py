"""What the views share: the release being served, its store, and the evaluator of strangers' queries."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from sakata_lod.iris import IriSpace
from sakata_lod.release import Release
from sakata_lod.serve.evaluation import Evaluator
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.store import QuadStore

_EXTENSION = "sakata-lod"


@dataclass(frozen=True, slots=True)
class Service:
    """All that a request may be answered from. fingerprint: of the files that make the answers."""

    settings: Settings
    release: Release
    iris: IriSpace
    store: QuadStore
    evaluator: Evaluator
    fingerprint: str

    def close(self) -> None:
        """End the processes that evaluate queries."""
        self.evaluator.close()

    def path(self, name: str) -> str:
        """A path on this server: `path("dump/")` is `/dump/`, or `/lod/dump/` under a base with a path."""
        return f"{self.iris.path}{name}"


def install(app: Flask, service: Service) -> None:
    """Give an application its service."""
    app.extensions[_EXTENSION] = service


def service_of(app: Flask) -> Service:
    """The service of an application."""
    return cast("Service", app.extensions[_EXTENSION])


def service() -> Service:
    """The service of the application that answers the current request."""
    return service_of(current_app)
