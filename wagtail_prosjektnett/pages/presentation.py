"""A presentation held at a gathering."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.api import APIField
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable

from wagtail_prosjektnett.fields import WebAddressField
from wagtail_prosjektnett.pages.api_fields import computed
from wagtail_prosjektnett.references import DocumentData


def _document(row: PresentationRow) -> DocumentData | None:
    return row.page.reference_data.document(row.document_id)


class PresentationRow(Orderable):
    """A presentation as a document or a link, held at one occurrence or at all of them."""

    page: Any

    title = models.CharField(_("title"), max_length=255, help_text=_("What it was about, as readers will look for it."))
    speaker = models.CharField(_("speaker"), max_length=255, blank=True, help_text=_("Name or role, and workplace."))
    occurrence_uid = models.UUIDField(
        _("time and place"),
        null=True,
        blank=True,
        help_text=_("Leave empty if it was held everywhere. A new time and place can be chosen once it is saved."),
    )
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("PDF is best. Leave empty if it is published elsewhere."),
    )
    link = WebAddressField(_("link"), blank=True, help_text=_("Where it is published elsewhere."))
    accessible = models.BooleanField(
        _("in an accessible format"),
        default=False,
        help_text=_("Tick this if it meets the requirements of universal design, for instance a tagged PDF."),
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("speaker"),
        FieldPanel("occurrence_uid"),
        FieldRowPanel([FieldPanel("document"), FieldPanel("link")]),
        FieldPanel("accessible"),
    ]
    api_fields = [
        APIField("title"),
        APIField("speaker"),
        APIField("occurrence_uid"),
        computed("document", _document),
        APIField("link"),
        APIField("accessible"),
    ]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("presentation")
        verbose_name_plural = _("presentations")

    def __str__(self) -> str:
        return self.title
