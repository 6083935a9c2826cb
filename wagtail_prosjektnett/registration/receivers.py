"""What follows for seats and participants when Wagtail publishes a gathering."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.signals import page_published

from wagtail_prosjektnett.pages.types import PageRole, has_role
from wagtail_prosjektnett.registration.presentations import tell_of_presentations
from wagtail_prosjektnett.registration.publishing import put_in_force


def connect() -> None:
    """Connect the receiver, once, when Django is ready."""
    page_published.connect(_gathering_published, dispatch_uid="prosjektnett.registration.gathering_published")


def _gathering_published(instance: Any, **kwargs: Any) -> None:
    if has_role(instance, PageRole.GATHERING):
        with transaction.atomic():
            put_in_force(instance, timezone.now())
            tell_of_presentations(instance, timezone.now())
