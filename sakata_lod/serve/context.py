"""What the views share: the release being served, its store, and the evaluator of strangers' queries."""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from wsgiref.types import WSGIEnvironment

from flask import request

from sakata_lod.errors import QueryError
from sakata_lod.iris import IriSpace
from sakata_lod.release import Release
from sakata_lod.serve.caching import day
from sakata_lod.serve.ckan.index import Packages
from sakata_lod.serve.evaluation import Evaluator
from sakata_lod.serve.reconciliation.register import Reconcilables
from sakata_lod.serve.search.index import SearchIndex
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.store import QuadStore

_log = logging.getLogger(__name__)
_LENT = "sakata_lod.service"


@dataclass(frozen=True, slots=True)
class Service:
    """All that a request may be answered from.

    fingerprint: of the files that make the answers. since: when the release was made the current one, where a
    link tells. search: the release's index of measures, where it has one. reconcilables: what names can be
    reconciled with, read when first needed. packages: the catalogue as CKAN has it,
    likewise.
    """

    settings: Settings
    release: Release
    iris: IriSpace
    store: QuadStore
    evaluator: Evaluator
    fingerprint: str
    since: datetime | None = None
    search: SearchIndex | None = None
    reconcilables: Reconcilables = field(init=False)
    packages: Packages = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reconcilables", Reconcilables(self.store, self.iris))
        object.__setattr__(self, "packages", Packages(self.store, self.iris, self.since))

    def prepare(self) -> None:
        """Read what a nation's first harvester, or first column of names, would wait for some seconds.

        Of a single city, it is read when first asked for.
        """
        if not self.release.manifest.members:
            return
        try:
            _ = self.packages.index
            self.reconcilables.register()
        except QueryError as error:  # the store is elsewhere, and down: who asks first will read it
            _log.warning("not prepared: %s", error)

    def close(self) -> None:
        """End the processes that evaluate queries, and close the files that are read piece by piece."""
        self.evaluator.close()
        self.store.close()
        if self.search is not None:
            self.search.close()

    def path(self, name: str) -> str:
        """A path on this server: `path("dump/")` is `/dump/`, or `/lod/dump/` under a base with a path."""
        return f"{self.iris.path}{name}"

    def last_modified(self, modified: str) -> datetime:
        """When an answer changed last here: the day its content says, or later, when the release came.

        Another release may say the same day, or going back an earlier one, and its answers differ.
        """
        return max(day(modified), self.since) if self.since else day(modified)


def lend(environ: WSGIEnvironment, service: Service) -> None:
    """Give a request the service that it is answered from."""
    environ[_LENT] = service


def lent(environ: WSGIEnvironment) -> Service:
    """The service that a request is answered from."""
    return cast("Service", environ[_LENT])


def service() -> Service:
    """The service that the current request is answered from: the same from its beginning to its end."""
    return lent(request.environ)
