"""Signals that a site may listen to."""

from django.dispatch import Signal

#: Sent when the live row of a translation has taken over new facts from its source, in the transaction that
#: changed the source. ``instance`` is the translation, ``source`` the page that was changed.
facts_taken_over = Signal()

#: Sent when something has changed that readers may see, in the transaction of the change where it has one.
#: ``change`` is the saved ``ContentChange``; ``page`` is the page that it tells of, as it is now and of whatever
#: type, or None for a change that names no page, and for the place that a moved page has left. Of a page that is being
#: published, the rows are saved later in the transaction: what is read of it is read after the commit.
content_changed = Signal()
