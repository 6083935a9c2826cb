"""What the views of one registration, and those of one time and place, have in common: who may open them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from wagtail_prosjektnett.admin.handled import HandledMixin
from wagtail_prosjektnett.admin.registrations.places import Place, places_of

NAMESPACE = "prosjektnett_registrations"


class OneMixin(HandledMixin):
    """A view of one registration; for who does not handle it, there is none."""

    @cached_property
    def registration(self) -> Any:
        """The registration, as it is when the request comes."""
        handled = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        found = get_object_or_404(handled.select_related("pool", "organisation"), pk=self.kwargs["pk"])
        found.place = self.place_of(found)
        return found

    def place_of(self, registration: Any) -> Place:
        """Return the time and place of a registration."""
        return places_of(self.request).of(registration.pool_id)

    def get_page_subtitle(self) -> str:
        """Return who it is about."""
        return str(self.registration)

    def back(self) -> HttpResponse:
        """Return to the registration."""
        return redirect(f"{NAMESPACE}:inspect", self.registration.pk)


class PlaceMixin(HandledMixin):
    """A view of one time and place; for who does not handle its registrations, there is none."""

    #: Whether it needs the gathering, which may have been deleted.
    needs_page = False

    @cached_property
    def place(self) -> Place:
        """The time and place, as it is when the request comes."""
        found = places_of(self.request).find(self.kwargs["uid"])
        if self.needs_page and found.page is None:
            raise Http404
        return found

    def get_page_subtitle(self) -> str:
        """Return where it is."""
        return str(self.place)

    @property
    def list_url(self) -> str:
        """The address of the list, narrowed down to the time and place."""
        return f"{reverse(f'{NAMESPACE}:index')}?place={self.place.pool.uid}"

    def back(self) -> HttpResponse:
        """Return to the list of who comes there."""
        return redirect(self.list_url)
