"""Fills the county's site with pages of every type it has."""

from datetime import date

from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site

from blog.models import BlogIndexPage, BlogPage, Topic
from events.models import EventPage, Occurrence, Speaker
from forms.models import FormField, FormPage
from home.models import HomePage
from media_library.models import CountyDocument, CountyImage
from menus.models import Menu, MenuItem


class Command(BaseCommand):
    """Makes the pages, published, with an image, a document and a menu."""

    def handle(self, **options):
        """Fill the site."""
        image = CountyImage.objects.create(title="Vidda", file=get_test_image_file(size=(600, 300)), credit="Fylket")
        plan = CountyDocument.objects.create(
            title="Planen", file=ContentFile(b"%PDF-1.4", "plan.pdf"), case_number="26/1"
        )
        home = HomePage(title="Forside", slug="forside", lead="Velkommen", image=image, plan=plan)
        Page.get_first_root_node().add_child(instance=home)
        Site.objects.update(root_page=home, hostname="localhost")
        blog = home.add_child(instance=BlogIndexPage(title="Blogg"))
        topic = Topic.objects.create(name="Reiseliv")
        text = f'<p>Se <a linktype="page" id="{home.pk}">forsiden</a>.</p>'
        blog.add_child(instance=BlogPage(title="Første innlegg", date=date(2026, 3, 1), text=text, topic=topic))
        event = EventPage(title="Åpen dag", start_date=date(2026, 5, 4), place="Rådhuset")
        event.speakers = [Speaker(name="Ordføreren")]
        event.occurrences = [Occurrence(day=date(2026, 5, 5))]
        home.add_child(instance=event)
        form = FormPage(title="Meld feil")
        form.form_fields = [FormField(label="Hvor", field_type="singleline")]
        home.add_child(instance=form)
        menu = Menu(name="main")
        menu.items = [MenuItem(page=page) for page in (blog, event, form)]
        menu.save()
        for page in home.get_descendants(inclusive=True).specific():
            page.save_revision().publish()
