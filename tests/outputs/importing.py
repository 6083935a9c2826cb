"""A calendar program: it takes entries over, and keeps those that it has unless a newer one comes."""

from icalendar import Calendar


class Importer:
    """What somebody has in their calendar, by the keys of the entries."""

    def __init__(self):
        self.entries = {}

    def take(self, content):
        """Take a file over as RFC 5546, 2.1.5 says: a higher sequence wins, then the later stamp."""
        for event in events_in(content):
            known = self.entries.get(event["UID"])
            if known is None or age_of(known) < age_of(event):
                self.entries[event["UID"]] = event
        return self

    def entry(self, row):
        """The entry of an occurrence."""
        return self.entries[str(row.uid)]


def age_of(event):
    """What decides which of two entries with one key is the newer."""
    return event.get("SEQUENCE", 0), event.decoded("DTSTAMP")


def events_in(content):
    """The entries of a file, each of them without mistakes and known by a key of its own."""
    calendar = Calendar.from_ical(content)
    events = calendar.walk("VEVENT")
    assert not [error for part in calendar.walk() for error in part.errors]
    assert len({event["UID"] for event in events}) == len(events)
    return events
