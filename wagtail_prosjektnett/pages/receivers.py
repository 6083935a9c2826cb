"""What follows when Wagtail publishes or moves a page."""

from typing import Any

from django.utils import timezone
from wagtail.signals import page_published, post_page_move, pre_page_move

from wagtail_prosjektnett.actions.publish_sections import PublishSections
from wagtail_prosjektnett.pages.placement import gatherings_below, lifecycle_of, refuse_move
from wagtail_prosjektnett.pages.tree import nearest_network
from wagtail_prosjektnett.pages.types import SECTION_ROLES, PageRole, has_role
from wagtail_prosjektnett.signals import facts_taken_over


def connect() -> None:
    """Connect the receivers, once, when Django is ready."""
    pre_page_move.connect(_refuse_forbidden_move, dispatch_uid="prosjektnett.refuse_forbidden_move")
    post_page_move.connect(_follow_new_time_zone, dispatch_uid="prosjektnett.follow_moved_time_zone")
    page_published.connect(_follow_published_network, dispatch_uid="prosjektnett.follow_published_network")
    facts_taken_over.connect(_follow_facts_of_network, dispatch_uid="prosjektnett.follow_facts_of_network")


def renew_instants(page: Any) -> None:
    """Compute the stored instants of all occurrences at or below a page again, and save those that changed."""
    tz = lifecycle_of(nearest_network(page)).tz
    changed = [
        row for gathering in gatherings_below(page) for row in gathering.occurrences.all() if row.renew_instants(tz)
    ]
    if changed:
        type(changed[0]).objects.bulk_update(changed, ["starts_at", "ends_at"], batch_size=500)


def _refuse_forbidden_move(instance: Any, parent_page_after: Any, **kwargs: Any) -> None:
    refuse_move(instance, parent_page_after, timezone.now())


def _follow_new_time_zone(instance: Any, **kwargs: Any) -> None:
    renew_instants(instance)


def _follow_facts_of_network(instance: Any, **kwargs: Any) -> None:
    if has_role(instance, PageRole.NETWORK):
        renew_instants(instance)


def _follow_published_network(instance: Any, revision: Any = None, **kwargs: Any) -> None:
    if not has_role(instance, PageRole.NETWORK):
        return
    renew_instants(instance)
    sections = [
        page for page in instance.get_children().not_live().specific() if getattr(page, "role", None) in SECTION_ROLES
    ]
    PublishSections(sections, revision.user if revision else None).execute()
