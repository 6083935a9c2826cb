"""The texts that a site has put in the place of ours: what may stand in them, and how it is filled in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_prosjektnett.delivery.mail_facts import MailFacts, Person
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.models import MailText, Registration, RegistrationMail
from wagtail_prosjektnett.pages.languages import language_tag


@dataclass(frozen=True)
class Placeholder:
    """What stands in braces in a text: the words that explain it to editors, and what it becomes."""

    meaning: Promise
    value: Callable[[MailFacts], str]


def _links(facts: MailFacts) -> str:
    people = [person for person in facts.people if person.link]
    if not people:
        return facts.page_url
    return "\n".join(person.link if len(people) == 1 else f"{person.name}: {person.link}" for person in people)


def _joined(facts: MailFacts, name: str) -> str:
    return "\n".join(text for person in facts.people if (text := getattr(person, name)))


LINK, CONFIRM = "link", "confirm"
PLACEHOLDERS = {
    "name": Placeholder(gettext_lazy("who is signed up"), lambda facts: _joined(facts, "name").replace("\n", ", ")),
    "gathering": Placeholder(gettext_lazy("the gathering"), lambda facts: facts.title),
    "network": Placeholder(gettext_lazy("the network"), lambda facts: facts.network),
    "when": Placeholder(gettext_lazy("when it is held"), lambda facts: facts.when),
    "where": Placeholder(gettext_lazy("where it is held"), lambda facts: facts.where),
    "online": Placeholder(
        gettext_lazy("the online address, for those who have a seat"), lambda facts: facts.online_address
    ),
    "status": Placeholder(
        gettext_lazy("a seat, or the place on the waiting list"), lambda facts: _joined(facts, "status")
    ),
    CONFIRM: Placeholder(
        gettext_lazy("until when it must be confirmed, if it must"), lambda facts: _joined(facts, "confirm")
    ),
    LINK: Placeholder(gettext_lazy("the link that shows, changes and cancels the registration"), _links),
    "page": Placeholder(gettext_lazy("the address of the page of the gathering"), lambda facts: facts.page_url),
    "contact": Placeholder(
        gettext_lazy("whom to ask"),
        lambda facts: f"{facts.contact.name}, {facts.contact.email}" if facts.contact else "",
    ),
}
#: Whatever stands in braces: names alone are filled in, so that a text cannot reach into anything.
_IN_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class OwnText:
    """A text of the site's own, filled in. ``is_whole`` is whether nothing needs to be added to it."""

    subject: str
    body: str
    is_whole: bool


def check_placeholders(text: str) -> None:
    """Raise ``ValidationError`` for a text with something in braces that is no placeholder."""
    unknown = [found for found in _IN_BRACES.findall(text) if found not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        message = _("Nothing is known as {%(unknown)s}. You can write %(known)s.")
        raise ValidationError(message, code="placeholder", params={"unknown": unknown[0], "known": known})


def in_placeholders(kind: MailKind, language: str) -> MailFacts:
    """Return the facts of a mail to anybody, in which each is the placeholder that stands for it."""
    braced = {name: f"{{{name}}}" for name in PLACEHOLDERS}
    tag = language_tag(language)
    return MailFacts(
        kind=kind,
        registration=Registration(language=language),
        row=None,
        people=(Person(braced["name"], braced["status"], braced["link"], ""),),
        network=braced["network"],
        gathering=braced["gathering"],
        occurrence="",
        when=braced["when"],
        notice="",
        where=braced["where"],
        online_address=braced["online"],
        page_url=braced["page"],
        contact=None,
        language=tag,
        content_language=tag,
        date_language=tag,
    )


def own_text(mail: RegistrationMail, facts: MailFacts) -> OwnText | None:
    """Return what the site says in a mail in place of our text, or None where it says nothing.

    A message has the text that its editor has given it; other mails that which the site has for their kind and the
    language of the registration.
    """
    if facts.kind is MailKind.MESSAGE:
        subject, body = mail.facts["subject"], mail.facts["body"]
    else:
        found = MailText.objects.filter(kind=facts.kind.value, language=facts.registration.language).first()
        if found is None:
            return None
        subject, body = found.subject, found.body
    needed = {LINK: any(person.link for person in facts.people), CONFIRM: facts.must_confirm}
    is_whole = all(f"{{{name}}}" in body for name, is_needed in needed.items() if is_needed)
    return OwnText(_filled(subject, facts), _filled(body, facts), is_whole)


def _filled(text: str, facts: MailFacts) -> str:
    """Return a text with its placeholders filled in; anything else in braces stays as it is."""

    def fill(found: re.Match[str]) -> str:
        placeholder = PLACEHOLDERS.get(found[1])
        return found[0] if placeholder is None else placeholder.value(facts)

    return _IN_BRACES.sub(fill, text)
