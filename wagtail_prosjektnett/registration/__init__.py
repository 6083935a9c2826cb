"""Signing up for gatherings: what is done, each in one place, and the pages on which participants do it."""
