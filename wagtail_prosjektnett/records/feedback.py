"""What readers have said of articles and of experience bases.

It hangs on the key that all translations of a page share, so that it is the same in all languages, and stays when the
page is moved. Nothing of it is copied into a draft or a revision.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett.domain.feedback import FeedbackAbout, FeedbackState
from wagtail_prosjektnett.records.anonymous import day_of
from wagtail_prosjektnett.records.organisations import Organisation
from wagtail_prosjektnett.wording.labels import choices


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """Some of the feedback."""

    def shown(self) -> FeedbackQuerySet:
        """Return what readers see."""
        return self.filter(state=FeedbackState.SHOWN.value)

    def waiting(self) -> FeedbackQuerySet:
        """Return what no editor has decided about."""
        return self.filter(state=FeedbackState.WAITING.value)


class Feedback(models.Model):
    """What one reader has said once.

    ``page_key`` is the translation key of the article, or of the index of the experience base.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    about = models.CharField(_("about"), max_length=20, choices=choices(FeedbackAbout), editable=False)
    page_key = models.UUIDField(_("key of the page"), editable=False)
    language = models.CharField(_("language"), max_length=100, editable=False)
    state = models.CharField(
        _("state"), max_length=20, choices=choices(FeedbackState), default=FeedbackState.WAITING.value, editable=False
    )
    helpful = models.BooleanField(_("helpful"), null=True, editable=False)
    used = models.BooleanField(_("was used"), default=False, editable=False)
    municipality = models.ForeignKey(
        Organisation,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    comment = models.TextField(_("comment"), blank=True, max_length=4000, editable=False)
    name = models.CharField(_("name"), max_length=200, blank=True, editable=False)
    email = models.EmailField(_("e-mail"), blank=True, editable=False)
    #: The address as it is compared: what one person's feedback is found by.
    address = models.CharField(max_length=254, blank=True, editable=False, db_index=True)
    reply = models.TextField(_("reply"), blank=True, max_length=4000, help_text=_("Shown below what the reader wrote."))
    replied_at = models.DateTimeField(_("replied"), null=True, editable=False)
    created_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    anonymised_at = models.DateTimeField(_("anonymised"), null=True, editable=False)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        indexes = [
            models.Index(fields=["page_key", "state"], name="prosjektnett_feedback_of_page"),
            models.Index(fields=["anonymised_at", "created_at"], name="prosjektnett_feedback_old"),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}, {timezone.localdate(self.created_at)}"

    @property
    def told(self) -> tuple[Any, ...] | None:
        """What readers see of it, to be compared; None for nothing."""
        if not FeedbackState(self.state).is_public:
            return None
        return (
            *(self.page_key, self.language, self.helpful, self.used, self.municipality_id),
            *(self.comment, self.reply, self.replied_at, self.created_at),
        )

    def anonymise(self, at: datetime, *, words: bool) -> list[str]:
        """Forget at an aware instant who gave it, and its words too if these are to go; nothing is saved.

        The day is left, and the language of a comment that stays: without one, it could tell which people somebody
        belongs to. No log or answer that has the old uid leads to it any more. Return the fields that changed.
        """
        blank: dict[str, Any] = {"name": "", "email": "", "address": "", "anonymised_at": at}
        blank |= {"uid": uuid.uuid4(), "created_at": day_of(self.created_at)}
        if words:
            blank |= {"comment": "", "reply": "", "replied_at": None}
        for name, value in blank.items():
            setattr(self, name, value)
        if not self.comment:
            self.language = ""
        return [*blank, "language"]
