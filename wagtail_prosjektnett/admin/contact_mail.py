"""Mail to contact people in the admin: the log of what was sent, for superusers and those who have the permission.

It tells who was written to and what became of it, and nothing of what the mail was about.
"""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.models import Permission
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from wagtail_prosjektnett.admin.mail_log import MailLogView, MailLogViewSet
from wagtail_prosjektnett.admin.permissions import read_permission_policy
from wagtail_prosjektnett.domain.mail import ContactMailKind
from wagtail_prosjektnett.domain.outbox import OutboxState
from wagtail_prosjektnett.models import ContactMail
from wagtail_prosjektnett.wording.labels import choices


class ContactMailFilterSet(WagtailFilterSet):
    """What the log can be narrowed down by."""

    kind = django_filters.ChoiceFilter(choices=choices(ContactMailKind), label=gettext_lazy("Mail"))
    state = django_filters.ChoiceFilter(
        choices=choices(OutboxState), label=gettext_lazy("State"), field_name="item__state"
    )

    class Meta:
        model = ContactMail
        fields = ["kind", "state"]


class ContactMailsView(MailLogView):
    """The log, each mail with who gets it."""

    read_with = ("item", "person")

    @cached_property
    def columns(self) -> list[Any]:
        """The columns of the log."""
        return [
            Column("kind", label=_("Mail"), accessor="get_kind_display", sort_key="kind"),
            Column("person", label=_("Contact person"), accessor="person"),
            Column("recipient", label=_("To"), accessor="person.email"),
            *self.outbox_columns,
        ]


class ContactMailViewSet(MailLogViewSet):
    """The log of mail to contact people."""

    model = ContactMail
    name = "prosjektnett_contact_mail"
    url_prefix = "prosjektnett/contact-mail"
    menu_label = gettext_lazy("Mail to contact people")
    index_view_class = ContactMailsView
    filterset_class = ContactMailFilterSet
    search_fields = ["person__name", "person__email"]
    permission_policy = read_permission_policy(ContactMail)

    def get_permissions_to_register(self) -> Any:
        """Return the permission to read the log, which is to send again too."""
        return Permission.objects.filter(content_type__app_label="wagtail_prosjektnett", codename="view_contactmail")
