"""Validators for single values, used by model fields, blocks and the content format alike."""

from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.dates import year_broken
from wagtail_prosjektnett.domain.errors import Broken, Rule
from wagtail_prosjektnett.domain.numbers import is_municipality_number, is_organisation_number
from wagtail_prosjektnett.domain.web_origins import frontend_broken, origin_broken
from wagtail_prosjektnett.wording.rules import validation_error

_is_web_address = URLValidator(schemes=["http", "https"])


def validate_year(day: date) -> None:
    """Raise ``ValidationError`` for a year that can only be a slip of the keyboard."""
    if broken := year_broken(day, ""):
        raise validation_error(broken)


def validate_web_address(address: str) -> None:
    """Raise ``ValidationError`` for what is not an http or https address, its scheme included."""
    if "://" not in address:
        raise validation_error(Broken(Rule.LINK_WITHOUT_SCHEME, ""))
    _is_web_address(address)


def validate_webhook_address(address: str) -> None:
    """Raise ``ValidationError`` for what no message may be sent to, as far as its text tells.

    Where the name leads is looked up when a message is sent: it may change in between.
    """
    schemes = ["https", "http"] if conf.webhook_private_networks() else ["https"]
    if urlsplit(address).scheme not in schemes:
        raise ValidationError(_("The address must start with https://."), code="scheme")
    URLValidator(schemes=schemes)(address)
    if "@" in urlsplit(address).netloc:
        raise ValidationError(_("The address must not have a user name or a password in it."), code="userinfo")


def validate_organisation_number(number: str) -> None:
    """Raise ``ValidationError`` for what is not a Norwegian organisation number."""
    if not is_organisation_number(number):
        raise validation_error(Broken(Rule.ORGANISATION_NUMBER_INVALID, ""))


def validate_municipality_number(number: str) -> None:
    """Raise ``ValidationError`` for what is not a Norwegian municipality number."""
    if not is_municipality_number(number):
        raise validation_error(Broken(Rule.MUNICIPALITY_NUMBER_INVALID, ""))


def validate_frontend_address(address: str) -> None:
    """Raise ``ValidationError`` for what cannot be the address of a frontend."""
    if broken := frontend_broken(address, ""):
        raise validation_error(broken)


def validate_origin(address: str) -> None:
    """Raise ``ValidationError`` for what is not an origin, the scheme, host and port of a frontend."""
    if broken := origin_broken(address, ""):
        raise validation_error(broken)
