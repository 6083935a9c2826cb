"""Giving feedback: what a reader says is kept for an editor, and the contacts of the network are told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from wagtail_prosjektnett.domain.feedback import FeedbackRefused, Said
from wagtail_prosjektnett.domain.registration import normalised
from wagtail_prosjektnett.feedback.contacts import tell_contacts
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages.aliases import source_of_alias
from wagtail_prosjektnett.pages.feedback import ABOUT, feedback_key, refusal_of
from wagtail_prosjektnett.pages.tree import nearest_network


@transaction.atomic
def give(page: Any, said: Said, at: datetime) -> Feedback:
    """Keep what a reader says at an aware instant of an article, or of an experience base by its index.

    It is in the language of the page that it was said on, and waits for an editor. Raises ``FeedbackRefused``.
    """
    refusal = refusal_of(page, at)
    if refusal is not None:
        raise FeedbackRefused(refusal)
    feedback = Feedback.objects.create(
        about=ABOUT[page.role].value,
        page_key=feedback_key(page),
        language=page.locale.language_code,
        helpful=said.helpful,
        used=said.used,
        municipality_id=said.municipality,
        comment=said.comment,
        name=said.name,
        email=said.email,
        address=normalised(said.email),
        created_at=at,
    )
    # Who looks after the page decides what is shown of it, wherever an alias of it was read.
    tell_contacts(nearest_network(source_of_alias(page)) if page.alias_of_id else page.network, feedback, at)
    return feedback
