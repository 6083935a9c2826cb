"""Blocks that the domain's rules apply to."""

from collections.abc import Iterable
from typing import Any

from wagtail.blocks import StructBlock, StructBlockValidationError

from wagtail_prosjektnett.domain.errors import Broken
from wagtail_prosjektnett.wording.rules import validation_error


class RuleCheckingStructBlock(StructBlock):
    """A struct that turns broken rules into errors at its fields, in the editor and in API v3.

    The content loader asks ``broken`` directly.
    """

    def broken(self, value: Any, *, complete: bool) -> Iterable[Broken]:
        """Yield the rules that a value breaks; what is missing only when it must be ``complete``."""
        return ()

    def clean(self, value: Any) -> Any:
        """Clean the fields, then check them together."""
        cleaned = super().clean(value)
        errors = {
            broken.field: validation_error(broken)
            for broken in self.broken(cleaned, complete=not self.is_deferred_validation)
        }
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned
