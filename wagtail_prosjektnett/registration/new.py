"""A registration as it begins, before it is known whether there is a seat for it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from wagtail_prosjektnett.domain.registration import Contact, Participant, normalised
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.records.tokens import digest, new_token
from wagtail_prosjektnett.registration.holders import holder_of


def new_registration(participant: Participant, contact: Contact, page: Any, at: datetime) -> Registration:
    """Return an unsaved registration without a place, in the language of the page that it was filled in on."""
    uid = uuid.uuid4()
    made = Registration(
        uid=uid,
        name=participant.name,
        email=participant.email,
        contact_name=contact.name,
        contact_email=contact.email,
        address=normalised(participant.email or contact.email),
        organisation_id=participant.organisation,
        organisation_name=participant.organisation_name,
        role=participant.role,
        comment=participant.comment,
        answers=dict(participant.answers),
        language=page.locale.language_code,
        token_hash=digest(new_token(uid)),
        created_at=at,
    )
    made.holder = holder_of(made)
    return made
