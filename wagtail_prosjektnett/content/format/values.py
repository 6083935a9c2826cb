"""The values that a content file is made of."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)

_RELATIVE = re.compile(r"^today(?:\s*([+-])\s*(\d{1,4})\s*days?)?$")


def _read_day(value: Any, info: ValidationInfo) -> Any:
    """Read a date, or one relative to the day of loading: ``today + 30 days``."""
    if value == "":
        return None
    if isinstance(value, str) and (match := _RELATIVE.match(value)):
        sign, days = match.groups()
        step = timedelta(days=int(days or 0))
        today = (info.context or {}).get("today") or date.today()
        return today - step if sign == "-" else today + step
    return value


def _empty_is_none(value: Any) -> Any:
    return None if value == "" else value


def _has_time_zone(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise ValueError(_("A moment needs its time zone, for instance 2026-02-15T10:00:00Z."))
    return value


_DAY_SCHEMA = WithJsonSchema(
    {
        "type": "string",
        "pattern": r"^(\d{4}-\d\d-\d\d|today(\s*[+-]\s*\d{1,4}\s*days?)?)?$",
        "description": "A date, or one relative to the day of loading.",
    }
)

#: What something is called inside a file, for other parts of it to refer to.
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=100)]
#: A ``Key`` of something that has languages. It leads to the one in the language of the text, or else to the first;
#: ``KEY@nn`` leads to the one in that language.
Ref = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*(@[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$", max_length=200)
]
#: The key of something on every site; made from its ``Key`` where it is left out.
Uid = Annotated[UUID | None, BeforeValidator(_empty_is_none)]
Slug = Annotated[str, StringConstraints(pattern=r"^[\w-]+$", max_length=255)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
#: A language as a BCP 47 tag, as the site's locales have it.
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=100)]
#: A StreamField: a list of blocks, each one name with its value.
Stream = list[Any]
Day = Annotated[date | None, BeforeValidator(_read_day), _DAY_SCHEMA]
Clock = Annotated[time | None, BeforeValidator(_empty_is_none)]
#: An instant with its time zone.
Moment = Annotated[datetime | None, BeforeValidator(_empty_is_none), AfterValidator(_has_time_zone)]


class Item(BaseModel):
    """Anything in a content file. What it does not know is an error, not ignored."""

    model_config = ConfigDict(extra="forbid")


class Identified(Item):
    """Something that other parts of a file may refer to."""

    key: Key
    uid: Uid = None
