"""Webhooks and what receives them: a server on loopback that answers as a test wants."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection

from tests import factories
from wagtail_prosjektnett.models import WebhookDelivery, WebhookEndpoint


def at_once(work, number):
    """What a function returns in each of several threads that begin together, each with a connection of its own."""
    start, results = threading.Barrier(number), []

    def one():
        try:
            start.wait(10)
            results.append(work())
        finally:
            connection.close()

    workers = [threading.Thread(target=one) for _worker in range(number)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    return results


def together(test):
    """Let a test have threads that share a database: each would have an empty one of its own in SQLite's memory."""
    skip = pytest.mark.skipif(connection.vendor == "sqlite", reason="needs a database that threads share")
    return skip(pytest.mark.django_db(transaction=True, serialized_rollback=True)(test))


class Receiver:
    """What came in, and how it is answered: a status, headers, and what is done before the answer."""

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}/hook"
        self.received = []
        self.status = 204
        self.headers = {}
        self.before = lambda: None


@pytest.fixture
def receiver(settings):
    """A receiver on loopback, which the settings permit."""
    settings.PROSJEKTNETT_WEBHOOK_PRIVATE_NETWORKS = ["127.0.0.0/8"]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            found.received.append((dict(self.headers), self.rfile.read(length).decode()))
            found.before()
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = Receiver(server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def endpoint(receiver):
    """A webhook that tells the receiver of everything."""
    return WebhookEndpoint.objects.create(description="Fronten", address=receiver.url)


@pytest.fixture
def network(db):
    """A published network; made before the webhook where a test asks for it first."""
    return factories.network()


@pytest.fixture
def told():
    """What stands in the outbox, as pairs of an event and the id of a page, in order; and then it is emptied."""

    def read():
        rows = list(WebhookDelivery.objects.order_by("pk"))
        WebhookDelivery.objects.all().delete()
        return [(row.event, json.loads(row.body)["data"]) for row in rows]

    return read
