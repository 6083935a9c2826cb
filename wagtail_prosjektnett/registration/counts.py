"""Who signed up for what and who came, as numbers: they stay when everything personal is gone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Count

from wagtail_prosjektnett.domain.registration import RegistrationState
from wagtail_prosjektnett.models import Registration


@dataclass(frozen=True)
class Counted:
    """How many from one organisation got the same at one occurrence.

    ``organisation`` is empty for those who chose none, and ``attended`` is None where nobody wrote it down.
    """

    occurrence: uuid.UUID
    state: RegistrationState
    organisation: str
    attended: bool | None
    people: int


def counted(gathering_key: uuid.UUID) -> list[Counted]:
    """Return the numbers of a gathering, by its translation key, with one query."""
    found = Registration.objects.filter(pool__gathering_key=gathering_key).order_by()
    rows = found.values_list("pool__uid", "state", "organisation__name", "attended").annotate(people=Count("pk"))
    return sorted(
        (
            Counted(uid, RegistrationState(state), organisation or "", attended, people)
            for uid, state, organisation, attended, people in rows
        ),
        key=lambda each: (str(each.occurrence), each.organisation, each.state, str(each.attended)),
    )
