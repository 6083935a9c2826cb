"""Signals that a site may listen to."""

from django.dispatch import Signal

#: Sent when the live row of a translation has taken over new facts from its source, in the transaction that
#: changed the source. ``instance`` is the translation, ``source`` the page that was changed.
facts_taken_over = Signal()
