"""How far the clock has been told: what has come to pass since, nobody has heard of yet."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, models, transaction


class ClockMark(models.Model):
    """The instant up to which something has been told, by the name of what tells it."""

    name = models.CharField(max_length=50, unique=True)
    told_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.told_until}"

    @classmethod
    def read(cls, name: str) -> datetime | None:
        """Return the instant of a mark, or None for one that was never set."""
        return cls.objects.filter(name=name).values_list("told_until", flat=True).first()

    @classmethod
    def move(cls, name: str, before: datetime, after: datetime) -> bool:
        """Move a mark in the current transaction; False if somebody else has moved it, or moves it now."""
        return cls.objects.filter(name=name, told_until=before).update(told_until=after) == 1

    @classmethod
    def begin(cls, name: str, at: datetime) -> bool:
        """Set a mark that was never set to an aware instant; False if somebody else has just done so."""
        try:
            with transaction.atomic():
                cls.objects.create(name=name, told_until=at)
        except IntegrityError:
            return False
        return True
