"""External frontends: where one shows the networks of a site, and from where a browser may read our API."""

from __future__ import annotations

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel
from wagtail.models import Site

from wagtail_prosjektnett.domain.errors import Broken, Rule
from wagtail_prosjektnett.fields import FrontendAddressField, OriginField
from wagtail_prosjektnett.wording.rules import validation_error


class _NothingLetsThemIn(HelpPanel):
    """What an administrator has to know where the site has nothing that lets other places in."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return not apps.is_installed("corsheaders")


class Frontend(ClusterableModel):
    """What an administrator has said of the external frontend of a site."""

    site = models.OneToOneField(
        Site,
        verbose_name=_("site"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The site whose networks the frontend shows."),
    )
    address = FrontendAddressField(
        _("address"),
        max_length=500,
        blank=True,
        help_text=_(
            "The address of the front page, for instance https://network.example.org. Search engines and the "
            "receivers of mail are then led there. Leave empty if readers use this site's own pages."
        ),
    )
    leads_readers = models.BooleanField(
        _("lead readers there"),
        default=False,
        help_text=_(
            "Readers who open a page of a network here are led to the address above. “View live” then opens it too."
        ),
    )
    registration_address = FrontendAddressField(
        _("address of the page for registrations"),
        max_length=500,
        blank=True,
        help_text=_(
            "Where the frontend shows participants their registration, for instance "
            "https://network.example.org/registration. Links in mail then lead there, with a token behind “#”. Leave "
            "empty if this site's own pages do it."
        ),
    )
    opens_wagtail_api = models.BooleanField(
        _("open Wagtail's own API as well"),
        default=False,
        help_text=_("Lets the frontend's scripts read the other pages of the site too. Nothing private is opened."),
    )

    panels = [
        FieldPanel("site"),
        FieldPanel("address"),
        FieldPanel("leads_readers"),
        FieldPanel("registration_address"),
        _NothingLetsThemIn(
            _(
                "This site does not let any other place read from a browser yet: django-cors-headers is not "
                "installed. Ask whoever runs the site to install it."
            )
        ),
        InlinePanel(
            "origins",
            heading=_("Other places that may read from a browser"),
            label=_("place"),
            help_text=_(
                "Scripts at the address above may read already. Add the places where the frontend is tried out, "
                "for instance https://test.example.org or http://localhost:3000."
            ),
        ),
        FieldPanel("opens_wagtail_api"),
    ]

    class Meta:
        verbose_name = _("external frontend")
        verbose_name_plural = _("external frontends")
        ordering = ["site__hostname", "site__port"]

    def __str__(self) -> str:
        return str(self.site)

    def clean(self) -> None:
        """Raise ``ValidationError`` where readers would be led to nowhere."""
        super().clean()
        if self.leads_readers and not self.address:
            raise ValidationError({"address": validation_error(Broken(Rule.FRONTEND_WITHOUT_ADDRESS, "address"))})

    @classmethod
    def allowing(cls, origin: str) -> models.QuerySet[Frontend]:
        """Return the frontends whose scripts have an origin: that of their address, or one more of theirs."""
        at_address = Q(address=origin) | Q(address__startswith=f"{origin}/")
        return cls.objects.filter(at_address | Q(origins__origin=origin)).distinct()


class FrontendOrigin(models.Model):
    """One more origin whose scripts may read."""

    frontend = ParentalKey(Frontend, related_name="origins", on_delete=models.CASCADE)
    origin = OriginField(_("address"), max_length=300)

    panels = [FieldPanel("origin")]

    class Meta:
        verbose_name = _("place that may read")
        verbose_name_plural = _("places that may read")
        ordering = ["origin"]
        constraints = [models.UniqueConstraint(fields=["frontend", "origin"], name="prosjektnett_origin_once")]

    def __str__(self) -> str:
        return self.origin
