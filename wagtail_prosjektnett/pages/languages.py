"""The same page in other languages, for readers and for search engines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language_info, to_locale

from wagtail_prosjektnett.visibility import visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest

_ATTRIBUTE = "_prosjektnett_translations"


@dataclass(frozen=True)
class Translation:
    """A page in one language: its full address, its BCP 47 code and the language's own name for itself."""

    page: Any
    url: str
    language: str
    name: str
    is_current: bool


def translations(page: Any, request: HttpRequest) -> list[Translation]:
    """Return the languages that the reader may read a page in, in the order of the site's ``LANGUAGES``.

    The page itself is one of them. The list is empty where there is only one. It costs one query for each
    page and request, besides those that tell what the reader may see; and none in a site without
    ``WAGTAIL_I18N_ENABLED``, which has one language.

    An alias is left out: it fills a gap in the tree of a language with the text of another one.
    """
    known = request.__dict__.setdefault(_ATTRIBUTE, {})
    key = (page.translation_key, page.pk)
    if key not in known:
        known[key] = _find(page, request)
    return known[key]


def language_tag(code: str) -> str:
    """Return a language code of Django's as BCP 47 writes it: ``pt-br`` is ``pt-BR``."""
    return to_locale(code).replace("_", "-")


def own_name(code: str) -> str:
    """Return a language's name for itself, such as "Davvisámegiella"; the site's name for one unknown to Django."""
    try:
        name = get_language_info(code)["name_local"]
    except KeyError:
        name = str(dict(settings.LANGUAGES).get(code, code))
    return name[:1].upper() + name[1:]


def _find(page: Any, request: HttpRequest) -> list[Translation]:
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return []
    same = type(page).objects.filter(translation_key=page.translation_key, alias_of=None)
    pages = list(visibility_for(request).visible(same).select_related("locale").defer_streamfields())
    found = [
        Translation(
            page=each,
            url=url,
            language=language_tag(each.locale.language_code),
            name=own_name(each.locale.language_code),
            is_current=each.pk == page.pk,
        )
        for each in sorted(pages, key=place)
        if (url := each.get_full_url(request))
    ]
    return found if len(found) > 1 else []


def place(page: Any) -> tuple[int, str]:
    """Return where a page comes in the site's order of languages; those that it does not name come last."""
    codes = [code for code, _name in settings.LANGUAGES]
    code = page.locale.language_code
    return (codes.index(code) if code in codes else len(codes), code)
