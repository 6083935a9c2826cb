"""Listens to every signal that tells of a change in what readers may see.

Some ways of changing things send no signal: ``QuerySet.update``, bulk creation and raw SQL. Who uses them calls
``changes.note`` afterwards.
"""

from __future__ import annotations

from typing import Any

import swapper
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Locale, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from wagtail_prosjektnett.models import (
    ContactPerson,
    Feedback,
    Frontend,
    Organisation,
    OrganisationName,
    ProjectPhase,
    Topic,
)
from wagtail_prosjektnett.pages import changes
from wagtail_prosjektnett.pages.feedback import pages_spoken_of, pages_that_name
from wagtail_prosjektnett.records.content_changes import ChangeKind
from wagtail_prosjektnett.signals import facts_taken_over

#: What Wagtail writes when a draft is saved, locked or scheduled: readers see none of it.
_OF_DRAFTS = frozenset(
    {
        "draft_title",
        "latest_revision",
        "latest_revision_created_at",
        "has_unpublished_changes",
        "go_live_at",
        "expire_at",
        "locked",
        "locked_at",
        "locked_by",
        "locked_by_id",
        "owner",
        "latest_revision_id",
    }
)
#: Where a page keeps how it was stored before it is saved, and what was written down of it as it was saved.
_BEFORE, _NOTED = "_prosjektnett_before", "_prosjektnett_noted"
_STORED = ("live", "last_published_at", "slug", "url_path")
#: What Wagtail works out of a file when it is first asked for, and keeps.
_OF_FILES = frozenset({"file_size", "file_hash"})


def connect() -> None:
    """Connect the receivers, once, when Django is ready."""
    page = swapper.load_model("wagtailcore", "Page")
    for model in [page, *_subclasses(page)]:
        _connect(pre_save, _page_saving, model)
        _connect(post_save, _page_saved, model)
    _connect(pre_delete, _page_deleted, page)
    for model in (get_image_model(), get_document_model(), ContactPerson, Topic, ProjectPhase):
        _connect(post_save, _affects, model)
        _connect(pre_delete, _affects, model)
    for model, receiver in ((Organisation, _organisation), (OrganisationName, _organisation_name)):
        _connect(post_save, receiver, model)
        _connect(pre_delete, receiver, model)
    for model in (Site, Frontend, Locale, *_redirects()):
        _connect(post_save, _something_else, model)
        _connect(post_delete, _something_else, model)
    for model, receiver in ((Collection, _collection), (CollectionViewRestriction, _collection_restricted)):
        _connect(post_save, receiver, model)
        _connect(post_delete, receiver, model)
    _connect(pre_save, _feedback_saving, Feedback)
    _connect(post_save, _feedback_saved, Feedback)
    _connect(pre_delete, _feedback_deleted, Feedback)
    _connect(post_save, _restricted, PageViewRestriction)
    _connect(post_delete, _opened, PageViewRestriction)
    _connect(page_published, _published)
    _connect(page_unpublished, _unpublished)
    _connect(post_page_move, _moved)
    _connect(facts_taken_over, _facts_changed)


def _connect(signal: Any, receiver: Any, sender: Any = None) -> None:
    name = f"prosjektnett.changes.{receiver.__name__}"
    signal.connect(receiver, sender=sender, dispatch_uid=f"{name}.{sender._meta.label}" if sender else name)


def _subclasses(model: Any) -> list[Any]:
    return [each for sub in model.__subclasses__() for each in (sub, *_subclasses(sub)) if not each._meta.abstract]


def _redirects() -> list[Any]:
    from django.apps import apps

    return [apps.get_model("wagtailredirects", "Redirect")] if apps.is_installed("wagtail.contrib.redirects") else []


def _page_saving(instance: Any, raw: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """Remember how a page is stored before it is saved: it tells whether that publishes, unpublishes or renames it."""
    instance.__dict__.pop(_BEFORE, None)
    if not raw and instance.pk is not None and (update_fields is None or not _OF_DRAFTS.issuperset(update_fields)):
        stored = swapper.load_model("wagtailcore", "Page").objects.filter(pk=instance.pk)
        setattr(instance, _BEFORE, stored.values(*_STORED).first())


def _page_saved(instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    if update_fields is not None and _OF_DRAFTS.issuperset(update_fields):
        return
    changes.note_saved(instance)
    before = instance.__dict__.pop(_BEFORE, None) or {}
    if instance.live and before and instance.last_published_at != before["last_published_at"]:
        _note_here(ChangeKind.PUBLISHED, instance)
    elif before.get("live") and not instance.live:
        _note_here(ChangeKind.UNPUBLISHED, instance)
    if before and instance.slug != before["slug"]:
        _address_changed(instance, before["url_path"])


def _note_here(kind: ChangeKind, page: Any) -> None:
    """Write down that a page comes or goes in the transaction that saves it.

    Wagtail tells of it after that, and not at all if the process ends in between.
    """
    changes.note_pages(kind, [page], was_live=kind is ChangeKind.UNPUBLISHED)
    _affect(page)
    setattr(page, _NOTED, kind)


def _is_noted(kind: ChangeKind, page: Any) -> bool:
    return page.__dict__.pop(_NOTED, None) is kind


def _page_deleted(instance: Any, **kwargs: Any) -> None:
    changes.note_pages(ChangeKind.DELETED, [instance])
    _affect(instance)


def _published(instance: Any, **kwargs: Any) -> None:
    if not _is_noted(ChangeKind.PUBLISHED, instance):
        changes.note_pages(ChangeKind.PUBLISHED, [instance])
        _affect(instance)


def _unpublished(instance: Any, **kwargs: Any) -> None:
    if not _is_noted(ChangeKind.UNPUBLISHED, instance):
        changes.note_pages(ChangeKind.UNPUBLISHED, [instance], was_live=True)
        _affect(instance)


def _facts_changed(instance: Any, **kwargs: Any) -> None:
    changes.note_pages(ChangeKind.AFFECTED, [instance])


def _moved(instance: Any, parent_page_before: Any, parent_page_after: Any, **kwargs: Any) -> None:
    if parent_page_before.pk == parent_page_after.pk:
        changes.note(ChangeKind.OTHER)
        return
    changes.note_moved(instance, parent_page_before)
    _affect(*changes.published_below(instance))


def _address_changed(instance: Any, old_path: str) -> None:
    """Write down that all below a page has another address, in the transaction that changes it.

    Wagtail stores the new paths only after this, and its signal comes when all is over, or never.
    """
    below = [page for page in changes.published_below(instance) if page.pk != instance.pk]
    for page in below:
        page.url_path = instance.url_path + page.url_path.removeprefix(old_path)
    changes.note_pages(ChangeKind.AFFECTED, below)
    _affect(*below)


def _restricted(instance: Any, created: bool, **kwargs: Any) -> None:
    kind = ChangeKind.HIDDEN if created else ChangeKind.OTHER
    changes.note_restriction(kind, instance)
    if created:
        _affect(*changes.published_below(instance.page))


def _opened(instance: Any, origin: Any = None, **kwargs: Any) -> None:
    # A restriction that goes with its page opens nothing. Where a queryset is deleted, Django names that.
    is_lifted = origin is None or getattr(origin, "model", type(origin)) is PageViewRestriction
    changes.note_restriction(ChangeKind.SHOWN if is_lifted else ChangeKind.OTHER, instance)
    if is_lifted:
        _affect(*changes.published_below(instance.page))


def _collection(instance: Any, **kwargs: Any) -> None:
    """Write down that a collection may be elsewhere, with what can be downloaded from it.

    Wagtail moves it right after it saves it, in the same transaction, and tells nobody.
    """
    changes.note_affected(*_documents_in(instance))


def _collection_restricted(instance: Any, **kwargs: Any) -> None:
    changes.note_affected(*_documents_in(instance.collection))


def _documents_in(collection: Any) -> Any:
    return get_document_model().objects.filter(collection__path__startswith=collection.path)


def _affects(instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    if update_fields is None or not _OF_FILES.issuperset(update_fields):
        changes.note_affected(instance)


def _organisation(instance: Any, **kwargs: Any) -> None:
    changes.note_affected(instance)
    changes.note_affected(*ContactPerson.objects.filter(organisation=instance))
    changes.note_pages(ChangeKind.AFFECTED, pages_that_name(instance))


def _organisation_name(instance: Any, **kwargs: Any) -> None:
    # Names are saved with their organisation, which tells whom they affect.
    changes.note(ChangeKind.OTHER)


def _feedback_saving(instance: Any, **kwargs: Any) -> None:
    stored = Feedback.objects.filter(pk=instance.pk).first() if instance.pk else None
    setattr(instance, _BEFORE, stored.told if stored is not None else None)


def _feedback_saved(instance: Any, **kwargs: Any) -> None:
    """Write down what readers see of feedback, once an editor shows, hides or answers it."""
    if instance.__dict__.pop(_BEFORE, None) != instance.told:
        changes.note_pages(ChangeKind.AFFECTED, pages_spoken_of([instance.page_key]))


def _feedback_deleted(instance: Any, **kwargs: Any) -> None:
    if instance.told is not None:
        changes.note_pages(ChangeKind.AFFECTED, pages_spoken_of([instance.page_key]))


def _something_else(**kwargs: Any) -> None:
    changes.note(ChangeKind.OTHER)


def _affect(*pages: Any) -> None:
    """Write down what else tells something new of some pages: a title, an address, or nothing any more.

    That is what refers to them, in whatever language, and their translations, which name each other.
    """
    if not pages:
        return
    model = swapper.load_model("wagtailcore", "Page")
    keys = {page.pk for page in pages}
    same = changes.in_any_language(model, pages)
    others = {page.pk: page for page in changes.pages_that_refer_to(model, same)}
    others |= {page.pk: page for page in model.objects.filter(pk__in=same, live=True)}
    changes.note_pages(ChangeKind.AFFECTED, [page for pk, page in others.items() if pk not in keys])
