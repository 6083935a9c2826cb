"""What can be done to a webhook and to its messages: each asks first, and is done by a POST."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.log_actions import log

from wagtail_prosjektnett.admin.action_view import ActionView
from wagtail_prosjektnett.admin.permissions import REDELIVER
from wagtail_prosjektnett.delivery import outbox
from wagtail_prosjektnett.delivery.events import write
from wagtail_prosjektnett.domain.outbox import OutboxState
from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.models import WebhookDelivery

#: The name of the log entry of a secret that was renewed.
SECRET_RENEWED = "wagtail_prosjektnett.renew_secret"  # noqa: S105  # the name of an action


class SendTest(ActionView):
    """Sends a test at once, and tells what the receiver answered."""

    permission_required = "change"
    page_title = gettext_lazy("Send a test")
    question = gettext_lazy("This sends a message that says nothing but that it is a test, and waits for the answer.")
    answer = gettext_lazy("Send it")

    # Where each request has a transaction, the receiver's answer is not waited for inside it.
    @transaction.non_atomic_requests
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer outside a transaction; what is written is committed at once."""
        return super().dispatch(request, *args, **kwargs)

    def get_return_url(self) -> str:
        """Return the address of the webhook's form."""
        return reverse(self.edit_url_name, args=[self.object.pk])

    def act(self, request: HttpRequest) -> None:
        """Send a test as the outbox does, so that it stands in the log as well."""
        with transaction.atomic():  # whoever empties the outbox sees it when it is taken
            [delivery] = write([self.object], WebhookEvent.TEST, timezone.now(), {})
            item = outbox.take(delivery.pk)
        if item is not None and outbox.send(item) is outbox.Ending.DELIVERED:
            messages.success(request, _("The receiver has taken the test."))
            return
        delivery.refresh_from_db()
        messages.error(request, _("The test was not received: %(error)s.") % {"error": delivery.last_error})


class RenewSecret(ActionView):
    """Gives a webhook a new secret."""

    permission_required = "change"
    page_title = gettext_lazy("Renew the secret")
    question = gettext_lazy(
        "The webhook gets a new secret. For 24 hours, messages are signed with the old one too: enter the new one at "
        "the receiver before that."
    )
    answer = gettext_lazy("Renew it")

    def get_return_url(self) -> str:
        """Return the address of the webhook's form, which shows the secret."""
        return reverse(self.edit_url_name, args=[self.object.pk])

    def act(self, request: HttpRequest) -> None:
        """Renew it, and write that into the log of the webhook."""
        self.object.renew_secret(timezone.now())
        log(instance=self.object, action=SECRET_RENEWED, user=request.user)
        messages.success(request, _("The webhook has a new secret."))


class Redeliver(ActionView):
    """Sends one message again."""

    permission_required = REDELIVER
    page_title = gettext_lazy("Send again")
    question = gettext_lazy("The message is sent again, with the same id, and tried for a day as if it were new.")
    answer = gettext_lazy("Send it again")

    def get_return_url(self) -> str:
        """Return the address of the message."""
        return reverse(self.inspect_url_name, args=[self.object.pk])

    def act(self, request: HttpRequest) -> None:
        """Let the outbox have it again."""
        if outbox.send_again(WebhookDelivery.objects.filter(pk=self.object.pk)):
            messages.success(request, _("The message is on its way again."))
        else:
            messages.warning(request, _("The message is on its way already."))


class RedeliverAll(ActionView):
    """Sends all messages again that were given up, of those that the log was narrowed down to."""

    permission_required = REDELIVER
    page_title = gettext_lazy("Send again what was given up")
    answer = gettext_lazy("Send them again")
    #: Set by the viewset.
    filterset_class: Any = None

    def get_object(self) -> None:
        """Return nothing: it is about many."""

    @property
    def question(self) -> str:
        """How many messages it is about."""
        count = self._parked().count()
        text = ngettext(
            "%(count)s message was given up. It is sent again, with the same id.",
            "%(count)s messages were given up. They are sent again, with the same ids.",
            count,
        )
        return text % {"count": count}

    def act(self, request: HttpRequest) -> None:
        """Let the outbox have them again."""
        count = outbox.send_again(self._parked())
        text = ngettext("%(count)s message is on its way again.", "%(count)s messages are on their way again.", count)
        messages.success(request, text % {"count": count})

    def _parked(self) -> Any:
        parked = WebhookDelivery.objects.filter(state=OutboxState.PARKED.value)
        asked = self.request.GET.copy()
        asked.pop("state", None)  # it is about those alone that were given up, whatever the log shows
        filters = self.filterset_class(asked, queryset=parked, request=self.request)
        return filters.qs if filters.is_valid() else parked.none()
