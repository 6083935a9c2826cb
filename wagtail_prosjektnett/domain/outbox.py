"""When something that leaves the site is tried again, and when it is given up."""

from datetime import datetime, timedelta
from enum import StrEnum


class OutboxState(StrEnum):
    """Where something in the outbox is. Whether somebody is sending it just now is told by its lease, not here."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    PARKED = "parked"
    #: What it tells is no longer so, or nobody is left to tell.
    NOT_NEEDED = "not_needed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self is not OutboxState.WAITING


#: How long to wait after each try that failed: a slip of the network costs a minute, and 24 hours pass before it is
#: given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 4, 15, 30, 60, 120, 240, 360, 610))
MOST_TRIES = len(PAUSES) + 1

#: For how long nobody else may send what a worker has taken. A killed worker gives nothing back: what it had taken is
#: free again after this time, and a job that runs every minute sends it within five.
LEASE = timedelta(minutes=3)

#: How much time one destination gets in one run. A receiver that takes a thousand messages at nine seconds each would
#: else keep all mail waiting for hours.
TURN = timedelta(minutes=1)


def next_try(tries: int, at: datetime) -> datetime | None:
    """Return when to try again after the last of so many tries failed at an instant, or None to give up.

    ``tries`` is 1 or more.
    """
    return at + PAUSES[tries - 1] if tries < MOST_TRIES else None
