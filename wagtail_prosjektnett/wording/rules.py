"""What an editor is told when a rule is broken: what is wrong, and what to do."""

from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail_prosjektnett.domain.errors import Broken, Rule
from wagtail_prosjektnett.wording import dates

MESSAGES: dict[Rule, Promise] = {
    Rule.YEAR_OUT_OF_RANGE: _("Check the year: it must be between %(earliest)s and %(latest)s."),
    Rule.END_BEFORE_START: _(
        "The end must come after the start. If it ends after midnight, give the last day as well."
    ),
    Rule.START_TIME_MISSING: _("Give the time it starts as well, or remove the time it ends."),
    Rule.TIME_NEEDS_A_DATE: _("Remove the times, or say that the date is known."),
    Rule.TIME_DOES_NOT_EXIST: _(
        "%(time)s does not exist on %(day)s, since the clock is set forward. Choose another time."
    ),
    Rule.TIME_EXISTS_TWICE: _(
        "%(time)s comes twice on %(day)s, since the clock is set back. Choose a time outside that hour."
    ),
    Rule.ACTIVE_AFTER_WIND_DOWN: _(
        "The network cannot be wound down before it starts (%(earlier)s). Change one of the dates."
    ),
    Rule.WIND_DOWN_AFTER_CLOSED: _(
        "The network cannot close before it starts being wound down (%(earlier)s). Change one of the dates."
    ),
    Rule.ACTIVE_AFTER_CLOSED: _("The network cannot close before it starts (%(earlier)s). Change one of the dates."),
    Rule.TAKEN_DOWN_TOO_EARLY: _(
        "The pages cannot be taken down before the last of the network's other dates (%(earlier)s). "
        "Change one of the dates."
    ),
    Rule.GUIDANCE_DATE_MISSING: _("Give the last day of guidance, or choose another length."),
    Rule.CLOSED_BEFORE_GATHERING: _(
        "These gatherings would start after that: %(gatherings)s. Cancel them or give them another date first."
    ),
    Rule.PLACEMENT_FORBIDDEN: _(
        "“%(gathering)s” starts on %(start)s, when the network %(network)s holds no new gatherings. "
        "Nothing was changed."
    ),
    Rule.DEADLINE_AFTER_START: _("The deadline is after the start (%(start)s). Choose that day or an earlier one."),
    Rule.OPENING_AFTER_DEADLINE: _("Registration opens after the deadline (%(deadline)s). Change one of the dates."),
    Rule.REGISTRATION_WITHOUT_DEADLINE: _("Give a deadline for registration, here or at each time and place."),
    Rule.REGISTRATION_WITHOUT_LINK: _("Give the address of the registration form."),
    Rule.REGISTRATION_WITHOUT_EMAIL: _("Give the e-mail address that receives registrations."),
    Rule.REGISTRATION_WITHOUT_PAGES: _(
        "This site has no pages to sign up on. Choose another way, or ask those who run the site to add them."
    ),
    Rule.REGISTRATION_IN_USE: _(
        "Signed up here already: %(people)s. They would not be told of changes any more. Keep the registration here; "
        "a deadline that is over closes it."
    ),
    Rule.OCCURRENCE_IN_USE: _(
        "Signed up for %(occurrence)s: %(people)s. Without it they would lose their seats, and nobody would tell them. "
        "Keep it; to call it off, choose “Cancelled” there, and each of them gets a mail."
    ),
    Rule.OCCURRENCE_UNTOLD: _(
        "Not told yet that they are no longer signed up for %(occurrence)s: %(people)s. Keep it until the mail that "
        "says so has been sent; “Mail to participants” shows what is waiting."
    ),
    Rule.QUESTION_WITHOUT_CHOICES: _("Give at least two choices, each on a line of its own."),
    Rule.QUESTION_TWICE: _("This question is asked twice. Remove one of them, or write what tells them apart."),
    Rule.QUESTIONS_TOO_MANY: _("There are %(count)s questions. Ask %(most)s at most: who must answer more gives up."),
    Rule.CHOICE_TWICE: _("“%(choice)s” is listed twice. Remove one of them."),
    Rule.CHOICES_DO_NOT_CORRESPOND: _(
        "Give %(count)s choices in the same order as in the first language, where they are: %(choices)s."
    ),
    Rule.LINK_WITHOUT_SCHEME: _("Start the address with https:// or http://."),
    Rule.OCCURRENCE_MISSING: _("Give at least one time and place."),
    Rule.OCCURRENCE_TWICE: _("This place and time is listed twice. Remove one of them."),
    Rule.LIFECYCLE_FORBIDS_START: _(
        "It starts on %(start)s, but the network %(network)s holds no new gatherings from %(from)s. "
        "Choose an earlier date, or change the network's dates."
    ),
    Rule.PRESENTATION_WITHOUT_CONTENT: _("Choose a document or give a link."),
    Rule.PRESENTATION_PLACE_UNKNOWN: _("That time and place is not part of this gathering."),
    Rule.RESOURCE_WITHOUT_CONTENT: _("Choose a document or give a link."),
    Rule.LINK_WITHOUT_TARGET: _("Choose a page or give an address."),
    Rule.LINK_WITHOUT_TEXT: _("Write what the link leads to."),
    Rule.WRONG_PAGE_TYPE: _("Choose a gathering."),
    Rule.ORGANISATION_NUMBER_INVALID: _(
        "Check the organisation number: it has nine digits, the last of which is a check digit."
    ),
    Rule.MUNICIPALITY_NUMBER_INVALID: _("Check the municipality number: it has four digits."),
    Rule.FRONTEND_INVALID: _(
        "Check the address: it has a host and may have a port, as in https://network.example.org. "
        "An asterisk cannot stand for several hosts: give each one."
    ),
    Rule.FRONTEND_WITH_QUERY: _("Leave out everything from “?” or “#”."),
    Rule.FRONTEND_NOT_SECURE: _(
        "Start the address with https://. Only a frontend on a developer's own machine, such as "
        "http://localhost:3000, may do without."
    ),
    Rule.FRONTEND_WITHOUT_ADDRESS: _("Give the address that readers are led to."),
    Rule.ORIGIN_WITH_PATH: _("Leave out everything after the host and its port, as in https://network.example.org."),
}


def rule_message(broken: Broken) -> str:
    """Return the message for a broken rule in the active language."""
    values = {name: _in_words(value) for name, value in broken.values.items()}
    return str(MESSAGES[broken.rule]) % values


def validation_error(broken: Broken) -> ValidationError:
    """Return a broken rule as Django's error, with the rule's name as its code."""
    return ValidationError(rule_message(broken), code=broken.rule.value)


def _in_words(value: Any) -> Any:
    if isinstance(value, time):
        return dates.clock(value)
    if isinstance(value, date):
        return dates.long_day(value)
    return value
