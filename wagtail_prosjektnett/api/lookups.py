"""What many pages refer to, looked up together: one query for each kind of thing, however many pages.

First every page tells what it needs (``Needs``), then all of it is found (``Found``). Only what anybody may
see is told: a hidden page or document is as one that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.html import escape
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import Filter
from wagtail.rich_text import features
from wagtail.rich_text.rewriters import EmbedRewriter, LinkRewriter

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.api.found_pages import FoundPages
from wagtail_prosjektnett.api.needs import Needs
from wagtail_prosjektnett.pages.feedback import Numbers, numbers_of
from wagtail_prosjektnett.pages.languages import place
from wagtail_prosjektnett.records.organisations import Organisation
from wagtail_prosjektnett.records.parallel_names import give_names, read_with_names
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
        """Load the parallel names of every organisation that is shown: no query for those that came with them."""
        shown = [*self.needs.organisations, *(person.organisation for person in self._people.values())]
        known = [each for each in shown if each is not None]
        give_names(known)
        self._organisations = {each.pk: each for each in known}

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
        return page if page is None or page.locale_id == locale_id else self.pages.in_language(page, locale_id)

    def translations(self, page: Any) -> list[Any]:
        """Return the page in its other languages, in the order of the site's ``LANGUAGES``; no aliases."""
        if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            return []
        same = [each for each in self.pages.same(page).values() if each.pk != page.pk]
        return sorted((each for each in same if each.alias_of_id is None and self.visibility.shows(each)), key=place)

    @property
    def children(self) -> list[Any]:
        """The visible pages directly below the page whose children are shown, in the order of the tree."""
        parent = self.needs.parent
        below = (page for page in self.pages.by_pk.values() if page.path.startswith(parent.path))
        found = [page for page in below if page.depth == parent.depth + 1 and self.visibility.shows(page)]
        return sorted(found, key=lambda page: page.path)

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

    def feedback(self, page: Any) -> Numbers:
        """Return what readers say of an article, in numbers."""
        return self._feedback[page.pk]

    def html(self, source: str, locale_id: int) -> str:
        """Return rich text with its links resolved; one that leads nowhere for the reader has no address."""
        if "<a" in source:
            source = self._once(("links", locale_id), lambda: self._rewriter(locale_id))(source)
        if "<embed" in source:
            embeds = features.get_embed_types()
            rules = {kind: each.expand_db_attributes_many for kind, each in embeds.items()}
            source = EmbedRewriter(bulk_rules=rules)(source)
        return source

    def _rewriter(self, locale_id: int) -> LinkRewriter:
        """Return what resolves the links of texts in a language."""
        rules: dict[str, Any] = {kind: each.expand_db_attributes_many for kind, each in _links().items()}
        rules["page"] = lambda many: [self._link(self._url(each.get("id"), locale_id)) for each in many]
        rules["document"] = lambda many: [self._link(self._document_url(each.get("id"))) for each in many]
        return LinkRewriter(bulk_rules=rules)

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
        page = self.pages.by_pk.get(pk)
        if locale_id is not None:
            page = self.of(page, locale_id)
        return page if page is not None and self.visibility.reaches(page) else None

    @cached_property
    def pages(self) -> FoundPages:
        """The pages that were needed."""
        found = FoundPages(self.needs)
        found.load()
        return found

    @cached_property
    def _feedback(self) -> dict[int, Numbers]:
        return numbers_of(self.needs.articles)

    @cached_property
    def _documents(self) -> dict[Any, Any]:
        known, documents = self.needs.known_documents, get_document_model().objects.all()
        if joined := self.visibility.asks_of_documents:
            documents = documents.select_related(*joined)
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
        return {**known, **{person.pk: person for person in read_with_names(people, "organisation")}}

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
