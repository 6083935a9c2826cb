"""Create the sections of a network below it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

#: The action in Wagtail's log by which a section is known to have been made with its network.
CREATED_WITH_NETWORK = "prosjektnett.create_with_network"


class SectionsRefused(PermissionDenied):
    """Raised when a user may not create pages below a network."""


class CreateSections:
    """Create sections below a network, in one transaction.

    ``sections`` are unsaved pages. They are published with a network that is published, if the user
    may publish there, and are drafts otherwise.
    """

    def __init__(self, network: Any, sections: Iterable[Any], user: Any) -> None:
        self.network = network
        self.sections = list(sections)
        self.user = user

    def check(self) -> None:
        """Raise ``SectionsRefused`` if the user may not create pages below the network."""
        if not self.network.permissions_for_user(self.user).can_add_subpage():
            raise SectionsRefused(_("You do not have permission to create pages below this network."))

    @transaction.atomic
    def execute(self) -> list[Any]:
        """Create the sections and return them. Each is in Wagtail's log, under the user's name."""
        self.check()
        publish = self.network.live and self.network.permissions_for_user(self.user).can_publish_subpage()
        for section in self.sections:
            section.owner, section.live = self.user, False
            self.network.add_child(instance=section)
            revision = section.save_revision(user=self.user)
            log(section, CREATED_WITH_NETWORK, user=self.user, revision=revision)
            if publish:
                revision.publish(user=self.user)
        return self.sections
