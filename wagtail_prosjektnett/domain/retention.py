"""For how long what people have said of themselves is kept: as short as it is of use, and the sensitive shortest."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: Nothing is kept longer than that, whatever somebody has filled in.
MOST_DAYS = 36_500


@dataclass(frozen=True)
class Retention:
    """For how many days something is kept: registrations and needs after the occurrence, ended ones after their end.

    An ended registration is one that was cancelled, or that was not confirmed in time.
    """

    registrations: int
    needs: int
    ended: int

    def of_occurrence(self, kept_days: int | None) -> "Retention":
        """Return what holds for an occurrence whose editor has decided on a number of days, or on none.

        Needs are not kept longer than the registration that they belong to.
        """
        registrations = self.registrations if kept_days is None else kept_days
        return Retention(registrations, min(self.needs, registrations), self.ended)


def last_kept(at: datetime, days: int) -> datetime:
    """Return the instant: what was over then, or before that, is not kept any more at an aware instant."""
    return at - timedelta(days=min(days, MOST_DAYS))
