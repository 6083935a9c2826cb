"""Formats of dates and numbers for languages that Django lacks. A site names this package in ``FORMAT_MODULE_PATH``."""
