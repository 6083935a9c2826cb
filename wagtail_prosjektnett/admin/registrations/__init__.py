"""Registrations in the admin: who may see them, the list, what is done to one, and what is taken out of it."""
