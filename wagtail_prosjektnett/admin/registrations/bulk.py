"""What is done to several registrations at once from the list: who was there is ticked."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wagtail_prosjektnett.admin.handled_bulk import HandledBulkAction
from wagtail_prosjektnett.admin.registrations.listing import SEARCH_FIELDS, RegistrationFilterSet
from wagtail_prosjektnett.admin.registrations.policy import GatheringPermissionPolicy
from wagtail_prosjektnett.models import Registration
from wagtail_prosjektnett.registration import desk


class MarkAttended(HandledBulkAction):
    """Writes down whether those who were chosen were there."""

    models = [Registration]
    policy = GatheringPermissionPolicy(Registration, "pool")
    filterset_class = RegistrationFilterSet
    search_fields = SEARCH_FIELDS
    template_name = "wagtail_prosjektnett/admin/mark_attended.html"
    #: Set by the subclass.
    attended: bool | None = None

    @classmethod
    def execute_action(cls, objects: list[Registration], **kwargs: Any) -> tuple[int, int]:
        """Write it down."""
        return desk.mark_attended(objects, cls.attended, user=kwargs["user"]), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Return how many were marked."""
        words = ngettext(
            "%(count)s registration was changed.", "%(count)s registrations were changed.", num_parent_objects
        )
        return words % {"count": num_parent_objects}


class WasThere(MarkAttended):
    """Ticks that they were there."""

    display_name = _("Was there")
    action_type = "was_there"
    aria_label = _("Mark those chosen as having been there")
    action_priority = 10
    attended = True


class WasNotThere(MarkAttended):
    """Ticks that they were not there."""

    display_name = _("Was not there")
    action_type = "was_not_there"
    aria_label = _("Mark those chosen as not having been there")
    action_priority = 20
    attended = False


class NotKnown(MarkAttended):
    """Takes back what was ticked."""

    display_name = _("Not known")
    action_type = "attendance_not_known"
    aria_label = _("Forget whether those chosen were there")
    action_priority = 30
    attended = None


BULK_ACTIONS = (WasThere, WasNotThere, NotKnown)
