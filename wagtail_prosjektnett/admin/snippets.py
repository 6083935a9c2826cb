"""Organisations, people, topics, phases, mail and webhooks in the admin, in a menu of their own."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from wagtail_prosjektnett.admin.contact_mail import ContactMailViewSet
from wagtail_prosjektnett.admin.mail_texts import MailTextViewSet
from wagtail_prosjektnett.admin.participant_mail import ParticipantMailViewSet
from wagtail_prosjektnett.admin.webhooks import WebhookDeliveryViewSet, WebhookEndpointViewSet
from wagtail_prosjektnett.models import ContactPerson, Organisation, ProjectPhase, Topic


class OrganisationViewSet(SnippetViewSet):
    """Organisations."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    list_display = ["name", "kind", "municipality_number"]
    list_filter = ["kind"]
    ordering = ["name"]


class ContactPersonViewSet(SnippetViewSet):
    """Contact people."""

    model = ContactPerson
    icon = "user"
    menu_label = _("Contact people")
    list_display = ["name", "title", "organisation", "email"]
    ordering = ["name"]


class TopicViewSet(SnippetViewSet):
    """Topics."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    ordering = ["name"]


class ProjectPhaseViewSet(SnippetViewSet):
    """Project phases."""

    model = ProjectPhase
    icon = "list-ol"
    menu_label = _("Project phases")
    list_display = ["name", "sort_order"]
    ordering = ["sort_order", "name"]


class ProsjektnettViewSetGroup(SnippetViewSetGroup):
    """The menu of what the pages of networks refer to, and of who is told of changes in them."""

    items = (
        OrganisationViewSet,
        ContactPersonViewSet,
        TopicViewSet,
        ProjectPhaseViewSet,
        ParticipantMailViewSet,
        ContactMailViewSet,
        MailTextViewSet,
        WebhookEndpointViewSet,
        WebhookDeliveryViewSet,
    )
    menu_label = _("Networks")
    menu_icon = "group"
    menu_order = 250
