"""The addresses of reviews in the admin."""

from django.urls import URLPattern, path

from wagtail_prosjektnett.admin.reviews.report import ReviewReport
from wagtail_prosjektnett.admin.reviews.still_valid import StillValidView
from wagtail_prosjektnett.pages.review_links import REPORT, REPORT_RESULTS, STILL_VALID


def review_urls() -> list[URLPattern]:
    """Return them."""
    return [
        path("prosjektnett/review/", ReviewReport.as_view(), name=REPORT),
        path("prosjektnett/review/results/", ReviewReport.as_view(results_only=True), name=REPORT_RESULTS),
        path("prosjektnett/review/<int:pk>/still-valid/", StillValidView.as_view(), name=STILL_VALID),
    ]
