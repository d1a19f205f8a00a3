"""A real server, asked with every example of the guide."""

import json
import re
import shlex
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from cmdb.access import Role, create_token
from cmdb.store import Store

GUIDE = Path(__file__).parents[3] / "docs/api.md"
BLOCK = re.compile(r"^```(sh|json)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ANYTHING = "…"


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve on a free port; gives the address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server has ended"
            time.sleep(0.01)
        host, port = server.servers[0].sockets[0].getsockname()
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    with served(app) as address:
        yield address


def curl(command: str) -> httpx.Response:
    """What curl would do, as far as the guide goes."""
    words = iter(shlex.split(command)[1:])
    method, headers, body, url = None, {}, None, ""
    for word in words:
        match word:
            case "-X":
                method = next(words)
            case "-H":
                name, _, value = next(words).partition(": ")
                headers[name] = value
            case "--data-binary":
                body = next(words).removeprefix("$").replace("\\n", "\n")
            case "--json":
                body = next(words)
                headers["Content-Type"] = "application/json"
            case _:
                url = word
    return httpx.request(method or ("POST" if body else "GET"), url, headers=headers, content=body)


def assert_like(told: Any, answered: Any, names: dict[str, str]) -> None:
    """Whether the answer holds what the guide tells; `$NAME` stands for what it is at its first mention."""
    match told:
        case str() if told.startswith("$"):
            assert names.setdefault(told[1:], answered) == answered
        case dict():
            assert told.keys() <= answered.keys()
            for name, value in told.items():
                assert_like(value, answered[name], names)
        case list() if told[-1:] == [ANYTHING]:
            for one, other in zip(told[:-1], answered, strict=False):
                assert_like(one, other, names)
        case list():
            assert len(told) == len(answered)
            for one, other in zip(told, answered, strict=True):
                assert_like(one, other, names)
        case _:
            assert told in (ANYTHING, answered)


def test_the_examples_of_the_guide(address: str, store: Store) -> None:
    names = {"API": f"{address}/api/v1", "TOKEN": create_token(store.database, "me", Role.MANAGER)}
    answer: Any = None
    for language, text in BLOCK.findall(GUIDE.read_text()):
        if language == "json":
            assert_like(json.loads(text), answer, names)
            continue
        for command in text.replace("\\\n", " ").splitlines():
            answer = curl(Template(command).safe_substitute(names)).json()
    assert {"WEB01", "WEB02", "WEBSHOP"} <= names.keys()


def test_a_server_answers_many_at_once(address: str, store: Store) -> None:
    token = create_token(store.database, "me", Role.OPERATOR)
    answers: list[int] = []

    def write(number: int) -> None:
        response = httpx.post(
            f"{address}/api/v1/cis",
            json={"class": "server", "name": f"server {number}"},
            headers={"Authorization": f"Bearer {token}"},
            timeout=60,
        )
        answers.append(response.status_code)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [201] * 12
    assert httpx.get(f"{address}/api/v1/health").json()["revision"] == 12
