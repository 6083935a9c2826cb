"""A site in two languages, for tests."""

from typing import Any

from wagtail.models import Locale, Page


def again(page: Any) -> Any:
    """A page as the database has it now."""
    return type(page).objects.get(pk=page.pk)


def translated(page: Any, locale: Locale) -> Any:
    """The published translation of a page, with the pages above it published too."""
    copy = page.copy_for_translation(locale, copy_parents=True)
    for parent in copy.get_ancestors().filter(depth__gt=1):
        Page.objects.filter(pk=parent.pk).update(live=True)
    copy.save_revision().publish()
    return again(copy)
