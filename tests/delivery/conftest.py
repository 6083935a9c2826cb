"""Webhooks, mail and what receives them: servers on loopback that answer as a test wants."""

import email
import email.policy
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from tests import factories, mailers
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


class Mailbox:
    """A mail server: what came in, in order, and how it answers a recipient and a mail; None is to take it."""

    def __init__(self):
        self.received = []
        self.connections = 0
        self.to_recipient = lambda address: None
        self.to_mail = lambda message: None
        self.controller = None
        self.port = None

    def start(self):
        """Begin to answer, at the port that it had before."""
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port or free_port(), ready_timeout=30)
        self.controller.start()
        self.port = self.controller.port

    def stop(self):
        """Be down."""
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    @property
    def ids(self):
        """The Message-ID of each mail that was taken."""
        return [message["Message-ID"] for message in self.received]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        answer = self.to_recipient(address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        answer = self.to_mail(message)
        if answer is None:
            self.received.append(message)
        return answer or "250 OK"


def free_port():
    """A port of loopback that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def mailbox():
    """A mail server on loopback that is up."""
    found = Mailbox()
    found.start()
    yield found
    found.stop()


@pytest.fixture
def smtp(mailbox, settings):
    """A mail server to which the site sends its mail."""
    mailers.choose(settings, mailers.smtp(mailbox.port))
    return mailbox


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
