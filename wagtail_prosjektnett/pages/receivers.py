"""What follows when Wagtail publishes or moves a page."""

from typing import Any

import swapper
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone
from wagtail.signals import page_published, post_page_move, pre_page_move

from wagtail_prosjektnett.actions.publish_sections import PublishSections
from wagtail_prosjektnett.pages.calendar_records import remember_deleted, write_down, write_down_in
from wagtail_prosjektnett.pages.deletion import refuse_deletion
from wagtail_prosjektnett.pages.placement import gatherings_below, lifecycle_of, refuse_move
from wagtail_prosjektnett.pages.seats import wait_for_signups
from wagtail_prosjektnett.pages.tree import nearest_network
from wagtail_prosjektnett.pages.types import SECTION_ROLES, PageRole, has_role, page_model, page_models, role_of
from wagtail_prosjektnett.records.organisations import Organisation
from wagtail_prosjektnett.records.seats import SeatPool
from wagtail_prosjektnett.signals import facts_taken_over


def connect() -> None:
    """Connect the receivers, once, when Django is ready."""
    pre_page_move.connect(_refuse_forbidden_move, dispatch_uid="prosjektnett.refuse_forbidden_move")
    post_page_move.connect(_follow_new_time_zone, dispatch_uid="prosjektnett.follow_moved_time_zone")
    for model in page_models(PageRole.GATHERING):
        uid = f"prosjektnett.refuse_deletion.{model._meta.label}"
        pre_delete.connect(_refuse_deletion, sender=model, dispatch_uid=uid)
        uid = f"prosjektnett.withdraw_from_calendars.{model._meta.label}"
        pre_delete.connect(_withdraw_from_calendars, sender=model, dispatch_uid=uid)
    page = swapper.load_model("wagtailcore", "Page")
    post_save.connect(_follow_page_of_any_type, sender=page, dispatch_uid="prosjektnett.follow_page_of_any_type")
    post_save.connect(_follow_municipality, sender=Organisation, dispatch_uid="prosjektnett.follow_municipality")
    uid = "prosjektnett.follow_deleted_municipality"
    post_delete.connect(_follow_deleted_municipality, sender=Organisation, dispatch_uid=uid)
    page_published.connect(_follow_published_network, dispatch_uid="prosjektnett.follow_published_network")
    facts_taken_over.connect(_follow_facts_of_network, dispatch_uid="prosjektnett.follow_facts_of_network")
    facts_taken_over.connect(_follow_facts_of_gathering, dispatch_uid="prosjektnett.follow_facts_of_gathering")


def renew_instants(page: Any) -> None:
    """Compute the stored instants of all occurrences at or below a page again, and save those that changed.

    Calendars are told of it in the same transaction.
    """
    tz = lifecycle_of(nearest_network(page)).tz
    changed = [
        row for gathering in gatherings_below(page) for row in gathering.occurrences.all() if row.renew_instants(tz)
    ]
    if not changed:
        return
    with transaction.atomic():
        type(changed[0]).objects.bulk_update(changed, ["starts_at", "ends_at"], batch_size=500)
        for gathering in {row.page_id: row.page for row in changed}.values():
            write_down(gathering, timezone.now())


def _refuse_forbidden_move(instance: Any, parent_page_after: Any, **kwargs: Any) -> None:
    refuse_move(instance, parent_page_after, timezone.now())


def _refuse_deletion(instance: Any, **kwargs: Any) -> None:
    # Django sends this in the transaction that deletes: who signs up meanwhile waits, and then finds no page.
    wait_for_signups(SeatPool.objects.filter(gathering_key=instance.translation_key).values_list("uid", flat=True))
    refuse_deletion(instance)


def _withdraw_from_calendars(instance: Any, **kwargs: Any) -> None:
    remember_deleted(instance)
    write_down(instance, timezone.now(), is_leaving=True)


def _follow_page_of_any_type(instance: Any, raw: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """Wagtail saves gatherings as pages of any type where it unpublishes several, or what has expired."""
    if raw or update_fields is not None or role_of(instance) != PageRole.GATHERING:
        return
    for gathering in page_model(PageRole.GATHERING).objects.filter(pk=instance.pk):
        write_down(gathering, timezone.now())


def _follow_municipality(instance: Any, raw: bool, created: bool, **kwargs: Any) -> None:
    if raw or created or page_model(PageRole.GATHERING) is None:
        return
    with transaction.atomic():
        write_down_in(instance, timezone.now())


def _follow_deleted_municipality(instance: Any, **kwargs: Any) -> None:
    if page_model(PageRole.GATHERING) is not None:
        write_down_in(instance, timezone.now(), is_gone=True)


def _follow_new_time_zone(instance: Any, **kwargs: Any) -> None:
    renew_instants(instance)


def _follow_facts_of_network(instance: Any, **kwargs: Any) -> None:
    if has_role(instance, PageRole.NETWORK):
        renew_instants(instance)


def _follow_facts_of_gathering(instance: Any, **kwargs: Any) -> None:
    if has_role(instance, PageRole.GATHERING):
        write_down(instance, timezone.now())


def _follow_published_network(instance: Any, revision: Any = None, **kwargs: Any) -> None:
    if not has_role(instance, PageRole.NETWORK):
        return
    renew_instants(instance)
    sections = [
        page for page in instance.get_children().not_live().specific() if getattr(page, "role", None) in SECTION_ROLES
    ]
    PublishSections(sections, revision.user if revision else None).execute()
