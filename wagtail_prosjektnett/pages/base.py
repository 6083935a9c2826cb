"""What all our page types share: editorial dates, a lead with an image, a body, tabs and templates."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.images import get_image_model_string
from wagtail.rich_text import expand_db_html
from wagtail.search import index

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.blocks.body import BodyBlock
from wagtail_prosjektnett.blocks.text import expand_together, prose_in
from wagtail_prosjektnett.fields import DayField, ExtensibleStreamField
from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.addresses import leading_url
from wagtail_prosjektnett.pages.api_fields import computed, writable
from wagtail_prosjektnett.pages.facts import FactsMixin
from wagtail_prosjektnett.pages.frontend_preview import FrontendPreviewMixin
from wagtail_prosjektnett.pages.indexing import sitemap_urls
from wagtail_prosjektnett.pages.network_headers import sunset
from wagtail_prosjektnett.pages.reference_data import OneByOne, ReferenceData
from wagtail_prosjektnett.pages.translations import Translations
from wagtail_prosjektnett.pages.tree import Networks, nearest_network, networks_of
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.references import ImageData

if TYPE_CHECKING:
    from wagtail_prosjektnett.pages.network import NetworkPageMixin


def _published(page: NetworkTreePageMixin) -> date | None:
    return page.published_day


def _changed(page: NetworkTreePageMixin) -> date | None:
    return page.changed_day


def _image(page: ContentPageMixin) -> ImageData | None:
    return page.reference_data.image(page.image_id)


class NetworkTreePageMixin(FrontendPreviewMixin, FactsMixin):
    """A page of a network, whatever its type: it has editorial dates and knows its network.

    It has no page parent, so that a site can put it on a base page of its own. A concrete page joins
    the lists of both, as Wagtail's documentation teaches::

        class NetworkPage(NetworkPageMixin, Page):
            content_panels = Page.content_panels + NetworkPageMixin.content_panels
            settings_panels = Page.settings_panels + NetworkPageMixin.settings_panels
            search_fields = Page.search_fields + NetworkPageMixin.search_fields
    """

    published_on = DayField(
        _("published"),
        null=True,
        blank=True,
        db_index=True,  # what is sorted by it, or counted by its year, is in tables with long texts
        help_text=_("The date shown as published. Leave empty to show when the page was first published here."),
    )
    changed_on = DayField(
        _("last changed"),
        null=True,
        blank=True,
        help_text=_("The date shown as last changed. Leave empty to show when it was last published here."),
    )

    settings_panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("published_on"), FieldPanel("changed_on")])],
            heading=_("Dates shown on the page"),
        )
    ]
    content_panels: list[Any] = []
    search_fields: list[Any] = []
    api_fields = [
        writable("published_on"),
        writable("changed_on"),
        computed("published", _published),
        computed("changed", _changed),
    ]

    #: What the type is in a network.
    role: PageRole
    #: The tabs of the edit form: the class attribute that holds the panels, and the heading.
    tabs: list[tuple[str, Any]] = [
        ("content_panels", _("Content")),
        ("promote_panels", _("Promote")),
        ("settings_panels", _("Settings")),
    ]
    #: The reference template of the type. A site's own ``<app>/<model>.html`` comes before it.
    reference_template = ""

    class Meta:
        abstract = True

    @classproperty
    def edit_handler(cls) -> TabbedInterface:  # noqa: N805
        """The edit form of the type, in tabs; Wagtail asks for it once."""
        tabs = [ObjectList(panels, heading=heading) for name, heading in cls.tabs if (panels := getattr(cls, name))]
        return TabbedInterface(tabs, base_form_class=cls.base_form_class)

    @property
    def network(self) -> NetworkPageMixin | None:
        """The nearest network at or above the page, found once for each instance."""
        if not hasattr(self, "_network"):
            self._network = nearest_network(self)
        return self._network

    @network.setter
    def network(self, network: NetworkPageMixin | None) -> None:
        self._network = network

    @property
    def translations(self) -> Translations:
        """The translations of what the page refers to, shared with the pages it was listed with."""
        if not hasattr(self, "_translations"):
            self._translations = Translations([self])
        return self._translations

    @translations.setter
    def translations(self, translations: Translations) -> None:
        self._translations = translations

    @property
    def reference_data(self) -> ReferenceData:
        """What the APIs tell of what the page refers to."""
        if not hasattr(self, "_reference_data"):
            self._reference_data: ReferenceData = OneByOne(self)
        return self._reference_data

    @reference_data.setter
    def reference_data(self, found: ReferenceData) -> None:
        self._reference_data = found

    def in_language(self, item: Any) -> Any:
        """Return a page or snippet that the page refers to in the language of the page, where there is one."""
        return self.translations.of(item, self.locale_id)

    @property
    def published_day(self) -> date | None:
        """The date shown as published."""
        return self.published_on or _local_day(self.first_published_at)

    @property
    def changed_day(self) -> date | None:
        """The date shown as last changed; None where that would say no more than the published date.

        A page with a published date of its own was moved here from elsewhere: when it was last
        published here says nothing about its content.
        """
        if self.changed_on or self.published_on:
            return self.changed_on
        changed = _local_day(self.last_published_at)
        return changed if changed != self.published_day else None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, with a ``Sunset`` header where its network is to be taken down.

        Where the site does so, the reader is led to an external frontend instead.
        """
        if url := leading_url(self, request):
            return HttpResponseRedirect(url)
        answer = super().serve(request, *args, **kwargs)
        for name, value in sunset(networks_of(request).nearest_shown(self)).items():
            answer[name] = value
        return answer

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Return what a sitemap tells of the page, nothing where search engines may not list it."""
        return sitemap_urls(self, request)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[str]:
        """Return the site's own template for the type, if there is one, before the reference template."""
        return [self.template, f"wagtail_prosjektnett/{self.reference_template}"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context: the page, its network, the base template and the time."""
        context = super().get_context(request, *args, **kwargs)
        networks = networks_of(request)
        self.network = networks.nearest(self)
        shown = context["network"] = networks.nearest_shown(self)
        context["base_template"] = conf.base_template()
        context["at"] = timezone.now()
        context["breadcrumbs"], context["navigation"] = queries.breadcrumbs_and_navigation(self, shown, request)
        self._share_locale([*context["breadcrumbs"], *context["navigation"]])
        self._expand_prose(networks, shown)
        return context

    def _share_locale(self, pages: list[Any]) -> None:
        """Take over the locale from another page that was read with it."""
        same = next((page for page in pages if page.locale_id == self.locale_id), None)
        if same is not None:
            self.locale = same.locale

    def _expand_prose(self, networks: Networks, network: NetworkPageMixin | None) -> None:
        """Look up together what the texts in the blocks of the page, and in its banner, link to."""
        fields = [field.name for field in self._meta.concrete_fields if isinstance(field, ExtensibleStreamField)]
        shown = [text for name in fields for text in prose_in(getattr(self, name))]
        banner = [network.banner_text, network.guidance_how] if network is not None else []
        found = expand_together([*(text.source for text in shown), *banner])
        for text in shown:
            text.expanded = found.get(text.source, "")
        networks.expand = lambda text, _network: found[text] if text in found else expand_db_html(text)


class ContentPageMixin(NetworkTreePageMixin):
    """A page of a network with a lead, an image and a body."""

    lead = models.TextField(
        _("lead"), blank=True, help_text=_("Two or three sentences that say what the page is about.")
    )
    image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown at the top of the page. It should say something that the text does not."),
    )
    body = ExtensibleStreamField(
        BodyBlock, verbose_name=_("body"), blank=True, help_text=_("The content of the page, in blocks.")
    )

    search_fields = [
        index.SearchField("lead"),
        index.SearchField("body"),
        index.AutocompleteField("lead"),
    ]
    api_fields = [
        *NetworkTreePageMixin.api_fields,
        writable("lead"),
        writable("body"),
        computed("image", _image),
    ]

    class Meta:
        abstract = True


def _local_day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
