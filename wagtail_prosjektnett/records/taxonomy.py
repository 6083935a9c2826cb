"""What articles are sorted by: topics and project phases."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index


class Topic(TranslatableMixin, index.Indexed, models.Model):
    """A topic that articles are about."""

    name = models.CharField(_("name"), max_length=100, help_text=_("A word or two, as readers will look for it."))

    panels = [FieldPanel("name")]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ProjectPhase(TranslatableMixin, index.Indexed, models.Model):
    """A phase of a project, in the order of a project.

    The migrations create the six phases of Prosjektveiviseren (Digitaliseringsdirektoratet); a site may
    change them or make its own.
    """

    name = models.CharField(_("name"), max_length=100, help_text=_("The name that the project method gives the phase."))
    description = models.TextField(
        _("description"), blank=True, help_text=_("What happens in this phase, in a sentence or two.")
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Phases are shown in this order."))

    panels = [FieldPanel("name"), FieldPanel("description"), FieldPanel("sort_order")]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("project phase")
        verbose_name_plural = _("project phases")
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name
