"""Publish the sections that were created together with a network, when the network is published."""

from collections.abc import Iterable
from typing import Any


class PublishSections:
    """Publish those sections that nobody has touched since they were created.

    A section that was edited, or unpublished on purpose, is left as it is. ``user`` is whoever published
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
        never_published = section.first_published_at is None and not section.go_live_at
        return never_published and section.alias_of_id is None and section.revisions.count() == 1
