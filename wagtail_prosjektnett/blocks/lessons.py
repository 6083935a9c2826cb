"""What was learned, so that others can use it."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StreamBlock, StructBlock, TextBlock

from wagtail_prosjektnett.blocks.targets import DocumentOrLinkBlock
from wagtail_prosjektnett.blocks.text import SHORT_FEATURES, ProseBlock


class LessonBlock(StructBlock):
    """One lesson: the situation, what was done, how it went, and what one would do differently."""

    title = CharBlock(label=_("The lesson in one sentence"))
    context = ProseBlock(label=_("The situation"), features=SHORT_FEATURES)
    action = ProseBlock(label=_("What we did"), features=SHORT_FEATURES)
    result = ProseBlock(label=_("How it went"), features=SHORT_FEATURES)
    differently = ProseBlock(label=_("What we would do differently"), features=SHORT_FEATURES, required=False)

    class Meta:
        label = _("Lesson")
        icon = "tick-inverse"
        template = "wagtail_prosjektnett/blocks/lesson.html"


class LessonsBlock(StreamBlock):
    """Lessons in order."""

    lesson = LessonBlock()


RESOURCE_KINDS = [
    ("template", _("Template")),
    ("checklist", _("Checklist")),
    ("guide", _("Guide")),
    ("example", _("Example")),
    ("presentation", _("Presentation")),
    ("other", _("Other")),
]


class ResourceBlock(DocumentOrLinkBlock):
    """Something that readers can take and use."""

    kind = ChoiceBlock(label=_("Kind"), choices=RESOURCE_KINDS, default="template")
    description = TextBlock(label=_("Description"), required=False)

    class Meta:
        label = _("Resource")
        icon = "download"
        template = "wagtail_prosjektnett/blocks/resource.html"


class ResourcesBlock(StreamBlock):
    """Resources in order."""

    resource = ResourceBlock()
