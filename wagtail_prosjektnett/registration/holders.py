"""What nobody else who is signed up for the same occurrence may have: it follows what a registration says."""

from __future__ import annotations

from wagtail_prosjektnett.domain.registration import Contact, Participant, holder
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.records.tokens import digest


def holder_of(registration: Registration) -> str:
    """Return the holder of a registration that is active, by its addresses and its name as they are now.

    An editor can sign up somebody without any address: another one of the same name is another person.
    """
    if not registration.recipient:
        return digest(registration.uid.hex)
    who = Participant(registration.name, registration.email)
    return holder(who, Contact(registration.contact_name, registration.contact_email))


def is_taken(registration: Registration) -> bool:
    """Whether somebody else at the occurrence is who a registration says."""
    others = Registration.objects.filter(pool=registration.pool_id).exclude(pk=registration.pk)
    return others.filter(holder=holder_of(registration)).exists()
