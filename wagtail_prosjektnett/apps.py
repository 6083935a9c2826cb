"""The app that is always installed: records, snippets, admin and API."""

from django.apps import AppConfig, apps
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _


class ProsjektnettConfig(AppConfig):
    """Records, snippets, admin and API of professional networks."""

    name = "wagtail_prosjektnett"
    verbose_name = _("Professional networks")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect receivers and checks, tell Wagtail's APIs of the banner and Django of Northern Sámi."""
        from wagtail_prosjektnett import checks, frontend_checks, registration_checks, retention_checks  # noqa: F401
        from wagtail_prosjektnett.api import v2
        from wagtail_prosjektnett.delivery import page_events
        from wagtail_prosjektnett.pages import change_receivers, receivers
        from wagtail_prosjektnett.registration import receivers as registration_receivers

        LANG_INFO.setdefault(
            "se", {"bidi": False, "code": "se", "name": "Northern Sámi", "name_local": "davvisámegiella"}
        )
        receivers.connect()
        change_receivers.connect()
        page_events.connect()
        registration_receivers.connect()
        v2.register_fields()
        if apps.is_installed("wagtail.contrib.frontend_cache"):
            from wagtail_prosjektnett.api import purging

            purging.connect()
        if apps.is_installed("wagtail_localize"):
            from wagtail_prosjektnett.pages import localize

            localize.leave_facts_alone()
        if apps.is_installed("corsheaders"):
            from wagtail_prosjektnett.api import cors

            cors.connect()
        if apps.is_installed("wagtail.api.v3"):
            from wagtail_prosjektnett.api import v3

            v3.register()
