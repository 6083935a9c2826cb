"""The keys of rows in addresses of the admin."""

from django.urls import register_converter
from django.urls.converters import IntConverter

#: A key that every database can look for. Of a larger one, some say that it is none, and others fail.
KEY = "[0-9]{1,18}"
#: The name of the converter in a route. Django's own ``int`` takes any number, which fails where the key of a table
#: refers to another table.
ROW = "prosjektnett_row"


class RowConverter(IntConverter):
    """Takes the key of a row from an address; of what cannot be one, there is no page."""

    regex = KEY


register_converter(RowConverter, ROW)
