"""A plan's published tables → its editions, each measure named alike in all of them."""

from sakata_lod.publish.assembly import read_edition
from sakata_lod.publish.departments import DepartmentRegister
from sakata_lod.publish.identity import identified
from sakata_lod.publish.plan import Edition
from sakata_lod.site import PlanSource


def read_editions(plan: PlanSource, register: DepartmentRegister) -> tuple[Edition, ...]:
    """Read all tables of a plan, oldest first.

    Raises: SourceError, IdentityUnclear, InvalidConfiguration.
    """
    return identified(plan, tuple(read_edition(plan, each, register) for each in plan.editions))
