"""The county's own search."""

from django.core.paginator import Paginator
from django.shortcuts import render
from wagtail.models import Page


def search(request):
    """Show what was found, a few at a time."""
    words = request.GET.get("q", "")
    found = Page.objects.live().search(words) if words else Page.objects.none()
    return render(request, "home/search.html", {"words": words, "page": Paginator(found, 10).get_page(1)})
