"""The models of the app ``wagtail_prosjektnett``: records, not pages."""

from wagtail_prosjektnett.records.clock import ClockMark
from wagtail_prosjektnett.records.content_changes import ContentChange
from wagtail_prosjektnett.records.content_keys import ContentKey
from wagtail_prosjektnett.records.frontends import Frontend, FrontendOrigin
from wagtail_prosjektnett.records.organisations import Organisation, OrganisationName
from wagtail_prosjektnett.records.outbox import OutboxItem
from wagtail_prosjektnett.records.people import ContactPerson
from wagtail_prosjektnett.records.taxonomy import ProjectPhase, Topic
from wagtail_prosjektnett.records.webhooks import WebhookDelivery, WebhookEndpoint

__all__ = [
    "ClockMark",
    "ContactPerson",
    "ContentChange",
    "ContentKey",
    "Frontend",
    "FrontendOrigin",
    "Organisation",
    "OrganisationName",
    "OutboxItem",
    "ProjectPhase",
    "Topic",
    "WebhookDelivery",
    "WebhookEndpoint",
]
