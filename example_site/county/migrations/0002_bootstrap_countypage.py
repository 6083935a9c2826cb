"""Give the pages that Wagtail has made by then their locale and translation key."""

from django.db import migrations
from wagtail.models import BootstrapLocaleField, BootstrapTranslatableModel, BootstrapTranslationKeyField


class Migration(migrations.Migration):
    dependencies = [
        ("county", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        BootstrapLocaleField("county.CountyPage"),
        BootstrapTranslationKeyField("county.CountyPage"),
        BootstrapTranslatableModel("county.CountyPage"),
    ]
