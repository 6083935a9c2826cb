"""What many pages refer to, looked up together: one query for each kind of thing, however many pages.

First every page tells what it needs (``Needs``), then all of it is found (``Found``). Only what anybody may
see is told: a hidden page or document is as one that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import swapper
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.html import escape
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import Filter
from wagtail.rich_text import features
from wagtail.rich_text.rewriters import EmbedRewriter, LinkRewriter, extract_attrs

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.api.children import load_children
from wagtail_prosjektnett.pages.languages import place
from wagtail_prosjektnett.records.organisations import Organisation
from wagtail_prosjektnett.records.people import ContactPerson
from wagtail_prosjektnett.references import (
    DocumentData,
    ImageData,
    OrganisationData,
    PageData,
    PersonData,
    document_data,
    image_data,
    organisation_data,
    person_data,
)
from wagtail_prosjektnett.visibility import visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest

_LINK = re.compile(r"<a(\b[^>]*)>")
#: By these a page class of the site's own has addresses that its base page does not know.
_ADDRESSES = ("get_url_parts", "get_url", "get_full_url", "url", "full_url")


@dataclass
class Needs:
    """The ids of what pages refer to, and the translation keys of the pages themselves."""

    pages: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    #: Documents that were loaded already, with their collections.
    known_documents: dict[int, Any] = field(default_factory=dict)
    images: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    #: People who were loaded already, in the language of their page.
    known_people: dict[int, Any] = field(default_factory=dict)
    keys: set[Any] = field(default_factory=set)
    #: A page whose children are shown too.
    parent: Any = None
    #: The places in the tree of pages that are told as well.
    paths: set[str] = field(default_factory=set)

    def person(self, person: Any, locale_id: int) -> None:
        """Note a person who was loaded already, and is told in a language."""
        if person.locale_id == locale_id:
            self.known_people[person.pk] = person
        else:
            self.people.add(person.pk)

    #: Organisations that were loaded already, whose parallel names are shown.
    organisations: list[Any] = field(default_factory=list)

    def html(self, source: str) -> None:
        """Note what a rich text links to."""
        for match in _LINK.finditer(source):
            attributes = extract_attrs(match.group(1))
            kinds = {"page": self.pages, "document": self.documents}
            ids, pk = kinds.get(attributes.get("linktype", "")), attributes.get("id", "")
            if ids is not None and pk.isascii() and pk.isdigit():
                ids.add(int(pk))


class Found:
    """What pages refer to, as the reader of a request may see it; each kind is loaded when it is first asked for."""

    def __init__(self, needs: Needs, request: HttpRequest) -> None:
        self.needs = needs
        self.request = request
        self.visibility = visibility_for(request)
        self._organisations: dict[int, Organisation] = {}
        #: What was told once and is told again: many pages refer to the same things.
        self._told: dict[tuple[Any, ...], Any] = {}

    def load_names(self) -> None:
        """Load the parallel names of every organisation that is shown, with one query."""
        shown = [*self.needs.organisations, *(person.organisation for person in self._people.values())]
        known = [each for each in shown if each is not None]
        self._organisations = {each.pk: each for each in known}
        load_children(self._organisations.values(), Organisation._meta.get_field("parallel_names"))
        # Wagtail's own APIs tell each row by itself, with the organisation that was read with it.
        names = {pk: list(each.parallel_names.all()) for pk, each in self._organisations.items()}
        for each in known:
            if each is not self._organisations[each.pk]:
                each.parallel_names = names[each.pk]

    def page(self, pk: Any, locale_id: int | None, *, own_site: bool = False) -> PageData | None:
        """Return a page in a language, or None where readers do not reach it.

        Without a language, it is the page itself. With ``own_site``, a page of another site is as one that
        is not there.
        """
        page = self._page(pk, locale_id)
        if page is None or (own_site and not self.visibility.shows(page)):
            return None
        return {"id": page.pk, "title": page.title, "url": page.get_full_url(self.request)}

    def of(self, page: Any, locale_id: int) -> Any:
        """Return a page that a network names in a language, as ``Translations`` do; visibility is not looked at."""
        if page is None or page.locale_id == locale_id:
            return page
        translation = self._by_key.get(page.translation_key, {}).get(locale_id)
        return translation if translation is not None and translation.live else page

    def translations(self, page: Any) -> list[Any]:
        """Return the page in its other languages, in the order of the site's ``LANGUAGES``; no aliases."""
        if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            return []
        same = [each for each in self._by_key.get(page.translation_key, {}).values() if each.pk != page.pk]
        return sorted((each for each in same if each.alias_of_id is None and self.visibility.shows(each)), key=place)

    @property
    def children(self) -> list[Any]:
        """The visible pages directly below the page whose children are shown, in the order of the tree."""
        parent = self.needs.parent
        below = (page for page in self._pages.values() if page.path.startswith(parent.path))
        found = [page for page in below if page.depth == parent.depth + 1 and self.visibility.shows(page)]
        return sorted(found, key=lambda page: page.path)

    def at(self, path: str) -> Any:
        """Return the page at a place in the tree that was needed, or None; visibility is not looked at."""
        return next((page for page in self._pages.values() if page.path == path), None)

    def document(self, pk: Any) -> DocumentData | None:
        """Return a document, or None where it is not there or not everybody may open it."""
        return self._once(("document", pk), lambda: document_data(self._documents.get(pk), self.request))

    def organisation(self, organisation: Organisation | None) -> OrganisationData | None:
        """Return an organisation that was noted as needed."""
        if organisation is None:
            return None
        pk = organisation.pk
        return self._once(("organisation", pk), lambda: organisation_data(self._organisations[pk]))

    def image(self, pk: Any, alt: str | None = None) -> ImageData | None:
        """Return an image with its renditions, and its text alternative in its context."""
        image = self._images.get(pk)
        known = {rendition.filter_spec: rendition for rendition in getattr(image, "known_renditions", ())}
        return image_data(image, self.request, alt, known)

    def person(self, pk: Any, locale_id: int) -> PersonData | None:
        """Return a person in a language, or in the one that was chosen where there is no translation."""
        return self._once(("person", pk, locale_id), lambda: self._person(pk, locale_id))

    def html(self, source: str, locale_id: int) -> str:
        """Return rich text with its links resolved; one that leads nowhere for the reader has no address."""
        if "<a" in source:
            rules: dict[str, Any] = {kind: each.expand_db_attributes_many for kind, each in _links().items()}
            rules["page"] = lambda many: [self._link(self._url(each.get("id"), locale_id)) for each in many]
            rules["document"] = lambda many: [self._link(self._document_url(each.get("id"))) for each in many]
            source = LinkRewriter(bulk_rules=rules)(source)
        if "<embed" in source:
            embeds = features.get_embed_types()
            rules = {kind: each.expand_db_attributes_many for kind, each in embeds.items()}
            source = EmbedRewriter(bulk_rules=rules)(source)
        return source

    @staticmethod
    def _link(url: str | None) -> str:
        return f'<a href="{escape(url)}">' if url else "<a>"

    def _url(self, pk: Any, locale_id: int) -> str | None:
        page = self._page(_number(pk), locale_id)
        return None if page is None else self._once(("address", page.pk), lambda: page.url)

    def _document_url(self, pk: Any) -> str | None:
        return self._once(("link", pk), lambda: self._url_of_document(_number(pk)))

    def _url_of_document(self, pk: int | None) -> str | None:
        document = self._documents.get(pk)
        return document.url if document is not None and self.visibility.opens(document) else None

    def _person(self, pk: Any, locale_id: int) -> PersonData | None:
        person = self._people.get(pk)
        if person is not None and person.locale_id != locale_id:
            same = (each for each in self._people.values() if each.translation_key == person.translation_key)
            person = next((each for each in same if each.locale_id == locale_id), person)
        return person_data(person, self.organisation(person.organisation)) if person is not None else None

    def _once(self, key: tuple[Any, ...], tell: Callable[[], Any]) -> Any:
        if key not in self._told:
            self._told[key] = tell()
        return self._told[key]

    def _page(self, pk: Any, locale_id: int | None) -> Any:
        page = self._pages.get(pk)
        if page is not None and locale_id is not None and page.locale_id != locale_id:
            translation = self._by_key[page.translation_key].get(locale_id)
            page = translation if translation is not None and translation.live else page
        return page if page is not None and self.visibility.reaches(page) else None

    @cached_property
    def _pages(self) -> dict[Any, Any]:
        if not self.needs.pages and not self.needs.keys and not self.needs.paths and self.needs.parent is None:
            return {}
        model = swapper.load_model("wagtailcore", "Page")
        wanted = Q(translation_key__in=self.needs.keys) | Q(path__in=self.needs.paths)
        if self.needs.pages:
            chosen = model.objects.order_by().filter(pk__in=self.needs.pages)
            wanted |= Q(translation_key__in=chosen.values("translation_key"))
        if (parent := self.needs.parent) is not None:
            wanted |= Q(path__startswith=parent.path, depth=parent.depth + 1)
        found = {page.pk: page for page in model.objects.order_by().filter(wanted).select_related("locale")}
        special = [pk for pk, page in found.items() if _has_own_address(page, model)]
        if special:
            found.update({page.pk: page for page in model.objects.filter(pk__in=special).specific()})
        return found

    @cached_property
    def _by_key(self) -> dict[Any, dict[int, Any]]:
        found: dict[Any, dict[int, Any]] = {}
        for page in self._pages.values():
            found.setdefault(page.translation_key, {})[page.locale_id] = page
        return found

    @cached_property
    def _documents(self) -> dict[Any, Any]:
        known, documents = self.needs.known_documents, get_document_model().objects.select_related("collection")
        return {**known, **_by_pk(documents, self.needs.documents - known.keys())}

    @cached_property
    def _people(self) -> dict[Any, Any]:
        known, unknown = self.needs.known_people, self.needs.people
        if not getattr(
            settings, "WAGTAIL_I18N_ENABLED", False
        ):  # else one that is known may be told in another language
            unknown = unknown - known.keys()
        if not unknown:
            return known
        keys = ContactPerson.objects.order_by().filter(pk__in=unknown).values("translation_key")
        people = ContactPerson.objects.filter(translation_key__in=keys).select_related("organisation")
        return {**known, **{person.pk: person for person in people}}

    @cached_property
    def _images(self) -> dict[Any, Any]:
        """All images; those whose renditions were made before come with them, in the same query."""
        if not self.needs.images:
            return {}
        model = get_image_model()
        specs = {spec: Filter(spec=spec) for spec in conf.image_renditions().values()}
        rows = model.get_rendition_model().objects.filter(image__in=self.needs.images, filter_spec__in=specs)
        found: dict[Any, Any] = {}
        for rendition in rows.select_related("image"):
            image = found.setdefault(rendition.image_id, rendition.image)
            if rendition.focal_point_key == specs[rendition.filter_spec].get_cache_key(image):
                image.known_renditions = [*getattr(image, "known_renditions", ()), rendition]
        return {**_by_pk(model.objects.all(), self.needs.images - found.keys()), **found}


@dataclass(frozen=True)
class Telling:
    """What blocks are told with: the page that they are on, and all that it refers to."""

    page: Any
    found: Found
    request: HttpRequest


def _by_pk(rows: QuerySet[Any], ids: Iterable[int]) -> dict[Any, Any]:
    return {row.pk: row for row in rows.filter(pk__in=ids)} if ids else {}


def _number(text: Any) -> int | None:
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else None


def _links() -> dict[str, Any]:
    return features.get_link_types()


def _has_own_address(page: Any, base: Any) -> bool:
    model = page.specific_class
    return model is not None and any(getattr(model, name) is not getattr(base, name) for name in _ADDRESSES)
