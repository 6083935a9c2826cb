"""Writes down what calendars are told of occurrences, in the transaction that changes it.

Another time or place, a decision, and another title or name, of a municipality too, are changes; a gathering that is
published again with the same is none. The facts and the title are those of the oldest page in any language that
readers see, so a translation changes nothing while that one is there; what stands in one language still is not
withdrawn.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wagtail_prosjektnett.domain.dates import end_of_day
from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.aliases import source_of_alias
from wagtail_prosjektnett.pages.changes import restricted_paths
from wagtail_prosjektnett.pages.parent import PageParent
from wagtail_prosjektnett.pages.told import time_and_place
from wagtail_prosjektnett.pages.tree import Networks, nearest_network
from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.records.calendar import CalendarRecord, DeletedGathering
from wagtail_prosjektnett.records.organisations import Organisation


class CalendarRecordsMixin(PageParent):
    """Writes down what calendars are told of a gathering whenever it is saved as readers see it."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page, and what calendars are told of it."""
        if kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            super().save(*args, **kwargs)
            write_down(self, timezone.now())


def write_down(page: Any, at: datetime, *, is_leaving: bool = False) -> None:
    """Write down what calendars are told of a gathering from an aware instant on, in the current transaction.

    With ``is_leaving`` the page is about to be deleted, with all its occurrences.
    """
    if page.alias_of_id:
        return
    shown_on = _shown_on(page, is_leaving=is_leaving)
    if shown_on is None or shown_on.pk >= page.pk:  # else what is told there says it all
        _write_down([(page, shown_on)], at)


def remember_deleted(page: Any) -> None:
    """Remember a gathering that is about to be deleted, in the current transaction, if anybody could read of it."""
    if page.first_published_at is None or page.path.startswith(restricted_paths()):
        return
    network = nearest_network(page)
    facts = {
        "gathering_key": source_of_alias(page).translation_key,
        "network_id": network.pk if network is not None else None,
        "language": page.locale.language_code,
    }
    DeletedGathering.objects.update_or_create(page_id=page.pk, defaults=facts)


def write_down_in(municipality: Any, at: datetime, *, is_gone: bool = False) -> None:
    """Write down what calendars are told of the gatherings in a municipality, where it has another name or is deleted.

    The number of queries does not depend on how many they are, but for those that write it down.
    """
    told = CalendarRecord.objects.filter(told__municipality=municipality.pk, withdrawn_at=None)
    names = told.values_list("gathering_key", "told__municipality_name")
    keys = {key for key, name in names if is_gone or name != municipality.name}
    if not keys:
        return
    pages = page_model(PageRole.GATHERING).objects.filter(translation_key__in=keys, live=True, alias_of=None)
    shown = {page.translation_key: page for page in pages.order_by("-pk")}.values()
    Networks().introduce(shown)
    queries.prefetch_occurrences(shown)
    _write_down([(page, page) for page in shown], at)


def write_down_sources(pages: Iterable[Any], at: datetime) -> None:
    """Do what ``write_down`` does for several gatherings, none of which has its facts from another page."""
    _write_down([(page, page if page.live else None) for page in pages], at)


def _shown_on(page: Any, *, is_leaving: bool) -> Any:
    """Return the page on which readers see what calendars are told: the oldest in any language; None without one."""
    pages = type(page)._default_manager.filter(translation_key=page.translation_key, alias_of=None, live=True)
    if is_leaving:
        pages = pages.exclude(pk=page.pk)
    found = pages.order_by("pk").first()
    return page if found is not None and found.pk == page.pk else found


def _write_down(pages: list[tuple[Any, Any]], at: datetime) -> None:
    """Write down what is told of several gatherings: of each a page, and the one on which readers see it, or None."""
    if not pages:
        return
    shown = {page.pk: _told_rows(shown_on) for page, shown_on in pages}
    names = _names(row for rows in shown.values() for row in rows.values())
    keys = [page.translation_key for page, _same in pages]
    records = {record.uid: record for record in _records(keys, [uid for rows in shown.values() for uid in rows])}
    new: list[CalendarRecord] = []
    for page, shown_on in pages:
        for uid, row in shown[page.pk].items():
            record = records.get(uid) or CalendarRecord(uid=uid, gathering_key=page.translation_key)
            if record.gathering_key == page.translation_key:  # else another's: this page does not speak for it
                _tell(record, _told(row, shown_on, names), row, at)
                new += [record] if record.pk is None else []
        _withdraw((record for uid, record in records.items() if uid not in shown[page.pk]), page, at)
    # Somebody may publish the same in another language at this very moment: who is first is right.
    CalendarRecord.objects.bulk_create(new, ignore_conflicts=True)


def _told_rows(page: Any) -> dict[uuid.UUID, Any]:
    """Return the occurrences that calendars are told of, by their keys; none where readers see no page."""
    rows = page.occurrences.all() if page is not None else ()
    return {row.uid: row for row in rows if row.when.exactness.is_exact}


def _records(keys: Iterable[uuid.UUID], uids: Iterable[uuid.UUID]) -> Any:
    """Return the records of gatherings and of some keys, locked, in the order in which everybody locks them."""
    found = CalendarRecord.objects.select_for_update().order_by("uid")
    return found.filter(Q(gathering_key__in=list(keys)) | Q(uid__in=list(uids)))


def _names(rows: Iterable[Any]) -> dict[int | None, str]:
    """Return the names of the municipalities that some occurrences are held in by their ids, with one query at most."""
    keys = {row.municipality_id for row in rows} - {None}
    return dict(Organisation.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _told(row: Any, page: Any, names: dict[int | None, str]) -> dict[str, Any]:
    """Return what calendars are told of an occurrence, as it can be compared and kept."""
    place = names.get(row.municipality_id, "")
    words = {"title": page.title, "name": row.name, "municipality_name": place}
    return {**time_and_place(row), "time_zone": row.facts.tz.key, **words}


def _tell(record: CalendarRecord, told: dict[str, Any], row: Any, at: datetime) -> None:
    """Let a record tell what is so now; a new one is not saved."""
    is_new = record.pk is None
    if not is_new and record.told == told and record.withdrawn_at is None:
        return
    record.sequence = 0 if is_new else record.sequence + 1
    record.told, record.changed_at, record.withdrawn_at = told, at, None
    record.ends_at = end_of_day(row.when.final_day, row.facts.tz)
    if not is_new:
        record.save()


def _withdraw(records: Iterable[CalendarRecord], page: Any, at: datetime) -> None:
    records = [
        record for record in records if record.withdrawn_at is None and record.gathering_key == page.translation_key
    ]
    if not records:
        return
    network, was_public = nearest_network(page), not page.path.startswith(restricted_paths())
    for record in records:
        record.sequence += 1
        record.changed_at = record.withdrawn_at = at
        record.was_public = was_public
        record.network_key = network.translation_key if network is not None else None
        record.path = page.path
        record.save()
