"""Where articles are reviewed in the admin: the names of the addresses, for links there and in mail."""

REPORT = "prosjektnett_review"
REPORT_RESULTS = "prosjektnett_review_results"
STILL_VALID = "prosjektnett_still_valid"
