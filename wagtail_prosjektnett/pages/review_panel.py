"""When an article is to be reviewed, told on the page on which it is edited."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.panels import Panel

from wagtail_prosjektnett.pages.day_filters import day_of_site
from wagtail_prosjektnett.wording.labels import label


class ReviewPanel(Panel):
    """The day on which an article is to be reviewed, as it is known when the page is opened."""

    class BoundPanel(Panel.BoundPanel):
        """The panel on one page."""

        template_name = "wagtail_prosjektnett/admin/review_panel.html"

        def is_shown(self) -> bool:
            """Whether the article has been published: before that, nobody is to review it."""
            return super().is_shown() and self.instance.pk is not None and self.instance.first_published_at is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the day, and how urgent that is."""
            context = super().get_context_data(parent_context)
            at = timezone.now()
            review = self.instance.review(at)
            context["due"], context["state"] = review.due, label(review.state(day_of_site(at)))
            return context
