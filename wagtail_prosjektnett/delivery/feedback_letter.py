"""Tells a contact person that a reader has said something: of which article, and where it can be read.

The words of the reader, the name and the address are not in the mail: what is in a mailbox is not erased in time, and
nobody has read yet what a stranger has written.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from wagtail_prosjektnett.delivery.errors import NotNeeded
from wagtail_prosjektnett.delivery.letter import Letter
from wagtail_prosjektnett.delivery.mail_parts import host_of
from wagtail_prosjektnett.domain.feedback import FeedbackAbout, FeedbackState
from wagtail_prosjektnett.models import ContactMail, ContactPerson, Feedback
from wagtail_prosjektnett.pages.addresses import public_url
from wagtail_prosjektnett.pages.admin_links import admin_base, admin_link
from wagtail_prosjektnett.pages.contacts import looked_after_by, looks_after
from wagtail_prosjektnett.pages.feedback_sources import ADMIN, in_network, page_of
from wagtail_prosjektnett.pages.languages import language_tag
from wagtail_prosjektnett.wording import mails


def letter(mail: ContactMail, at: datetime) -> Letter:
    """Return what a contact person is told of feedback, in the language that the person stands in.

    One mail may stand for all that has come since it was written: where its own feedback has been read by now, it tells
    of the oldest in the network that waits. Raises ``NotNeeded`` where nothing does, and where the person does not look
    after the network any more.
    """
    feedback = _told_by(mail)
    source = _page_of(feedback) if feedback is not None else None
    if feedback is None or source is None:
        raise NotNeeded("Somebody has read it already, or what it was about was deleted")
    if source.network is None or not looks_after(mail.person, source.network):
        raise NotNeeded("The person is no contact for feedback any more")
    theirs = mail.person.locale.language_code
    page, language = _in_language(source, theirs, feedback.language), mails.language_of_words(theirs)
    with override(language):
        subject = _("Feedback from a reader: %(title)s") % {"title": page.title}
    waiting = _waiting_beside(source).count()
    return Letter(language, host_of(page), subject, {**_facts(feedback, page), "waiting": waiting})


def _page_of(feedback: Feedback) -> Any:
    return page_of(FeedbackAbout(feedback.about), feedback.page_key)


def _waiting_beside(page: Any) -> Any:
    """Return what waits in the network of a source; not all of it may be translated into other languages."""
    beside = Q(page_key=page.translation_key) if page.network is None else in_network(page.network)
    return Feedback.objects.waiting().filter(beside)


def _told_by(mail: ContactMail) -> Feedback | None:
    """Return the feedback of a mail, or the oldest of what it stands for, as far as that waits."""
    feedback = mail.feedback
    if feedback is None:
        return None
    source = _page_of(feedback)
    if source is not None and not FeedbackState(feedback.state).is_decided:
        return feedback
    # Nobody knows in which network a deleted article was: it is one that the person looks after.
    waiting = _waiting_beside(source) if source is not None else _waiting_for(mail.person)
    return waiting.order_by("created_at", "pk").first()


def _waiting_for(person: ContactPerson) -> Any:
    theirs = Q(pk__in=[])
    for network in looked_after_by(person):
        theirs |= in_network(network)
    return Feedback.objects.waiting().filter(theirs)


def _facts(feedback: Feedback, page: Any) -> dict[str, Any]:
    network = page.network
    return {
        "is_about_base": FeedbackAbout(feedback.about) is FeedbackAbout.BASE,
        "title": page.title,
        "page_language": language_tag(page.locale.language_code),
        "page_url": (public_url(page) or "") if page.live else "",
        "admin_url": admin_link(admin_base(page), f"{ADMIN}:inspect", feedback.pk),
        "helpful": feedback.helpful,
        "used": feedback.used,
        "has_comment": bool(feedback.comment),
        "wants_answer": bool(feedback.email),
        "network": network.title if network is not None else "",
    }


def _in_language(source: Any, *codes: str) -> Any:
    """Return the page as it is published in the first language that it is published in, or else its source."""
    same = type(source).objects.filter(translation_key=source.translation_key, alias_of=None, live=True)
    published = {page.locale.language_code: page for page in same.select_related("locale")}
    return next((published[code] for code in codes if code in published), source)
