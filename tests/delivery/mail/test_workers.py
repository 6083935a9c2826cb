"""Processes that send mail side by side, and are killed while they do: nothing is lost, and hardly anything repeated.

``MAIL_KILLS=100`` kills a hundred of them in place of a few.
"""

import os
import subprocess
import sys

import pytest

KILLS = int(os.environ.get("MAIL_KILLS", "5"))
MAILS_PER_KILL = 20

SIGN_UP = """
import sys
import django
django.setup()
from tests.registration.conftest import make_gathering, participant, sign_up
from wagtail_prosjektnett.models import RegistrationMail
from wagtail_prosjektnett.own_transaction import in_own_transaction
occurrence = {"start_date": "2199-06-10", "start_time": "10:00"}
gathering = make_gathering(occurrences=[occurrence], registration_deadline="2199-06-09")
for _ in range(int(sys.argv[1])):
    in_own_transaction(lambda: sign_up(gathering, participant(), name=""))
print(*(f"<{mail.message_id}@localhost>" for mail in RegistrationMail.objects.all()))
"""

SEND = """
import sys
from django.conf import settings
from tests import mailers
mailers.choose(settings, mailers.smtp(int(sys.argv[1])))
import django
django.setup()
from django.core.management import call_command
call_command("send_outbox")
"""

SEND_AND_BE_KILLED = """
import os, random, signal, sys, time
from django.conf import settings
from tests import mailers
mailers.choose(settings, mailers.smtp(int(sys.argv[1])))
import django
django.setup()
from django.db import connections
from django.utils import timezone
from wagtail_prosjektnett.delivery import mail_message, outbox
from wagtail_prosjektnett.models import OutboxItem, RegistrationMail
mail_message.write(RegistrationMail.objects.first(), timezone.now())  # what the first one has to load
killed = 0
while killed < int(sys.argv[2]):
    connections.close_all()
    child = os.fork()
    if not child:
        outbox.send_due()
        os._exit(0)
    time.sleep(random.uniform(0.01, 0.8))
    os.kill(child, signal.SIGKILL)
    killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
    # What it had taken is free again in three minutes, when others have been sent.
    OutboxItem.objects.exclude(lease_until=None).update(lease_until=None, next_try_at=timezone.now())
    if not OutboxItem.objects.filter(state="waiting").exists():
        break
outbox.send_due()
print(killed, *set(OutboxItem.objects.values_list("state", flat=True)))
"""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as Unix does")


def test_processes_side_by_side_send_each_mail_once(python, mailbox):
    mailbox.stop()
    _code, ids = python(SIGN_UP, "40")
    mailbox.start()
    command = [sys.executable, "-c", SEND, str(mailbox.port)]
    workers = [subprocess.Popen(command, env=python.environment, stdout=subprocess.PIPE) for _worker in range(2)]
    assert [(worker.communicate(timeout=120), worker.returncode)[1] for worker in workers] == [0, 0]
    assert sorted(mailbox.ids) == sorted(ids.split())


def test_workers_that_are_killed_lose_no_mail_and_repeat_at_most_the_one_they_were_sending(python, mailbox):
    _code, ids = python(SIGN_UP, str(KILLS * MAILS_PER_KILL))
    _code, said = python(SEND_AND_BE_KILLED, str(mailbox.port), str(KILLS))
    killed, *states = said.split()
    assert states == ["delivered"], said
    assert set(mailbox.ids) == set(ids.split()), "a repeat has the Message-ID of the first"
    repeated = len(mailbox.ids) - len(ids.split())
    print(f"{killed} killed, {len(ids.split())} mails, {repeated} repeated")
    assert int(killed) > 0
    assert repeated <= int(killed)
