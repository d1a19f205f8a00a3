"""What is remembered of a source from one run to the next, whoever runs it."""

from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError


class State(BaseModel):
    """The last run of a source, and what people were told; times are in UTC.

    A run that began and never `ended` was killed.
    """

    model_config = ConfigDict(frozen=True)

    began: AwareDatetime | None = None
    ended: AwareDatetime | None = None
    failing_since: AwareDatetime | None = None
    alerted_at: AwareDatetime | None = None
    alerted: bool = False
    """Whether people were told of the failure that lasts."""

    @property
    def completed(self) -> datetime | None:
        """When the last run began, if it ended."""
        return self.began if self.ended else None

    @classmethod
    def read(cls, path: Path) -> Self:
        """What is remembered; nothing where there is no such file or it is damaged."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return cls()

    def write(self, path: Path) -> None:
        """Keep it, whole or not at all."""
        partial = path.with_suffix(".partial")
        partial.write_text(self.model_dump_json(), encoding="utf-8")
        partial.replace(path)
