"""Erases what people have said of themselves: when it is not needed any more, or when they ask for it.

What is left of a registration is a number, what it had got, whether somebody was there, and from which organisation:
that is counted, and leads to nobody. Everything can be stopped at any time, and goes on where it was.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.occurrences import Decision
from wagtail_prosjektnett.domain.registration import ENDED, normalised
from wagtail_prosjektnett.domain.retention import Retention, last_kept
from wagtail_prosjektnett.models import OutboxItem, Registration, RegistrationMail, RegistrationNeeds, SeatPool
from wagtail_prosjektnett.own_transaction import in_own_transaction
from wagtail_prosjektnett.records.mail import leave_mails_to_others
from wagtail_prosjektnett.registration import changes, seats
from wagtail_prosjektnett.registration.audit import RegistrationAction, note

Progress = Callable[[int, int], None]
#: How many are erased in one transaction.
BATCH = 200


@dataclass
class Erased:
    """How many answers on needs were deleted, or would be, and how many registrations were anonymised."""

    needs: int = 0
    registrations: int = 0

    @property
    def everything(self) -> int:
        """How many both are together."""
        return self.needs + self.registrations


@dataclass(frozen=True)
class _Due:
    """What of one occurrence is not kept any more."""

    uid: uuid.UUID
    needs: Q
    registrations: Q

    def needs_rows(self) -> Any:
        return RegistrationNeeds.objects.filter(self.needs, registration__pool__uid=self.uid)

    def registration_rows(self) -> Any:
        return Registration.objects.filter(self.registrations, pool__uid=self.uid, anonymised_at=None)


def count_due(at: datetime) -> Erased:
    """Return what is not kept any more at an aware instant, and change nothing."""
    found = _due(at)
    return Erased(
        needs=sum(due.needs_rows().count() for due in found),
        registrations=sum(due.registration_rows().count() for due in found),
    )


def erase_due(at: datetime, progress: Progress | None = None) -> Erased:
    """Erase what is not kept any more at an aware instant: all needs first, then registrations; return how many.

    Where nothing is due it costs two queries.
    """
    found = _due(at)
    total = count_due(at).everything if progress and found else 0
    erased = Erased()
    for due in found:
        while due.needs_rows().exists():
            erased.needs += in_own_transaction(partial(_erase_needs, due))
            _tell(progress, erased, total)
    for due in found:
        while due.registration_rows().exists():
            erased.registrations += in_own_transaction(partial(_erase_registrations, due, at))
            _tell(progress, erased, total)
    return erased


def erase_registration(registration: Registration, at: datetime, *, user: Any = None) -> Registration:
    """Anonymise one registration because its owner asks for it. Must run in a transaction.

    The seat of an occurrence that is still to come is free then, and the next one moves up. Nobody gets a mail of it:
    there is no address left. ``user`` is who does it, if it is not the participant. Raises
    ``Registration.DoesNotExist`` where it was moved or erased in the meantime.
    """
    pool, found = seats.lock_registration(registration)
    if _is_ahead(pool, at):
        found = changes.cancel(found, at, tell=False, user=user)
    else:
        leave_mails_to_others(found)
    _anonymise([found], at)
    note(pool, RegistrationAction.ERASED, [found], user)
    return found


def registrations_of(email: str) -> Any:
    """Return what somebody is signed up for, or was, in all gatherings, as far as it is not anonymised.

    Those without an address of their own are found by that of who signed them up.
    """
    wanted = normalised(email)
    if not wanted:
        return Registration.objects.none()
    found = Registration.objects.filter(address=wanted, anonymised_at=None).values_list("pk", "address")
    # Databases do not agree on which letters are the same: with MariaDB, å is a.
    return Registration.objects.filter(pk__in=[pk for pk, kept in found if kept == wanted], anonymised_at=None)


def signed_up_by(email: str) -> list[int]:
    """Return the primary keys of the registrations of others, with addresses of their own, that somebody has made."""
    wanted = normalised(email)
    by_contacts = Registration.objects.exclude(contact_email="")
    # The address is kept as it was written: databases do not agree on which letters are the same.
    found = by_contacts.order_by().values_list("pk", "address", "contact_email").iterator()
    return [pk for pk, own, written in found if wanted and own != wanted and normalised(written) == wanted]


def erase_person(email: str, at: datetime, *, user: Any = None) -> int:
    """Erase somebody in all gatherings by an e-mail address, and return how many registrations were changed.

    What they are signed up for is cancelled and anonymised. Where they have signed up others who have addresses of
    their own, these stay, and only the name and the address of who did it go.
    """
    count, found = 0, registrations_of(email)
    while (registration := found.select_related("pool").first()) is not None:
        try:
            in_own_transaction(partial(erase_registration, registration, at, user=user))
        except Registration.DoesNotExist:  # an editor moved it at this moment: it is looked up again
            continue
        count += 1
    for pk in signed_up_by(email):
        count += in_own_transaction(partial(_forget_contact, pk))
    return count


def _tell(progress: Progress | None, erased: Erased, total: int) -> None:
    if progress:
        progress(min(erased.everything, total), total)


def _due(at: datetime) -> list[_Due]:
    """Return the occurrences of which something is not kept any more, with what that is."""
    site = _of_site()
    own_days = SeatPool.objects.exclude(kept_days=None).order_by().values_list("kept_days", flat=True).distinct()
    over, needs_over = Q(), Q()
    for kept_days in (None, *own_days):
        kept = site.of_occurrence(kept_days)
        over |= Q(kept_days=kept_days, ends_at__lte=last_kept(at, kept.registrations))
        needs_over |= Q(kept_days=kept_days, ends_at__lte=last_kept(at, kept.needs))
    rows = Registration.objects.filter(pool=OuterRef("pk"), anonymised_at=None)
    needs = RegistrationNeeds.objects.filter(registration__pool=OuterRef("pk"))
    condition = (
        (over & Q(Exists(rows)))
        | (needs_over & Q(Exists(needs)))
        | Q(Exists(rows.filter(_ended_before(last_kept(at, site.ended)))))
        | Q(Exists(needs.filter(registration__state__in=ENDED)))
    )
    return [_due_of(pool, at) for pool in SeatPool.objects.filter(condition).order_by("pk")]


def _of_site() -> Retention:
    return Retention(conf.registrations_kept_days(), conf.needs_kept_days(), conf.ended_registrations_kept_days())


def _due_of(pool: SeatPool, at: datetime) -> _Due:
    kept = _of_site().of_occurrence(pool.kept_days)
    ended = Q(registration__state__in=ENDED)
    return _Due(
        uid=pool.uid,
        # A new date may never come: what is sensitive does not wait for it.
        needs=Q() if _ended_by(pool, last_kept(at, kept.needs)) else ended,
        registrations=(
            Q() if _was_over(pool, last_kept(at, kept.registrations)) else _ended_before(last_kept(at, kept.ended))
        ),
    )


def _ended_before(at: datetime) -> Q:
    return Q(state__in=ENDED, ended_at__lte=at)


def _was_over(pool: SeatPool, at: datetime) -> bool:
    """Whether an occurrence was over at an aware instant; one that is postponed is not before a new date is over."""
    return _ended_by(pool, at) and pool.told.get("decision") != Decision.POSTPONED


def _ended_by(pool: SeatPool, at: datetime) -> bool:
    return pool.ends_at is not None and pool.ends_at <= at


def _is_ahead(pool: SeatPool, at: datetime) -> bool:
    return not _was_over(pool, at)


def _erase_needs(due: _Due) -> int:
    seats.lock(due.uid)
    chosen = list(due.needs_rows().values_list("pk", flat=True)[:BATCH])
    RegistrationNeeds.objects.filter(pk__in=chosen).delete()
    return len(chosen)


def _erase_registrations(due: _Due, at: datetime) -> int:
    seats.lock(due.uid)
    chosen = list(due.registration_rows().order_by("pk").select_for_update()[:BATCH])
    _anonymise(chosen, at)
    return len(chosen)


def _anonymise(registrations: Sequence[Registration], at: datetime) -> None:
    """Blank all that is personal in registrations whose seats are locked, with their needs and their mails."""
    keys = [registration.pk for registration in registrations]
    if not keys:
        return
    RegistrationNeeds.objects.filter(registration__in=keys).delete()
    mails = list(RegistrationMail.objects.filter(registration__in=keys).values_list("pk", flat=True))
    OutboxItem.objects.filter(pk__in=mails).delete()
    for registration in registrations:
        changed = registration.anonymise(at)
    Registration.objects.bulk_update(registrations, changed, batch_size=BATCH)


def _forget_contact(pk: int) -> int:
    registration = Registration.objects.select_related("pool").get(pk=pk)
    seats.lock(registration.pool.uid)
    return Registration.objects.filter(pk=pk).exclude(contact_email="").update(contact_name="", contact_email="")
