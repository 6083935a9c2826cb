"""Organisations that own, join or are told of a network."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from wagtail_prosjektnett.fields import DayField, WebAddressField
from wagtail_prosjektnett.validators import validate_municipality_number, validate_organisation_number


class OrganisationKind(models.TextChoices):
    """What sort of organisation it is."""

    MUNICIPALITY = "municipality", _("Municipality")
    COUNTY = "county", _("County")
    COUNTY_GOVERNOR = "county_governor", _("County governor")
    STATE = "state", _("Other state body")
    OTHER = "other", _("Other")


class NameLanguage(models.TextChoices):
    """The languages in which places and public bodies in Norway have names, as BCP 47 tags."""

    BOKMAL = "nb", _("Norwegian Bokmål")
    NYNORSK = "nn", _("Norwegian Nynorsk")
    NORTHERN_SAMI = "se", _("Northern Sámi")
    LULE_SAMI = "smj", _("Lule Sámi")
    SOUTHERN_SAMI = "sma", _("Southern Sámi")
    KVEN = "fkv", _("Kven")
    ENGLISH = "en", _("English")


class Name(NamedTuple):
    """A name and the language that it is in; the language is empty where it follows the page's."""

    name: str
    language: str


class Organisation(index.Indexed, ClusterableModel):
    """An organisation, with its official name and its parallel names in other languages.

    Owners of networks merge and change names; a network therefore tells in which period an organisation
    took part, and a municipality number tells when it was valid.
    """

    #: The parallel names, where they were read with the organisation; else they are looked up.
    known_names: Sequence[Name] | None = None

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(
        _("official name"),
        max_length=255,
        help_text=_("As it is written officially, for instance “Porsanger – Porsáŋgu – Porsanki”."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=OrganisationKind.choices,
        default=OrganisationKind.OTHER,
        help_text=_("Municipalities can be chosen as the place of gatherings and articles."),
    )
    organisation_number = models.CharField(
        _("organisation number"),
        max_length=9,
        blank=True,
        validators=[validate_organisation_number],
        help_text=_("Nine digits without spaces, from the Central Coordinating Register for Legal Entities."),
    )
    municipality_number = models.CharField(
        _("municipality number"),
        max_length=4,
        blank=True,
        validators=[validate_municipality_number],
        help_text=_("Four digits. Only for municipalities."),
    )
    valid_from = DayField(
        _("valid from"), null=True, blank=True, help_text=_("The day the municipality number came into use.")
    )
    valid_to = DayField(
        _("valid to"), null=True, blank=True, help_text=_("The last day the municipality number was in use.")
    )
    website = WebAddressField(
        _("website"), blank=True, help_text=_("The front page, for readers who want to know more.")
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("kind"),
        InlinePanel(
            "parallel_names",
            heading=_("The names one by one"),
            label=_("name"),
            help_text=_("Only for names in several languages. Screen readers then pronounce each one in its language."),
        ),
        FieldPanel("organisation_number"),
        MultiFieldPanel(
            [
                FieldPanel("municipality_number"),
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
            ],
            heading=_("Municipality"),
        ),
        FieldPanel("website"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> Sequence[Name]:
        """The name in its parts, each with its language; one part where no parallel names are given."""
        parts = self.known_names
        if parts is None:
            parts = [Name(parallel.name, parallel.language) for parallel in self.parallel_names.all()]
        return parts or [Name(self.name, "")]

    def is_valid(self, day: date) -> bool:
        """Whether the municipality number is in use on a day."""
        starts_later = self.valid_from is not None and day < self.valid_from
        has_ended = self.valid_to is not None and day > self.valid_to
        return not starts_later and not has_ended


class OrganisationName(Orderable):
    """One of an organisation's parallel names."""

    organisation = ParentalKey(Organisation, related_name="parallel_names", on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=255, help_text=_("The name in this one language."))
    language = models.CharField(
        _("language"), max_length=10, choices=NameLanguage.choices, help_text=_("The language of this name.")
    )

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("language")])]

    class Meta(Orderable.Meta):
        verbose_name = _("parallel name")
        verbose_name_plural = _("parallel names")

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"
