"""What Wagtail's bulk actions change without a signal: images and documents that are put into another collection."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from wagtail_prosjektnett.pages.changes import note_affected


def note_bulk_changes(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class_instance: Any
) -> None:
    """Write down that images or documents have changed: a collection decides who may open a document."""
    if action_class_instance.models and set(action_class_instance.models) <= {get_image_model(), get_document_model()}:
        note_affected(*objects)
