"""What an editor sees of registrations, and does to them, and what of it stands in the history."""

import copy
import uuid
from urllib.parse import quote

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from tests import factories
from tests.languages import again
from tests.registration.conftest import make_gathering, occurrence_of, participant, pool_of, sign_up
from wagtail_prosjektnett.domain.mail import MailKind
from wagtail_prosjektnett.domain.registration import Contact, Needs, TryLater
from wagtail_prosjektnett.models import MailText, Registration, RegistrationMail
from wagtail_prosjektnett.records.tokens import registration_by_token, token_of
from wagtail_prosjektnett.registration.changes import cancel, change

pytestmark = pytest.mark.django_db
LIST, MAIL = "prosjektnett_registrations", "prosjektnett_participant_mail"


def url(name, *arguments):
    """The address of a view of registrations."""
    return reverse(f"{LIST}:{name}", args=arguments)


def one(name):
    """Somebody as they are now."""
    return Registration.objects.get(name=name)


def kinds():
    """The mails that were written, the last first."""
    return list(RegistrationMail.objects.order_by("-pk").values_list("kind", flat=True))


@pytest.fixture
def three(gathering):
    """Two who have a seat in the east, and one who waits."""
    for name in ("Anne", "Bård", "Cecilie"):
        sign_up(gathering, participant(name=name, email=f"{ord(name[0])}@example.org", organisation_name="Etaten"))
    return gathering


def test_the_list_says_who_comes_where_and_is_narrowed_down(editor, three):
    sign_up(three, participant(name="Didrik"), name="Vest")
    html = editor.get(url("index")).content.decode()
    assert all(name in html for name in ("Anne", "Bård", "Cecilie", "Didrik", "Kirkenes", "Etaten", "65@example.org"))
    one_place = editor.get(url("index"), {"place": pool_of(three).uid}).content.decode()
    assert "Anne" in one_place
    assert "Didrik" not in one_place
    waiting = editor.get(url("index_results"), {"state": "waiting"}).content.decode()
    assert "Cecilie" in waiting
    assert "Anne" not in waiting
    assert "Anne" in editor.get(url("index"), {"q": "65@example"}).content.decode()
    assert "Anne" not in editor.get(url("index"), {"attended": "yes"}).content.decode()
    network = three.get_parent().get_parent().translation_key
    assert "Anne" in editor.get(url("index"), {"network": network, "gathering": three.translation_key}).content.decode()
    assert "Anne" not in editor.get(url("index"), {"network": uuid.uuid4()}).content.decode()


@pytest.mark.parametrize("word", ["åse", "ÅSE ØSTBØ", "šádji", "ål.example.org", "+å"])
def test_the_list_is_searched_without_regard_to_case(editor, gathering, word):
    sign_up(gathering, participant(name="Åse Østbø", email="x+å@ål.example.org", organisation_name="Šádji"))
    sign_up(gathering, participant(name="Asa", email="asa@alxexample.org", organisation_name="Sadji"))
    html = editor.get(url("index"), {"q": word}).content.decode()
    assert "Åse Østbø" in html
    assert "Asa" not in html
    address = reverse("wagtail_bulk_action", args=["wagtail_prosjektnett", "registration", "was_there"])
    editor.post(f"{address}?id=all&q={quote(word)}")
    assert (one("Åse Østbø").attended, one("Asa").attended) == (True, None)


def test_the_list_costs_the_same_for_twenty_and_for_two_hundred(editor, gathering):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert editor.get(url("index")).status_code == 200
        return len(asked)

    for _ in range(20):
        sign_up(gathering, name="Vest")
    editor.get(url("index"))
    few = cost()
    copies = [copy.copy(each) for each in Registration.objects.all() for _ in range(9)]
    for number, each in enumerate(copies):
        each.pk, each.uid, each.holder, each.token_hash = None, uuid.uuid4(), str(number), str(number)
    Registration.objects.bulk_create(copies)
    assert Registration.objects.count() == 200
    assert cost() == few


def test_one_registration_is_shown_with_its_answers_needs_and_mail(editor, gathering):
    question = gathering.questions.model.objects.create(page=gathering, label="Trenger du parkering?", kind="yes_no")
    who = participant(
        name="Anne", answers={str(question.uid): True}, needs=Needs("Vegetar", "Teleslynge"), comment="A\nB"
    )
    sign_up(gathering, who)
    html = editor.get(url("inspect", one("Anne").pk)).content.decode()
    for shown in ("Trenger du parkering?", "Vegetar", "Teleslynge", "A<br>B", "Påmeldt, med plass"):
        assert shown in html


def test_cancelling_lets_the_next_one_move_up(editor, three):
    cancelled = url("cancel", one("Anne").pk)
    editor.get(cancelled)
    assert one("Anne").is_active, "asking cancels nothing"
    editor.post(cancelled, {"tell": "on"})
    assert (one("Anne").state, one("Cecilie").state) == ("cancelled", "seated")
    assert kinds()[:2] == [MailKind.MOVED_UP, MailKind.CANCELLED]


def test_somebody_can_be_cancelled_without_a_mail(editor, three):
    editor.post(url("cancel", one("Cecilie").pk), {})
    assert MailKind.CANCELLED not in kinds()


def test_one_who_waits_gets_a_seat_more_than_there_are(editor, three):
    promote = url("promote", one("Cecilie").pk)
    assert "3" in editor.get(promote).context["question"]
    editor.post(promote)
    assert pool_of(three).seats.over == 1
    panel = editor.get(reverse("wagtailadmin_pages:edit", args=[three.pk])).content.decode()
    assert "Det er gitt én plass for mye" in panel


def test_somebody_is_moved_to_another_place_of_the_gathering_alone(editor, three):
    elsewhere = make_gathering(three.get_parent().get_parent(), "En annen samling")
    move = url("move", one("Anne").pk)
    targets = editor.get(move).context["form"].fields["target"].choices
    assert [int(pk) for pk, _label in targets] == [pool_of(three, "Vest").pk]
    editor.post(move, {"target": pool_of(elsewhere).pk})
    assert one("Anne").pool == pool_of(three)
    editor.post(move, {"target": pool_of(three, "Vest").pk})
    assert (one("Anne").pool, one("Cecilie").state) == (pool_of(three, "Vest"), "seated")


def test_who_is_there_already_is_not_moved(editor, three):
    sign_up(three, participant(name="Anne vest", email="65@example.org"), name="Vest")
    html = editor.post(url("move", one("Anne").pk), {"target": pool_of(three, "Vest").pk}, follow=True).content.decode()
    assert "allerede" in html
    assert one("Anne").pool == pool_of(three)


def test_who_has_cancelled_meanwhile_is_not_said_to_be_moved(editor, three):
    move = url("move", one("Anne").pk)
    cancel(one("Anne"), timezone.now())
    html = editor.post(move, {"target": pool_of(three, "Vest").pk}, follow=True).content.decode()
    assert "Ingenting ble endret" in html
    assert "er flyttet" not in html
    assert (one("Anne").pool, one("Anne").state) == (pool_of(three), "cancelled")


def test_an_editor_adds_somebody_after_the_deadline_and_is_told_that_it_is_full(editor, three):
    with time_machine.travel("2026-12-05T12:00+01:00", tick=False):
        form = {"name": "Didrik", "email": "didrik@example.org", "comment": "Ringte"}
        html = editor.post(url("add", pool_of(three).uid), form, follow=True).content.decode()
    assert "venter med nummer 4" in html
    added = one("Didrik")
    assert (added.state, added.email, added.comment, added.confirm_by) == (
        "waiting",
        "didrik@example.org",
        "Ringte",
        None,
    )
    assert kinds()[0] == MailKind.WAITING
    again = editor.post(url("add", pool_of(three).uid), form)
    assert again.status_code == 200
    assert Registration.objects.count() == 4


def test_what_is_added_is_checked_as_at_every_other_door(editor, gathering):
    form = {"name": "Anne\nBcc: alle@example.org", "email": "ikke en adresse"}
    errors = editor.post(url("add", pool_of(gathering).uid), form).context["form"].errors
    assert errors.keys() == {"name", "email"}


def test_somebody_without_an_address_is_added(editor, gathering):
    editor.post(url("add", pool_of(gathering).uid), {"name": "Anne", "email": ""})
    assert (one("Anne").state, RegistrationMail.objects.count()) == ("seated", 0)


def form_of(client, registration):
    """What the form of a registration holds when it is opened."""
    form = client.get(url("edit", registration.pk)).context["form"]
    return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}


def test_an_editor_corrects_what_was_said_and_keeps_what_the_form_does_not_ask(editor, gathering):
    sign_up(gathering, participant(name="Anne", answers={"borte": "Svar"}, needs=Needs("Vegetar")))
    editor.post(url("edit", one("Anne").pk), {**form_of(editor, one("Anne")), "role": "Leder"})
    changed = one("Anne")
    assert (changed.role, changed.answers, changed.needs.dietary) == ("Leder", {"borte": "Svar"}, "Vegetar")
    assert kinds()[0] == MailKind.CHANGED


def test_a_new_address_ends_the_links_that_the_old_one_has(editor, gathering):
    sign_up(gathering, participant(name="Anne", email="feil@example.org"))
    old = token_of(one("Anne"))
    editor.post(url("edit", one("Anne").pk), {**form_of(editor, one("Anne")), "email": "rett@example.org"})
    changed = one("Anne")
    assert (changed.recipient, registration_by_token(old)) == ("rett@example.org", None)
    assert registration_by_token(token_of(changed)) == changed
    sign_up(gathering, participant(email="feil@example.org"))
    assert pool_of(gathering).seated == 2, "the old address is free"


def test_two_without_an_address_may_have_the_same_name_and_be_corrected(editor, gathering):
    add = url("add", pool_of(gathering, "Vest").uid)
    assert [editor.post(add, {"name": "Kari"}).status_code for _ in range(2)] == [302, 302]
    first, second = Registration.objects.order_by("number")
    answer = editor.post(url("edit", first.pk), {**form_of(editor, first), "role": "Leder"})
    assert (answer.status_code, again(first).role) == (302, "Leder")
    editor.post(url("edit", second.pk), {**form_of(editor, second), "name": "Ola"})
    editor.post(url("edit", second.pk), {**form_of(editor, second), "name": "Kari"})
    assert again(second).name == "Kari"
    editor.post(url("edit", second.pk), {**form_of(editor, second), "email": "kari@example.org"})
    assert again(second).recipient == "kari@example.org"


def test_who_has_no_contact_keeps_an_address_and_others_may_do_without(editor, gathering):
    sign_up(gathering, participant(name="Anne", email="anne@example.org"))
    sign_up(gathering, participant(name="Bo", email="bo@example.org"), contact=Contact("Sekretær", "sek@example.org"))
    for name, status in (("Anne", 200), ("Bo", 302)):
        form = {**form_of(editor, one(name)), "email": ""}
        assert editor.post(url("edit", one(name).pk), form).status_code == status
    assert (one("Anne").recipient, one("Bo").recipient) == ("anne@example.org", "sek@example.org")


def test_an_address_that_is_signed_up_is_not_given_to_another(editor, three):
    form = {**form_of(editor, one("Anne")), "email": one("Bård").email}
    assert editor.post(url("edit", one("Anne").pk), form).status_code == 200
    assert one("Anne").email == "65@example.org"


def test_the_second_of_two_editors_is_told_and_loses_nothing(editor, three):
    first, second = form_of(editor, one("Anne")), form_of(editor, one("Anne"))
    editor.post(url("edit", one("Anne").pk), {**first, "role": "Leder"})
    answer = editor.post(url("edit", one("Anne").pk), {**second, "role": "Rådgiver"})
    assert "i mellomtiden" in answer.content.decode()
    assert 'value="Rådgiver"' in answer.content.decode(), "what was written is still there"
    assert one("Anne").role == "Leder"


def test_who_was_moved_or_cancelled_meanwhile_is_not_corrected(editor, three):
    form = form_of(editor, one("Anne"))
    editor.post(url("cancel", one("Anne").pk), {})
    editor.post(url("edit", one("Anne").pk), {**form, "role": "Leder"})
    assert (one("Anne").state, one("Anne").role) == ("cancelled", "")


def test_two_tick_names_at_the_door_at_the_same_time(editor, three):
    names = url("names", pool_of(three).uid)
    anne, bard = one("Anne"), one("Bård")
    editor.post(names, {"attended": [anne.pk]})
    editor.post(names, {"attended": [bard.pk]})
    assert (one("Anne").attended, one("Bård").attended) == (True, True)
    editor.post(names, {"shown": [anne.pk, bard.pk], "attended": [bard.pk]})
    assert (one("Anne").attended, one("Bård").attended) == (None, True)


def test_the_names_are_in_the_order_of_the_norwegian_alphabet(editor, gathering):
    for name in ("Åse", "Ærlend", "Zara", "Øystein", "aud", "Élise"):
        sign_up(gathering, participant(name=name), name="Vest")
    answer = editor.get(url("names", pool_of(gathering, "Vest").uid))
    assert [str(each) for each in answer.context["registrations"]] == [
        "aud",
        "Élise",
        "Zara",
        "Ærlend",
        "Øystein",
        "Åse",
    ]
    by_number = editor.get(url("names", pool_of(gathering, "Vest").uid), {"order": "number"})
    assert str(by_number.context["registrations"][0]) == "Åse"


def test_needs_are_counted_without_names(editor, gathering):
    for name, dietary in (("Anne", "Vegetar"), ("Bård", "vegetar "), ("Cecilie", "Nøtter")):
        sign_up(gathering, participant(name=name, needs=Needs(dietary)), name="Vest")
    answer = editor.get(url("needs", pool_of(gathering, "Vest").uid))
    assert answer.context["parts"][0][1] == [("Vegetar", 2), ("Nøtter", 1)]
    assert "Anne" not in answer.content.decode()


def test_a_message_is_looked_at_before_it_is_sent_once(editor, three):
    contact = Contact("Sekretær", "sekretaer@example.org")
    sign_up(three, participant(email=""), participant(email=""), contact=contact)
    RegistrationMail.objects.all().delete()
    form = {"audience": "both", "subject": "Nytt rom", "body": "Vi møtes i 2. etasje.", "key": str(uuid.uuid4())}
    message = url("message", pool_of(three).uid)
    preview = editor.post(message, form)
    assert (preview.context["count"], kinds()) == (4, [])
    for _ in range(2):
        editor.post(message, {**form, "send": "1"})
    assert kinds() == [MailKind.MESSAGE] * 4
    facts = RegistrationMail.objects.first().facts
    assert (facts["subject"], facts["body"]) == ("Nytt rom", "Vi møtes i 2. etasje.")
    refused = editor.post(message, {**form, "subject": "Nytt\r\nBcc: alle@example.org", "send": "1"})
    assert refused.context["form"].errors.keys() == {"subject"}


def test_nobody_writes_to_an_address_that_was_not_confirmed(editor, db, gathering):
    gathering.registration_confirmation = True
    gathering.save_revision().publish()
    sign_up(gathering)
    form = {"audience": "both", "subject": "Hei", "body": "Hei", "key": str(uuid.uuid4())}
    assert editor.post(url("message", pool_of(gathering).uid), form).context["count"] == 0


def test_bulk_actions_mark_what_was_chosen(editor, three):
    bulk = reverse("wagtail_bulk_action", args=["wagtail_prosjektnett", "registration", "was_there"])
    assert "Anne" in editor.get(f"{bulk}?id={one('Anne').pk}").content.decode()
    editor.post(f"{bulk}?id={one('Anne').pk}")
    assert list(Registration.objects.filter(attended=True)) == [one("Anne")]
    editor.post(f"{bulk}?id=all&state=waiting")
    assert one("Cecilie").attended
    editor.post(f"{bulk}?id=all&q=rd")
    assert one("Bård").attended


def test_the_history_of_the_gathering_tells_what_was_done_and_names_nobody(editor, three):
    anne, bard, cecilie = one("Anne"), one("Bård"), one("Cecilie")
    editor.post(url("promote", cecilie.pk))
    editor.post(url("edit", anne.pk), {**form_of(editor, anne), "role": "Leder", "comment": "Personlig"})
    editor.post(url("move", bard.pk), {"target": pool_of(three, "Vest").pk})
    editor.post(url("names", pool_of(three).uid), {"attended": [anne.pk]})
    editor.post(url("add", pool_of(three).uid), {"name": "Didrik", "email": "didrik@example.org"})
    editor.post(url("cancel", cecilie.pk), {})
    list(editor.get(url("index"), {"export": "csv"}).streaming_content)
    entries = list(PageLogEntry.objects.filter(page=three, action__contains="registration").order_by("pk"))
    done = [entry.action.rpartition("_")[2] for entry in entries]
    assert done == ["promoted", "changed", "moved", "attended", "added", "cancelled", "exported", "exported"]
    assert {entry.user for entry in entries} == {editor.user}
    assert entries[1].data == {"registrations": [anne.pk]}
    written = " ".join(f"{entry.data} {entry.label}" for entry in entries)
    for personal in ("Anne", "Bård", "Cecilie", "Didrik", "example.org", "Personlig", "Leder"):
        assert personal not in written
    html = editor.get(reverse("wagtailadmin_pages:history", args=[three.pk])).content.decode()
    assert f"En påmelding ble flyttet til en annen tid eller et annet sted (påmelding {bard.pk})" in html


def test_what_participants_do_themselves_is_in_the_history_too(three):
    change(one("Anne"), participant(name="Anna"), timezone.now())
    cancel(one("Bård"), timezone.now())
    entries = PageLogEntry.objects.filter(page=three, action__contains="registration")
    assert sorted(entries.values_list("action", "user")) == [
        ("wagtail_prosjektnett.registration_cancelled", None),
        ("wagtail_prosjektnett.registration_changed", None),
    ]


def test_the_editor_sees_the_counts_where_the_gathering_is_edited(editor, three):
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[three.pk])).content.decode()
    assert url("add", pool_of(three).uid) in html
    assert f"{url('index')}?place={occurrence_of(three).uid}" in html


def test_the_editor_is_told_that_the_form_is_missing_in_a_language(editor, three, nynorsk, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    edit = reverse("wagtailadmin_pages:edit", args=[three.pk])
    assert "ikke publisert på nynorsk" in editor.get(edit).content.decode()
    three.copy_for_translation(nynorsk, copy_parents=True).save_revision().publish()
    assert "ikke publisert på nynorsk" not in editor.get(edit).content.decode()


def test_the_log_of_mail_says_what_became_of_it_and_sends_again(editor, three):
    mail = RegistrationMail.objects.filter(registration=one("Anne")).get()
    again = reverse(f"{MAIL}:redeliver", args=[mail.pk])
    type(mail.item).objects.filter(pk=mail.pk).update(state="parked", tries=10, last_error="Serveren svarte ikke")
    html = editor.get(reverse(f"{MAIL}:index"), {"state": "parked"}).content.decode()
    assert "Serveren svarte ikke" in html
    assert "65@example.org" in html
    editor.post(again)
    mail.item.refresh_from_db()
    assert (mail.item.state, mail.item.tries) == ("waiting", 0)
    assert "warning" in editor.post(again, follow=True).content.decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_every_change_is_made_where_each_request_is_a_transaction(admin, settings):
    gathering = make_gathering(factories.network())
    for name in ("Anne", "Bård", "Cecilie"):
        sign_up(gathering, participant(name=name))
    connection.settings_dict["ATOMIC_REQUESTS"] = True
    try:
        admin.post(url("add", pool_of(gathering).uid), {"name": "Didrik", "email": "didrik@example.org"})
        admin.post(url("edit", one("Anne").pk), {**form_of(admin, one("Anne")), "role": "Leder"})
        admin.post(url("promote", one("Cecilie").pk))
        admin.post(url("move", one("Bård").pk), {"target": pool_of(gathering, "Vest").pk})
        admin.post(url("cancel", one("Anne").pk), {})
        form = {"audience": "both", "subject": "Hei", "body": "Hei", "key": str(uuid.uuid4()), "send": "1"}
        admin.post(url("message", pool_of(gathering).uid), form)
    finally:
        connection.settings_dict["ATOMIC_REQUESTS"] = False
    assert (one("Didrik").state, one("Anne").state, one("Cecilie").state) == ("seated", "cancelled", "seated")
    assert one("Bård").pool == pool_of(gathering, "Vest")
    assert MailKind.MESSAGE in kinds()


def test_a_busy_database_is_told_and_nothing_is_lost(editor, three, monkeypatch):
    def busy(change):
        raise TryLater

    monkeypatch.setattr("wagtail_prosjektnett.admin.registrations.running.in_own_transaction", busy)
    form = {"name": "Didrik", "email": "didrik@example.org"}
    answer = editor.post(url("add", pool_of(three).uid), form)
    assert answer.status_code == 200
    assert answer.context["form"]["name"].value() == "Didrik"
    assert Registration.objects.count() == 3


def test_a_site_has_texts_of_its_own_for_each_mail_and_language(admin):
    add = reverse("prosjektnett_mail_texts:add")
    form = {"kind": "received", "language": "nn", "subject": "Du er påmeld", "body": "Velkomen."}
    admin.post(add, form)
    text = MailText.objects.get()
    assert (text.kind, text.language, text.subject) == ("received", "nn", "Du er påmeld")
    assert admin.post(add, form).context["form"].errors, "one text for each"
    assert admin.post(add, {**form, "language": "xx"}).context["form"].errors.keys() == {"language"}
    assert admin.post(add, {**form, "kind": "message"}).context["form"].errors.keys() == {"kind"}


@pytest.mark.parametrize(
    ("field", "text"),
    [("subject", "Hei {navn}"), ("body", "{name.password}"), ("subject", "Hei\r\nBcc: x"), ("body", "a\u202eb")],
)
def test_a_text_with_what_cannot_stand_in_a_mail_is_refused(admin, field, text):
    form = {"kind": "received", "language": "nn", "subject": "Du er påmeld", "body": "Hei {name}", field: text}
    answer = admin.post(reverse("prosjektnett_mail_texts:add"), form)
    assert answer.context["form"].errors.keys() == {field}
    assert not MailText.objects.exists()


def test_who_writes_a_text_sees_the_one_that_it_stands_for(admin):
    html = admin.get(reverse("prosjektnett_mail_texts:add")).content.decode()
    assert "Påmeldt, med plass: {gathering}" in html
    assert "{link}" in html
    text = MailText.objects.create(kind="waiting", language="nn", subject="Du ventar", body="Hei {name}")
    html = admin.get(reverse("prosjektnett_mail_texts:edit", args=[text.pk])).content.decode()
    assert "Påmeld, på venteliste: {gathering}" in html
    assert "Påmeldt, med plass: {gathering}" not in html


def test_the_texts_of_mails_have_permissions_of_their_own(editor):
    assert editor.get(reverse("prosjektnett_mail_texts:index")).status_code == 302
    assert editor.get(reverse("prosjektnett_mail_texts:add")).status_code == 302
