"""What there is to say in a mail to a participant: read when it is sent, and nowhere stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import override

from wagtail_prosjektnett.delivery.errors import DeliveryFailed, NotNeeded
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.occurrences import Decision
from wagtail_prosjektnett.domain.registration import RegistrationState
from wagtail_prosjektnett.models import Registration, RegistrationMail
from wagtail_prosjektnett.outputs.calendar import place_of
from wagtail_prosjektnett.pages.addresses import public_url
from wagtail_prosjektnett.pages.languages import language_tag
from wagtail_prosjektnett.pages.occurrences import occurrence_of
from wagtail_prosjektnett.pages.registration_links import registration_url
from wagtail_prosjektnett.records.tokens import token_of
from wagtail_prosjektnett.wording import dates, mails
from wagtail_prosjektnett.wording.labels import label


@dataclass(frozen=True)
class Person:
    """One whom a mail is about.

    ``link`` shows and changes the registration; it is empty for one that has ended, and where the site has no pages of
    ours. ``status`` is empty where there is nothing left to have a seat at. ``confirm`` says until when it must be
    confirmed, and is empty where it need not be.
    """

    name: str
    status: str
    link: str
    confirm: str


@dataclass(frozen=True)
class MailFacts:
    """What a mail may say. Templates get it as ``mail``.

    ``language`` is that of our own words, ``content_language`` that of the page, and ``date_language`` that of the
    dates: BCP 47 tags. ``notice`` tells that it is postponed or cancelled. ``online_address`` is empty for who has no
    seat.
    """

    kind: MailKind
    registration: Registration
    row: Any
    people: tuple[Person, ...]
    network: str
    gathering: str
    occurrence: str
    when: str
    notice: str
    where: str
    online_address: str
    page_url: str
    contact: Any
    language: str
    content_language: str
    date_language: str

    @property
    def title(self) -> str:
        """The gathering with the name of its time and place, where it has one."""
        return " – ".join(part for part in (self.gathering, self.occurrence) if part)

    @property
    def opening(self) -> str:
        """How the mail begins; empty for a message, which an editor has written."""
        return str(mails.OPENINGS.get(self.kind, ""))

    @property
    def is_message(self) -> bool:
        """Whether an editor has written it, without saying which gathering it is about."""
        return self.kind is MailKind.MESSAGE

    @property
    def must_confirm(self) -> bool:
        """Whether it ends unless its owner confirms it."""
        return any(person.confirm for person in self.people)

    @property
    def is_asked_for(self) -> bool:
        """Whether somebody else may have asked for it."""
        return self.kind.is_asked_for


def facts_of(mail: RegistrationMail, at: datetime) -> MailFacts:
    """Return what there is to say in a mail that is sent at an aware instant, in the language of the registration.

    Raises ``NotNeeded`` where nobody is left to tell or it is not so any more, and ``DeliveryFailed`` where the
    gathering is not published.
    """
    registration = mail.registration
    if registration.anonymised_at is not None or not registration.recipient:
        raise NotNeeded("The registration was anonymised")
    row = occurrence_of(registration.pool.uid, registration.language)
    if row is None:
        raise DeliveryFailed("The gathering is not published", alone=True)
    kind = MailKind(mail.kind)
    if mail.facts.get("pool", str(registration.pool.uid)) != str(registration.pool.uid):
        raise NotNeeded("It is about a place that the participant was moved from")
    about = [each for each in _about(registration, kind) if _is_true(kind, each, row, at)]
    if not about:
        raise NotNeeded("It is not so any more")
    if kind in (MailKind.RECEIVED, MailKind.WAITING):
        kind = MailKind.of_signup(RegistrationState(about[0].state))
    with override(mails.language_of_words(registration.language)):
        return _facts(kind, about, row)


def _about(registration: Registration, kind: MailKind) -> list[Registration]:
    """Return the registrations that a mail is about, where one address is told once of several.

    Who signs up together is told together. Who tries again is told of all at that address, so that no link is lost.
    """
    together = Registration.objects.filter(address=registration.address, pool=registration.pool_id, anonymised_at=None)
    if kind in (MailKind.RECEIVED, MailKind.WAITING) and registration.group is not None:
        together = together.filter(group=registration.group)
    elif kind is not MailKind.AGAIN:
        return [registration]
    # Some databases take å for a: the other address would get the links of this one.
    return [each for each in together.select_related("pool").order_by("number") if each.address == registration.address]


def _is_true(kind: MailKind, registration: Registration, row: Any, at: datetime) -> bool:
    return kind.is_true(RegistrationState(registration.state), Decision(row.decision), row.facts.span, at)


def _facts(kind: MailKind, about: list[Registration], row: Any) -> MailFacts:
    page, first = row.page, about[0]
    with override(first.language):
        when = dates.when(row.when)
    return MailFacts(
        kind=kind,
        registration=first,
        row=row,
        people=tuple(_person(each, row) for each in about),
        network=page.network.title if page.network is not None else "",
        gathering=page.title,
        occurrence=row.name,
        when=when,
        notice="" if Decision(row.decision) is Decision.AS_PLANNED else label(Decision(row.decision)),
        where=", ".join(place_of(row)),
        online_address=row.online_address if any(each.has_seat for each in about) else "",
        page_url=public_url(page) or "",
        contact=_contact(page),
        language=language_tag(mails.language_of_words(first.language)),
        content_language=language_tag(page.locale.language_code),
        date_language=language_tag(first.language),
    )


def _person(registration: Registration, row: Any) -> Person:
    state, confirm_by = RegistrationState(registration.state), registration.confirm_by
    is_called_off = Decision(row.decision) is Decision.CANCELLED
    link = registration_url(token_of(registration), row.page) if state.is_active else None
    return Person(
        name=registration.name,
        status=""
        if is_called_off
        else mails.status(state, registration.place_in_queue, must_confirm=confirm_by is not None),
        link=link or "",
        confirm="" if confirm_by is None else mails.confirm_by(confirm_by, row.facts.tz),
    )


def _contact(page: Any) -> Any:
    """Return whom those who come can write to: of the gathering, or else of its network; None where nobody is known."""
    for owner in (page, page.network):
        rows = owner.contacts.select_related("person") if owner is not None else []
        found = next((person for row in rows if (person := row.shown_person).email), None)
        if found is not None:
            return found
    return None
