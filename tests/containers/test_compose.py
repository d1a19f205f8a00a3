"""docker-compose.yml comes up, answers, keeps its data and refuses to run without a password."""

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from urllib.request import Request, urlopen

import pytest

pytestmark = pytest.mark.containers

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Compose:
    """A project of its own name, so that a deployment on the same machine is left alone."""

    def __init__(self) -> None:
        self.port = free_port()
        self._environment = {
            **os.environ,
            "CMDB_PORT": str(self.port),
            "CMDB_NEO4J_PASSWORD": token_hex(),
        }

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run(
            ["docker", "compose", "--project-name", "linchpin-proof", *arguments],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def status(self, path: str, token: str = "") -> int:
        url = f"http://127.0.0.1:{self.port}/api/v1/{path}"
        with urlopen(Request(url, headers={"Authorization": f"Bearer {token}"})) as response:
            return int(response.status)


@pytest.fixture(scope="module")
def compose() -> Iterator[Compose]:
    project = Compose()
    try:
        project("up", "--detach", "--build", "--wait")
        yield project
    finally:
        print(project("logs", "--no-color"))  # shown where a test fails
        project("down", "--volumes")


def test_the_api_answers_once_compose_says_healthy(compose: Compose) -> None:
    assert compose.status("health") == 200


def test_the_app_does_not_run_as_root(compose: Compose) -> None:
    assert compose("exec", "-T", "app", "id", "-un") == "linchpin"


def test_data_outlives_the_containers(compose: Compose) -> None:
    token = compose("exec", "-T", "app", "cmdb", "token", "create", "proof")
    assert compose.status("cis", token) == 200
    compose("down")
    compose("up", "--detach", "--wait")
    assert compose.status("cis", token) == 200


def test_without_a_password_nothing_starts() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "CMDB_NEO4J_PASSWORD"}
    refused = subprocess.run(
        ["docker", "compose", "--env-file", os.devnull, "config"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode != 0
    assert "CMDB_NEO4J_PASSWORD" in refused.stderr
