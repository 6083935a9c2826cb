"""The edit form of an experience article."""

from wagtail_prosjektnett.pages.forms.base import RuleCheckingPageForm
from wagtail_prosjektnett.pages.types import PageRole


class ExperiencePageForm(RuleCheckingPageForm):
    """Lets an editor choose only a gathering as the source of what was learned."""

    role_of_target = {"source_gathering": PageRole.GATHERING}
