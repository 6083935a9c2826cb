"""Feedback of readers: how it is given, counted, answered and erased."""
