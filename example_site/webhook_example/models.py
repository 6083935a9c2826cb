"""What the example of a receiver remembers."""

from django.db import models


class ReceivedMessage(models.Model):
    """A message that was received, whose signature was valid."""

    message_id = models.CharField(max_length=100, unique=True)
    type = models.CharField(max_length=100)
    timestamp = models.CharField(max_length=40)
    data = models.JSONField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.type} {self.message_id}"
