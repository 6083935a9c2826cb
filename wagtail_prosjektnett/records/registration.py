"""Who has signed up for an occurrence. All that is personal stands here, and is erased here."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett.domain.registration import ACTIVE, RegistrationState
from wagtail_prosjektnett.records.anonymous import day_of
from wagtail_prosjektnett.records.organisations import Organisation
from wagtail_prosjektnett.records.seats import SeatPool
from wagtail_prosjektnett.wording.labels import choices


def no_answers() -> dict[str, Any]:
    """Return the answers of who was asked nothing."""
    return {}


#: What somebody has said of themselves or of who signed them up.
_PERSONAL_TEXTS = (
    *("name", "email", "contact_name", "contact_email", "address"),
    *("organisation_name", "role", "comment", "language"),
)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Registrations, by what they hold."""

    def active(self) -> RegistrationQuerySet:
        """Return those that hold a seat or a place in the queue."""
        return self.filter(state__in=[state.value for state in ACTIVE])

    def seated(self) -> RegistrationQuerySet:
        """Return those that have a seat."""
        return self.filter(state=RegistrationState.SEATED.value)

    def waiting(self) -> RegistrationQuerySet:
        """Return those that wait for a seat, in the order in which they get one."""
        return self.filter(state=RegistrationState.WAITING.value).order_by("number")


class Registration(models.Model):
    """One participant at one occurrence.

    ``number`` is given inside the lock of the seats and decides the order of the queue; instants do not, as they come
    out of order. ``holder`` is a digest of the address that nobody else at the occurrence may have, and None where
    nothing is held any more. ``confirm_by`` is set while the owner of the address has not confirmed.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pool = models.ForeignKey(
        SeatPool, verbose_name=_("time and place"), on_delete=models.PROTECT, related_name="registrations"
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    state = models.CharField(_("state"), max_length=20, choices=choices(RegistrationState), editable=False)
    holder = models.CharField(max_length=64, null=True, editable=False)
    #: The same for all whom one contact has signed up at once.
    group = models.UUIDField(null=True, editable=False, db_index=True)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    contact_name = models.CharField(_("signed up by"), max_length=200, blank=True)
    contact_email = models.EmailField(_("the e-mail of who signed up"), blank=True)
    #: Where mail goes, as it is compared: what one person's registrations are found by.
    address = models.CharField(max_length=254, blank=True, editable=False, db_index=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("municipality or organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    organisation_name = models.CharField(_("other organisation"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=200, blank=True)
    comment = models.TextField(_("comment"), blank=True, max_length=2000)
    answers = models.JSONField(_("answers"), default=no_answers, blank=True)
    language = models.CharField(_("language"), max_length=100)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    #: Counts what the calendars of the participant have been told (RFC 5545, 3.8.7.4).
    sequence = models.PositiveIntegerField(default=0, editable=False)
    confirm_by = models.DateTimeField(_("to be confirmed by"), null=True, blank=True, editable=False, db_index=True)
    attended = models.BooleanField(_("was there"), null=True, blank=True)
    created_at = models.DateTimeField(_("signed up"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("cancelled"), null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    anonymised_at = models.DateTimeField(_("anonymised"), null=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        # A condition on a unique key is silently dropped by MariaDB; NULL is unlike NULL everywhere.
        constraints = [
            models.UniqueConstraint(fields=["pool", "holder"], name="prosjektnett_one_registration"),
        ]
        indexes = [models.Index(fields=["pool", "state", "number"], name="prosjektnett_queue")]

    def __str__(self) -> str:
        return self.name or str(_("Anonymised"))

    @property
    def recipient(self) -> str:
        """Where mail about it goes: to the participant, or to who signed them up; empty where nobody is known."""
        return self.email or self.contact_email

    @property
    def is_active(self) -> bool:
        """Whether it holds a seat or a place in the queue."""
        return RegistrationState(self.state).is_active

    @property
    def has_seat(self) -> bool:
        """Whether it holds a seat that nobody needs to confirm any more: its holder is told the online address."""
        return self.state == RegistrationState.SEATED and self.confirm_by is None

    @property
    def place_in_queue(self) -> int | None:
        """How many have to move up until it is this one's turn, itself counted; None unless it waits. One query."""
        if self.state != RegistrationState.WAITING:
            return None
        before = Registration.objects.waiting().filter(pool=self.pool_id, number__lte=self.number)
        return before.order_by().count()

    def end(self, state: RegistrationState, at: datetime) -> None:
        """Let go of the seat or the place in the queue at an aware instant; nothing is saved."""
        self.state, self.holder, self.confirm_by, self.ended_at = state.value, None, None, at

    def anonymise(self, at: datetime) -> list[str]:
        """Forget at an aware instant all that leads to somebody, and return the fields that changed; nothing is saved.

        What is left is counted: the number, the state, whether somebody was there, from which organisation, and the
        days. The language goes too: it can tell which people somebody belongs to. No link in a mail opens it any more.
        """
        blank: dict[str, Any] = dict.fromkeys(_PERSONAL_TEXTS, "")
        blank |= {"answers": no_answers(), "holder": None, "group": None, "confirm_by": None, "reminded_at": None}
        blank["uid"] = uuid.uuid4()
        blank["token_hash"] = blank["uid"].hex
        blank |= {"created_at": day_of(self.created_at), "ended_at": self.ended_at and day_of(self.ended_at)}
        blank["anonymised_at"] = at
        for name, value in blank.items():
            setattr(self, name, value)
        return list(blank)


class RegistrationNeeds(models.Model):
    """What a participant needs to eat or to take part: special categories of personal data, deleted first."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="needs", primary_key=True)
    dietary = models.TextField(_("dietary needs"), blank=True, max_length=500)
    access = models.TextField(_("needs for access"), blank=True, max_length=500)

    class Meta:
        verbose_name = _("needs of a participant")
        verbose_name_plural = _("needs of participants")

    def __str__(self) -> str:
        return str(_("Needs of a participant"))
