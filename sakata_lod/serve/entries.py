"""What an answer leaves of itself, to be counted and written."""

from typing import NamedTuple


class Entry(NamedTuple):
    """An answer that was given.

    time: since the epoch. size: of the body, in bytes. was_kept: whether it was found among the answers that
    are kept; None where it was not looked for. problem: the kind of the problem that it tells, if any.
    """

    time: float
    method: str
    route: str
    status: int
    seconds: float
    size: int
    was_kept: bool | None = None
    problem: str | None = None
