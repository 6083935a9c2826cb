"""The models of the app ``wagtail_prosjektnett``: records, not pages."""

from wagtail_prosjektnett.records.content_changes import ContentChange
from wagtail_prosjektnett.records.content_keys import ContentKey
from wagtail_prosjektnett.records.organisations import Organisation, OrganisationName
from wagtail_prosjektnett.records.people import ContactPerson
from wagtail_prosjektnett.records.taxonomy import ProjectPhase, Topic

__all__ = [
    "ContactPerson",
    "ContentChange",
    "ContentKey",
    "Organisation",
    "OrganisationName",
    "ProjectPhase",
    "Topic",
]
