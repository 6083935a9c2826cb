"""The sections of a network, each an index of one kind of page; that of articles is in ``experience_index``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise, classproperty
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel

from wagtail_prosjektnett.pages import announcement_facets, gathering_facets
from wagtail_prosjektnett.pages.announcement_finder import find_announcements
from wagtail_prosjektnett.pages.base import ContentPageMixin
from wagtail_prosjektnett.pages.finder import Finder
from wagtail_prosjektnett.pages.forms import PlacedCopyForm
from wagtail_prosjektnett.pages.gathering_finder import find_gatherings
from wagtail_prosjektnett.pages.placement import may_move
from wagtail_prosjektnett.pages.questions import read_question
from wagtail_prosjektnett.pages.types import PageRole, labels


class SectionPageMixin(ContentPageMixin):
    """An index that stands directly below a network and holds one kind of page."""

    #: The role of the pages that it holds.
    item_role: PageRole
    #: The title that it is given when it is created with its network.
    section_title: Promise
    max_count_per_parent = 1

    content_panels = [FieldPanel("lead"), FieldPanel("image"), FieldPanel("body")]

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page.

        Search engines are asked to leave out what is searched for or narrowed down: it is all in other pages. An
        address that asks for what does not exist is answered with the status that says so.
        """
        answer = super().serve(request, *args, **kwargs)
        finder: Finder | None = (getattr(answer, "context_data", None) or {}).get("finder")
        if finder is not None:
            answer.status_code = finder.status
            if finder.question.is_narrowed or finder.problems:
                answer["X-Robots-Tag"] = "noindex"
        return answer

    @classproperty
    def parent_page_types(cls) -> list[str]:  # noqa: N805
        """It stands below a network."""
        return labels(PageRole.NETWORK)

    @classproperty
    def subpage_types(cls) -> list[str]:  # noqa: N805
        """It holds one kind of page."""
        return labels(cls.item_role)


class GatheringIndexPageMixin(SectionPageMixin):
    """The gatherings of a network."""

    role = PageRole.GATHERING_INDEX
    item_role = PageRole.GATHERING
    reference_template = "gathering_index_page.html"
    page_description = _("The gatherings of a network: those to come and those that were held.")
    section_title = pgettext_lazy("section", "Gatherings")
    copy_form_class = PlacedCopyForm

    class Meta:
        abstract = True

    def can_move_to(self, parent: Any) -> bool:
        """Whether it may be moved below a parent, by the page type rules and by the lifecycle there."""
        return super().can_move_to(parent) and may_move(self, parent)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context with the gatherings to come and a page of those that are over."""
        context = super().get_context(request, *args, **kwargs)
        finder = find_gatherings(request, self, read_question(request.GET, gathering_facets.FACETS), context["at"])
        context.update(finder=finder, upcoming=finder.upcoming, held=finder.part)
        return context


class AnnouncementIndexPageMixin(SectionPageMixin):
    """The announcements of a network."""

    role = PageRole.ANNOUNCEMENT_INDEX
    item_role = PageRole.ANNOUNCEMENT
    reference_template = "announcement_index_page.html"
    page_description = _("The news of a network, newest first.")
    section_title = pgettext_lazy("section", "News")

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context with a page of announcements."""
        context = super().get_context(request, *args, **kwargs)
        finder = find_announcements(request, self, read_question(request.GET, announcement_facets.FACETS))
        context.update(finder=finder, announcements=finder.part)
        return context


class SectionItemMixin(ContentPageMixin):
    """A page that stands directly below one of the sections, with nothing below itself."""

    #: The role of the section that it stands below.
    section_role: PageRole
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    @classproperty
    def parent_page_types(cls) -> list[str]:  # noqa: N805
        """It stands below its section."""
        return labels(cls.section_role)
