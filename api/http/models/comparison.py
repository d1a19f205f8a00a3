"""Two questions at once."""

from pydantic import BaseModel, ConfigDict

from api.scenarios import Question


class Pair(BaseModel):
    """Two questions, or one at two times."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "before": {"failed": ["switch:core-a"]},
                "after": {"failed": ["switch:core-a", "switch:core-b"]},
            }
        },
    )

    before: Question
    after: Question
