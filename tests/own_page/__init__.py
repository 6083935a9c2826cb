"""Tests that run in the example site with a base page of its own: ``make test-own-page``."""
