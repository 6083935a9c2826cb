"""Who is told by mail that readers have said something, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from wagtail_prosjektnett.delivery.outbox import send_after_commit
from wagtail_prosjektnett.domain.feedback import TOLD_EVERY
from wagtail_prosjektnett.domain.mail import ContactMailKind
from wagtail_prosjektnett.domain.outbox import OutboxState
from wagtail_prosjektnett.domain.registration import normalised
from wagtail_prosjektnett.models import ContactMail, ContactPerson, Feedback
from wagtail_prosjektnett.pages.contacts import experience_contacts
from wagtail_prosjektnett.pages.feedback_sources import in_network
from wagtail_prosjektnett.records.contact_mail import write_contact_mails


def feedback_contacts(network: Any) -> list[ContactPerson]:
    """Return the contact people of a network who are told of feedback, each address once."""
    people = experience_contacts([network]).get(network.pk, []) if network is not None else []
    return list({normalised(person.email): person for person in people}.values())


def tell_contacts(network: Any, feedback: Feedback, at: datetime) -> None:
    """Write mail about new feedback into the outbox, in the current transaction.

    A flood of feedback is no flood of mail: whoever has a mail about the network waiting gets no other, and the next
    one goes out an hour after the last at the earliest. It tells how many wait by then.
    """
    people = feedback_contacts(network)
    # Of those who say something at the same moment, each sees what was written for the one before.
    list(ContactPerson.objects.select_for_update().filter(pk__in=[each.pk for each in people]).order_by("pk"))
    before = _mails(network, at) if people else {}
    for person in people:
        told = before.get(normalised(person.email), _Mails())
        if not told.waits:
            send_at = told.last + TOLD_EVERY if told.last else at
            write_contact_mails([person], ContactMailKind.FEEDBACK, at, feedback, send_at=send_at)
    if people:
        send_after_commit()


@dataclass
class _Mails:
    """Whether a mail about a network waits for an address, and when the last one in an hour went there."""

    waits: bool = False
    last: datetime | None = None


def _mails(network: Any, at: datetime) -> dict[str, _Mails]:
    """Return what was written about a network to each address, whatever languages its owner stands in.

    A mail that is on its way counts as sent: it may have been written before there was anything new to tell.
    """
    waits = Q(item__state=OutboxState.WAITING.value)
    sent = Q(item__state=OutboxState.DELIVERED.value, item__finished_at__gt=at - TOLD_EVERY)
    mails = ContactMail.objects.filter(
        waits | sent,
        kind=ContactMailKind.FEEDBACK.value,
        feedback__in=Feedback.objects.filter(in_network(network)).order_by().values("pk"),
    )
    found: dict[str, _Mails] = {}
    rows = mails.order_by().values_list("person__email", "item__finished_at", "item__lease_until")
    for email, finished_at, lease_until in rows:
        told = found.setdefault(normalised(email), _Mails())
        is_leaving = lease_until is not None and lease_until > at
        told.waits |= finished_at is None and not is_leaving
        told.last = max(filter(None, (told.last, at if is_leaving else finished_at)), default=None)
    return found
