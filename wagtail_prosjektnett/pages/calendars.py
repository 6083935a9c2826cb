"""What stands in the calendar of a network, a gathering or an occurrence, for a reader who is anybody."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from wagtail_prosjektnett.pages import listings, queries
from wagtail_prosjektnett.pages.aliases import key_of_source, keys_of_sources, source_of_alias
from wagtail_prosjektnett.pages.listings import Where
from wagtail_prosjektnett.pages.occurrences import occurrences_of
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.pages.types import LARGEST_ID, PageRole, page_model
from wagtail_prosjektnett.records.calendar import CalendarRecord, DeletedGathering
from wagtail_prosjektnett.visibility import visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class Listed:
    """One occurrence in a calendar: as it stands on a page that the reader sees, or as one that was withdrawn.

    Of one that was withdrawn, ``page`` is the page of its gathering if the reader sees that. ``row`` is None unless it
    still stands there, with a date that is not exact any more.
    """

    row: Any
    page: Any
    record: CalendarRecord | None


def of_network(network: Any, request: HttpRequest, at: datetime) -> list[Listed]:
    """Return what stands in the calendar of a network that the reader sees, in no order.

    That is every occurrence with an exact date below it, and what was withdrawn from there and was to be held on this
    day or later. It costs the same number of queries however many there are.
    """
    pages: Any = listings.pages_of(PageRole.GATHERING, request, Where(network))
    return [] if pages is None else _listed(list(pages.defer_streamfields()), _was_below(network, request), request, at)


def of_gathering(page: Any, request: HttpRequest, at: datetime) -> list[Listed]:
    """Return what stands in the calendar of a gathering that the reader sees, in no order."""
    return _listed([page], Q(gathering_key=source_of_alias(page).translation_key), request, at)


def of_occurrence(row: Any, request: HttpRequest, at: datetime) -> list[Listed]:
    """Return the entry of an occurrence on a page that the reader sees; none where its date was never exact."""
    return [each for each in of_gathering(row.page, request, at) if each.row is not None and each.row.uid == row.uid]


def find_occurrence(uid: uuid.UUID, language: str, request: HttpRequest) -> Any:
    """Return an occurrence on a page that the reader sees, in a language where there is one; None where there is none.

    Without such a page in the language, it is on the page that the facts come from, or on its oldest translation.
    """
    pages = listings.pages_of(PageRole.GATHERING, request)
    return None if pages is None else occurrences_of([uid], language, pages).get(uid)


def of_withdrawn_gathering(pk: int, request: HttpRequest, at: datetime) -> tuple[Any, list[Listed]] | None:
    """Return the entries of a gathering that is unpublished or deleted, and the page that tells them, or None."""
    model = page_model(PageRole.GATHERING)
    if model is None or pk > LARGEST_ID:
        return None
    page = model.objects.filter(pk=pk, live=False).first()
    if page is not None:
        rows = page.occurrences.order_by().values("uid")
        which = Q(gathering_key=source_of_alias(page).translation_key) | Q(uid__in=rows)
        return _withdrawn(which, page.locale.language_code, request, at)
    deleted = DeletedGathering.objects.filter(page_id=pk).first()
    if deleted is None:
        return None
    return _withdrawn(Q(gathering_key=deleted.gathering_key), deleted.language, request, at)


def of_withdrawn_occurrence(
    uid: uuid.UUID, language: str, request: HttpRequest, at: datetime
) -> tuple[Any, list[Listed]] | None:
    """Return the entry of an occurrence that stands nowhere any more, and the page that tells it, or None.

    That is the page of its gathering or, where the reader sees none, of its network; in a language if there is one.
    """
    return _withdrawn(Q(uid=uid), language, request, at)


def _withdrawn(which: Q, language: str, request: HttpRequest, at: datetime) -> tuple[Any, list[Listed]] | None:
    hidden = visibility_for(request).hidden_paths
    told = [each for each in _records((), which, at) if not each.is_live and not each.path.startswith(hidden)]
    if not told:
        return None
    gathering = _in_language(PageRole.GATHERING, told[0].gathering_key, language, told[0].path, request)
    page = gathering or _in_language(PageRole.NETWORK, told[0].network_key, language, told[0].path, request)
    return None if page is None else (page, [Listed(None, gathering, record) for record in told])


def _in_language(role: PageRole, key: uuid.UUID, language: str, path: str, request: HttpRequest) -> Any:
    """Return the page with a key that the reader sees: in a language if there is one, else where a path leads."""
    pages = listings.pages_of(role, request)
    found = [] if pages is None else pages.filter(translation_key=key).order_by("pk")
    order = sorted(found, key=lambda page: (page.locale.language_code != language, not path.startswith(page.path)))
    return next(iter(order), None)


def _was_below(network: Any, request: HttpRequest) -> Q:
    """Return the condition that what is withdrawn was in a network, in its language: nobody is told of what never was.

    It was last there, or a page of its gathering still is, as one that was published before, or was until it was
    deleted. An alias shows what was in another network; once its source is deleted, Wagtail has it unpublished, as a
    page of its own.
    """
    models = page_model(PageRole.NETWORK), page_model(PageRole.GATHERING)
    networks, gatherings = (model.objects.filter(path__startswith=network.path).order_by() for model in models)
    published = gatherings.filter(first_published_at__isnull=False)
    in_language = Q(path__startswith=network.path) | Q(gathering_key__in=published.values("translation_key"))
    own = Q(network_key__in=networks.values("translation_key")) & in_language
    deleted = DeletedGathering.objects.filter(network_id__in=networks.values("pk")).values("gathering_key")
    return own | Q(gathering_key__in=deleted) | _was_shown_on(published, request)


def _was_shown_on(pages: QuerySet[Any], request: HttpRequest) -> Q:
    """Return the condition that what is withdrawn was shown on some gatherings whose facts are from elsewhere."""
    for path in visibility_for(request).hidden_paths:
        pages = pages.exclude(path__startswith=path)
    rows = pages.model.occurrences.rel.related_model.objects.order_by().filter(page__in=pages.values("pk"))
    keys = pages.filter(alias_of__isnull=False).values(shown=key_of_source())
    return Q(uid__in=rows.values("uid")) | Q(gathering_key__in=keys)


def _listed(pages: list[Any], was_there: Q, request: HttpRequest, at: datetime) -> list[Listed]:
    networks_of(request).introduce(pages)
    queries.prefetch_occurrences(pages)
    shown = _shown(pages)
    records = {record.uid: record for record in _records(shown, was_there, at)}
    exact = {uid: row for uid, row in shown.items() if row.when.exactness.is_exact}
    found = [Listed(row, row.page, records.get(uid)) for uid, row in exact.items()]
    hidden = visibility_for(request).hidden_paths
    by_key = _by_key(pages)
    for uid, record in records.items():
        is_elsewhere = record.is_live and uid not in shown
        if uid in exact or is_elsewhere or not record.is_told or record.path.startswith(hidden):
            continue
        found.append(Listed(shown.get(uid), by_key.get(record.gathering_key), record))
    return found


def _by_key(pages: list[Any]) -> dict[uuid.UUID, Any]:
    """Return some gatherings by the keys of what they show: an alias only where its page is not there."""
    keys = keys_of_sources(pages)
    last_first = sorted(pages, key=lambda page: (page.alias_of_id is not None, page.pk), reverse=True)
    return {keys[page.pk]: page for page in last_first}


def _shown(pages: Iterable[Any]) -> dict[uuid.UUID, Any]:
    """Return the occurrences of some pages by their keys; an alias shows what its page says, if that is not there."""
    found: dict[uuid.UUID, Any] = {}
    for page in sorted(pages, key=lambda page: (page.alias_of_id is not None, page.pk)):
        for row in page.occurrences.all():
            found.setdefault(row.uid, row)
    return found


def _records(shown: Iterable[uuid.UUID], was_there: Q, at: datetime) -> Any:
    """Return what was told of some occurrences, and of others that are withdrawn.

    Each knows whether it still is to be told as withdrawn (``is_told``), and whether any page has it (``is_live``).
    """
    is_told = Q(withdrawn_at__isnull=False, was_public=True, ends_at__gt=at)
    rows = page_model(PageRole.GATHERING).occurrences.rel.related_model.objects.order_by()
    return CalendarRecord.objects.filter(Q(uid__in=list(shown)) | (was_there & is_told)).annotate(
        is_told=is_told, is_live=Exists(rows.filter(uid=OuterRef("uid"), page__live=True))
    )
