"""One race for the seats of a gathering, and what must be so when it is over."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from tests.load.clients import Answer, all_at_once, get, post, post_to_api

SEATED, WAITING, CANCELLED = "seated", "waiting", "cancelled"
#: The mail that answers who gets a seat, and who waits for one.
FIRST_MAIL = {SEATED: "received", WAITING: "waiting"}


class Race:
    """Some people who all want one of a few seats at the same time."""

    def __init__(self, server: Any, people: int, seats: int) -> None:
        self.seats = seats
        self.people = [f"person{number}@example.org" for number in range(people)]
        began = post(f"{server.address}race/", seats=seats)
        assert began.status == 201, began.body
        self.uid = began.body["uid"]
        self.registrations = f"{server.address}api/prosjektnett/gatherings/{began.body['id']}/registrations/"
        self.address = f"{server.address}race/{self.uid}/"
        #: What each was told who signed up, by the address.
        self.answers: dict[str, Answer] = {}
        self.seconds = 0.0

    def sign_up(self, who: str) -> Answer:
        """Sign one up by our API, and remember the answer."""
        body = {"occurrence": self.uid, "participants": [{"name": "Deltaker", "email": who}]}
        answer = post_to_api(self.registrations, body)
        self.answers[who] = answer
        return answer

    def cancel(self, who: str) -> Answer:
        """Cancel what one has."""
        return post(f"{self.address}cancel/", email=who)

    def publish(self, seats: int) -> Answer:
        """Publish another number of seats."""
        return post(f"{self.address}capacity/", seats=seats)

    def run(self, *others: Any) -> list[Any]:
        """Let all sign up at once while others do what they do, and return what those got."""
        began = time.monotonic()
        done = all_at_once([*(partial(self.sign_up, who) for who in self.people), *others])
        self.seconds = time.monotonic() - began
        return done[len(self.people) :]

    def result(self) -> Result:
        """What the database says now."""
        return Result(get(self.address))


class Result:
    """The seats and the people as the database has them."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.pool, self.rows = told, told["people"]

    def numbers(self, *states: str) -> list[int]:
        """The numbers of those in some states, in order."""
        return [row["number"] for row in self.rows if row["state"] in states]

    def check(self) -> None:
        """Assert what holds after every race: counters are rows, nobody was overtaken, no freed seat is empty."""
        seated, waiting = self.numbers(SEATED), self.numbers(WAITING)
        assert (self.pool["seated"], self.pool["waiting"]) == (len(seated), len(waiting))
        assert [row["number"] for row in self.rows] == list(range(1, self.pool["last_number"] + 1))
        assert max(seated, default=0) < min(waiting, default=self.pool["last_number"] + 1)
        assert not waiting or len(seated) >= self.pool["capacity"]

    def check_everybody(self, people: Sequence[str], answers: dict[str, Answer]) -> None:
        """Assert that everybody is there once, with one first mail, and has what they were told."""
        assert [answer for answer in answers.values() if answer.status != 201] == []
        assert sorted(row["email"] for row in self.rows) == sorted(people)
        for row in self.rows:
            assert list(self.wrong(row, answers[row["email"]])) == []

    def wrong(self, row: dict[str, Any], answer: Answer) -> Iterator[str]:
        """Yield what is wrong with a registration, for what its owner was told.

        Who had to ask again has the same answer and no more mail, as the key of the request was the same.
        """
        mails = Counter(row["mails"])
        moved_up = mails.pop("moved_up", 0)
        told_first = SEATED if mails.pop(FIRST_MAIL[SEATED], 0) else WAITING
        if mails.pop("cancelled", 0) != (row["state"] == CANCELLED):
            yield "the mail of a cancellation"
        if told_first == WAITING and mails.pop(FIRST_MAIL[WAITING], 0) != 1:
            yield "no first mail, or several"
        if mails:
            yield f"more mails: {dict(mails)}"
        if answer.state != told_first:
            yield "another answer than the mail"
        if moved_up > (told_first == WAITING) or (row["state"] == SEATED and moved_up != (told_first == WAITING)):
            yield "the mail of moving up"
