"""Where gatherings may be: what is copied or moved must be allowed by the lifecycle of its new network.

Wagtail asks ``can_move_to`` of one page and ``can_create_at`` of one class. Neither sees the gatherings
inside a container that is moved or copied, so the whole branch is looked through here.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.dates import start_of_day
from wagtail_prosjektnett.domain.errors import Broken, Rule
from wagtail_prosjektnett.domain.lifecycle import Lifecycle
from wagtail_prosjektnett.pages.tree import Networks, nearest_network
from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.wording.rules import rule_message


class PlacementRefused(PermissionDenied):
    """Raised when a branch holds a gathering that may not be where it would come to be.

    The message names the gathering and the reason.
    """


def lifecycle_of(network: Any) -> Lifecycle:
    """Return a network's lifecycle; outside any network, one that is active for ever."""
    return network.lifecycle if network else Lifecycle(ZoneInfo(conf.default_time_zone()))


def publication(first_published: datetime, published_on: date | None, tz: ZoneInfo) -> datetime:
    """Return when a gathering counts as published: here, or before that on the date that its editor gave.

    A gathering that was moved here from elsewhere was known to its readers since that date.
    """
    return min(first_published, start_of_day(published_on, tz)) if published_on else first_published


def refuse_move(page: Any, parent: Any, at: datetime) -> None:
    """Raise ``PlacementRefused`` if a branch may not be moved below a parent at an aware instant."""
    target = nearest_network(parent.specific)
    tz = lifecycle_of(target).tz
    for gathering, own in _strangers(page, recursive=True):
        if own != target:
            first_published = gathering.first_published_at or at
            _refuse_gathering(gathering, target, publication(first_published, gathering.published_on, tz))


def may_move(page: Any, parent: Any) -> bool:
    """Whether the lifecycle lets a branch be moved below a parent now."""
    try:
        refuse_move(page, parent, timezone.now())
    except PlacementRefused:
        return False
    return True


def refuse_copy(page: Any, parent: Any, at: datetime, *, recursive: bool) -> None:
    """Raise ``PlacementRefused`` if a page, or its branch, may not be copied below a parent.

    A copy counts as published at ``at``, the aware instant when it is made.
    """
    target = nearest_network(parent.specific)
    for gathering, _own in _strangers(page, recursive=recursive):
        _refuse_gathering(gathering, target, at)


def newly_forbidden(network: Any, lifecycle: Lifecycle, at: datetime) -> list[Any]:
    """Return the published gatherings still ahead that another lifecycle of their network would forbid."""
    before = network.__class__.objects.get(pk=network.pk).lifecycle

    def becomes_forbidden(row: Any, published: datetime) -> bool:
        was, would_be = row.facts_in(before), row.facts_in(lifecycle)
        is_ahead = would_be.event_status(at).is_ahead
        return is_ahead and was.may_start(published) and not would_be.may_start(published)

    def published(gathering: Any) -> datetime:
        return publication(gathering.first_published_at, gathering.published_on, lifecycle.tz)

    return [
        gathering
        for gathering in gatherings_below(network)
        if gathering.live and any(becomes_forbidden(row, published(gathering)) for row in gathering.occurrences.all())
    ]


def left_behind(network: Any, lifecycle: Lifecycle, at: datetime, besides: Collection[uuid.UUID] = ()) -> list[Broken]:
    """Return a broken rule where another lifecycle of a network would forbid gatherings still ahead.

    ``besides`` holds the translation keys of gatherings that are changed at the same time.
    """
    gatherings = [page for page in newly_forbidden(network, lifecycle, at) if page.translation_key not in besides]
    if not gatherings:
        return []
    field = "closed_from" if lifecycle.closed_from else "wind_down_from"
    titles = ", ".join(gathering.title for gathering in gatherings)
    return [Broken(Rule.CLOSED_BEFORE_GATHERING, field, {"gatherings": titles})]


def gatherings_below(page: Any, *, recursive: bool = True) -> Iterator[Any]:
    """Yield a page, if it is a gathering, and the gatherings below it, with their occurrences."""
    model = page_model(PageRole.GATHERING)
    if model is None:
        return
    branch = {"path__startswith": page.path} if recursive else {"pk": page.pk}
    yield from model.objects.filter(**branch).prefetch_related("occurrences")


def _strangers(page: Any, *, recursive: bool) -> Iterator[tuple[Any, Any]]:
    """Yield the gatherings of a branch whose network is not part of it, with the network they are in."""
    networks = Networks()
    gatherings = list(gatherings_below(page, recursive=recursive))
    networks.preload(gatherings)
    for gathering in gatherings:
        own = networks.nearest(gathering)
        if own is None or not own.path.startswith(page.path):
            yield gathering, own


def _refuse_gathering(gathering: Any, network: Any, published: datetime) -> None:
    """Refuse a gathering for what readers see of it, or for what its draft would show them."""
    lifecycle = lifecycle_of(network)
    draft = gathering.get_latest_revision_as_object() if gathering.has_unpublished_changes else None
    for row in [*gathering.occurrences.all(), *(draft.occurrences.all() if draft else ())]:
        facts = row.facts_in(lifecycle)
        if not facts.may_start(published):
            values = {
                "gathering": gathering.title,
                "start": facts.span.start.astimezone(facts.tz).date(),
                "network": network.title,
            }
            raise PlacementRefused(rule_message(Broken(Rule.PLACEMENT_FORBIDDEN, "", values)))
