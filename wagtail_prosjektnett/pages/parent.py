"""What the mixins may expect of the page that a site puts them on."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from wagtail.models import AbstractPage as PageParent
else:
    PageParent = models.Model

__all__ = ["PageParent"]
