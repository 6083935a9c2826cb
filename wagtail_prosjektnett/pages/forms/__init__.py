"""The edit forms of our pages: Wagtail's, with the rules of the domain."""

from wagtail_prosjektnett.pages.forms.announcement import AnnouncementPageForm
from wagtail_prosjektnett.pages.forms.copy import PlacedCopyForm
from wagtail_prosjektnett.pages.forms.experience import ExperiencePageForm
from wagtail_prosjektnett.pages.forms.gathering import GatheringPageForm
from wagtail_prosjektnett.pages.forms.network import NetworkPageForm

__all__ = ["AnnouncementPageForm", "ExperiencePageForm", "GatheringPageForm", "NetworkPageForm", "PlacedCopyForm"]
