"""Feedback in the admin: who may read it, the list, what is done to one or several, and what is taken out of it."""
