"""A question that an editor asks of those who sign up for a gathering."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.api import APIField
from wagtail.models import Orderable

from wagtail_prosjektnett.domain.questions import listed_choices
from wagtail_prosjektnett.domain.registration import QuestionKind
from wagtail_prosjektnett.pages.api_fields import writable
from wagtail_prosjektnett.wording.labels import choices


class QuestionRow(Orderable):
    """One question in the form of a gathering. Answers are kept by its ``uid``, whatever its text becomes.

    Which questions are asked is a fact of the gathering; each language has its own texts. The choices of a translation
    correspond to those of the source by their order.
    """

    page: Any

    #: A translation of the page has these of its own; all else is a fact of its source.
    texts = ("label", "help_text", "options")
    #: What a row is known by in the translations of its page.
    fact_key = "uid"

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    label = models.CharField(_("question"), max_length=200, help_text=_("As those who sign up read it."))
    help_text = models.CharField(
        _("help"), max_length=300, blank=True, help_text=_("Shown below the question. Leave empty if it says all.")
    )
    kind = models.CharField(
        _("answer"),
        max_length=10,
        choices=choices(QuestionKind),
        default=QuestionKind.TEXT.value,
        help_text=_("Never ask here for what people eat or for their health: there is a part of the form for that."),
    )
    required = models.BooleanField(
        _("must be answered"), default=False, help_text=_("Nobody can sign up without an answer.")
    )
    options = models.TextField(
        _("choices"), blank=True, max_length=2000, help_text=_("One on each line, if the answer is a choice.")
    )

    panels = [
        FieldPanel("label"),
        FieldPanel("help_text"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("required")]),
        FieldPanel("options"),
    ]
    api_fields = [
        APIField("uid"),
        writable("label"),
        writable("help_text"),
        writable("kind"),
        writable("required"),
        writable("options"),
    ]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.label

    @property
    def option_list(self) -> list[str]:
        """The choices in the language of the page, each once and without empty lines."""
        return list(dict.fromkeys(listed_choices(self.options)))


class AskedQuestion:
    """A question as it is asked in one language: each choice is kept under the text that it has in the source.

    Answers in all languages can then be counted together.
    """

    def __init__(self, row: Any, source_options: list[str]) -> None:
        self.uid: uuid.UUID = row.uid
        self.kind = QuestionKind(row.kind)
        self.label, self.help_text, self.required = row.label, row.help_text, row.required
        own = row.option_list
        texts = own if len(own) == len(source_options) else source_options
        self.options = list(zip(source_options, texts, strict=True))


def asked_by(page: Any) -> list[AskedQuestion]:
    """Return the questions of a gathering in the language of the page, with one query more for a translation."""
    rows = list(page.questions.all())
    source = page.facts_source if rows else None
    options = {row.uid: row.option_list for row in (source.questions.all() if source is not None else rows)}
    return [AskedQuestion(row, options.get(row.uid, row.option_list)) for row in rows]
