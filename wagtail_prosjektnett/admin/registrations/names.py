"""The list of names for the door: ticked on a screen or on paper; and what they need, counted and without names."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from wagtail_prosjektnett.admin.registrations.base import PlaceMixin
from wagtail_prosjektnett.admin.registrations.words import organisation_of
from wagtail_prosjektnett.models import Registration, RegistrationNeeds
from wagtail_prosjektnett.registration import desk
from wagtail_prosjektnett.registration.audit import RegistrationAction, note

#: The Norwegian alphabet ends with these.
_LAST_LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


def norwegian(text: str) -> str:
    """Return what a text is sorted by in Norwegian, whatever the database sorts by."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_LAST_LETTERS)
    return "".join(letter for letter in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(letter))


#: What the names can be sorted by.
_ORDERS: dict[str, tuple[Any, Any]] = {
    "name": (gettext_lazy("Name"), lambda each: norwegian(each.name)),
    "organisation": (
        gettext_lazy("Organisation"),
        lambda each: (norwegian(organisation_of(each)), norwegian(each.name)),
    ),
    "number": (gettext_lazy("Number"), lambda each: each.number),
}


class Names(PlaceMixin, TemplateView):
    """Those who have a seat at one time and place, with a box to tick for each."""

    template_name = "wagtail_prosjektnett/admin/registration_names.html"
    page_title = gettext_lazy("List of names")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the names in the order that was asked for."""
        order = self.request.GET.get("order", "")
        order = order if order in _ORDERS else "name"
        found = sorted(self._seated(), key=_ORDERS[order][1])
        for each in found:
            each.where = organisation_of(each)
        orders = [(value, label, value == order) for value, (label, _key) in _ORDERS.items()]
        return super().get_context_data(
            place=self.place, list_url=self.list_url, registrations=found, orders=orders, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write down the boxes that were ticked or emptied since they were shown; others may tick at the same time."""
        shown, ticked = (set(request.POST.getlist(name)) for name in ("shown", "attended"))
        by_id = {str(each.pk): each for each in self._seated()}
        count = 0
        for ids, attended in ((ticked - shown, True), (shown - ticked, None)):
            if changed := [by_id[each] for each in sorted(ids) if each in by_id]:
                count += desk.mark_attended(changed, attended, user=request.user)
        words = ngettext("%(count)s box was changed.", "%(count)s boxes were changed.", count)
        messages.success(request, words % {"count": count})
        return redirect(request.get_full_path())

    def _seated(self) -> Any:
        return Registration.objects.seated().filter(pool=self.place.pool).select_related("organisation")


class NeedsView(PlaceMixin, TemplateView):
    """What those who have a seat need, for the kitchen and for who prepares the room: how many, and not who."""

    template_name = "wagtail_prosjektnett/admin/registration_needs.html"
    page_title = gettext_lazy("What they need")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the needs, those that most people have first; the history of the gathering tells who has seen them."""
        pool = self.place.pool
        seated = Registration.objects.seated().filter(pool=pool)
        needs = list(RegistrationNeeds.objects.filter(registration__in=seated).select_related("registration"))
        if needs:
            note(pool, RegistrationAction.NEEDS_OPENED, [each.registration for each in needs], self.request.user)
        parts = [
            (_("What they need to eat"), _counted(each.dietary for each in needs)),
            (_("What they need to take part"), _counted(each.access for each in needs)),
        ]
        return super().get_context_data(
            place=self.place, list_url=self.list_url, parts=parts, seated=seated.count(), **kwargs
        )


def _counted(texts: Iterable[str]) -> list[tuple[str, int]]:
    """Return each text with how many have written it, whatever the capitals and the spaces."""
    words: dict[str, str] = {}
    counter: Counter[str] = Counter()
    for text in texts:
        if key := " ".join(text.casefold().split()):
            words.setdefault(key, text.strip())
            counter[key] += 1
    return [(words[key], count) for key, count in counter.most_common()]
