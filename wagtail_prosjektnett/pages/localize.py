"""What wagtail-localize is told where a site has it: to leave the facts to us."""

from typing import Any

from wagtail.models import get_page_models


def leave_facts_alone() -> None:
    """Keep wagtail-localize from copying facts, or offering them to translators, for every page type that has any.

    They are taken from the source whenever a page is saved, occurrences with the names that a translation gives
    them. A page type that says itself what is translated keeps its word.
    """
    from wagtail_localize.fields import BaseTranslatableField

    for model in get_page_models():
        facts: tuple[str, ...] = getattr(model, "facts", ())
        if facts and not hasattr(model, "translatable_fields"):
            own: list[Any] = list(getattr(model, "override_translatable_fields", ()))
            named = {field.field_name for field in own}
            model.override_translatable_fields = [
                *own,
                *(BaseTranslatableField(name) for name in facts if name not in named),
            ]
