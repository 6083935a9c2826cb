"""Mail to participants in the admin: the log of what was sent, for those who handle the registrations."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from wagtail_prosjektnett.admin.mail_log import MailLogView, MailLogViewSet
from wagtail_prosjektnett.admin.registrations.places import places_of
from wagtail_prosjektnett.admin.registrations.policy import gathering_policy
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.outbox import OutboxState
from wagtail_prosjektnett.models import RegistrationMail
from wagtail_prosjektnett.wording.labels import choices


class ParticipantMailFilterSet(WagtailFilterSet):
    """What the log can be narrowed down by."""

    kind = django_filters.ChoiceFilter(choices=choices(MailKind), label=gettext_lazy("Mail"))
    state = django_filters.ChoiceFilter(
        choices=choices(OutboxState), label=gettext_lazy("State"), field_name="item__state"
    )
    place = django_filters.ChoiceFilter(label=gettext_lazy("Time and place"), field_name="registration__pool__uid")

    class Meta:
        model = RegistrationMail
        fields = ["kind", "state", "place"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_of(kwargs["request"])
        self.filters["place"].extra["choices"] = [(str(place.pool.uid), str(place)) for place in places]


class ParticipantMailsView(MailLogView):
    """The log, each mail with who gets it."""

    read_with = ("item", "registration")

    @cached_property
    def columns(self) -> list[Any]:
        """The columns of the log."""
        title = self._get_title_column_class(TitleColumn)
        return [
            title("kind", label=_("Mail"), accessor="get_kind_display", get_url=_registration_url, sort_key="kind"),
            Column("registration", label=_("Participant"), accessor="registration"),
            Column("recipient", label=_("To"), accessor="registration.recipient"),
            *self.outbox_columns,
        ]


class ParticipantMailViewSet(MailLogViewSet):
    """The log of mail to participants."""

    model = RegistrationMail
    name = "prosjektnett_participant_mail"
    url_prefix = "prosjektnett/participant-mail"
    menu_label = gettext_lazy("Mail to participants")
    index_view_class = ParticipantMailsView
    filterset_class = ParticipantMailFilterSet
    search_fields = ["registration__name", "registration__email", "registration__contact_email"]
    permission_policy = gathering_policy(RegistrationMail, "registration__pool")

    def get_permissions_to_register(self) -> Any:
        """Return no permissions: the right to edit the gathering is the only one."""
        return Permission.objects.none()


def _registration_url(mail: RegistrationMail) -> str:
    return reverse("prosjektnett_registrations:inspect", args=[mail.registration_id])
