"""The county's own user model."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Employee(AbstractUser):
    """Somebody who works at the county."""

    department = models.CharField(max_length=100, blank=True)
