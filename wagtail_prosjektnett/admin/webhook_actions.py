"""What can be done to a webhook and to its messages: each asks first, and is done by a POST."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from wagtail_prosjektnett.admin.permissions import REDELIVER
from wagtail_prosjektnett.delivery import outbox
from wagtail_prosjektnett.delivery.events import write
from wagtail_prosjektnett.domain.outbox import OutboxState
from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.models import WebhookDelivery

#: The name of the log entry of a secret that was renewed.
SECRET_RENEWED = "wagtail_prosjektnett.renew_secret"  # noqa: S105  # the name of an action


class ActionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Asks whether to do something, and does it."""

    template_name = "wagtail_prosjektnett/admin/confirm_action.html"
    #: Set by the viewset.
    model: Any = None
    index_url_name = ""
    edit_url_name = ""
    inspect_url_name = ""
    header_icon = ""
    #: Set by the subclass: the question, and the words of the button.
    question: Any = ""
    answer: Any = ""

    def get_object(self) -> Any:
        """Return what the action is about, or None where it is about many."""
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    def act(self, request: HttpRequest) -> None:
        """Do it, and tell how it went."""
        raise NotImplementedError

    def get_return_url(self) -> str:
        """Return the address that the editor comes back to."""
        return reverse(self.index_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the question and the answers to it."""
        self.object = self.get_object()
        return super().get_context_data(
            question=self.question, answer=self.answer, return_url=self.get_return_url(), object=self.object, **kwargs
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        plural = self.model._meta.verbose_name_plural
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": str(plural).capitalize()},
            {"url": "", "label": self.get_page_title(), "sublabel": str(self.object or "")},
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, and go back."""
        self.object = self.get_object()
        self.act(request)
        return redirect(self.get_return_url())


class SendTest(ActionView):
    """Sends a test at once, and tells what the receiver answered."""

    permission_required = "change"
    page_title = gettext_lazy("Send a test")
    question = gettext_lazy("This sends a message that says nothing but that it is a test, and waits for the answer.")
    answer = gettext_lazy("Send it")

    def get_return_url(self) -> str:
        """Return the address of the webhook's form."""
        return reverse(self.edit_url_name, args=[self.object.pk])

    def act(self, request: HttpRequest) -> None:
        """Send a test as the outbox does, so that it stands in the log as well."""
        [delivery] = write([self.object], WebhookEvent.TEST, timezone.now(), {})
        item = outbox.take(delivery.pk)
        if item is not None and outbox.send(item):
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
        found = WebhookDelivery.objects.filter(state=OutboxState.PARKED.value)
        chosen = {name: value for name in ("endpoint", "event") if (value := self.request.GET.get(name, ""))}
        if not chosen.get("endpoint", "0").isdecimal():
            return found.none()
        return found.filter(**chosen)
