"""What publishing leaves behind besides the page itself, for many new pages at once."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Cast
from wagtail.models import PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends_with_name
from wagtail.search.index import class_is_indexed
from wagtail.signals import page_published, published

logger = logging.getLogger(__name__)

#: What the history of a page begins with.
ACTIONS = ("wagtail.create", "wagtail.publish")


def publish_together(pages: list[Any], at: datetime) -> None:
    """Give new pages that are written already a published revision, a place in every index, and their history.

    ``at`` is the aware instant at which they are published. Whoever listens to Wagtail's signals of publication is
    told of each page once the transaction is committed.
    """
    revisions = _revisions(pages, at)
    _log(pages, revisions, at)
    _index_references(pages)
    _index_search(pages)
    # A file may still be refused for another page, and nobody should be told of what then is not there.
    transaction.on_commit(lambda: _tell(pages, revisions))


def _tell(pages: list[Any], revisions: list[Revision]) -> None:
    for page, revision in zip(pages, revisions, strict=True):
        published.send(sender=type(page), instance=page, revision=revision)
        page_published.send(sender=type(page), instance=page, revision=revision)


def _revisions(pages: list[Any], at: datetime) -> list[Revision]:
    base_type = pages[0].get_base_content_type()
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=page.get_content_type(),
            base_content_type=base_type,
            object_id=str(page.pk),
            created_at=at,
            object_str=str(page),
            content=page.serializable_data(),
        )
        for page in pages
    )
    model = base_type.model_class()
    key = Cast(OuterRef("pk"), Revision._meta.get_field("object_id"))
    newest = Subquery(Revision.objects.filter(base_content_type=base_type, object_id=key).values("pk")[:1])
    model._base_manager.filter(pk__in=[page.pk for page in pages]).update(
        latest_revision_id=newest, live_revision_id=newest, latest_revision_created_at=at
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision, page.live_revision, page.latest_revision_created_at = revision, revision, at
    return revisions


def _log(pages: list[Any], revisions: list[Revision], at: datetime) -> None:
    """Write what the history of each page begins with."""
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            content_type=page.get_content_type(),
            label=page.get_admin_display_title(),
            action=action,
            timestamp=at,
            content_changed=True,
            page_id=page.pk,
            revision=revision,
        )
        for page, revision in zip(pages, revisions, strict=True)
        for action in ACTIONS
    )


def _index_references(pages: Iterable[Any]) -> None:
    """Tell Wagtail's index what the pages refer to; what is new has nothing in it yet."""
    ReferenceIndex.objects.bulk_create(
        (row for page in pages if ReferenceIndex.is_indexed(type(page)) for row in _references(page)), batch_size=500
    )


def _references(page: Any) -> Iterator[ReferenceIndex]:
    own, base = (
        ContentType.objects.get_for_model(model, for_concrete_model=False)
        for model in (page, page._meta.get_parent_list()[-1])
    )
    for to_type, to_id, model_path, content_path in set(ReferenceIndex._extract_references_from_object(page)):
        yield ReferenceIndex(
            content_type=own,
            base_content_type=base,
            object_id=page.pk,
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )


def _index_search(pages: Iterable[Any]) -> None:
    """Put the pages into every search index that follows what is saved, as Wagtail does for one page."""
    by_model: dict[Any, list[Any]] = {}
    for page in pages:
        if class_is_indexed(type(page)):
            by_model.setdefault(type(page), []).append(page)
    for name, backend in get_search_backends_with_name(with_auto_update=True):
        for model, same in by_model.items():
            try:
                backend.add_bulk(model, same)
            except Exception:
                logger.exception("%s new pages could not be added to the search backend “%s”", len(same), name)
                if not backend.catch_indexing_errors:
                    raise
