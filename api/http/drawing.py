"""Answers as drawings and files."""

from typing import Annotated

from fastapi import Query, Response

from api.formats import AnswerFormat
from api.http.answers import Responses
from impact.drawing import FORMATS, Picture, draw

Format = Annotated[
    AnswerFormat,
    Query(
        alias="format",
        description="A drawing or a file instead of JSON; a drawing shows as much as can be read.",
    ),
]

MEDIA_TYPES = sorted({form.media_type.partition(";")[0] for form in FORMATS.values()})
DRAWN: Responses = {
    200: {"content": {media: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA_TYPES}}
}
"""What operations answer that know formats."""


def drawing(picture: Picture, name: AnswerFormat) -> Response:
    """The picture as a response."""
    return Response(draw(picture, name), media_type=FORMATS[name].media_type)
