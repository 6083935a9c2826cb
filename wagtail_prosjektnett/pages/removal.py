"""Deletes every network of a site, before the package is taken out of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import swapper
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex, Site

from wagtail_prosjektnett.pages.deletion import reasons_against_deletion
from wagtail_prosjektnett.pages.types import PageRole, page_models
from wagtail_prosjektnett.records.content_changes import long_transaction


class RemovalRefused(Exception):
    """Raised when something of the site's own would be lost with the networks; nothing was deleted."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__("\n".join(self.reasons))


@dataclass(frozen=True)
class Removal:
    """What goes if all networks go.

    ``tops`` are the pages that nothing of ours is above: networks, and what somebody may have put outside of them.
    ``others`` are pages of the site's own below them.
    """

    tops: list[Any]
    pages: list[Any]
    others: list[Any]

    @property
    def keys(self) -> list[int]:
        """The primary keys of all that goes."""
        return [page.pk for page in self.pages]

    def reasons_against(self) -> list[str]:
        """Say what somebody must move or change first."""
        below = _("“%(page)s” (%(kind)s, id %(id)s) is below a network and is not part of it. Move or delete it first.")
        front = _("“%(page)s” is the front page of the site %(site)s. Choose another under Settings, Sites first.")
        reasons = [below % {"page": page, "kind": page.cached_content_type.name, "id": page.pk} for page in self.others]
        sites = Site.objects.filter(root_page__in=self.keys).select_related("root_page")
        reasons += [front % {"page": site.root_page, "site": site} for site in sites]
        return reasons + reasons_against_deletion(self.tops)

    def references(self) -> Iterator[str]:
        """Name what elsewhere on the site refers to something that goes; such references will lead nowhere."""
        pages = ContentType.objects.get_for_model(swapper.load_model("wagtailcore", "Page"))
        going = {str(page.pk): page for page in self.pages}
        found = ReferenceIndex.objects.filter(to_content_type=pages, to_object_id__in=going)
        found = found.exclude(base_content_type=pages, object_id__in=going)
        for kind, key, target in sorted(set(found.values_list("content_type", "object_id", "to_object_id"))):
            content_type = ContentType.objects.get_for_id(kind)
            model = content_type.model_class()
            item = model and model._base_manager.filter(pk=key).first()
            if item:
                words = {"kind": content_type.name, "name": item, "page": going[target]}
                yield _("%(kind)s “%(name)s” refers to “%(page)s”.") % words


def plan_removal() -> Removal:
    """Find every page that plays a role in a network, drafts and translations too, and what is below them."""
    page_model = swapper.load_model("wagtailcore", "Page")
    models = [model for role in PageRole for model in page_models(role)]
    ours = list(page_model.objects.type(*models).order_by("path")) if models else []
    known = {page.pk for page in ours}
    tops: list[Any] = []
    for page in ours:
        if not tops or not page.path.startswith(tops[-1].path):
            tops.append(page)
    pages = [page for top in tops for page in page_model.objects.descendant_of(top, inclusive=True).order_by("path")]
    return Removal(tops, pages, [page for page in pages if page.pk not in known])


@transaction.atomic
@long_transaction()
def delete_networks() -> int:
    """Delete every network with all that is below it, and return how many pages went.

    Each is in Wagtail's log as deleted. Raises ``RemovalRefused``.
    """
    removal = plan_removal()
    reasons = removal.reasons_against()
    if reasons:
        raise RemovalRefused(reasons)
    for top in removal.tops:
        try:
            top.specific.delete()
        except (ProtectedError, RestrictedError) as error:
            raise RemovalRefused(_what_needs_it(error)) from error
    return len(removal.pages)


def _what_needs_it(error: ProtectedError | RestrictedError) -> list[str]:
    items = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
    names = sorted({(str(item._meta.verbose_name), str(item)) for item in items})
    message = _("%(kind)s “%(name)s” needs a page that would be deleted. Change or delete it first.")
    return [message % {"kind": kind, "name": name} for kind, name in names]
