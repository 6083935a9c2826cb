"""The same page in other languages, for readers and for search engines."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import swapper
from django.conf import settings
from django.utils.translation import get_language, get_language_info, to_locale
from wagtail.coreutils import get_content_languages

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


def preload_translations(pages: Iterable[Any], request: HttpRequest) -> None:
    """Look up the languages of several pages with one query, where a site has several; ``pages`` are of any type."""
    pages = list(pages)
    if not pages or not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return
    by_key: dict[Any, list[Any]] = {}
    model = swapper.load_model("wagtailcore", "Page")
    for each in _readable(model, {page.translation_key for page in pages}, request):
        by_key.setdefault(each.translation_key, []).append(each)
    known = request.__dict__.setdefault(_ATTRIBUTE, {})
    for page in pages:
        known[page.translation_key, page.pk] = _told(page, by_key.get(page.translation_key, []), request)


def language_tag(code: str) -> str:
    """Return a language code of Django's as BCP 47 writes it: ``pt-br`` is ``pt-BR``."""
    return to_locale(code).replace("_", "-")


def asked_language(request: HttpRequest) -> str:
    """Return the language that an address asks for by ``language``; empty where that is none of the site's."""
    asked = request.GET.get("language", "")
    return asked if asked in get_content_languages() else ""


def code_of(page: Any) -> str:
    """Return the code of the language of a page; a draft that was never saved is in the active one."""
    return page.locale.language_code if page.locale_id else get_language() or settings.LANGUAGE_CODE


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
    pages = _readable(type(page), {page.translation_key}, request).defer_streamfields()
    return _told(page, pages, request)


def _readable(model: Any, keys: Collection[Any], request: HttpRequest) -> Any:
    same = model.objects.filter(translation_key__in=keys, alias_of=None)
    return visibility_for(request).visible(same).select_related("locale")


def _told(page: Any, pages: Iterable[Any], request: HttpRequest) -> list[Translation]:
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
