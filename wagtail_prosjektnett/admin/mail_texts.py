"""The texts that a site puts in the place of ours in mail to participants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.coreutils import get_content_languages

from wagtail_prosjektnett.delivery.mail_message import default_text
from wagtail_prosjektnett.delivery.mail_texts import PLACEHOLDERS, check_placeholders
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.models import MailText
from wagtail_prosjektnett.reader_forms.words import one_line, several_lines
from wagtail_prosjektnett.records.mail import language_name
from wagtail_prosjektnett.wording.labels import label


def _language_of(text: MailText) -> str:
    return language_name(text.language)


class MailTextForm(WagtailAdminModelForm):
    """The form of a text, for one of the languages of the site."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = dict(get_content_languages())
        if self.instance.language:
            offered.setdefault(self.instance.language, self.instance.language)
        language: Any = self.fields["language"]
        language.choices = list(offered.items())

    def clean_subject(self) -> str:
        """Return the subject, on one line and with placeholders that there are."""
        subject = one_line(self.cleaned_data["subject"])
        check_placeholders(subject)
        return subject

    def clean_body(self) -> str:
        """Return the text, with placeholders that there are."""
        body = several_lines(self.cleaned_data["body"])
        check_placeholders(body)
        return body


class DefaultTextsPanel(Panel):
    """Shows what participants get without a text of the site's own, and what can stand in one."""

    class BoundPanel(Panel.BoundPanel):
        """The panel in the form of one text: of a new one, it shows all there are."""

        template_name = "wagtail_prosjektnett/admin/mail_defaults.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the texts and the placeholders."""
            context = super().get_context_data(parent_context)
            context["placeholders"] = [(f"{{{name}}}", each.meaning) for name, each in PLACEHOLDERS.items()]
            context["texts"] = [
                (label(kind), language_name(language), *default_text(kind, language)) for kind, language in self._shown
            ]
            return context

        @property
        def _shown(self) -> list[tuple[MailKind, str]]:
            if self.instance.pk is not None:
                return [(MailKind(self.instance.kind), self.instance.language)]
            kinds = [kind for kind in MailKind if kind is not MailKind.MESSAGE]
            return [(kind, language) for kind in kinds for language in get_content_languages()]


class MailTextViewSet(ModelViewSet):
    """The texts of mails."""

    model = MailText
    name = "prosjektnett_mail_texts"
    url_prefix = "prosjektnett/mail-texts"
    icon = "openquote"
    menu_label = _("Texts of mails")
    add_to_admin_menu = False
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        "kind",
        Column("language", label=_("Language"), accessor=_language_of, sort_key="language"),
        "subject",
    ]
    search_fields = ["subject", "body"]
    ordering = ["kind", "language"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
            FieldPanel("subject"),
            FieldPanel("body"),
            DefaultTextsPanel(heading=_("Without a text of your own")),
        ],
        base_form_class=MailTextForm,
    )
