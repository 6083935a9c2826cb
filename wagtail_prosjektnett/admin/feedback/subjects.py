"""What the feedback that a user handles is about, in words, at the same price for little and for much of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from wagtail_prosjektnett.admin.feedback.policy import FeedbackPermissionPolicy
from wagtail_prosjektnett.domain.feedback import FeedbackAbout
from wagtail_prosjektnett.models import Feedback, Organisation
from wagtail_prosjektnett.pages.feedback_sources import pages_of
from wagtail_prosjektnett.pages.tree import Networks

_ATTRIBUTE = "_prosjektnett_feedback_subjects"


@dataclass(frozen=True)
class Subject:
    """An article or an experience base, while there is one: ``page`` is None for one that was deleted."""

    about: FeedbackAbout
    key: uuid.UUID
    page: Any
    network: Any

    def __str__(self) -> str:
        if self.page is not None:
            return self.page.title
        return _("An article that was deleted") if self.about is FeedbackAbout.ARTICLE else _("An experience base")

    @property
    def edit_url(self) -> str:
        """The address at which the page is edited; empty for one that was deleted."""
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk]) if self.page is not None else ""


class Subjects:
    """All that the feedback which a user handles is about, by title."""

    def __init__(self, user: Any) -> None:
        policy = FeedbackPermissionPolicy(Feedback)
        self._handled = policy.instances_user_has_permission_for(user, "view").order_by()

    def of(self, feedback: Feedback) -> Subject:
        """Return what some feedback is about, which may have come since the others were looked up."""
        about = FeedbackAbout(feedback.about)
        return self._by_key.get((about, feedback.page_key)) or Subject(about, feedback.page_key, None, None)

    @cached_property
    def pages(self) -> list[tuple[str, str]]:
        """The articles and experience bases, as choices."""
        return _by_title({str(subject.key): str(subject) for subject in self._by_key.values()})

    @cached_property
    def networks(self) -> list[tuple[str, str]]:
        """The networks that they are in, as choices."""
        found = {subject.network for subject in self._by_key.values()} - {None}
        return _by_title({str(network.translation_key): network.title for network in found})

    @cached_property
    def municipalities(self) -> list[tuple[str, str]]:
        """The municipalities that readers have named, as choices."""
        named = self._handled.exclude(municipality=None).values("municipality")
        return [(str(each.pk), each.name) for each in Organisation.objects.filter(pk__in=named).order_by("name")]

    def in_network(self, key: str) -> list[uuid.UUID]:
        """Return the keys of the pages in one network."""
        found = self._by_key.values()
        return [each.key for each in found if each.network and str(each.network.translation_key) == key]

    @cached_property
    def _by_key(self) -> dict[tuple[FeedbackAbout, uuid.UUID], Subject]:
        rows = self._handled.values_list("about", "page_key").distinct()
        subjects = [(FeedbackAbout(about), key) for about, key in rows]
        pages, networks = pages_of(subjects), Networks()
        networks.preload(pages.values())
        return {
            (about, key): Subject(about, key, page := pages.get((about, key)), page and networks.nearest(page))
            for about, key in subjects
        }


def subjects_of(request: HttpRequest) -> Subjects:
    """Return what the feedback is about that who makes a request handles, looked up once."""
    if not hasattr(request, _ATTRIBUTE):
        setattr(request, _ATTRIBUTE, Subjects(request.user))
    return getattr(request, _ATTRIBUTE)


def _by_title(titles: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(titles.items(), key=lambda choice: choice[1].casefold())
