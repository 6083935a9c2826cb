"""What people are told of what becomes of their personal data, before they give any (GDPR, article 13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.members import ContactRole


@dataclass(frozen=True)
class Privacy:
    """For how many days what is kept after the last day, who is responsible, and whom to ask.

    ``needs_kept_days`` is None where nobody is asked what they need.
    """

    kept_days: int
    needs_kept_days: int | None
    owners: list[Any]
    contacts: list[Any]


def privacy_of(page: Any) -> Privacy:
    """Return what is told of the registrations of a gathering."""
    kept = page.registration_kept_days
    owners, contacts = queries.owners_and_contacts(page.network)
    return Privacy(
        kept_days=conf.registrations_kept_days() if kept is None else kept,
        needs_kept_days=conf.needs_kept_days() if page.registration_needs else None,
        owners=owners,
        contacts=_asked_of_gatherings(contacts),
    )


def _asked_of_gatherings(contacts: list[Any]) -> list[Any]:
    """Return who is not there for articles only; whoever is, where there is nobody else to ask."""
    return [contact for contact in contacts if contact.role != ContactRole.FEEDBACK] or contacts
