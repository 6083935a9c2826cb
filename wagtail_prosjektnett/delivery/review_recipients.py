"""Who is told of the articles that are to be reviewed: the one who is responsible, or else the network's contact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wagtail_prosjektnett.domain.registration import normalised
from wagtail_prosjektnett.domain.review import ReviewState
from wagtail_prosjektnett.models import ContactPerson
from wagtail_prosjektnett.pages.contacts import experience_contacts
from wagtail_prosjektnett.pages.day_filters import day_of_site
from wagtail_prosjektnett.pages.review_filters import articles_once, most_urgent_first, with_state
from wagtail_prosjektnett.pages.tree import Networks


@dataclass
class Recipient:
    """Somebody who gets a mail, and the articles that it is about, the most urgent first."""

    person: ContactPerson
    articles: list[Any] = field(default_factory=list)


def recipients(at: datetime) -> dict[str, Recipient]:
    """Return whom to tell at an aware instant, by their address.

    One address is told once, whatever languages a person stands in. An article for which nobody is responsible who can
    get mail is the matter of those who look after the experience base of its network. The number of queries does not
    depend on how much is due.
    """
    articles = _due(at)
    contacts = experience_contacts(
        article.network for article in articles if article.network is not None and not _has_address(article)
    )
    found: dict[str, Recipient] = {}
    for article in articles:
        for person in _people(article, contacts):
            recipient = found.setdefault(normalised(person.email), Recipient(person))
            if article not in recipient.articles[-1:]:
                recipient.articles.append(article)
    return found


def _due(at: datetime) -> list[Any]:
    articles = articles_once(at)
    if articles is None:
        return []
    told = with_state(articles, [state for state in ReviewState if state.is_told], day_of_site(at))
    found = list(most_urgent_first(told).select_related("responsible__locale", "locale"))
    Networks().introduce(found)
    return found


def _has_address(article: Any) -> bool:
    return article.responsible is not None and bool(article.responsible.email)


def _people(article: Any, contacts: dict[int, list[ContactPerson]]) -> Iterable[ContactPerson]:
    if _has_address(article):
        return [article.responsible]
    return contacts.get(article.network.pk, []) if article.network is not None else []
