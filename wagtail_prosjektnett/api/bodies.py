"""What is sent to our API: the types of the OpenAPI document. A name that there is not is refused.

Here only the shape is checked, and how long a text may be; what must be so in a gathering is checked by its form.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StrictBool

from wagtail_prosjektnett.api.parameters import MunicipalityNumber

#: How many people can be signed up together.
MOST_PARTICIPANTS = 20
#: How many questions a body may answer; no gathering has so many.
MOST_ANSWERS = 100

Line = Annotated[str, Field(max_length=200)]
Email = Annotated[str, Field(max_length=254, json_schema_extra={"format": "email"})]
#: A text, one of the values of a choice, or whether it is so; null and an empty text are no answer.
AnswerBody = Annotated[str, Field(max_length=2000)] | StrictBool | None
AnswersBody = Annotated[dict[UUID, AnswerBody], Field(max_length=MOST_ANSWERS)]


class Body(Schema):
    """What every body has in common."""

    model_config = ConfigDict(extra="forbid")


class NeedsBody(Body):
    """What somebody needs to eat and to take part; asked for by some gatherings only."""

    dietary: str = Field("", max_length=500)
    access: str = Field("", max_length=500)


class ParticipantBody(Body):
    """Somebody who is signed up. Those whom a contact signs up can do without an address of their own."""

    name: Line = Field(min_length=1)
    email: Email = ""
    municipality: MunicipalityNumber | None = Field(None, description="The number of a municipality of the form.")
    organisation_name: Line = Field("", description="Another organisation.")
    role: Line = ""
    comment: str = Field("", max_length=2000)
    answers: AnswersBody = Field({}, description="Answers to the questions of the gathering, by their keys.")
    needs: NeedsBody | None = None


class ContactBody(Body):
    """Who signs up others, and gets the mail for those without an address of their own."""

    name: Line = Field(min_length=1)
    email: Email = Field(min_length=1)


class SignupBody(Body):
    """Who wants to come where: oneself, or several people whom a contact signs up."""

    occurrence: UUID = Field(description="The key of a time and place of the gathering.")
    participants: list[ParticipantBody] = Field(min_length=1, max_length=MOST_PARTICIPANTS)
    contact: ContactBody | None = Field(None, description="Needed for those without an address of their own.")


class BaseFeedbackBody(Body):
    """What a reader says. Nobody has to say who they are: name and address are for an answer, and never shown."""

    helpful: StrictBool | None = Field(None, description="Whether it was of help; null for who does not say.")
    comment: str = Field("", max_length=4000, description="An editor reads it, and may show it.")
    name: Line = ""
    email: Email = ""


class FeedbackBody(BaseFeedbackBody):
    """What a reader says of an article. Who names a municipality says that it was used there."""

    used: StrictBool = Field(False, description="Whether it was used where the reader works.")
    municipality: MunicipalityNumber | None = Field(None, description="The number of a municipality that there is.")


class ChangeBody(Body):
    """What is to be otherwise; what is left out stays. The address cannot be another one."""

    name: Line | None = Field(None, min_length=1)
    municipality: MunicipalityNumber | None = Field(None, description="Null for none.")
    organisation_name: Line | None = None
    role: Line | None = None
    comment: Annotated[str, Field(max_length=2000)] | None = None
    answers: AnswersBody | None = Field(None, description="Each that is given takes the place of what was answered.")
    needs: NeedsBody | None = Field(None, description="Null for none.")
