"""Fill the example site: a front page, the networks, a page of its own, a frontend's origins and an administrator."""

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from wagtail.models import Page, Site

from home.models import GrantPage, HomePage
from wagtail_prosjektnett.models import Feedback, Frontend, FrontendOrigin, Organisation, WebhookEndpoint
from wagtail_prosjektnett.pages.models import ExperiencePage, NetworkPage

CONTENT = Path(settings.BASE_DIR) / "content"
USER = "admin"
WEBHOOK = "Eksempel på mottaker"

GRANT = {
    "title": "Prosjektskjønnstilskudd",
    "slug": "prosjektskjonnstilskudd",
    "summary": "Statsforvalteren gir tilskudd til kommuner som vil fornye og utvikle tjenestene sine.",
    "amount": "Etter søknad",
    "text": (
        "<p>Tilskuddet går til prosjekter som prøver ut noe nytt i en kommune, og som andre kommuner kan lære av. "
        "Flere kommuner kan søke sammen.</p>"
        "<h2>Hva en søknad bør inneholde</h2>"
        "<ul><li>behovet, sett fra innbyggerne</li><li>hva som skal prøves ut, og hvorfor det er nytt</li>"
        "<li>hvem som eier prosjektet, og hvem som leder det</li>"
        "<li>hvordan resultatet skal leve videre når prosjektet er slutt</li></ul>"
        "<p>Denne siden er en sidetype som nettstedet har laget selv. Den ligger under et nettverk som er under "
        "avvikling, og viser derfor nettverkets banner.</p>"
    ),
}

#: What readers have said of one article, each with the municipality in which it was used, and the editor's reply.
FEEDBACK = [
    (
        True,
        "Vi brukte malen i to prosjekter. Den sparte oss for mye arbeid.",
        "Alta",
        "Så bra! Send oss gjerne et utfylt mandat.",
    ),
    (True, "", "Sør-Varanger", ""),
    (False, "For lang for små prosjekter.", None, "Takk for innspillet. Vi lager en kort utgave."),
]


class Command(BaseCommand):
    """Fill the example site. Running it again updates what has changed, and gives a new password."""

    help = "Fill the example site with four networks, and print how to log in."

    def handle(self, *args, **options):
        """Load everything, then tell where to look."""
        # Nobody is there yet to be told of what is loaded.
        WebhookEndpoint.objects.filter(description=WEBHOOK).update(active=False)
        home = self._front_page()
        for folder in ("finnmark", "active", "planned", "closed"):
            call_command("load_network", CONTENT / folder / "network.yaml", parent=home.pk, stdout=self.stdout)
        self._own_page()
        self._feedback()
        self._webhook()
        self._frontend()
        password = self._administrator()
        address = f"http://localhost:{settings.PORT}"
        self.stdout.write(
            f"\nThe site:  {address}/\nThe admin: {address}/admin/  user {USER}, password {password}\n"
            f"Webhooks:  {address}/webhook-example/ shows what they tell\n"
        )

    def _front_page(self):
        home = HomePage.objects.first()
        if home is None:
            root = Page.objects.get(depth=1)
            home = HomePage(
                title="Faglige nettverk i Eksempelfylket",
                slug="forside",
                intro="Her møtes de som leder og deltar i prosjekter i kommunene, for å lære av hverandre.",
            )
            root.add_child(instance=home)
            home.save_revision().publish()
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"root_page": home, "hostname": "localhost", "port": settings.PORT, "site_name": "Eksempelfylket"},
        )
        Page.objects.filter(depth=2, slug="home").exclude(pk=home.pk).delete()
        return home

    def _own_page(self):
        network = NetworkPage.objects.get(slug="finnmark")
        if not GrantPage.objects.descendant_of(network).exists():
            page = GrantPage(**GRANT)
            network.add_child(instance=page)
            page.save_revision().publish()

    def _feedback(self):
        """Let readers have said something that the editor has shown, and one thing that waits to be read."""
        article = ExperiencePage.objects.get(slug="prosjektmandat")
        known = {"about": "article", "page_key": article.translation_key, "language": "nb"}
        if Feedback.objects.filter(**known).exists():
            return
        for helpful, comment, place, reply in FEEDBACK:
            used_in = Organisation.objects.filter(kind="municipality", name=place).first()
            said = {"helpful": helpful, "comment": comment, "used": place is not None, "municipality": used_in}
            answered = {"reply": reply, "replied_at": timezone.now()} if reply else {}
            Feedback.objects.create(state="shown", **known, **said, **answered)
        Feedback.objects.create(comment="Finnes malen på nynorsk?", **known)

    def _webhook(self):
        WebhookEndpoint.objects.update_or_create(
            description=WEBHOOK,
            defaults={
                "address": f"http://127.0.0.1:{settings.PORT}/webhook-example/",
                "secret": settings.EXAMPLE_WEBHOOK_SECRET,
                "active": True,
            },
        )

    def _frontend(self):
        """Let the example of a frontend read the API, on the machine of a developer only."""
        if not settings.DEBUG:
            return
        frontend, _created = Frontend.objects.get_or_create(site=Site.objects.get(is_default_site=True))
        for origin in settings.EXAMPLE_FRONTEND_ORIGINS:
            FrontendOrigin.objects.get_or_create(frontend=frontend, origin=origin)

    def _administrator(self):
        user, _created = get_user_model().objects.get_or_create(
            username=USER, defaults={"is_staff": True, "is_superuser": True, "email": "admin@example.org"}
        )
        password = secrets.token_urlsafe(9)
        user.set_password(password)
        user.save()
        return password
