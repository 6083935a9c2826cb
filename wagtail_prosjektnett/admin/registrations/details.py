"""One registration with all that is known of it, and the mail that was sent about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import Button, HeaderButton

from wagtail_prosjektnett.admin.registrations.base import NAMESPACE, OneMixin
from wagtail_prosjektnett.admin.registrations.words import (
    action_buttons,
    attended_in_words,
    organisation_of,
    state_of,
)
from wagtail_prosjektnett.admin.words import time_in_words, yes_or_no
from wagtail_prosjektnett.models import RegistrationNeeds
from wagtail_prosjektnett.pages.languages import own_name
from wagtail_prosjektnett.pages.question import asked_by
from wagtail_prosjektnett.records.anonymous import as_known


class RegistrationView(OneMixin, TemplateView):
    """Shows one registration."""

    template_name = "wagtail_prosjektnett/admin/registration.html"
    page_title = gettext_lazy("Registration")

    @cached_property
    def header_buttons(self) -> list[Any]:
        """The button of the heading."""
        if not self.registration.is_active or self.registration.place.page is None:
            return []
        return [
            HeaderButton(_("Edit"), url=reverse(f"{NAMESPACE}:edit", args=[self.registration.pk]), icon_name="edit")
        ]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """The buttons in the menu of the heading."""
        return [Button(**button) for button in action_buttons(self.registration)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what is shown."""
        registration = self.registration
        return super().get_context_data(
            registration=registration,
            parts=[
                (_("Who"), _who(registration)),
                (_("Registration"), _what(registration)),
                (_("Answers"), _answers(registration)),
                (_("Needs"), _needs(registration)),
            ],
            mails=registration.mails.select_related("item").order_by("-pk"),
            **kwargs,
        )


Rows = list[tuple[str, Any]]


def _label(registration: Any, name: str) -> str:
    return capfirst(str(registration._meta.get_field(name).verbose_name))


def _fields(registration: Any, *names: str) -> Rows:
    values = [(name, getattr(registration, name)) for name in names]
    return [(_label(registration, name), _shown(registration, value)) for name, value in values if value]


def _shown(registration: Any, value: Any) -> Any:
    return time_in_words(as_known(registration, value)) if isinstance(value, datetime) else value


def _who(registration: Any) -> Rows:
    return [
        *_fields(registration, "name", "email", "contact_name", "contact_email"),
        *[(_("Organisation"), where) for where in [organisation_of(registration)] if where],
        *_fields(registration, "role", "comment"),
    ]


def _what(registration: Any) -> Rows:
    return [
        (_("Gathering"), registration.place.gathering),
        (_("Time and place"), registration.place.name),
        (_label(registration, "state"), state_of(registration)),
        *_fields(registration, "number", "confirm_by", "created_at", "ended_at"),
        (_label(registration, "language"), own_name(registration.language)),
        (_label(registration, "attended"), attended_in_words(registration)),
    ]


def _answers(registration: Any) -> Rows:
    """Return what was answered; a choice in the words of the page, and a question that is gone without any."""
    page, said = registration.place.page, dict(registration.answers)
    asked = asked_by(page) if page is not None and said else []
    rows = []
    for question in asked:
        value = said.pop(str(question.uid), None)
        words = yes_or_no(value) if isinstance(value, bool) else dict(question.options).get(value, value)
        if words:
            rows.append((question.label, words))
    return rows + [(_("A question that was deleted"), value) for value in said.values() if value not in (None, "")]


def _needs(registration: Any) -> Rows:
    needs = RegistrationNeeds.objects.filter(registration=registration).first()
    if needs is None:
        return []
    return [(_label(needs, name), value) for name in ("dietary", "access") if (value := getattr(needs, name))]
