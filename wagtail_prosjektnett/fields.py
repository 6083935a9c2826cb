"""Model fields of our own."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.blocks import StreamBlock
from wagtail.fields import RichTextField, StreamField

from wagtail_prosjektnett.domain.web_origins import frontend_address
from wagtail_prosjektnett.validators import (
    validate_frontend_address,
    validate_origin,
    validate_web_address,
    validate_year,
)

#: The name of the hook by which a site adds blocks of its own to our StreamFields.
BLOCKS_HOOK = "register_prosjektnett_blocks"


class DayField(models.DateField):
    """A date on which something takes effect, within the years that a network can have."""

    default_validators = [*models.DateField.default_validators, validate_year]


class WebAddressField(models.URLField):
    """An http or https address.

    Django completes an address without a scheme silently; we ask, since ``www.alta`` may be a slip.
    """

    default_validators = [validate_web_address]

    def __init__(self, *args: Any, max_length: int = 500, **kwargs: Any) -> None:
        super().__init__(*args, max_length=max_length, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        """Return a form field that leaves the address as it was typed."""
        kwargs.pop("assume_scheme", None)
        return models.CharField.formfield(self, **{"form_class": forms.CharField, **kwargs})


class FrontendAddressField(models.CharField):
    """The address of a frontend, stored in its one form: ``https://network.example.org`` or with a path."""

    default_validators = [validate_frontend_address]

    def to_python(self, value: Any) -> Any:
        """Return an address in its one form; what is none stays as it is, for the validators to refuse."""
        return _in_one_form(super().to_python(value))

    def formfield(self, **kwargs: Any) -> Any:
        """Return a form field that takes an address in its one form, so that one given twice is seen to be."""
        return super().formfield(**{"form_class": _FrontendAddressFormField, **kwargs})


class _FrontendAddressFormField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        return _in_one_form(super().to_python(value))


def _in_one_form(address: Any) -> Any:
    return frontend_address(address) or address if address else address


class OriginField(FrontendAddressField):
    """An origin: the scheme, host and port of a frontend, as a browser sends it."""

    default_validators = [validate_origin]


class ProseField(RichTextField):
    """Rich text that our APIs give as HTML with its links resolved, unless a reader asks otherwise."""


class ExtensibleStreamField(StreamField):
    """A StreamField to which a site adds blocks of its own without any migration.

    A site registers a function with the hook ``register_prosjektnett_blocks``. It receives the name of
    the field and returns pairs of a name and a block. Blocks are left out of migrations, as nothing in
    the database depends on them; in return, a name that was once used must keep its meaning.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describe the field for a migration, without its blocks."""
        name, path, args, kwargs = models.Field.deconstruct(self)
        return name, path, list(args), kwargs

    def clone(self) -> "ExtensibleStreamField":
        """Return a field like this one, blocks included."""
        _name, _path, args, kwargs = self.deconstruct()
        return type(self)(self.block_types_arg, *args, **kwargs, **self.block_opts_for_clone)

    @property
    def block_opts_for_clone(self) -> dict[str, Any]:
        """The options of the field that belong to its block."""
        return {name: value for name, value in self.block_opts.items() if name != "required"}

    @cached_property
    def stream_block(self) -> StreamBlock:
        """Our blocks and the site's, read from the hook when they are first needed."""
        block = StreamBlock([*self.own_blocks(), *self.site_blocks()])
        block.set_meta_options(self.block_opts)
        return block

    def own_blocks(self) -> Iterable[tuple[str, Any]]:
        """Our blocks, each with its name."""
        block_types = self.block_types_arg
        if isinstance(block_types, type):
            return block_types().child_blocks.items()
        return block_types

    def site_blocks(self) -> Iterable[tuple[str, Any]]:
        """What the site's functions give for the field; a check (E010) tells if they are no named blocks."""
        for register in hooks.get_hooks(BLOCKS_HOOK):
            yield from register(self.name) or ()
