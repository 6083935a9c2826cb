"""Formats in which other programs read what pages say, and how they ask for them again."""
