"""What the APIs tell of the images, documents, pages and people that content refers to.

Only what everybody may see is told: a reference to a page that is unpublished or restricted, or to a
document in a restricted collection, is given as nothing at all, not as an id.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from django.conf import settings
from pydantic import Field
from typing_extensions import TypedDict
from wagtail.images.models import SourceImageIOError
from wagtail.models import Site

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.visibility import visibility_for
from wagtail_prosjektnett.wording.labels import choice_label

#: Text that is HTML. The OpenAPI documents say so, since a frontend must tell it from text that is not.
HtmlText: TypeAlias = Annotated[str, Field(json_schema_extra={"contentMediaType": "text/html"})]


class RenditionData(TypedDict):
    """One size of an image."""

    url: str
    width: int
    height: int


class ImageData(TypedDict):
    """An image with its text alternative and its sizes, by the names in ``PROSJEKTNETT_IMAGE_RENDITIONS``."""

    id: int
    title: str
    alt: str
    renditions: dict[str, RenditionData]


class DocumentData(TypedDict):
    """A document that everybody may download; ``size`` is in bytes."""

    id: int
    title: str
    url: str
    file_name: str
    file_extension: str
    size: int | None


class PageData(TypedDict):
    """A page that everybody may read."""

    id: int
    title: str
    url: str | None


class SectionData(PageData):
    """A page directly below a network; ``type`` is what a reference to the page has."""

    type: str


class NameData(TypedDict):
    """A name and the language that it is in, as a BCP 47 tag; empty where it follows the page's."""

    name: str
    language: str


class MunicipalityData(TypedDict):
    """A municipality: its number, which is empty where none is known, and its name."""

    number: str
    name: str


class OrganisationData(TypedDict):
    """An organisation."""

    name: str
    names: list[NameData]
    kind: str
    kind_label: str
    organisation_number: str
    municipality_number: str
    website: str


class PersonData(TypedDict):
    """A contact person."""

    name: str
    title: str
    organisation: OrganisationData | None
    email: str
    phone: str


def image_data(
    image: Any, source: Any, alt: str | None = None, known: Mapping[str, Any] | None = None
) -> ImageData | None:
    """Return an image as the APIs give it, or None where its file cannot be read.

    ``source`` is the page or the request that it is given for, from which its full address is made.
    ``alt`` is the text alternative in its context, empty for a decorative image; without it, the
    image's own is given. ``known`` holds renditions that were loaded already, by their specification;
    what is missing is looked up, or made.
    """
    if image is None:
        return None
    specs = conf.image_renditions()
    renditions = known or {}
    if not renditions.keys() >= set(specs.values()):
        try:
            renditions = image.get_renditions(*specs.values())
        except SourceImageIOError:
            return None
    return {
        "id": image.pk,
        "title": image.title,
        "alt": image.default_alt_text if alt is None else alt,
        "renditions": {
            name: {
                "url": absolute_url(renditions[spec].url, source),
                "width": renditions[spec].width,
                "height": renditions[spec].height,
            }
            for name, spec in specs.items()
        },
    }


def document_data(document: Any, source: Any) -> DocumentData | None:
    """Return a document as the APIs give it, or None where its collection is restricted.

    ``source`` is the page or the request that it is given for; for a page, the reader is anybody.
    """
    if document is None or not may_open(document, None if _is_page(source) else source):
        return None
    return {
        "id": document.pk,
        "title": document.title,
        "url": absolute_url(document.url, source),
        "file_name": document.filename,
        "file_extension": document.file_extension,
        "size": document.get_file_size(),
    }


def page_data(page: Any, request: Any = None) -> PageData | None:
    """Return a page as the APIs give it, or None where it is unpublished, or restricted for the reader.

    Without a request, the reader is anybody.
    """
    if page is None or not may_read(page, request):
        return None
    return {"id": page.pk, "title": page.title, "url": page.get_full_url(request)}


def organisation_data(organisation: Any) -> OrganisationData | None:
    """Return an organisation as the APIs give it."""
    if organisation is None:
        return None
    return {
        "name": organisation.name,
        "names": [{"name": part.name, "language": part.language} for part in organisation.names],
        "kind": organisation.kind,
        "kind_label": choice_label(organisation, "kind"),
        "organisation_number": organisation.organisation_number,
        "municipality_number": organisation.municipality_number,
        "website": organisation.website,
    }


def person_data(person: Any, organisation: OrganisationData | None = None) -> PersonData:
    """Return a contact person as the APIs give one; ``organisation`` is what was told of theirs already."""
    return {
        "name": person.name,
        "title": person.title,
        "organisation": organisation or organisation_data(person.organisation),
        "email": person.email,
        "phone": person.phone,
    }


def may_open(document: Any, request: Any = None) -> bool:
    """Whether the reader of a request may open a document; without a request, whether everybody may."""
    if request is not None:
        return visibility_for(request).opens(document)
    return not document.collection.get_view_restrictions().exists()


def may_read(page: Any, request: Any = None) -> bool:
    """Whether the reader of a request may read a page; without a request, whether everybody may."""
    if request is not None:
        return visibility_for(request).reaches(page)
    return page.live and not page.get_view_restrictions().exists()


def absolute_url(url: str, source: Any) -> str:
    """Return an address that also works on another site.

    ``source`` is the page or the request that it is given for.
    """
    return base_address(source) + url if url.startswith("/") else url


def base_address(source: Any) -> str:
    """Return the start of addresses as Wagtail's own APIs choose it.

    That is ``WAGTAILAPI_BASE_URL``, or the address of the site that a request came to or that a page is
    part of.
    """
    if base := getattr(settings, "WAGTAILAPI_BASE_URL", None):
        return base.rstrip("/")
    if _is_page(source):
        parts = source.get_url_parts()
        return parts[1] if parts else ""
    site = Site.find_for_request(source) if source is not None else None
    return site.root_url if site else ""


def _is_page(source: Any) -> bool:
    return hasattr(source, "get_url_parts")
