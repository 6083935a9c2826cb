"""Professional networks in Wagtail: gatherings, announcements, an experience base, and a dignified end."""

__version__ = "0.1.0"
