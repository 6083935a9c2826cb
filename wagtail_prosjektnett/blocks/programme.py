"""The programme of a gathering."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, ListBlock, StreamBlock, StructBlock, TimeBlock

from wagtail_prosjektnett.blocks.rules import RuleCheckingStructBlock
from wagtail_prosjektnett.blocks.text import SHORT_FEATURES, HeadingBlock, ProseBlock
from wagtail_prosjektnett.domain.errors import Broken, Rule


class TimedBlock(RuleCheckingStructBlock):
    """Something that happens at a time of day."""

    start = TimeBlock(label=_("From"), required=False)
    end = TimeBlock(label=_("To"), required=False)

    def broken(self, value: Any, *, complete: bool) -> Iterable[Broken]:
        """Yield a broken rule for an end that comes before the start."""
        if value["start"] and value["end"] and value["end"] <= value["start"]:
            yield Broken(Rule.END_BEFORE_START, "end")


class SpeakerBlock(StructBlock):
    """Somebody who speaks."""

    name = CharBlock(label=_("Name or role"))
    title = CharBlock(label=_("Title and workplace"), required=False)


class SlotBlock(TimedBlock):
    """An item on the programme."""

    title = CharBlock(label=_("Title"))
    description = ProseBlock(label=_("Description"), features=SHORT_FEATURES, required=False)
    speakers = ListBlock(SpeakerBlock(), label=_("Speakers"), default=[])

    class Meta:
        label = pgettext_lazy("programme", "Item")
        icon = "time"
        template = "wagtail_prosjektnett/blocks/programme_slot.html"


class PauseBlock(TimedBlock):
    """A pause or a meal."""

    title = CharBlock(label=_("Title"), default=_("Coffee"))

    class Meta:
        label = _("Pause")
        icon = "minus"
        template = "wagtail_prosjektnett/blocks/programme_pause.html"


class DayBlock(HeadingBlock):
    """A heading over the items of one day."""

    class Meta:
        label = _("Day")
        icon = "calendar-alt"
        template = "wagtail_prosjektnett/blocks/programme_day.html"


class ProgrammeBlock(StreamBlock):
    """The items of a programme in order."""

    day = DayBlock()
    slot = SlotBlock()
    pause = PauseBlock()
