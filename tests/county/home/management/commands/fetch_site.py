"""Writes what visitors get at each of the county's own addresses."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand
from django.test import Client
from wagtail.models import Page

from home.models import CountyPage


class Command(BaseCommand):
    """Fetches the county's own pages, its search and a page that is not there."""

    def add_arguments(self, parser):
        """Take the file to write to."""
        parser.add_argument("file", type=Path)

    def handle(self, file, **options):
        """Fetch each address as a visitor."""
        client = Client(headers={"host": "localhost"})
        own = [page for page in Page.objects.order_by("path").specific() if isinstance(page, CountyPage)]
        addresses = [page.url for page in own]
        answers = {}
        for address in [*addresses, "/search/?q=innlegg", "/search/", "/borte/", "/documents/1/plan.pdf"]:
            response = client.get(address)
            answers[address] = [response.status_code, response.headers["Content-Type"], response.getvalue().decode()]
        file.write_text(json.dumps(answers, ensure_ascii=False, indent=1), encoding="utf-8")
