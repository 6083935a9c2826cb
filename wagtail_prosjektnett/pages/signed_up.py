"""Who has signed up for what an editor is about to change, move or delete: counts, never names.

What is told here is what would be lost. A registration that was cancelled or anonymised holds nothing any more, but
the mail which says that it was cancelled is written when it is sent, and needs the occurrence until then.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from wagtail_prosjektnett.domain.gatherings import SignedUp
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.outbox import OutboxState
from wagtail_prosjektnett.domain.registration import ACTIVE
from wagtail_prosjektnett.models import Registration, RegistrationMail
from wagtail_prosjektnett.pages.types import PageRole, page_model

#: How many keys are asked for in one query.
MOST = 250


def signed_up_for(key: uuid.UUID) -> list[SignedUp]:
    """Return how many are signed up for each occurrence of a gathering, by its translation key."""
    return signed_up([key]).get(key, [])


def signed_up(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[SignedUp]]:
    """Return how many are signed up for the occurrences of some gatherings, by their translation keys.

    Only occurrences and gatherings that somebody is signed up for are in it, and those of which somebody is still to be
    told that they are not any more. Mail that was given up counts no more: nothing waits for it for ever.
    """
    counts: dict[tuple[uuid.UUID, uuid.UUID], tuple[int, int]] = {}
    wanted = list(keys)
    is_active = Q(state__in=[state.value for state in ACTIVE])
    for start in range(0, len(wanted), MOST):
        found = Registration.objects.filter(
            is_active | Q(Exists(_ends_to_tell())),
            anonymised_at=None,
            pool__gathering_key__in=wanted[start : start + MOST],
        )
        pools = found.order_by().values("pool__gathering_key", "pool__uid")
        pools = pools.annotate(people=Count("pk", filter=is_active), untold=Count("pk", filter=~is_active))
        rows = pools.values_list("pool__gathering_key", "pool__uid", "people", "untold")
        counts |= {(key, uid): (people, untold) for key, uid, people, untold in rows}
    names = _names({uid for _key, uid in counts})
    told: dict[uuid.UUID, list[SignedUp]] = {}
    for (key, uid), (people, untold) in sorted(counts.items(), key=lambda item: names.get(item[0][1], "")):
        told.setdefault(key, []).append(SignedUp(str(uid), names.get(uid, ""), people, untold))
    return told


def saved_occurrences(uids: Iterable[uuid.UUID]) -> list[Any]:
    """Return the occurrences that have some keys, on published and unpublished pages, those of the oldest page last."""
    model = page_model(PageRole.GATHERING)
    wanted = list(uids)
    if model is None or not wanted:
        return []
    rows = model.occurrences.rel.related_model.objects
    return list(rows.filter(uid__in=wanted).select_related("page").order_by("-page_id"))


def _ends_to_tell() -> Any:
    kinds = [kind.value for kind in MailKind if kind.tells_of_an_end]
    waiting = RegistrationMail.objects.filter(kind__in=kinds, item__state=OutboxState.WAITING.value)
    return waiting.filter(registration=OuterRef("pk"))


def _names(uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    return {row.uid: str(row) for row in saved_occurrences(uids)}
