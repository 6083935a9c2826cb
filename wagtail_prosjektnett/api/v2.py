"""Wagtail's API v2 with the banner on every page, of whatever type.

A site mounts ``api_router``, or registers ``NetworkPagesAPIViewSet`` on a router of its own in place of
Wagtail's ``PagesAPIViewSet``.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from rest_framework.fields import CharField, Field
from wagtail.api.v2 import serializers
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.rich_text import expand_db_html

from wagtail_prosjektnett.fields import ExtensibleStreamField, ProseField
from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.banner import NetworkBannerData, network_banner
from wagtail_prosjektnett.pages.tree import networks_of

# Wagtail 8 has a field of its own for rich text; 7.4 gives it as any other text.
RichTextSerializer: Any = getattr(serializers, "RichTextFieldSerializer", CharField)


class ProseSerializer(RichTextSerializer):
    """Rich text as HTML with its links resolved, or in the format that ``?rich_text_format=`` names."""

    def to_representation(self, value: Any) -> Any:
        """Return the text as a reader asked for it."""
        request = self.context.get("request")
        if request is not None and "rich_text_format" in request.GET:
            return super().to_representation(value)
        return expand_db_html(value)


class StreamSerializer(serializers.StreamField):
    """The blocks of a page, which are told what page they are on."""

    def get_attribute(self, instance: Any) -> Any:
        """Remember the page and pass its blocks on."""
        self.page = instance
        return super().get_attribute(instance)

    def to_representation(self, value: Any) -> Any:
        """Return the blocks as the APIs give them."""
        return value.stream_block.get_api_representation(value, {**self.context, "page": self.page})


class NetworkBannerField(Field):
    """The banner of a page's network, or null."""

    def get_attribute(self, instance: Any) -> Any:
        """Pass the page itself on."""
        return instance

    def to_representation(self, page: Any) -> NetworkBannerData | None:
        """Return the banner at this moment."""
        banner = network_banner(page, timezone.now(), self.context["request"])
        return banner.data() if banner else None


class NetworkPageSerializer(PagesAPIViewSet.base_serializer_class):
    """Wagtail's serializer of pages, which also knows the banner."""

    network_banner = NetworkBannerField(read_only=True)


class NetworkPagesAPIViewSet(PagesAPIViewSet):
    """Wagtail's pages, each with ``network_banner``. A list costs one query more, however long it is."""

    base_serializer_class = NetworkPageSerializer
    body_fields = [*PagesAPIViewSet.body_fields, "network_banner"]
    listing_default_fields = [*PagesAPIViewSet.listing_default_fields, "network_banner"]

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return a part of the list, with the networks of all its pages looked up together."""
        pages = super().paginate_queryset(queryset)
        self._prepare(pages or [])
        return pages

    def get_object(self) -> Any:
        """Return the page that is asked for, with its network."""
        page = super().get_object()
        self._prepare([page])
        return page

    def _prepare(self, pages: Iterable[Any]) -> None:
        networks_of(self.request).introduce(pages)
        queries.share_translations(pages)
        if "fields" in self.request.GET:
            queries.prefetch_occurrences(pages)


def register_fields() -> None:
    """Let every viewset of API v2, also a site's own, give our rich text as HTML, and blocks in their language."""
    mapping = serializers.BaseSerializer.serializer_field_mapping
    mapping[ProseField] = ProseSerializer
    mapping[ExtensibleStreamField] = StreamSerializer


#: Pages, images and documents, ready to be mounted: ``path("api/v2/", api_router.urls)``.
api_router = WagtailAPIRouter("wagtailapi")
api_router.register_endpoint("pages", NetworkPagesAPIViewSet)
api_router.register_endpoint("images", ImagesAPIViewSet)
api_router.register_endpoint("documents", DocumentsAPIViewSet)
