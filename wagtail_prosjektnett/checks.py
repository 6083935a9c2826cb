"""Numbered checks of how a site has set the package up. ``docs/reference/checks.md`` says how to mend each."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

import swapper
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.template import Node, TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.formats import iter_format_modules
from wagtail.blocks import Block
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import Filter

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.conf import check_id as _id
from wagtail_prosjektnett.domain.review import MOST_MONTHS
from wagtail_prosjektnett.fields import BLOCKS_HOOK, ExtensibleStreamField
from wagtail_prosjektnett.pages.types import PageRole, page_model, page_models
from wagtail_prosjektnett.templatetags.prosjektnett_tags import network_banner

CATEGORIES = "ANNOUNCEMENT_CATEGORIES"
NETWORKS = "WEBHOOK_PRIVATE_NETWORKS"
#: The least and the most. What a worker has taken from the outbox is its own for three minutes, the lookup of the name
#: included; the timeout is in seconds.
LIMITS = {
    "WEBHOOK_TIMEOUT": (1, 60),
    "OUTBOX_KEPT_DAYS": (1, 3650),
    "REMINDER_DAYS": (0, 60),
    "REVIEW_MONTHS": (0, MOST_MONTHS),
}
PAIRS = "Let the function return pairs of a name and a block."


@register
def check_settings(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E001: an unknown setting; E002: a setting of the wrong type; E003: an unknown time zone."""
    found: list[CheckMessage] = []
    for name in dir(settings):
        if name.startswith(conf.PREFIX) and name.removeprefix(conf.PREFIX) not in conf.SETTINGS:
            known = ", ".join(conf.PREFIX + known for known in conf.SETTINGS)
            found.append(Error(f"{name} is not a setting of wagtail_prosjektnett.", f"Known: {known}.", id=_id("E001")))
    for name, setting in conf.SETTINGS.items():
        if not isinstance(conf.get_setting(name), setting.type):
            message = f"{conf.PREFIX}{name} must be of type {setting.type.__name__}."
            found.append(Error(message, id=_id("E002")))
    zone = conf.default_time_zone()
    if isinstance(zone, str) and zone not in available_timezones():
        message = f"{conf.PREFIX}TIME_ZONE is not a time zone: {zone}."
        found.append(Error(message, "Use an IANA name such as Europe/Oslo.", id=_id("E003")))
    return found


@register
def check_values(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E007: an empty page; E008: a size that Wagtail cannot make; E009: a category that cannot be stored."""
    found: list[CheckMessage] = []
    size, sizes, categories = (conf.get_setting(name) for name in ("PAGE_SIZE", "IMAGE_RENDITIONS", CATEGORIES))
    if isinstance(size, int) and size < 1:
        found.append(Error(f"{conf.PREFIX}PAGE_SIZE must be 1 or more.", id=_id("E007")))
    for name, spec in sizes.items() if isinstance(sizes, Mapping) else ():
        if not (isinstance(name, str) and name and _is_filter(spec)):
            message = f"{conf.PREFIX}IMAGE_RENDITIONS has a size that cannot be made: {name!r}: {spec!r}."
            hint = "Use a name and a filter specification of Wagtail's, such as width-480."
            found.append(Error(message, hint, id=_id("E008")))
    for value in categories if isinstance(categories, Mapping) else ():
        if not (isinstance(value, str) and 0 < len(value) <= conf.CATEGORY_LENGTH):
            message = f"{conf.PREFIX}{CATEGORIES} has a value that cannot be stored: {value!r}."
            hint = f"Use a text of 1 to {conf.CATEGORY_LENGTH} characters as value."
            found.append(Error(message, hint, id=_id("E009")))
    return found


@register
def check_outbox(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E014: a network that is none; E015: a time that is too short or too long."""
    found: list[CheckMessage] = []
    try:
        if isinstance(conf.get_setting(NETWORKS), list):
            conf.webhook_private_networks()
    except ValueError as error:
        message = f"{conf.PREFIX}{NETWORKS} has something that is not a network: {error}."
        found.append(Error(message, 'Write networks as ["10.0.0.0/8"].', id=_id("E014")))
    for name, (least, most) in LIMITS.items():
        value = conf.get_setting(name)
        if isinstance(value, int) and not least <= value <= most:
            found.append(Error(f"{conf.PREFIX}{name} must be from {least} to {most}.", id=_id("E015")))
    return found


@register(Tags.security, deploy=True)
def check_webhooks_of_a_deployed_site(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """W009: webhooks may be sent into networks that are not of the internet."""
    networks = conf.get_setting(NETWORKS)
    if not isinstance(networks, list) or not networks:
        return []
    return [
        Warning(
            f"Webhooks may be sent to {', '.join(map(str, networks))}: who may edit webhooks can reach all that is "
            "there, without encryption too.",
            f"Let {conf.PREFIX}{NETWORKS} name nothing but the receivers, such as 10.1.2.3/32, or be empty.",
            id=_id("W009"),
        )
    ]


@register
def check_site_blocks(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E010: the hook for blocks gives something that is no block, or a name that is taken."""
    models = [model for role in PageRole for model in page_models(role)]
    fields = {field.name: field for model in models for field in model._meta.get_fields()}
    found: list[CheckMessage] = []
    for field in fields.values():
        if not isinstance(field, ExtensibleStreamField):
            continue
        taken = {name for name, _block in field.own_blocks()}
        for pair in field.site_blocks():
            if not _is_named_block(pair):
                found.append(Error(f"{BLOCKS_HOOK} gives {pair!r} for {field.name}.", PAIRS, id=_id("E010")))
            elif pair[0] in taken:
                message = f"{BLOCKS_HOOK} gives {field.name} a block by a name that is taken: {pair[0]}."
                found.append(Error(message, "Choose another name.", id=_id("E010")))
            else:
                taken.add(pair[0])
    return found


@register
def check_page_models(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E004: two unrelated page types for one role; E005: a type that lost the fields of its base page."""
    found: list[CheckMessage] = []
    for role in PageRole:
        models = page_models(role)
        if models and page_model(role) is None:
            names = ", ".join(model._meta.label for model in models)
            hint = "Let one of them be a subclass of the other."
            found.append(Error(f"Several page types play the role {role.value}: {names}.", hint, id=_id("E004")))
        for model in models:
            if not {field.field_name for field in model.search_fields} & {"title"}:
                hint = "Join the lists: search_fields = Page.search_fields + <mixin>.search_fields."
                found.append(Error(f"{model._meta.label} does not index its title.", hint, id=_id("E005")))
    return found


@register
def check_base_page(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E011: our concrete pages are installed on a site whose pages have another base."""
    own = swapper.is_swapped("wagtailcore", "Page")
    if not own or not apps.is_installed("wagtail_prosjektnett.pages"):
        return []
    return [
        Error(
            f"wagtail_prosjektnett.pages cannot be used with WAGTAIL_PAGE_MODEL = {own!r}: its pages are built on "
            "Wagtail's own base page. All errors about wagtailcore.Page and prosjektnett_pages come from that.",
            "Take wagtail_prosjektnett.pages out of INSTALLED_APPS, keep wagtail_prosjektnett, and put the mixins "
            "on your base page; docs/how-to/own-page-base.md has the code.",
            id=_id("E011"),
        )
    ]


@register
def check_api_v2(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """W001: API v2 is mounted with pages that lack the banner."""
    from wagtail.admin.api.views import PagesAdminAPIViewSet
    from wagtail.api.v2.views import PagesAPIViewSet

    return [
        Warning(
            f"{view.__module__}.{view.__qualname__} gives pages without network_banner in API v2.",
            "Register wagtail_prosjektnett.api.v2.NetworkPagesAPIViewSet, or a subclass of it, in its place.",
            id=_id("W001"),
        )
        for view in sorted(_views(get_resolver()), key=lambda view: view.__qualname__)
        if issubclass(view, PagesAPIViewSet)
        and not issubclass(view, PagesAdminAPIViewSet)
        and "network_banner" not in view.body_fields
    ]


@register
def check_api_v3(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """W002: API v3 was built before the banner could be added to it."""
    if not apps.is_installed("wagtail.api.v3"):
        return []
    from wagtail_prosjektnett.api import v3

    if v3.in_time:
        return []
    return [
        Warning(
            "API v3 gives pages without network_banner: another app imported its router first.",
            f"Put wagtail_prosjektnett first in INSTALLED_APPS, or import {v3.ROUTER} later.",
            id=_id("W002"),
        )
    ]


@register
def check_base_template(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E006: the base template does not exist or has errors; W003: it does not show the banner."""
    name = conf.base_template()
    if not isinstance(name, str):
        return []  # E002 tells
    try:
        source = _source(name)
    except (TemplateDoesNotExist, TemplateSyntaxError, OSError) as error:  # OSError: the name of a folder
        message = f"{conf.PREFIX}BASE_TEMPLATE cannot be used: {type(error).__name__}: {error}."
        return [Error(message, id=_id("E006"))]
    if _shows_banner(source):
        return []
    return [
        Warning(
            f"The base template {name} does not show the banner of networks.",
            "Put {% load prosjektnett_tags %} and {% network_banner %} above its content, so that pages of "
            "your own below a network show it too.",
            id=_id("W003"),
        )
    ]


@register
def check_formats(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """W004: Northern Sámi is one of the site's languages, but nobody says how its dates are written."""
    languages = [*settings.LANGUAGES, *getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", [])]
    if "se" not in dict(languages) or any(iter_format_modules("se", settings.FORMAT_MODULE_PATH)):
        return []
    return [
        Warning(
            "Northern Sámi (se) is one of the LANGUAGES, but Django has no formats for its dates.",
            'Set FORMAT_MODULE_PATH = ["wagtail_prosjektnett.formats"], or name a package of your own that has se.',
            id=_id("W004"),
        )
    ]


def _is_filter(spec: Any) -> bool:
    """Whether Wagtail can make an image by a filter specification."""
    try:
        return bool(Filter(spec=spec).operations)
    except (InvalidFilterSpecError, AttributeError, TypeError, ValueError):
        return False


def _is_named_block(pair: Any) -> bool:
    return isinstance(pair, tuple | list) and len(pair) == 2 and isinstance(pair[0], str) and isinstance(pair[1], Block)


def _views(resolver: URLResolver) -> set[Any]:
    """Return the classes of the views that a URL configuration leads to."""
    found: set[Any] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found |= _views(entry)
        elif isinstance(entry, URLPattern) and hasattr(entry.callback, "cls"):
            found.add(entry.callback.cls)
    return found


def _shows_banner(source: Any) -> bool:
    """Whether a template uses the banner's tag, itself or in a template that it extends or includes."""
    nodes = source.nodelist.get_nodes_by_type(Node)
    if any(getattr(node, "func", None) is network_banner for node in nodes):
        return True
    names = (_literal_name(node) for node in nodes if isinstance(node, ExtendsNode | IncludeNode))
    return any(_shows_banner(_source(name)) for name in names if name)


def _source(name: str) -> Any:
    """Return a template as Django's engine has parsed it."""
    template: Any = get_template(name)
    return template.template


def _literal_name(node: ExtendsNode | IncludeNode) -> str | None:
    expression: Any = node.parent_name if isinstance(node, ExtendsNode) else node.template
    return expression.var if isinstance(expression.var, str) else None
