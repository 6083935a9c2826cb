"""Delete every network of the site: ``manage.py delete_networks``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_prosjektnett.pages.removal import Removal, RemovalRefused, delete_networks, plan_removal

#: What somebody types to go on, in every language, as in Django's own commands.
YES = "yes"


class Command(BaseCommand):
    """Delete every network of the site with its pages, as a step in taking the package out.

    Images, documents and their collections are the site's own and stay, and so does the site's log.
    """

    help = "Delete every network of the site with its pages, before the package is taken out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the option of not being asked, named as Django's commands name it."""
        parser.add_argument(
            "--noinput", "--no-input", action="store_false", dest="interactive", help="Delete without asking."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell what goes, ask, and delete."""
        removal = plan_removal()
        if not removal.pages:
            self.stdout.write(_("There is no network on this site."))
            return
        try:
            if reasons := removal.reasons_against():
                raise RemovalRefused(reasons)
            self._tell(removal)
            if options["interactive"] and not self._is_sure():
                raise CommandError(_("Nothing was deleted."))
            count = delete_networks()
        except RemovalRefused as refused:
            raise CommandError("\n".join([*refused.reasons, _("Nothing was deleted.")])) from None
        text = ngettext("%(count)s page was deleted.", "%(count)s pages were deleted.", count)
        self.stdout.write(text % {"count": count})

    def _tell(self, removal: Removal) -> None:
        for top in removal.tops:
            count = sum(page.path.startswith(top.path) for page in removal.pages)
            text = ngettext("“%(page)s”, with %(count)s page", "“%(page)s”, with %(count)s pages", count)
            self.stdout.write(text % {"page": top, "count": count})
        for line in removal.references():
            self.stdout.write(line)

    def _is_sure(self) -> bool:
        question = _("This deletes them for good. Type “%(answer)s” to go on: ") % {"answer": YES}
        try:
            return input(question).strip().lower() == YES
        except EOFError:  # nobody is there to answer
            return False
