"""Who may do what with a log: read it, and have it sent again. Nobody writes it by hand, superusers included."""

from __future__ import annotations

from typing import Any

from wagtail import VERSION
from wagtail.permission_policies import ModelPermissionPolicy

#: The action that sends a message again.
REDELIVER = "redeliver"


class LogPermissionPolicy(ModelPermissionPolicy):
    """The permissions of a model whose rows are only read, and sent again."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether a user may do something with the log."""
        return action in ("view", REDELIVER) and super().user_has_permission(user, action)


class ReadPermissionPolicy(ModelPermissionPolicy):
    """The permissions of a log that whoever may read it may have sent again."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether a user may do something with the log."""
        return action in ("view", REDELIVER) and super().user_has_permission(user, "view")


def read_permission_policy(model: type) -> ReadPermissionPolicy:
    """Return the policy of a log that has no permission of its own to send again."""
    policy = ReadPermissionPolicy(model)
    make_known(model, policy)
    return policy


def log_permission_policy(model: type) -> LogPermissionPolicy:
    """Return the policy of a log."""
    policy = LogPermissionPolicy(model)
    make_known(model, policy)
    return policy


def make_known(model: type, policy: Any) -> None:
    """Let Wagtail know the policy of a model, from 8.0 on; before that, a viewset tells its views of it."""
    if VERSION >= (8, 0):
        from wagtail.permissions import register_permission_policy

        register_permission_policy(model, policy, exact_class=True)
