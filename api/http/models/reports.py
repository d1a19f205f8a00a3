"""Reports."""

from pydantic import BaseModel, Field

Figure = int | float | None


class ReportOffer(BaseModel):
    """A report that there is."""

    name: str
    title: str
    per: list[str] = Field(description="What it can be divided by.")


class ReportColumn(BaseModel):
    """A figure of each row."""

    name: str
    unit: str = Field(description="Empty for counts.")


class ReportRow(BaseModel):
    """The figures of a period, or of a group in it; null where there is nothing to compute one from."""

    period: str
    group: str
    figures: dict[str, Figure]
    target: float | None = Field(description="What the main column is held against.")
    met: bool | None


class Report(BaseModel):
    """Figures by period, against targets."""

    name: str
    title: str
    by: str
    zone: str
    since: str
    until: str
    per: str
    main: str = Field(description="The column that is drawn and has targets.")
    columns: list[ReportColumn]
    rows: list[ReportRow]
