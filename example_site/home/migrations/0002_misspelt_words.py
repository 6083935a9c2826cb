from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Let PostgreSQL compare words, so that a search finds what was meant. Other databases are left alone."""

    dependencies = [("home", "0001_initial")]

    operations = [TrigramExtension()]
