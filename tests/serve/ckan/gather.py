"""Gather and fetch by CKAN's own harvesters (CKANHarvester, DCATJSONHarvester), and tell as JSON what it would import. Runs in an environment with CKAN.

usage: gather.py ckan|dcat_json URL CONFIG [LAST]; LAST: when it gathered last, in ISO 8601, UTC. The harvester's own tables stand in
SQLite, in memory; CKAN itself is not there, so nothing is imported.
"""

import json
import sys
from datetime import datetime
from typing import Any

from ckan import model  # type: ignore[import-not-found]
from ckan.plugins import toolkit  # type: ignore[import-not-found]
from ckanext.dcat.harvesters import DCATJSONHarvester  # type: ignore[import-not-found]
from ckanext.harvest.harvesters.ckanharvester import CKANHarvester  # type: ignore[import-not-found]
from ckanext.harvest.model import HarvestGatherError, HarvestJob, HarvestObject, HarvestSource  # type: ignore[import-not-found]
from sqlalchemy import create_engine  # type: ignore[import-not-found]
from sqlalchemy.pool import StaticPool  # type: ignore[import-not-found]


def main(kind: str, url: str, config: str, last: str = "") -> None:
    """Write the packages that are gathered, and the errors."""
    model.Session.configure(bind=tables())
    harvester = {"ckan": CKANHarvester, "dcat_json": DCATJSONHarvester}[kind]()
    source = HarvestSource(url=url, title="test", type=kind, config=config)
    job = HarvestJob(source=source)
    if last:
        done = HarvestJob(source=source, gather_started=datetime.fromisoformat(last), status="Finished")
        harvester.last_error_free_job = lambda _job: done
    job.save()
    gathered = harvester.gather_stage(job) or []
    objects = [model.Session.get(HarvestObject, each) for each in gathered]
    assert all(harvester.fetch_stage(each) for each in objects)
    errors = [each.message for each in model.Session.query(HarvestGatherError)]
    told = {
        "packages": [{"guid": each.guid} | json.loads(each.content) for each in objects],
        "errors": errors,
    }
    json.dump(told, sys.stdout, ensure_ascii=False)


def tables() -> Any:
    """A database with the harvester's own tables, and those that they refer to."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    metadata = toolkit.BaseModel.metadata
    wanted = [each for name, each in metadata.tables.items() if name.startswith("harvest_")]
    metadata.create_all(engine, tables=wanted)
    return engine


if __name__ == "__main__":
    main(*sys.argv[1:])
