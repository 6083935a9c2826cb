"""The announcements of a network: the index of them, and each one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import swapper
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.blocks.text import SHORT_FEATURES
from wagtail_prosjektnett.fields import ProseField
from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.api_fields import computed, writable
from wagtail_prosjektnett.pages.forms import AnnouncementPageForm
from wagtail_prosjektnett.pages.sections import SectionItemMixin
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.references import PageData


def _category_label(page: AnnouncementPageMixin) -> str:
    return page.category_label


def _related_gathering(page: AnnouncementPageMixin) -> PageData | None:
    return page.reference_data.page(page.related_gathering_id, page.locale_id, own_site=True)


class AnnouncementPageMixin(SectionItemMixin):
    """A piece of news."""

    role = PageRole.ANNOUNCEMENT
    section_role = PageRole.ANNOUNCEMENT_INDEX
    reference_template = "announcement_page.html"
    base_form_class = AnnouncementPageForm
    page_description = _("A piece of news from the network.")

    facts = ("category", "related_gathering")

    category = models.CharField(
        _("category"),
        max_length=conf.CATEGORY_LENGTH,
        blank=True,
        choices=conf.announcement_categories,
        help_text=_("What it is about, for readers who look for one kind of news."),
    )
    related_gathering = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        verbose_name=_("related gathering"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The announcement is then shown on the page of the gathering too."),
    )
    featured = models.BooleanField(
        _("featured"), default=False, help_text=_("Featured announcements are shown before the others.")
    )
    correction = ProseField(
        _("correction"),
        blank=True,
        features=SHORT_FEATURES,
        help_text=_("What was wrong, and when it was put right. Shown above the text."),
    )

    content_panels = [
        FieldPanel("lead"),
        FieldPanel("image"),
        FieldRowPanel([FieldPanel("category"), FieldPanel("featured")]),
        FieldPanel("body"),
        FieldPanel("related_gathering"),
        FieldPanel("correction"),
    ]
    search_fields = [
        *SectionItemMixin.search_fields,
        index.SearchField("correction"),
        index.FilterField("category"),
    ]
    api_fields = [
        *SectionItemMixin.api_fields,
        writable("category"),
        writable("featured"),
        writable("correction"),
        computed("category_label", _category_label),
        computed("related_gathering", _related_gathering),
    ]

    class Meta:
        abstract = True

    @property
    def category_label(self) -> str:
        """The category in words; empty where it has none, or one that the site no longer uses."""
        return str(dict(conf.announcement_categories()).get(self.category, ""))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context with the related gathering, if the reader may see it, and news like this."""
        context = super().get_context(request, *args, **kwargs)
        context["gathering"] = queries.shown_gathering(self, request)
        index = next((page for page in context["breadcrumbs"] if self.is_child_of(page)), None)
        query = f"?{urlencode({'category': self.category})}"
        context["category_address"] = index.get_url(request) + query if index and self.category_label else ""
        return context
