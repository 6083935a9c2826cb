"""People whom readers may contact."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from wagtail_prosjektnett.records.organisations import Organisation
from wagtail_prosjektnett.records.parallel_names import read_with_names


class ContactPerson(TranslatableMixin, index.Indexed, models.Model):
    """A person, or a role, whom readers may contact. Everything here is shown to the public."""

    name = models.CharField(
        _("name"), max_length=255, help_text=_("The person, or the role where people change often.")
    )
    title = models.CharField(
        pgettext_lazy("person", "title"),
        max_length=255,
        blank=True,
        help_text=_("What the person does, for instance “adviser”."),
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contact_people",
        help_text=_("Where the person works."),
    )
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Shown to everybody. An address that several people read is best.")
    )
    phone = models.CharField(
        _("phone"), max_length=50, blank=True, help_text=_("Shown to everybody. With spaces, as it is read aloud.")
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("title"),
        FieldPanel("organisation"),
        FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("title"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("contact person")
        verbose_name_plural = _("contact people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def as_shown(cls) -> models.QuerySet[ContactPerson]:
        """Return all people with what is shown of them: where they work, under all its names."""
        return cls.objects.select_related("organisation").prefetch_related("organisation__parallel_names")

    @classmethod
    def shown_in_bulk(cls, pks: Iterable[int]) -> dict[int, ContactPerson]:
        """Return people by their ids with what is shown of them, with one query."""
        people = cls.objects.select_related("organisation").filter(pk__in=pks)
        return {person.pk: person for person in read_with_names(people, "organisation")}
