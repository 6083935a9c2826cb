"""Publish the sections that were created together with a network, when the network is published."""

from collections.abc import Iterable
from typing import Any

from wagtail.log_actions import registry as log_registry

from wagtail_prosjektnett.actions.create_sections import CREATED_WITH_NETWORK


class PublishSections:
    """Publish those sections that were created with the network and that nobody has touched since.

    A section that was made by hand, edited, or unpublished on purpose, is left as it is. ``user`` is whoever published
    the network, whose permission to publish covers what is below it; None for a scheduled publication.
    """

    def __init__(self, sections: Iterable[Any], user: Any) -> None:
        self.sections = list(sections)
        self.user = user

    def execute(self) -> list[Any]:
        """Publish the untouched sections and return them."""
        published = [section for section in self.sections if self._is_untouched(section)]
        for section in published:
            section.get_latest_revision().publish(user=self.user, skip_permission_checks=True)
        return published

    @staticmethod
    def _is_untouched(section: Any) -> bool:
        if section.first_published_at or section.go_live_at or section.workflow_in_progress:
            return False
        made_with_network = log_registry.get_logs_for_instance(section).filter(action=CREATED_WITH_NETWORK)
        return made_with_network.exists() and section.revisions.count() == 1
