"""A message reaches the internet, or what the operator trusts, and nothing else, and ends at its deadline."""

import contextlib
import socket
import ssl
import subprocess
import threading
import time
from ipaddress import ip_network

import pytest

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.delivery import guarded
from wagtail_prosjektnett.delivery.guarded import AddressRefused, NotSent, post


@pytest.fixture
def leads_to(monkeypatch):
    """Let every name lead to some addresses, one list for each time that it is looked up, the last one for ever."""

    def lead(*answers):
        answers = list(answers)
        asked = []

        def getaddrinfo(host, port, *args, **kwargs):
            asked.append(host)
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in answer]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return asked

    return lead


@pytest.fixture
def connections(monkeypatch):
    """The addresses that are connected to, all of which refuse."""
    found = []

    def connect(address, *args, **kwargs):
        found.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    return found


def send(url, **options):
    return post(url, {}, b"{}", seconds=options.pop("seconds", 2), **options)


@pytest.mark.parametrize(
    "answer",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "192.168.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "fe80::1",
        "64:ff9b::7f00:1",
    ],
)
def test_a_name_that_leads_into_a_private_network_is_refused(leads_to, connections, answer):
    leads_to([answer])
    with pytest.raises(AddressRefused, match="not an address of the internet"):
        send("https://intern.example.org/")
    assert connections == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0x7f.1", "0"])
def test_an_address_that_is_written_otherwise_is_refused(connections, host):
    with pytest.raises(NotSent):
        send(f"https://{host}/")
    assert connections == []


def test_a_name_of_which_one_address_is_private_is_refused_as_a_whole(leads_to, connections):
    leads_to(["8.8.8.8", "10.0.0.1"])
    with pytest.raises(AddressRefused):
        send("https://tosidig.example.org/")
    assert connections == []


def test_the_connection_is_made_to_the_address_that_was_judged(leads_to, connections):
    asked = leads_to(["8.8.8.8"], ["127.0.0.1"])
    with pytest.raises(NotSent):
        send("https://flytter.example.org/")
    assert asked == ["flytter.example.org"]
    assert connections == [("8.8.8.8", 443)]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "file:///etc/passwd", "//example.org/", "https://user:secret@example.org/", "https://",
        "https://[::1/", "https://example.org:99999/",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(connections, url):
    with pytest.raises(AddressRefused):
        send(url)
    assert connections == []


def test_http_is_for_networks_that_the_operator_trusts(leads_to, connections):
    leads_to(["8.8.8.8"])
    with pytest.raises(AddressRefused, match="https"):
        send("http://example.org/")
    assert connections == []


def test_a_name_with_norwegian_letters_is_looked_up_as_dns_has_it(leads_to, connections):
    asked = leads_to(["8.8.8.8"])
    with pytest.raises(NotSent):
        send("https://blåbær.example.org/søk?q=ø")
    assert asked == ["xn--blbr-roah.example.org"]


def test_a_redirect_is_an_answer_and_is_not_followed(receiver):
    receiver.status, receiver.headers = 302, {"Location": receiver.url}
    assert send(receiver.url, permitted=conf.webhook_private_networks()) == 302
    assert len(receiver.received) == 1


def test_proxies_of_the_environment_are_not_used(receiver, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert send(receiver.url, permitted=conf.webhook_private_networks()) == 204


def test_an_ipv6_address_is_named_to_its_receiver_with_its_brackets():
    received = []
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server:

        def answer():
            connection, _address = server.accept()
            with connection:
                received.append(connection.recv(65536))
                connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        place = f"[::1]:{server.getsockname()[1]}"
        assert send(f"http://{place}/", permitted=[ip_network("::1/128")]) == 204
        thread.join()
    assert f"Host: {place}\r\n".encode() in received[0]


def test_an_answer_that_never_ends_is_not_read():
    sent = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            connection, _address = server.accept()
            with connection, contextlib.suppress(OSError):
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                for number in range(2000):
                    sent.append(number)
                    connection.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        assert send(url, permitted=[ip_network("127.0.0.0/8")]) == 200
        thread.join()
    assert len(sent) < 500


def test_who_does_not_answer_is_cut_off(receiver):
    answered = threading.Event()
    receiver.before = lambda: answered.wait(10)
    with pytest.raises(NotSent, match="No answer within"):
        send(receiver.url, seconds=0.2, permitted=conf.webhook_private_networks())
    answered.set()


@pytest.mark.parametrize("drop", [b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 102 Processing\r\n\r\n"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_who_answers_a_drop_at_a_time_is_cut_off_as_well(scheme, drop, settings):
    settings.PROSJEKTNETT_WEBHOOK_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip():
            connection, _address = server.accept()
            with connection:
                connection.sendall(drop if scheme == "http" else b"\x16\x03\x03\x40\x00")
                while not over.wait(0.05):
                    try:
                        connection.sendall(b"a" if scheme == "https" else drop[-1:] or b"a")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        began = time.monotonic()
        url = f"{scheme}://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(NotSent):
            send(url, seconds=0.5, permitted=conf.webhook_private_networks())
        assert time.monotonic() - began < 5
        over.set()
        thread.join()


def test_the_certificate_must_be_that_of_the_name(settings, tmp_path):
    settings.PROSJEKTNETT_WEBHOOK_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout {key} -out {certificate}"
    subprocess.run(command.split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept():
            connection, _address = server.accept()
            with connection:
                try:
                    context.wrap_socket(connection, server_side=True).close()
                except OSError:
                    return

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        with pytest.raises(NotSent, match="CERTIFICATE_VERIFY_FAILED"):
            send(f"https://localhost:{server.getsockname()[1]}/", permitted=conf.webhook_private_networks())
        thread.join()


def test_the_lookup_gives_each_address_once():
    assert len(set(guarded.look_up("127.0.0.1", 80))) == len(guarded.look_up("127.0.0.1", 80)) == 1
