"""Erases one person everywhere, for whoever has the permission: asks for the address, then for a yes.

The address is sent by POST only, so that no log of a web server holds it, and is written nowhere.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_prosjektnett.domain.registration import TryLater
from wagtail_prosjektnett.erasure import KnownOf, erase_person, known_of

NAME = "prosjektnett_erase_person"
CODENAME = "delete_registration"
ERASE = f"wagtail_prosjektnett.{CODENAME}"
_TITLE = gettext_lazy("Erase a person")


class ErasureForm(forms.Form):
    """Who is to be erased, and whether somebody has said yes to how much that is."""

    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("That of the person, or of who signed up others."),
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)


class ErasureView(WagtailAdminTemplateMixin, FormView[ErasureForm]):
    """The page on which a person is erased."""

    form_class = ErasureForm
    template_name = "wagtail_prosjektnett/admin/erase_person.html"
    page_title = _TITLE
    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in only those who may erase people."""
        if not request.user.has_perm(ERASE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def form_valid(self, form: ErasureForm) -> HttpResponse:
        """Tell how much there is, or erase them once somebody has said yes."""
        address = form.cleaned_data["address"]
        if not form.cleaned_data["confirmed"]:
            known = known_of(address)
            return self.render_to_response(
                self.get_context_data(form=form, count=known.everything, question=_question(address, known))
            )
        try:
            erased = erase_person(address, timezone.now(), user=self.request.user)
        except TryLater:
            messages.error(self.request, _("Too many people sign up just now. Try again in a moment."))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(self.request, _("Erased: %(what)s.") % {"what": _in_words(erased)})
        return redirect(NAME)


def erasure_urls() -> list[URLPattern]:
    """Return the address of the page. Seats are given back in transactions of their own, whatever the site does."""
    return [path("prosjektnett/erase-person/", transaction.non_atomic_requests(ErasureView.as_view()), name=NAME)]


def erasure_permission() -> Any:
    """Return the permission to erase people, for an administrator to give to groups."""
    return Permission.objects.filter(content_type__app_label="wagtail_prosjektnett", codename=CODENAME)


class ErasureMenuItem(MenuItem):
    """The way to the page, for those who may open it."""

    def __init__(self) -> None:
        super().__init__(_TITLE, reverse(NAME), name="prosjektnett-erase-person", icon_name="user", order=900)

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether somebody may erase people."""
        return bool(request.user.has_perm(ERASE))


def _question(address: str, known: KnownOf) -> str:
    if not known.everything:
        return _("Nothing is stored about %(address)s.") % {"address": address}
    text = _(
        "This is stored about %(address)s: %(what)s. What is still to come is cancelled, what was written on articles "
        "is shown no more, and nobody gets a mail of it."
    )
    question = text % {"address": address, "what": _in_words(known)}
    if not known.of_others:
        return question
    stay = _(
        "Registrations of others with addresses of their own: %(count)s. They stay, and only who signed them up is "
        "erased."
    )
    return f"{question} {stay % {'count': known.of_others}}"


def _in_words(known: KnownOf) -> str:
    counts = [
        (known.registrations, ngettext("%(count)s registration", "%(count)s registrations", known.registrations)),
        (known.feedback, ngettext("%(count)s feedback", "%(count)s pieces of feedback", known.feedback)),
    ]
    return ", ".join(words % {"count": count} for count, words in counts if count) or _("nothing")
