"""Texts of the site's own: what may stand in braces, what becomes of it, and what is added."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

import wagtail_prosjektnett
from tests.delivery.mail.conftest import html_of, sent, signed_up, write
from tests.registration.conftest import participant, sign_up
from wagtail_prosjektnett.delivery.mail_texts import PLACEHOLDERS, check_placeholders
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.models import MailText, Registration
from wagtail_prosjektnett.records.tokens import token_of

pytestmark = pytest.mark.django_db


def test_a_text_of_the_sites_own_comes_in_place_of_ours_with_the_link_and_the_deadline_that_it_lacks(gathering):
    MailText.objects.create(
        kind="received", language="nb", subject="{gathering}\nBcc: x", body="Hei, {name} & {status}"
    )
    sign_up(gathering, participant(name="<b>Rådgiver</b>"))
    [message] = sent()
    assert message.subject == "Høstsamling – Øst Bcc: x"
    assert message.body.startswith("Hei, <b>Rådgiver</b> & Har plass\n")
    soup = html_of(message)
    assert "Hei, <b>Rådgiver</b> & Har plass" in soup.get_text()
    assert soup.find("b") is None
    for body in (message.body, str(soup)):
        assert token_of(Registration.objects.get()) in body
    assert "kl. 10:00" not in message.body


def test_a_text_of_the_sites_own_with_the_link_stands_alone(gathering):
    MailText.objects.create(kind="received", language="nb", subject="Hei", body="{when}, {where}. {link}")
    sign_up(gathering)
    [message] = sent()
    token = token_of(Registration.objects.get())
    assert message.body.count(token) == 1
    assert html_of(message).find("a")["href"].endswith(f"{token}/")


def test_a_message_of_an_editor_has_its_own_words(gathering):
    registration = signed_up(gathering)
    write(MailKind.MESSAGE, registration, subject="Ta med PC", body="Hei {name}.\n\nVi møtes {when}. {ukjent}")
    [message] = sent()
    assert message.subject == "Ta med PC"
    assert f"Hei {registration.name}." in message.body
    assert "{ukjent}" in message.body


def test_every_block_of_the_templates_of_one_kind_can_be_the_sites_own(gathering, settings, tmp_path):
    ours = Path(wagtail_prosjektnett.__file__).parent / "templates" / "wagtail_prosjektnett" / "mail"
    folder = tmp_path / "wagtail_prosjektnett" / "mail"
    folder.mkdir(parents=True)
    blocks = {}
    for ending in ("txt", "html"):
        blocks[ending] = set(re.findall(r"{% block (\w+) %}", (ours / f"mail.{ending}").read_text("utf-8")))
        own = "".join(
            f"{{% block {name} %}}{{{{ block.super }}}}[own {name}]{{% endblock %}}" for name in blocks[ending]
        )
        extends = f'{{% extends "wagtail_prosjektnett/mail/mail.{ending}" %}}'
        (folder / f"received.{ending}").write_text(extends + own, encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    registration = signed_up(gathering)
    write(MailKind.RECEIVED, registration)
    write(MailKind.CHANGED, registration)
    first, second = sent()
    assert blocks["html"] == blocks["txt"] | {"letter"}
    for ending, body in (("txt", first.body), ("html", first.alternatives[0][0])):
        assert set(re.findall(r"\[own (\w+)\]", body)) == blocks[ending]
    assert "[own" not in second.body


def test_every_placeholder_is_documented():
    guide = Path(__file__).parents[3] / "docs" / "how-to" / "mail.md"
    rows = [line for line in guide.read_text("utf-8").splitlines() if line.startswith("| `{")]
    assert {name for row in rows for name in re.findall(r"`{(\w+)}`", row)} == set(PLACEHOLDERS)


@pytest.mark.parametrize("text", ["", "Uten noe", "{name}, {link}", "{ åpen", "lukket }", "{{name}}",
                                  " ".join(f"{{{name}}}" for name in PLACEHOLDERS)])  # fmt: skip
def test_what_is_known_may_be_written(text):
    check_placeholders(text)


@pytest.mark.parametrize(
    "text", ["{navn}", "{}", "{0}", "{name.__class__}", "{name!r}", "{name:>100000000}", "{ name }", "{{x}}"]
)
def test_anything_else_in_braces_is_refused_by_name(text):
    with pytest.raises(ValidationError) as refused:
        check_placeholders(f"Hei {text}")
    assert text.strip("{}") in refused.value.messages[0]
    assert "{gathering}" in refused.value.messages[0]
