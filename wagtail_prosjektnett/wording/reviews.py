"""Why it cannot be said of an article just now that it still holds, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett.domain.review import ReviewRefusal

REFUSALS: dict[ReviewRefusal, Promise] = {
    ReviewRefusal.NOT_PERMITTED: _("You do not have permission to edit it."),
    ReviewRefusal.NOT_PUBLISHED: _("It is not published."),
    ReviewRefusal.NETWORK_CLOSED: _("The network is closed, and its articles are not reviewed any more."),
    ReviewRefusal.LOCKED: _("It is locked."),
    ReviewRefusal.IN_WORKFLOW: _("A workflow is in progress. Try again when it has ended."),
    ReviewRefusal.SCHEDULED: _("It is scheduled for publishing. Try again when it has been published."),
}


def refusal_message(refusal: ReviewRefusal) -> str:
    """Return why it cannot be said in the active language, as a whole sentence."""
    return str(REFUSALS[refusal])
