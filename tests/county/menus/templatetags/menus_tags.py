"""Shows a menu."""

from django import template

from menus.models import Menu

register = template.Library()


@register.inclusion_tag("menus/menu.html")
def menu(name):
    """The pages of a menu."""
    found = Menu.objects.filter(name=name).first()
    return {"items": found.items.select_related("page") if found else []}
