"""Load municipalities from Statistics Norway: ``manage.py load_municipalities FILE``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail_prosjektnett.actions.load_municipalities import (
    AmbiguousMunicipalities,
    Loaded,
    LoadMunicipalities,
    Outcome,
)
from wagtail_prosjektnett.content.errors import ContentRefused
from wagtail_prosjektnett.klass.municipalities import FINNMARK, read_municipalities

LINES = {
    Outcome.NEW: gettext_lazy("New: %(number)s %(name)s"),
    Outcome.CHANGED: gettext_lazy("Changed: %(number)s %(name)s"),
}


class Command(BaseCommand):
    """Create and update the municipalities that a file from Klass, Statistics Norway's classifications, has.

    Nothing is written unless all of the file is right. Loading a file again changes nothing.
    """

    help = (
        "Load municipalities with their numbers, names and periods from a file from Statistics Norway "
        "(Klass, classification 131), as CSV or JSON."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file, or what comes with the package instead of one."""
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("file", type=Path, nargs="?", help="The file from Klass, as CSV or JSON.")
        source.add_argument(
            "--finnmark",
            action="store_const",
            const=FINNMARK,
            dest="shipped",
            help="Load the 18 municipalities of Finnmark from 2024, which come with the package.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Tell what would be done, and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the municipalities and tell what was done."""
        try:
            read = read_municipalities(options["shipped"] or options["file"])
            action = LoadMunicipalities(read.codes)
            loaded = action.plan() if options["dry_run"] else action.execute()
        except ContentRefused as refused:
            raise CommandError("\n".join([*refused.messages(), _nothing_changed(len(refused.problems))])) from None
        except AmbiguousMunicipalities as refused:
            lines = [_ambiguous(number) for number in refused.numbers]
            raise CommandError("\n".join([*lines, _nothing_changed(len(lines))])) from None
        self._tell(loaded, read.left_out, options["dry_run"], options["verbosity"])

    def _tell(self, loaded: Loaded, left_out: list[str], dry_run: bool, verbosity: int) -> None:
        for reason in left_out:
            self.stdout.write(_("Left out: %s") % reason)
        for step in loaded.steps:
            if step.outcome in LINES and (dry_run or verbosity > 1):
                organisation = step.organisation
                told = {"number": organisation.municipality_number, "name": organisation.name}
                self.stdout.write(str(LINES[step.outcome]) % told)
        for number in loaded.overlapping:
            self.stdout.write(self.style.WARNING(_overlapping(number)))
        self.stdout.write(_summary(loaded, dry_run))


def _summary(loaded: Loaded, dry_run: bool) -> str:
    counts = {
        "new": loaded.count(Outcome.NEW),
        "changed": loaded.count(Outcome.CHANGED),
        "unchanged": loaded.count(Outcome.UNCHANGED),
    }
    if not counts["new"] and not counts["changed"]:
        text = ngettext(
            "%(unchanged)s municipality is as in the file already. Nothing was changed.",
            "All %(unchanged)s municipalities are as in the file already. Nothing was changed.",
            counts["unchanged"],
        )
    elif dry_run:
        text = _("Would load municipalities: %(new)s new, %(changed)s changed, %(unchanged)s as before.")
        text += " " + _("Nothing was changed.")
    else:
        text = _("Loaded municipalities: %(new)s new, %(changed)s changed, %(unchanged)s as before.")
    return text % counts


def _ambiguous(number: str) -> str:
    text = _(
        "Several organisations have the municipality number %(number)s, and it cannot be told which of them the file "
        "means. Give each its first and last day under Organisations, or delete those that are not needed."
    )
    return text % {"number": number}


def _overlapping(number: str) -> str:
    text = _(
        "Several organisations have the municipality number %(number)s on the same day. "
        "Give each its first and last day under Organisations."
    )
    return text % {"number": number}


def _nothing_changed(count: int) -> str:
    text = ngettext("%(count)s problem; nothing was changed.", "%(count)s problems; nothing was changed.", count)
    return text % {"count": count}
