"""Tells somebody which articles are to be reviewed, and where that is done."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import ngettext, override

from wagtail_prosjektnett.delivery.errors import NotNeeded
from wagtail_prosjektnett.delivery.letter import Letter
from wagtail_prosjektnett.delivery.mail_parts import host_of
from wagtail_prosjektnett.delivery.review_recipients import recipients
from wagtail_prosjektnett.domain.registration import normalised
from wagtail_prosjektnett.domain.review import ReviewState
from wagtail_prosjektnett.models import ContactMail
from wagtail_prosjektnett.pages.addresses import frontends_of, public_url
from wagtail_prosjektnett.pages.admin_links import admin_base, admin_link
from wagtail_prosjektnett.pages.day_filters import day_of_site
from wagtail_prosjektnett.pages.languages import language_tag
from wagtail_prosjektnett.pages.review_links import REPORT, STILL_VALID
from wagtail_prosjektnett.wording import mails
from wagtail_prosjektnett.wording.labels import label

#: How many articles a mail names; the report has them all.
MOST_NAMED = 50


def letter(mail: ContactMail, at: datetime) -> Letter:
    """Return what somebody is told at an aware instant, in the language that the person stands in.

    Raises ``NotNeeded`` where nothing is due any more.
    """
    recipient = recipients(at).get(normalised(mail.person.email))
    if recipient is None:
        raise NotNeeded("Nothing is to be reviewed any more")
    articles, today = recipient.articles, day_of_site(at)
    base, frontends = admin_base(articles[0]), frontends_of(None)
    language = mails.language_of_words(mail.person.locale.language_code)
    with override(language):
        subject = ngettext("%(count)d article to be reviewed", "%(count)d articles to be reviewed", len(articles))
        context = {
            "articles": [
                {**_told(article, today, base), "page_url": _page_url(article, frontends)}
                for article in articles[:MOST_NAMED]
            ],
            "more": max(len(articles) - MOST_NAMED, 0),
            "report_url": admin_link(base, REPORT),
        }
    return Letter(language, host_of(articles[0]), subject % {"count": len(articles)}, context)


def _page_url(article: Any, frontends: Any) -> str:
    """Return where an article is read; empty for one that is read in other languages alone."""
    return (public_url(article, frontends=frontends) or "") if article.live else ""


def _told(article: Any, today: date, base: str) -> dict[str, Any]:
    return {
        "title": article.title,
        "language": language_tag(article.locale.language_code),
        "network": article.network.title if article.network is not None else "",
        "due": article.due,
        "state": label(ReviewState.of(article.due, today)),
        "has_responsible": article.responsible is not None,
        "edit_url": admin_link(base, "wagtailadmin_pages:edit", article.pk),
        "still_valid_url": admin_link(base, STILL_VALID, article.pk),
    }
