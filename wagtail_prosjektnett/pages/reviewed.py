"""A page that is looked at again from time to time, to see that it still holds."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.review import MOST_MONTHS, Review
from wagtail_prosjektnett.fields import DayField
from wagtail_prosjektnett.pages.parent import PageParent
from wagtail_prosjektnett.pages.review_panel import ReviewPanel
from wagtail_prosjektnett.records.people import ContactPerson

if TYPE_CHECKING:
    from wagtail_prosjektnett.pages.network import NetworkPageMixin


class ReviewedPageMixin(PageParent):
    """Who keeps a page up to date, when somebody last looked at it, and when somebody is to do so again."""

    #: What all languages of the page share.
    review_facts = ("last_reviewed", "next_review", "review_months")

    if TYPE_CHECKING:
        network: NetworkPageMixin | None
        published_day: date | None

        def in_language(self, item: Any) -> Any:
            """Return what the page refers to in its own language."""

    responsible = models.ForeignKey(
        ContactPerson,
        verbose_name=_("responsible"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who keeps the article up to date, and gets a mail when it is to be reviewed."),
    )
    last_reviewed = DayField(
        _("last reviewed"), null=True, blank=True, help_text=_("When somebody last checked that it still holds.")
    )
    next_review = DayField(
        _("next review"),
        null=True,
        blank=True,
        help_text=_("Only for a day of its own. Leave empty to have it reviewed as often as it says here."),
    )
    review_months = models.PositiveSmallIntegerField(
        _("months between reviews"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_MONTHS)],
        help_text=_("Leave empty for what is usual on this site. 0 is never."),
    )

    review_panels = [
        MultiFieldPanel(
            [
                FieldPanel("responsible"),
                FieldRowPanel([FieldPanel("last_reviewed"), FieldPanel("next_review"), FieldPanel("review_months")]),
                ReviewPanel(),
            ],
            heading=_("Kept up to date by"),
        ),
    ]

    class Meta:
        abstract = True

    @property
    def shown_responsible(self) -> Any:
        """Who is responsible, in the language of the page, or None."""
        return self.in_language(self.responsible)

    def review(self, at: datetime) -> Review:
        """Return what decides when the page is to be looked at again, as its network has it at an aware instant."""
        network = self.network
        return Review(
            next_review=self.next_review,
            last_reviewed=self.last_reviewed,
            published=self.published_day,
            months=conf.review_months() if self.review_months is None else self.review_months,
            permitted=network is None or network.lifecycle.state(at).permits.review,
        )
