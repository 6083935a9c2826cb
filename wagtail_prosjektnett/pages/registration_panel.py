"""Who has signed up for a gathering, counted on the page on which it is edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.models import Locale

from wagtail_prosjektnett.domain.registration import ACTIVE
from wagtail_prosjektnett.pages.sources import handles_what_came_in
from wagtail_prosjektnett.records.seats import SeatPool

#: The namespace of registrations in the admin, and what can be done at one time and place.
ADMIN = "prosjektnett_registrations"
#: A form of a state body must be there in both at the same time (språklova § 14).
_BOTH = frozenset({"nb", "nn"})


@dataclass(frozen=True)
class PoolCount:
    """How the seats of one time and place are taken, and where that is handled; without links for who may not."""

    name: str
    pool: Any
    links: list[tuple[str, str]]

    @property
    def seats(self) -> Any:
        """The seats as the domain sees them."""
        return self.pool.seats


class RegistrationsPanel(Panel):
    """The counts of each time and place, as they are when the page is opened."""

    class BoundPanel(Panel.BoundPanel):
        """The panel on one page."""

        template_name = "wagtail_prosjektnett/admin/registrations_panel.html"

        def is_shown(self) -> bool:
            """Whether anybody can have signed up here."""
            return super().is_shown() and self.instance.pk is not None and bool(self._pools)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the counts, and the language that the form is missing in."""
            context = super().get_context_data(parent_context)
            may_handle = handles_what_came_in(self.request.user, self.instance)
            rows = {row.uid: row for row in self.instance.occurrences.all()}
            context["counts"] = [
                PoolCount(_name(rows.get(pool.uid)), pool, _links(pool) if may_handle else []) for pool in self._pools
            ]
            context["missing_language"] = missing_language(self.instance)
            return context

        @property
        def _pools(self) -> list[Any]:
            if not hasattr(self, "_counted"):
                unconfirmed = Q(registrations__confirm_by__isnull=False, registrations__state__in=ACTIVE)
                pools = SeatPool.objects.filter(gathering_key=self.instance.translation_key)
                counted = pools.annotate(unconfirmed=Count("registrations", filter=unconfirmed))
                self._counted = list(counted.order_by("ends_at", "pk"))
            return self._counted


def missing_language(page: Any) -> str:
    """Return the written standard of Norwegian that a published form is missing in on a site that has both.

    It is the language's own name, or empty.
    """
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False) or not page.takes_registrations:
        return ""
    of_site = _standards(Locale.objects.values_list("language_code", flat=True))
    same = type(page).objects.filter(translation_key=page.translation_key, live=True)
    published = _standards(same.values_list("locale__language_code", flat=True))
    missing = of_site - published
    return {"nb": "bokmål", "nn": "nynorsk"}[missing.pop()] if of_site == _BOTH and len(missing) == 1 else ""


def _standards(codes: Iterable[str]) -> set[str]:
    return {code.split("-")[0] for code in codes} & _BOTH


def _name(row: Any) -> str:
    return str(row) if row is not None else _("A time and place that was deleted")


def _links(pool: Any) -> list[tuple[str, str]]:
    here, place = reverse(f"{ADMIN}:index"), [pool.uid]
    return [
        (_("Show them"), f"{here}?place={pool.uid}"),
        (_("Add somebody"), reverse(f"{ADMIN}:add", args=place)),
        (_("List of names"), reverse(f"{ADMIN}:names", args=place)),
        (_("Write to all"), reverse(f"{ADMIN}:message", args=place)),
        (_("Download XLSX"), f"{here}?place={pool.uid}&export=xlsx"),
    ]
