"""None: ``seed.py`` makes the tables, so that the pages may follow any version of Wagtail."""
