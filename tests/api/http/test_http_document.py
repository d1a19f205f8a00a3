from pathlib import Path

from fastapi import FastAPI

from api.http.__main__ import document

KEPT = Path(__file__).parents[3] / "docs/reference/openapi.json"


def test_the_kept_document_is_that_of_the_app() -> None:
    assert KEPT.read_text() == document(), "run: python -m api.http > docs/reference/openapi.json"


def test_every_operation_is_described(app: FastAPI) -> None:
    for path, operations in app.openapi()["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (method, path)
            assert operation["description"], (method, path)
            assert operation["tags"], (method, path)


def test_every_error_is_a_problem_and_says_why(app: FastAPI) -> None:
    document = app.openapi()
    for status, response in document["components"]["responses"].items():
        assert list(response["content"]) == ["application/problem+json"], status
        assert response["description"], status
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            errors = {s: r for s, r in operation["responses"].items() if s >= "400"}
            assert errors == {s: {"$ref": f"#/components/responses/{s}"} for s in errors}, (method, path)
            assert {"500", "503"} <= errors.keys(), (method, path)


def test_every_operation_but_health_takes_a_token(app: FastAPI) -> None:
    for path, operations in app.openapi()["paths"].items():
        for operation in operations.values():
            assert ("security" in operation) == (path != "/api/v1/health")
