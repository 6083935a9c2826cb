"""How a site says where its mail goes: since Django 6.1 in ``MAILERS``, before that in settings of their own."""

from typing import Any

import django


def mailer(backend: str, **options: Any) -> dict[str, Any]:
    """The settings by which mail goes to a backend; the options of SMTP are ``host``, ``port`` and the like."""
    if django.VERSION >= (6, 1):
        return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": options}}}
    names = {"username": "HOST_USER", "password": "HOST_PASSWORD"}
    return {"EMAIL_BACKEND": backend, **{f"EMAIL_{names.get(name, name.upper())}": options[name] for name in options}}


def smtp(port: int, **options: Any) -> dict[str, Any]:
    """The settings by which mail goes to a mail server on loopback."""
    return mailer("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=port, **options)


def choose(settings: Any, chosen: dict[str, Any]) -> None:
    """Let a site have some settings."""
    for name, value in chosen.items():
        setattr(settings, name, value)
