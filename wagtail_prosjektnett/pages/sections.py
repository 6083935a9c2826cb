"""The three sections of a network, each an index of one kind of page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise, classproperty
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel

from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.base import ContentPageMixin
from wagtail_prosjektnett.pages.forms import PlacedCopyForm
from wagtail_prosjektnett.pages.placement import may_move
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
        upcoming = queries.in_network(queries.upcoming_gatherings(self, request, context["at"]), self.network)
        held = queries.paginated(queries.held_gatherings(self, request, context["at"]), request)
        held.object_list = queries.in_network(held.object_list, self.network)
        queries.prefetch_names([*upcoming, *held], ())
        context.update(upcoming=upcoming, held=held)
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
        context["announcements"] = queries.paginated(queries.announcements(self, request), request)
        return context


class ExperienceIndexPageMixin(SectionPageMixin):
    """The experience base of a network."""

    role = PageRole.EXPERIENCE_INDEX
    item_role = PageRole.EXPERIENCE
    reference_template = "experience_index_page.html"
    page_description = _("The experience base: what was learned, for others to use.")
    section_title = pgettext_lazy("section", "Experience base")

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context with a page of articles."""
        context = super().get_context(request, *args, **kwargs)
        articles = queries.paginated(queries.articles(self, request), request)
        articles.object_list = queries.share_translations(articles.object_list)
        context["articles"] = articles
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
