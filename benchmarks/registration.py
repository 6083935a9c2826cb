"""What it costs to sign somebody up, beside bare ``INSERT``s of the same rows in a transaction.

``DATABASE_URL=postgres://user:password@127.0.0.1:5432/x python -m benchmarks.registration`` makes a database of its own
on that server, and measures both in turn, round by round; ``--registrations`` and ``--rounds`` say how many. Without
``DATABASE_URL`` it uses SQLite in a folder that is thrown away. A wrong number of rows fails, a slow one does not.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import django

#: Statements for one who signs up, at most.
MOST_QUERIES = 8
#: Who is signed up before anything is measured: one whose rows are inserted again, one whose statements are counted.
BEFORE = 2
DATES = {"start_date": "2098-12-10", "registration_deadline": "2098-11-30"}


def main(registrations: int, rounds: int) -> None:
    """Measure both, and print the medians, their ratio and the number of statements."""
    from tests.own_database import own_database

    with tempfile.TemporaryDirectory() as folder, own_database(Path(folder)) as address:
        os.environ |= {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        cases = Cases()
        queries = cases.count()
        print(f"{queries} statements for each registration, at most {MOST_QUERIES} wanted")
        took: dict[str, list[float]] = {"registrations": [], "bare": []}
        for _round in range(rounds):
            took["registrations"].append(timed(cases.register, registrations))
            took["bare"].append(timed(cases.insert_bare, registrations))
        cases.check(registrations * rounds)
        rates = {name: registrations / median(seconds) for name, seconds in took.items()}
        print(f"{connection.vendor}: {rates['registrations']:.0f} registrations a second,")
        print(f"{rates['bare']:.0f} transactions a second that INSERT the same rows and nothing else,")
        print(f"{rates['bare'] / rates['registrations']:.1f} times as many (median of {rounds} rounds)")
        connection.close()


def timed(work: Callable[[], None], times: int) -> float:
    """Return how many seconds some work takes so many times."""
    start = time.perf_counter()
    for _time in range(times):
        work()
    return time.perf_counter() - start


class Row:
    """A row as it was written, to be inserted again by a statement alone."""

    def __init__(self, instance: Any) -> None:
        from django.db import connection

        meta, quote = instance._meta, connection.ops.quote_name
        # Its own number is given by the database; a mail has that of its item.
        fields = [field for field in meta.concrete_fields if not (field.primary_key and field.remote_field is None)]
        self.fields = {field.name: field for field in fields}
        self.values = {
            name: field.get_db_prep_save(getattr(instance, field.attname), connection)
            for name, field in self.fields.items()
        }
        names, places = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
        self.statement = (
            f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES ({places}) RETURNING {quote(meta.pk.column)}"  # noqa: S608
        )

    def insert(self, cursor: Any, **own: Any) -> Any:
        """Insert it with some values of its own, and return its key."""
        from django.db import connection

        prepared = {name: self.fields[name].get_db_prep_save(value, connection) for name, value in own.items()}
        cursor.execute(self.statement, list({**self.values, **prepared}.values()))
        return cursor.fetchone()[0]


class Cases:
    """What is measured, on a gathering where everybody gets a seat; to wait for one costs the same statements."""

    def __init__(self) -> None:
        from tests import factories
        from wagtail_prosjektnett.models import RegistrationMail
        from wagtail_prosjektnett.pages.models import GatheringPage, Occurrence

        deadline = GatheringPage._meta.get_field("registration_deadline").to_python(DATES["registration_deadline"])
        row = {"place": "Alta", "start_date": DATES["start_date"]}
        page = factories.gathering(
            factories.network(), "Samling", [row], registration_method="built_in", registration_deadline=deadline
        )
        self.occurrence = Occurrence.objects.select_related("page").get(page=page)
        self.numbers = count(1)
        self.register()
        mail = RegistrationMail.objects.get()
        self.registration, self.item, self.mail = Row(mail.registration), Row(mail.item), Row(mail)

    def register(self) -> None:
        """Sign up somebody new, as the form and the API do after they have checked what was said."""
        from django.utils import timezone

        from wagtail_prosjektnett.domain.registration import Participant
        from wagtail_prosjektnett.own_transaction import in_own_transaction
        from wagtail_prosjektnett.registration.register import Signup, register

        who = Participant("Deltaker", f"person{next(self.numbers)}@example.org")
        in_own_transaction(partial(register, Signup(self.occurrence, [who]), timezone.now))

    def insert_bare(self) -> None:
        """Insert the same three rows with nothing but their statements in a transaction."""
        from django.db import connection, transaction

        keys = {name: uuid4() for name in ("uid", "message_id")}
        digests = dict.fromkeys(("holder", "token_hash"), keys["uid"].hex)
        with transaction.atomic(), connection.cursor() as cursor:
            registration = self.registration.insert(cursor, uid=keys["uid"], **digests)
            item = self.item.insert(cursor)
            self.mail.insert(cursor, item=item, registration=registration, message_id=keys["message_id"])

    def count(self) -> int:
        """Return how many statements one who signs up costs; the transaction itself is not one."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            self.register()
        return sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in queries.captured_queries)

    def check(self, each: int) -> None:
        """Assert that so many were signed up, and as many rows inserted beside them."""
        from wagtail_prosjektnett.models import Registration, RegistrationMail, SeatPool

        signed_up = each + BEFORE
        assert SeatPool.objects.get().last_number == signed_up
        assert Registration.objects.count() == RegistrationMail.objects.count() == signed_up + each


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--registrations", type=int, default=300, help="so many in each round")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    main(options.registrations, options.rounds)
