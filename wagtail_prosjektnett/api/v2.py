"""Wagtail's API v2 with the banner on every page, of whatever type, with filters, and read together.

A site mounts ``api_router``, or registers ``NetworkPagesAPIViewSet`` on a router of its own in place of
Wagtail's ``PagesAPIViewSet``.
"""

from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.api.v2 import serializers
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Site

from wagtail_prosjektnett.api.stock import tell_together, words_alone
from wagtail_prosjektnett.api.v2_fields import NetworkPageSerializer, ProseSerializer, StreamSerializer
from wagtail_prosjektnett.api.v2_filters import NetworkFilter, parameters_of
from wagtail_prosjektnett.api.v2_guards import refuse_strange_values, refuse_unreadable
from wagtail_prosjektnett.fields import ExtensibleStreamField, ProseField


class ReadableParameters:
    """Refuses query parameters that no database can read, whatever the list is of: Wagtail answers 500 to some."""

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Refuse what cannot be read, before anything is, and leave the words of a search."""
        super().initial(request, *args, **kwargs)  # type: ignore[misc]  # that of the viewset
        refuse_unreadable(request.GET)
        if "search" in request.GET:
            parameters = request.GET.copy()
            parameters["search"] = words_alone(request.GET["search"])
            request._request.GET = parameters


class NetworkPagesAPIViewSet(ReadableParameters, PagesAPIViewSet):
    """Wagtail's pages, each with ``network_banner``, and with filters that Wagtail lacks.

    What pages of networks refer to is read together: a list costs as many queries for twenty as for one.
    """

    base_serializer_class = NetworkPageSerializer
    filter_backends = [NetworkFilter, *PagesAPIViewSet.filter_backends]
    body_fields = [*PagesAPIViewSet.body_fields, "network_banner"]
    listing_default_fields = [*PagesAPIViewSet.listing_default_fields, "network_banner"]

    def check_query_parameters(self, queryset: Any) -> None:
        """Refuse parameters that the list does not have, and values that they cannot have."""
        self.known_query_parameters: frozenset[str] = self.known_query_parameters | parameters_of(queryset.model)
        super().check_query_parameters(queryset)
        names = self.get_available_fields(queryset.model, db_fields_only=True)
        refuse_strange_values(queryset.model, {*names} - {"locale"}, self.request.GET)

    def get_base_queryset(self) -> Any:
        """Return the pages that the reader may see; view restrictions are read once for a request."""
        if not hasattr(self, "_base_queryset"):
            try:
                self._base_queryset = super().get_base_queryset()
            except Site.DoesNotExist as error:  # Wagtail 7.4 lets it pass
                raise BadRequestError("site doesn't exist") from error
        return self._base_queryset.all()

    def get_serializer_class(self) -> Any:
        """Return the serializer of the fields that were asked for, made once for a request."""
        if not hasattr(self, "_serializer_class"):
            self._serializer_class = super().get_serializer_class()
        return self._serializer_class

    def get_renderer_context(self) -> dict[str, Any]:
        """Return JSON without spaces for the eye, unless ``Accept: application/json; indent=4`` asks for them."""
        return {**super().get_renderer_context(), "indent": None}

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return a part of the list, read together."""
        pages = super().paginate_queryset(queryset)
        return self._read_together(list(pages)) if pages is not None else None

    def get_object(self) -> Any:
        """Return the page that is asked for, with all that it refers to."""
        if not hasattr(self, "_page"):
            self._page = super().get_object()
            self._read_together([self._page])
        return self._page

    def _read_together(self, pages: list[Any]) -> list[Any]:
        fields = set(self.get_serializer_class().Meta.fields)
        tell_together(pages, self.request, names=fields)
        related = [name for name in ("locale", "alias_of") if name in fields]
        prefetch_related_objects(pages, *related)
        return pages


class ReadableImagesAPIViewSet(ReadableParameters, ImagesAPIViewSet):
    """Wagtail's images."""


class ReadableDocumentsAPIViewSet(ReadableParameters, DocumentsAPIViewSet):
    """Wagtail's documents."""


def register_fields() -> None:
    """Let every viewset of API v2, also a site's own, give our rich text as HTML, and blocks in their language."""
    mapping = serializers.BaseSerializer.serializer_field_mapping
    mapping[ProseField] = ProseSerializer
    mapping[ExtensibleStreamField] = StreamSerializer


#: Pages, images and documents, ready to be mounted: ``path("api/v2/", api_router.urls)``.
api_router = WagtailAPIRouter("wagtailapi")
api_router.register_endpoint("pages", NetworkPagesAPIViewSet)
api_router.register_endpoint("images", ReadableImagesAPIViewSet)
api_router.register_endpoint("documents", ReadableDocumentsAPIViewSet)
