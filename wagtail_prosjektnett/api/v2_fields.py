"""How our kinds of fields are serialized in Wagtail's API v2."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from rest_framework.fields import CharField, Field
from wagtail.api.v2 import serializers
from wagtail.api.v2.views import PagesAPIViewSet

from wagtail_prosjektnett.api import stock
from wagtail_prosjektnett.pages.banner import NetworkBannerData

# Wagtail 8 has a field of its own for rich text; 7.4 gives it as any other text.
RichTextSerializer: Any = getattr(serializers, "RichTextFieldSerializer", CharField)


class ProseSerializer(RichTextSerializer):
    """Rich text as HTML with its links resolved, or in the format that ``?rich_text_format=`` names."""

    def get_attribute(self, instance: Any) -> Any:
        """Remember the page and pass its text on."""
        self.page = instance
        return super().get_attribute(instance)

    def to_representation(self, value: Any) -> Any:
        """Return the text as a reader asked for it."""
        request = self.context["request"]
        if "rich_text_format" in request.GET:
            return super().to_representation(value)
        return stock.prose(self.page, value, request)


class StreamSerializer(serializers.StreamField):
    """The blocks of a page as our own API tells them."""

    def get_attribute(self, instance: Any) -> Any:
        """Remember the page and pass its blocks on."""
        self.page = instance
        return super().get_attribute(instance)

    def to_representation(self, value: Any) -> Any:
        """Return the blocks, what they refer to told as the reader may see it."""
        return stock.stream(self.page, self.source, self.context["request"])


class NetworkBannerField(Field):
    """The banner of a page's network, or null."""

    def get_attribute(self, instance: Any) -> Any:
        """Pass the page itself on."""
        return instance

    def to_representation(self, page: Any) -> NetworkBannerData | None:
        """Return the banner at this moment."""
        return stock.banner(page, self.context["request"])


class SharedRelatedField(serializers.RelatedField):
    """Something that a page or a row points to; its serializer is made once, not for every page."""

    @cached_property
    def shared(self) -> Any:
        """The serializer."""
        return self.serializer_class(context=self.context)

    def to_representation(self, value: Any) -> Any:
        """Return what it points to as Wagtail does."""
        return self.shared.to_representation(value)


class SharedChildRelationField(serializers.ChildRelationField):
    """The rows of a page; their serializer is made once, not for every page."""

    @cached_property
    def shared(self) -> Any:
        """The serializer of a row."""
        related = {"serializer_related_field": SharedRelatedField}
        model = type(self.serializer_class.__name__, (self.serializer_class,), related)
        return model(context=self.context)

    def to_representation(self, value: Any) -> Any:
        """Return the rows as Wagtail does."""
        return [self.shared.to_representation(row) for row in value.all()]


class NetworkPageSerializer(PagesAPIViewSet.base_serializer_class):
    """Wagtail's serializer of pages, which also knows the banner."""

    serializer_related_field = SharedRelatedField
    network_banner = NetworkBannerField(read_only=True)

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:
        """Return the class of a field for what is related, and its arguments."""
        field, arguments = super().build_relational_field(field_name, relation_info)
        return (SharedChildRelationField if field is serializers.ChildRelationField else field), arguments
