"""What a sender of the outbox raises. The message is shown in the admin to those who look after the receiver."""


class NotDelivered(Exception):
    """It was not received. ``alone`` is whether what else has the same destination may well be."""

    def __init__(self, message: str, *, alone: bool = False) -> None:
        self.alone = alone
        super().__init__(message)


class DeliveryFailed(NotDelivered):
    """It was not received now, but may be later."""


class DeliveryRefused(NotDelivered):
    """It will never be received as things are: somebody has to change something first."""


class NotNeeded(Exception):
    """Nothing is to be sent any more: what it tells is no longer so, or nobody is left to tell."""
