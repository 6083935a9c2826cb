"""What the APIs tell of the things that a page refers to.

A page has these at hand as ``reference_data``. An API that tells many pages puts in its place what has looked
up the things of all of them together.
"""

from __future__ import annotations

from typing import Any, Protocol

import swapper
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from wagtail_prosjektnett.pages.feedback import Numbers, numbers_of
from wagtail_prosjektnett.records.people import ContactPerson
from wagtail_prosjektnett.references import (
    DocumentData,
    ImageData,
    PageData,
    PersonData,
    document_data,
    image_data,
    page_data,
    person_data,
)


class ReferenceData(Protocol):
    """Tells things by their ids; of what is not there, or not for the reader, None."""

    def image(self, pk: Any) -> ImageData | None:
        """Return an image."""

    def document(self, pk: Any) -> DocumentData | None:
        """Return a document."""

    def page(self, pk: Any, locale_id: int | None, *, own_site: bool = False) -> PageData | None:
        """Return a page in a language; with ``own_site``, only one that is part of the reader's site."""

    def person(self, pk: Any, locale_id: int) -> PersonData | None:
        """Return a person in a language."""

    def feedback(self, page: Any) -> Numbers:
        """Return what readers say of an article, in numbers."""


class OneByOne:
    """Looks each thing up when it is asked for, for a reader who is anybody."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def image(self, pk: Any) -> ImageData | None:
        """Return an image."""
        return image_data(_found(get_image_model(), pk), self._page)

    def document(self, pk: Any) -> DocumentData | None:
        """Return a document, or None where not everybody may open it."""
        return document_data(_found(get_document_model(), pk), self._page)

    def page(self, pk: Any, locale_id: int | None, *, own_site: bool = False) -> PageData | None:
        """Return a page in a language, or None where not everybody may read it."""
        page = _found(swapper.load_model("wagtailcore", "Page"), pk)
        return page_data(self._page.translations.of(page, locale_id) if locale_id else page)

    def person(self, pk: Any, locale_id: int) -> PersonData | None:
        """Return a person in a language."""
        person = _found(ContactPerson, pk)
        return person_data(self._page.translations.of(person, locale_id)) if person else None

    def feedback(self, page: Any) -> Numbers:
        """Return what readers say of an article, in numbers."""
        return numbers_of([page])[page.pk]


def _found(model: Any, pk: Any) -> Any:
    return model._default_manager.filter(pk=pk).first() if pk else None
