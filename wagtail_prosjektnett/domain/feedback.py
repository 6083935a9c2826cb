"""What readers say of an article, or of the experience base as a whole, and what becomes of it.

Nothing is shown, and nothing is counted for others to see, before an editor has read it.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

#: How often one contact person is told by mail of new feedback, at most: one mail tells of all that waits.
TOLD_EVERY = timedelta(hours=1)


class FeedbackState(StrEnum):
    """What an editor has decided about something that a reader has said."""

    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"

    @property
    def is_decided(self) -> bool:
        """Whether an editor has read it: nobody needs to be told of it any more."""
        return self is not FeedbackState.WAITING

    @property
    def is_public(self) -> bool:
        """Whether readers see it, and it is in the numbers that they see."""
        return self is FeedbackState.SHOWN

    @property
    def keeps_words(self) -> bool:
        """Whether what was written is kept for as long as the article is: it has been shown to everybody."""
        return self is FeedbackState.SHOWN


class FeedbackAbout(StrEnum):
    """What feedback is about."""

    ARTICLE = "article"
    #: The experience base as a whole.
    BASE = "base"

    @property
    def can_be_used(self) -> bool:
        """Whether readers can say that they have used it, and where."""
        return self is FeedbackAbout.ARTICLE


class FeedbackRefusal(StrEnum):
    """Why nobody can give feedback. The values are part of the API: they never change."""

    NETWORK_CLOSED = "network-closed"


class FeedbackRefused(Exception):
    """Raised when no feedback is taken; nothing was changed."""

    def __init__(self, reason: FeedbackRefusal) -> None:
        self.reason = reason
        super().__init__(reason.value)


@dataclass(frozen=True)
class Said:
    """What a reader says. ``helpful`` is None for who does not say; ``municipality`` is a primary key.

    The name and the address are of who wants an answer, and never shown.
    """

    helpful: bool | None = None
    used: bool = False
    municipality: int | None = None
    comment: str = ""
    name: str = ""
    email: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said: who somebody is says nothing of the article."""
        return self.helpful is None and not self.used and not self.comment.strip()
