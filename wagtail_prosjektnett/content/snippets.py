"""Loading the snippets of a content file."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Locale

from wagtail_prosjektnett.content.assign import Assigner
from wagtail_prosjektnett.content.compare import Effect, snapshot
from wagtail_prosjektnett.content.keys import identity
from wagtail_prosjektnett.content.references import ORGANISATION, PERSON, PHASE, TOPIC, References
from wagtail_prosjektnett.models import ContactPerson, Organisation, ProjectPhase, Topic

MODELS: dict[str, Any] = {ORGANISATION: Organisation, PERSON: ContactPerson, TOPIC: Topic, PHASE: ProjectPhase}


def load_snippet(
    kind: str, item: Any, references: References, locales: dict[str, Locale], scope: str
) -> Iterator[tuple[str, Any, Effect]]:
    """Yield the snippet for an item of a file in each language: the language, the snippet, and what was done."""
    key = identity(kind, item, scope if kind == PERSON else "")
    if kind == ORGANISATION:
        yield references.language, *_load_organisation(item, key, references)
        return
    for part in (item, *item.translations):
        language = part.language or references.language
        model, place = MODELS[kind], {"translation_key": key, "locale": locales[language]}
        instance = model.objects.filter(**place).first() or model(**place)
        yield language, *_load(instance, part, references.in_language(language))


def _load_organisation(item: Any, key: Any, references: References) -> tuple[Organisation, Effect]:
    """Return the organisation for an item: the one with its key, or the site's own with its number, used as it is."""
    organisation = Organisation.objects.filter(uid=key).first()
    if organisation is None and (same := _with_same_number(item)):
        return same, Effect.UNCHANGED
    return _load(organisation or Organisation(uid=key), item, references)


def _with_same_number(item: Any) -> Organisation | None:
    """Return the one organisation that has a number of an item, given to both by the authorities."""
    for number in ("municipality_number", "organisation_number"):
        if value := getattr(item, number):
            known = Organisation.objects.filter(**{number: value}, kind=item.kind)
            same = [organisation for organisation in known if _is_same(organisation, item)]
            if len(same) == 1:
                return same[0]
    return None


def _is_same(organisation: Organisation, item: Any) -> bool:
    """Whether a number means an organisation: that of a municipality may come into use again."""
    days = (organisation.valid_from, item.valid_from)
    return None in days or days[0] == days[1]


def _load(instance: Any, item: Any, references: References) -> tuple[Any, Effect]:
    is_new = instance.pk is None
    before = None if is_new else snapshot(instance)
    Assigner(references, getattr(instance, "translation_key", None) or instance.uid).assign(instance, item)
    if before == snapshot(instance):
        return instance, Effect.UNCHANGED
    instance.full_clean()
    instance.save()
    return instance, Effect.NEW if is_new else Effect.CHANGED
