"""Which frontends may read from a browser: the origins that an administrator has allowed, through django-cors-headers.

The middleware asks for each request that could come from another origin. Only the paths of our API, and of Wagtail's
own where the administrator has opened it, are ever allowed, and never with cookies.
"""

from __future__ import annotations

import inspect
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.models import Site

from wagtail_prosjektnett.domain.web_origins import origin_of
from wagtail_prosjektnett.models import Frontend

if TYPE_CHECKING:
    from django.http import HttpRequest

MIDDLEWARE = "corsheaders.middleware.CorsMiddleware"
_ATTRIBUTE = "_prosjektnett_cors"
_NINJA = "ninja.operation"
_V3 = "wagtailapi_v3"


class Door(Enum):
    """The APIs that a frontend may read."""

    OURS = "ours"
    WAGTAIL = "wagtail"


def connect() -> None:
    """Let django-cors-headers ask us."""
    from corsheaders.signals import check_request_enabled

    check_request_enabled.connect(allows, dispatch_uid="wagtail_prosjektnett")


def allows_credentials() -> bool:
    """Whether the site lets other origins send cookies; ours are then not allowed at all."""
    return getattr(settings, "CORS_ALLOW_CREDENTIALS", False)


def allows(sender: Any, request: HttpRequest, **kwargs: Any) -> bool:
    """Whether the scripts of the origin that a request names may read the answer.

    It costs one query for a request to one of the APIs that names an origin, and none for any other. An origin that
    is known costs the query that finds the site as well, where the answer itself did not need it.
    """
    origin = request.headers.get("Origin", "")
    # What browsers send is in the one form; anything else, "null" among it, is no origin of a frontend.
    if not origin or origin_of(origin) != origin or allows_credentials():
        return False
    if not hasattr(request, _ATTRIBUTE):
        setattr(request, _ATTRIBUTE, _is_allowed(request, origin))
    return getattr(request, _ATTRIBUTE)


def _is_allowed(request: HttpRequest, origin: str) -> bool:
    door = _door(request.path_info)
    if door is None:
        return False
    frontends = Frontend.allowing(origin)
    if door is Door.WAGTAIL:
        frontends = frontends.filter(opens_wagtail_api=True)
    sites = set(frontends.order_by().values_list("site_id", flat=True))
    if not sites:
        return False
    site = Site.find_for_request(request)
    return site is not None and site.pk in sites


def _door(path: str) -> Door | None:
    """Return which API a path belongs to; one without its last slash belongs where Django will lead it."""
    try:
        match = resolve(path if path.endswith("/") else f"{path}/")
    except Resolver404:
        return None
    if _is_ours(match):
        return Door.OURS
    view_class = getattr(match.func, "cls", None)
    is_v2 = isinstance(view_class, type) and issubclass(view_class, BaseAPIViewSet)
    return Door.WAGTAIL if is_v2 or _V3 in match.namespaces else None


def _is_ours(match: ResolverMatch) -> bool:
    """Whether a match is one of our endpoints, wherever and under whatever names a site has mounted them.

    The view that ninja makes of a path holds on to the functions that answer there; ours are known by themselves.
    """
    view = inspect.unwrap(match.func)
    if view.__module__ != _NINJA:
        return False
    # Here, since blocks of the site are registered later than this file is imported.
    from wagtail_prosjektnett.api.router import router

    ours = {function for path in router.path_operations.values() for function in _functions(path)}
    return not ours.isdisjoint(_functions(inspect.getclosurevars(view).nonlocals.get("self")))


def _functions(path: Any) -> set[Any]:
    """Return the functions that answer at a path of ninja's, without what a site may have wrapped around them."""
    return {inspect.unwrap(operation.view_func) for operation in getattr(path, "operations", ())}
