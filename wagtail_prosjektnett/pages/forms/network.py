"""The edit form of a network."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett.domain.lifecycle import Guidance, GuidanceKind, Lifecycle
from wagtail_prosjektnett.pages.forms.base import RuleCheckingPageForm
from wagtail_prosjektnett.pages.missing_sections import missing_sections
from wagtail_prosjektnett.pages.placement import left_behind

LIFECYCLE_FIELDS = ("active_from", "wind_down_from", "closed_from", "taken_down_from")


class NetworkPageForm(RuleCheckingPageForm):
    """Checks the dates of a network's life, and offers to create its sections."""

    create_sections = forms.BooleanField(
        required=False,
        label=_("Create the sections Gatherings, News and Experience base"),
        help_text=_("They are made below the network, and published together with it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "create_sections" in self.fields:
            self._offer_sections()

    def _offer_sections(self) -> None:
        is_new = self.instance.pk is None
        if missing_sections(self.instance) and (is_new or self._may_add_pages()):
            self.fields["create_sections"].initial = self.instance.first_published_at is None
        else:
            del self.fields["create_sections"]

    def _may_add_pages(self) -> bool:
        return self.for_user is None or self.instance.permissions_for_user(self.for_user).can_add_subpage()

    def clean(self) -> dict[str, Any]:
        """Check the order of the dates, the guidance, and that no gathering is left behind."""
        cleaned = super().clean()
        time_zone = self.value("time_zone")
        if time_zone:
            self._check_lifecycle(ZoneInfo(time_zone))
        return cleaned

    def _check_lifecycle(self, tz: ZoneInfo) -> None:
        lifecycle = Lifecycle(tz, *(self.value(name) for name in LIFECYCLE_FIELDS))
        broken = list(lifecycle.broken())
        self.add_broken_rules(broken)
        kind = GuidanceKind(self.value("guidance_kind") or GuidanceKind.NONE)
        self.add_broken_rules(Guidance(tz, kind, self.value("guidance_until")).broken())
        if not broken and self.instance.pk:
            self.add_broken_rules(left_behind(self.instance, lifecycle, timezone.now()))
