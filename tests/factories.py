"""Pages and snippets for tests, with as little in them as each type allows."""

from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision, Site
from wagtail.signals import page_published

from wagtail_prosjektnett.models import ContactPerson, Organisation
from wagtail_prosjektnett.pages.models import (
    AnnouncementIndexPage,
    AnnouncementPage,
    ExperienceIndexPage,
    ExperiencePage,
    GatheringIndexPage,
    GatheringPage,
    NetworkPage,
    Occurrence,
)

#: Fields that tests may give as text.
TEXTUAL = {
    "active_from", "wind_down_from", "closed_from", "taken_down_from", "start_date", "start_time", "end_date",
    "end_time", "registration_deadline",
}  # fmt: skip


def site_root() -> Page:
    """The front page of the site."""
    return Site.objects.get(is_default_site=True).root_page


def publish(page: Page, parent: Page) -> Any:
    """Put a page below a parent, published with a revision: what an editor leaves behind, by one saving and not three.

    Most of what tests take is for making pages. What publishing does is tested with ``save_revision().publish()``.
    """
    page.first_published_at = page.last_published_at = page.latest_revision_created_at = timezone.now()
    parent.add_child(instance=page)
    page.live_revision = page.latest_revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        created_at=page.last_published_at,
        object_str=str(page),
        content=page.serializable_data(),
    )
    Page.objects.filter(pk=page.pk).update(live_revision=page.live_revision, latest_revision=page.latest_revision)
    # As when a revision is published, whoever listens remembers things in an object of their own.
    stored = type(page).objects.get(pk=page.pk)
    page_published.send(type(page), instance=stored, revision=page.live_revision)
    page.refresh_from_db()
    return page


def typed(model: type, **fields: Any) -> Any:
    """An unsaved object whose dates and times may be given as text."""
    values = {name: model._meta.get_field(name).to_python(value) for name, value in fields.items() if name in TEXTUAL}
    return model(**{**fields, **values})


def network(title: str = "Testnettverket", parent: Page | None = None, **fields: Any) -> NetworkPage:
    """A published network."""
    return publish(typed(NetworkPage, title=title, **fields), parent or site_root())


def gathering_index(parent: NetworkPage) -> GatheringIndexPage:
    """The gatherings of a network; the same one each time it is asked for."""
    found = GatheringIndexPage.objects.child_of(parent).first()
    return found or publish(GatheringIndexPage(title="Samlinger"), parent)


def gathering(parent: NetworkPage, title: str = "Samling", occurrences: Any = None, **fields: Any) -> GatheringPage:
    """A published gathering; ``occurrences`` are the fields of each, one in 2018 without them."""
    page = GatheringPage(title=title, **fields)
    rows = enumerate(occurrences or [{}])
    page.occurrences = [typed(Occurrence, **{"start_date": "2018-02-15", "sort_order": n, **row}) for n, row in rows]
    return publish(page, gathering_index(parent))


def announcement(parent: NetworkPage, title: str = "Nyhet", **fields: Any) -> AnnouncementPage:
    """A published announcement."""
    index = AnnouncementIndexPage.objects.child_of(parent).first()
    index = index or publish(AnnouncementIndexPage(title="Aktuelt"), parent)
    return publish(AnnouncementPage(title=title, **fields), index)


def article(parent: NetworkPage, title: str = "Artikkel", **fields: Any) -> ExperiencePage:
    """A published article of the experience base."""
    index = ExperienceIndexPage.objects.child_of(parent).first()
    index = index or publish(ExperienceIndexPage(title="Erfaringsbase"), parent)
    return publish(ExperiencePage(title=title, **fields), index)


def municipality(name: str = "Alta", **fields: Any) -> Organisation:
    """A municipality."""
    return Organisation.objects.create(name=name, kind="municipality", **fields)


def person(name: str = "Nettverksleder", **fields: Any) -> ContactPerson:
    """A contact person, known by a role."""
    return ContactPerson.objects.create(name=name, **fields)
