"""Who is part of a network, and whom to contact: rows of a page, without a page of their own.

A concrete row adds the ``page`` it belongs to, as a ``ParentalKey`` with the related name that the page
mixin uses.
"""

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.api import APIField
from wagtail.models import Orderable

from wagtail_prosjektnett.fields import DayField
from wagtail_prosjektnett.pages.api_fields import computed
from wagtail_prosjektnett.records.organisations import Organisation
from wagtail_prosjektnett.records.people import ContactPerson
from wagtail_prosjektnett.references import OrganisationData, PersonData, organisation_data


class MemberRole(models.TextChoices):
    """What an organisation is in a network."""

    OWNER = "owner", _("Owner")
    PARTNER = "partner", _("Partner")
    MEMBER = "member", _("Member")
    FUNDER = "funder", _("Funder")


class ContactRole(models.TextChoices):
    """What a contact person is asked about."""

    LEADER = "leader", _("Network leader")
    CONTACT = "contact", _("Contact")
    FEEDBACK = "feedback", _("Feedback on the experience base")


def _organisation(row: "OrganisationRow") -> OrganisationData | None:
    return organisation_data(row.organisation)


def _person(row: "PersonRow") -> PersonData | None:
    return row.page.reference_data.person(row.person_id, row.page.locale_id)


class OrganisationRow(Orderable):
    """An organisation that takes part, in a role and a period: owners merge and change names."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("One from the list of organisations."),
    )
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=MemberRole.choices,
        default=MemberRole.MEMBER,
        help_text=_("What they are to the network."),
    )
    takes_part_from = DayField(
        pgettext_lazy("period", "from"),
        null=True,
        blank=True,
        help_text=_("Leave empty if it took part from the beginning."),
    )
    takes_part_to = DayField(
        pgettext_lazy("period", "to"), null=True, blank=True, help_text=_("Leave empty if it still takes part.")
    )

    panels = [
        FieldPanel("organisation"),
        FieldPanel("role"),
        FieldRowPanel([FieldPanel("takes_part_from"), FieldPanel("takes_part_to")]),
    ]
    api_fields = [
        computed("organisation", _organisation),
        APIField("role"),
        APIField("takes_part_from"),
        APIField("takes_part_to"),
    ]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"

    def takes_part_on(self, day: date) -> bool:
        """Whether it takes part on a day; the first and the last day count."""
        comes_later = self.takes_part_from is not None and day < self.takes_part_from
        has_left = self.takes_part_to is not None and day > self.takes_part_to
        return not comes_later and not has_left


def owners_on(network: Any, day: date) -> list[Any]:
    """Return the owners of a network on a day, in the order of its members, with one query."""
    owners = network.members.select_related("organisation").filter(role=MemberRole.OWNER)
    return [owner for owner in owners if owner.takes_part_on(day)]


class PersonRow(Orderable):
    """A person whom readers of a page may contact."""

    page: Any

    person = models.ForeignKey(
        ContactPerson,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Someone from the list of contact people."),
    )
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=ContactRole.choices,
        default=ContactRole.CONTACT,
        help_text=_("What they are to the network."),
    )

    panels = [FieldRowPanel([FieldPanel("person"), FieldPanel("role")])]
    api_fields = [computed("person", _person), APIField("role")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    @property
    def shown_person(self) -> ContactPerson:
        """The person in the language of the page."""
        return self.page.in_language(self.person)

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"
