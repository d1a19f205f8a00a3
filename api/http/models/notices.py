"""Notices to those affected."""

from pydantic import BaseModel, ConfigDict, Field

from cmdb.incidents import Notice


class NoticeToSend(BaseModel):
    """A notice; what is left out is as proposed."""

    model_config = ConfigDict(extra="forbid")

    subject: str = Field(default="", max_length=500)
    text: str = Field(default="", max_length=20_000)
    to: list[str] = Field(default=[], max_length=1_000, description="Only to these; empty: to all proposed.")


class SentNotice(BaseModel):
    """A notice that is in the log now, and the addresses that it was mailed to."""

    notice: Notice
    sent: list[str]
