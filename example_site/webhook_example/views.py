"""An example of a receiver of webhooks, so that one can see them arrive: ``/webhook-example/`` lists the last ones.

A real receiver does the same three things: verify the signature, take each message once, and answer at once.
"""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from standardwebhooks import Webhook, WebhookVerificationError

from webhook_example.models import ReceivedMessage

SHOWN = 50


@csrf_exempt  # a signature proves more than a cookie: the sender is no browser
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_example(request):
    """List what was received, or receive a message."""
    if request.method == "POST":
        return receive(request)
    return render(request, "webhook_example/received.html", {"received": ReceivedMessage.objects.all()[:SHOWN]})


def receive(request):
    """Take a message whose signature is valid, once however often it comes."""
    try:
        message = Webhook(settings.EXAMPLE_WEBHOOK_SECRET).verify(request.body, dict(request.headers))
    except (WebhookVerificationError, ValueError):
        return HttpResponse("The signature is not valid.", status=401, content_type="text/plain")
    # One that comes again, since an answer was lost or somebody has copied it, has the same id.
    ReceivedMessage.objects.get_or_create(
        message_id=request.headers["webhook-id"],
        defaults={"type": message["type"], "timestamp": message["timestamp"], "data": message["data"]},
    )
    return HttpResponse(status=204)
