"""Who may enter the admin: editors of one section or another, and who may do nothing there."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from tests import factories

#: The roles, by what they may do with pages, and where.
ROLES = {
    "superuser": None,
    "moderator": [("site", "add"), ("site", "change"), ("site", "publish")],
    "editor": [("own", "change")],
    "editor of another section": [("other", "add"), ("other", "change"), ("other", "publish")],
    "author of other pages": [("own", "add")],
    "publisher without edit": [("own", "publish")],
    "admin access only": [],
    "anonymous": None,
}
#: Those who handle the registrations of the section called "own".
HANDLERS = ("superuser", "moderator", "editor")


def log_in(client, users, role, own, other):
    """Log in somebody with a role: ``own`` and ``other`` are the sections that it may be about."""
    if role == "anonymous":
        client.logout()
        return None
    if role == "superuser":
        user = users.create_superuser(role, "superuser@example.org", "secret")
    else:
        user = users.create_user(role, "somebody@example.org", "secret")
        group = Group.objects.create(name=role)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        places = {"own": own, "other": other, "site": factories.site_root()}
        for place, action in ROLES[role]:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
            GroupPagePermission.objects.create(group=group, page=places[place], permission=permission)
        user.groups.add(group)
    client.force_login(user)
    return user
