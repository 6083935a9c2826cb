"""Who may see pages and files: between content files and Wagtail's restrictions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import BaseViewRestriction, Collection, CollectionViewRestriction, PageViewRestriction

from wagtail_prosjektnett.content.format import PrivacyItem


def rules_of(restrictions: Iterable[BaseViewRestriction]) -> list[PrivacyItem]:
    """Return restrictions of the site as a content file has them."""
    return [
        PrivacyItem(
            kind=row.restriction_type,
            password=row.password if row.restriction_type == BaseViewRestriction.PASSWORD else "",
            groups=sorted(group.name for group in row.groups.all())
            if row.restriction_type == BaseViewRestriction.GROUPS
            else [],
        )
        for row in restrictions
    ]


def page_rules(page: Any) -> list[PrivacyItem]:
    """Return who may see a page and what is below it, by the rules of the page itself."""
    return rules_of(PageViewRestriction.objects.filter(page_id=page.pk).order_by("pk").prefetch_related("groups"))


def collection_rules(collection: Collection) -> list[PrivacyItem]:
    """Return who may see what is in a collection, by its own rules and those of the collections above it."""
    above = collection.get_ancestors(inclusive=True)
    rows = CollectionViewRestriction.objects.filter(collection__in=above).order_by("collection__path", "pk")
    return rules_of(rows.prefetch_related("groups"))


def restrict_page(page: Any, privacy: Sequence[PrivacyItem]) -> bool:
    """Give a page the rules of a file instead of its own; return whether they differed."""
    wanted = [normal(rule) for rule in privacy]
    if page_rules(page) == wanted:
        return False
    PageViewRestriction.objects.filter(page_id=page.pk).delete()
    restrict(page, wanted, PageViewRestriction, "page_id")
    return True


def restrict(owner: Any, privacy: Sequence[PrivacyItem], model: Any, field: str) -> None:
    """Add rules to a page or a collection, in order."""
    for rule in privacy:
        row = model(**{field: owner.pk}, restriction_type=rule.kind, password=rule.password)
        row.save()
        row.groups.set(Group.objects.filter(name__in=rule.groups))


def normal(rule: PrivacyItem) -> PrivacyItem:
    """Return a rule in the one way in which it is written."""
    return PrivacyItem(
        kind=rule.kind,
        password=rule.password if rule.kind == "password" else "",
        groups=sorted(rule.groups) if rule.kind == "groups" else [],
    )
