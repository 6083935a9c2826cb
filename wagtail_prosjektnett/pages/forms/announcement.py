"""The edit form of an announcement."""

from wagtail_prosjektnett.pages.forms.base import RuleCheckingPageForm
from wagtail_prosjektnett.pages.types import PageRole


class AnnouncementPageForm(RuleCheckingPageForm):
    """Lets an editor choose only a gathering as the related gathering."""

    role_of_target = {"related_gathering": PageRole.GATHERING}
