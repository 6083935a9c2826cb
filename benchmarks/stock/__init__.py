"""A gathering as a textbook would make it with Wagtail alone, to compare the price of publishing with."""
