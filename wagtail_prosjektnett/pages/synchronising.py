"""What a frontend that keeps a copy must know: what has changed since it last asked, and what is gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, Max, OuterRef, Q, QuerySet
from typing_extensions import TypedDict

from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.records.content_changes import ChangeKind, ContentChange
from wagtail_prosjektnett.visibility import visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest

#: A change is written down before its transaction ends, and comes into sight when it does. Who asks for what is new
#: goes back so far that changes are told twice rather than never.
MARGIN = timedelta(minutes=2)


class RemovedData(TypedDict):
    """A page that a copy should no longer have, and when the last thing happened to it."""

    id: int
    removed: datetime


class ChangesForgotten(Exception):
    """Raised when somebody asks for changes from a time that nothing is known of any longer."""


def require_memory(since: datetime) -> None:
    """Raise ``ChangesForgotten`` if changes since an aware instant have been deleted already. It costs a query."""
    if ContentChange.objects.filter(kind=ChangeKind.PRUNED, happened_at__gt=since).exists():
        raise ChangesForgotten


def changed_since(pages: QuerySet[Any], since: datetime) -> QuerySet[Any]:
    """Return those pages that tell something new since an aware instant.

    That is a change of the page, of something that it tells of, or of a network above it: every page tells of its
    network's dates and banner. What time alone changes is not counted.
    """
    changed = ContentChange.objects.filter(happened_at__gte=since, page_id__isnull=False).values("page_id")
    condition = Q(pk__in=changed)
    networks = page_model(PageRole.NETWORK)
    if networks is not None:
        own_path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
        above = networks.objects.filter(pk__in=changed).alias(own_path=own_path)
        condition |= Q(Exists(above.filter(own_path__startswith=F("path"))))
    return pages.filter(condition)


def removed_since(
    request: HttpRequest, role: PageRole, shown: QuerySet[Any] | None, network: int | None, since: datetime
) -> list[RemovedData]:
    """Return the pages that something has happened to since an aware instant, and that are not shown now.

    They could be read by anybody on this site, in the network where one is named: unpublished, deleted, moved out
    or hidden since, or no longer what was asked for. ``shown`` are the pages of the list, in whatever order.
    """
    visibility: Any = visibility_for(request)
    changes = ContentChange.objects.filter(visibility.of_site, role=role.value, public=True, happened_at__gte=since)
    if network is not None:
        changes = changes.filter(network_id__in=_networks_below(network))
    if shown is not None:
        changes = changes.exclude(page_id__in=shown.order_by().values("pk"))
    gone = changes.order_by().values_list("page_id").annotate(last=Max("happened_at")).order_by("last", "page_id")
    return [{"id": page_id, "removed": last} for page_id, last in gone if page_id is not None]


def _networks_below(network: int) -> Any:
    """Return the ids of a network and of those nested in it; the network itself may be gone."""
    model = page_model(PageRole.NETWORK)
    top = model.objects.filter(pk=network).values_list("path", flat=True).first()
    if top is None:
        return [network]
    return [network, *model.objects.filter(path__startswith=top).values_list("pk", flat=True)]
