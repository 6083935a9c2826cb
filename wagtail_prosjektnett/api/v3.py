"""Wagtail's API v3 with the banner on every page, of whatever type, and our kinds of fields as our own API tells them.

API v3 is a preview in Wagtail 8.0. All that rests on its internals is here and in ``v3_guards``: it builds the schemas
of all page types once, when its router is imported, so ours must be in place before that. A check (W002) tells when
they came too late.
"""

import dataclasses
import sys
from typing import Any

from wagtail_prosjektnett.api import stock, v3_guards
from wagtail_prosjektnett.fields import ExtensibleStreamField, ProseField
from wagtail_prosjektnett.pages.banner import NetworkBannerData

ROUTER = "wagtail.api.v3.routers.pages"

#: Whether the schemas were in place before the router was built.
in_time = True


def register() -> None:
    """Give the read schema of every page type its ``network_banner``, and let all of a page be read together."""
    global in_time
    in_time = ROUTER not in sys.modules
    v3_guards.register()

    from wagtail.api.v3.schemas import PageSchema, read_generator

    read_generator.register_field_schema(ProseField, _prose_schema)
    read_generator.register_field_schema(ExtensibleStreamField, _stream_schema)

    from wagtail.api.v3.registry import registry
    from wagtail.models import get_page_models

    for model in get_page_models():
        registration = registry.get(model._meta.label)
        if registration is not None:
            schema = read_generator.generate_schema(model, base_class=PageSchema)
            meta = (schema.model_fields["meta"].annotation, ..., staticmethod(_resolve_meta))
            schema = read_generator.extend_schema(schema, schema.__name__, {"meta": meta, "network_banner": _BANNER})
            registry.register(dataclasses.replace(registration, read_schema=schema))


def _resolve_meta(page: Any, context: dict[str, Any]) -> Any:
    """Return the page, as Wagtail does, with all that it refers to: this is resolved before everything else."""
    stock.tell_together([page], context["request"])
    return page


def _resolve_banner(page: Any, context: dict[str, Any]) -> NetworkBannerData | None:
    return stock.banner(page, context["request"])


_BANNER = (NetworkBannerData | None, None, staticmethod(_resolve_banner))


def _prose_schema(generator: Any, field: Any) -> Any:
    from wagtail.api.v3.schemas.generators.read import rich_text_schema

    annotation, default, wagtail_resolver = rich_text_schema(generator, field)
    name = field.name

    def resolve(page: Any, context: dict[str, Any]) -> str | None:
        request = context["request"]
        if "rich_text_format" in request.GET:
            return wagtail_resolver.__func__(page, context)
        return stock.prose(page, getattr(page, name) or "", request)

    return annotation, default, staticmethod(resolve)


def _stream_schema(generator: Any, field: Any) -> Any:
    name = field.name

    def resolve(page: Any, context: dict[str, Any]) -> Any:
        return stock.stream(page, name, context["request"])

    return list[Any], [], staticmethod(resolve)
