"""What was measured, as docs/benchmarks.json keeps it."""

from pathlib import Path

from pydantic import BaseModel, Field

from benchmarks.engine.questions import Kind

DOCS = Path(__file__).parents[2] / "docs"
FILE = DOCS / "benchmarks.json"


class Machine(BaseModel):
    """What it was measured on."""

    processor: str
    cores: int
    memory_gb: int
    versions: dict[str, str] = Field(description="Of Python, Neo4j and libraries.")


class Asked(BaseModel):
    """One question, with the best time of each engine in milliseconds; null: longer than the limit."""

    kind: Kind
    name: str
    count: int
    ms: dict[str, float | None]


class OnGraph(BaseModel):
    """All questions on one graph."""

    cis: int
    relationships: int
    questions: list[Asked]

    def asked(self, kind: Kind, name: str) -> Asked:
        """One of the questions."""
        return next(asked for asked in self.questions if (asked.kind, asked.name) == (kind, name))


class Answering(BaseModel):
    """Times from request to answer in milliseconds, over HTTP."""

    touched: list[int] = Field(description="Least and most CIs in an answer.")
    requests: int
    median: float
    p95: float


class Http(BaseModel):
    """The API on an estate imported into Neo4j."""

    cis: int
    typical: Answering
    core_switch: Answering


class Results(BaseModel):
    """Everything that docs/benchmarks.md shows."""

    measured: str = Field(description="The day.")
    machine: Machine
    limit_seconds: int
    graphs: dict[str, OnGraph] = {}
    http: Http | None = None


def read() -> Results:
    """The results as they are checked in."""
    return Results.model_validate_json(FILE.read_text(encoding="utf-8"))


def write(results: Results) -> None:
    """Replace the results."""
    FILE.write_text(results.model_dump_json(indent=2) + "\n", encoding="utf-8")
