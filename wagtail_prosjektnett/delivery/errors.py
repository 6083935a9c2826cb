"""What a sender of the outbox raises. The message is shown in the admin to those who look after the receiver."""


class DeliveryFailed(Exception):
    """It was not received now, but may be later."""


class DeliveryRefused(Exception):
    """It will never be received as things are: somebody has to change something first."""
