"""The whole texts of several pages, to be shown together: with one query for each kind of thing that is in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from wagtail_prosjektnett.blocks.text import Prose, expand_together, found_in
from wagtail_prosjektnett.pages.queries import share_translations
from wagtail_prosjektnett.visibility import Visibility


def load_full_texts(pages: Iterable[Any], visibility: Visibility, *names: str) -> dict[Any, dict[str, Prose]]:
    """Let the bodies of pages of one type be shown to a reader, and return more texts of theirs, by page and field.

    All that they link to, their images and documents, and who is named in them are looked up together.
    """
    pages = share_translations(pages)
    if not pages:
        return {}
    block = pages[0]._meta.get_field("body").stream_block
    bodies = block.bulk_to_python([list(page.body.raw_data) for page in pages])
    for page, body in zip(pages, bodies, strict=True):
        page.body = body
    more = {page.pk: {name: Prose(getattr(page, name)) for name in names} for page in pages}
    texts = [text for body in bodies for text in found_in(body, Prose)]
    texts += [text for of_page in more.values() for text in of_page.values()]
    expanded = expand_together(text.source for text in texts)
    for text in texts:
        text.expanded = expanded.get(text.source, "")
    images = [image for body in bodies for image in found_in(body, get_image_model())]
    prefetch_related_objects([*images, *(page.image for page in pages if page.image is not None)], "renditions")
    documents = [document for body in bodies for document in found_in(body, get_document_model())]
    if visibility.asks_of_documents:
        prefetch_related_objects(documents, *visibility.asks_of_documents)
    return more
