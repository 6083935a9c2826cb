"""The models of the app ``wagtail_prosjektnett``: records, not pages."""

from wagtail_prosjektnett.records.answered_requests import AnsweredRequest
from wagtail_prosjektnett.records.calendar import CalendarRecord, DeletedGathering
from wagtail_prosjektnett.records.clock import ClockMark
from wagtail_prosjektnett.records.contact_mail import ContactMail
from wagtail_prosjektnett.records.content_changes import ContentChange
from wagtail_prosjektnett.records.content_keys import ContentKey
from wagtail_prosjektnett.records.feedback import Feedback
from wagtail_prosjektnett.records.frontends import Frontend, FrontendOrigin
from wagtail_prosjektnett.records.mail import MailText, RegistrationMail
from wagtail_prosjektnett.records.organisations import Organisation, OrganisationName
from wagtail_prosjektnett.records.outbox import OutboxItem
from wagtail_prosjektnett.records.people import ContactPerson
from wagtail_prosjektnett.records.registration import Registration, RegistrationNeeds
from wagtail_prosjektnett.records.seats import SeatPool
from wagtail_prosjektnett.records.taxonomy import ProjectPhase, Topic
from wagtail_prosjektnett.records.webhooks import WebhookDelivery, WebhookEndpoint

__all__ = [
    "AnsweredRequest",
    "CalendarRecord",
    "ClockMark",
    "ContactMail",
    "ContactPerson",
    "ContentChange",
    "ContentKey",
    "DeletedGathering",
    "Feedback",
    "Frontend",
    "FrontendOrigin",
    "MailText",
    "Organisation",
    "OrganisationName",
    "OutboxItem",
    "ProjectPhase",
    "Registration",
    "RegistrationMail",
    "RegistrationNeeds",
    "SeatPool",
    "Topic",
    "WebhookDelivery",
    "WebhookEndpoint",
]
