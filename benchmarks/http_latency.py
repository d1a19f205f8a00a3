"""From question to answer over HTTP, on an estate that was imported into Neo4j.

    python -m benchmarks.http_latency [--cis 100000] [--keep]

Runs on an embedded Neo4j of its own, or on the empty one at CMDB_NEO4J_URI; the API runs in a process of its
own, and one client asks over one connection. A typical question is about one CI whose failure touches a few
hundred; the worst is about the core switch of the largest site. Both get the first page. `--keep` writes what
was measured into docs/benchmarks.json.
"""

import argparse
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

import httpx
import numpy as np
import uvicorn

from api.http import create_app
from benchmarks.engine.page import renew
from benchmarks.engine.results import Answering, Http, read, write
from benchmarks.engine.tables import http
from benchmarks.import_rate import estate, our_import, server
from cmdb.access import Role, create_token
from cmdb.catalogue import load_catalogue
from cmdb.database import Database, prepare
from cmdb.embedded import Address
from cmdb.store import Store
from impact import ImpactEngine

SOURCE = "csv"
FEW_HUNDRED = range(200, 500)
"""CIs not up in the answer to a typical question."""
SOUGHT, TRIED = 20, 20_000
"""Typical questions, and the CIs that are tried at most to find them."""
ROUNDS = 25
STATES = ("down", "interrupted", "degraded", "at_risk")


def serve(address: Address, port: int) -> None:
    """Serve the API of a database until the process is ended."""
    with Database(address.uri, address.user, address.password) as database:
        catalogue = load_catalogue()
        app = create_app(Store(database, catalogue), ImpactEngine(database, catalogue))
        uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


@contextmanager
def api(address: Address) -> Iterator[httpx.Client]:
    """A client of the API with a token, on one connection that stays open."""
    with Database(address.uri, address.user, address.password) as database:
        token = create_token(database, "benchmark", Role.VIEWER)
    port = free_port()
    process = get_context("spawn").Process(target=serve, args=(address, port))
    process.start()
    try:
        headers = {"Authorization": f"Bearer {token}"}
        with httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", headers=headers, timeout=120) as client:
            wait_for(client)
            yield client
    finally:
        process.terminate()
        process.join()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def wait_for(client: httpx.Client, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            client.get("/catalogue")
        except httpx.ConnectError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The API did not start.")


def typical(client: httpx.Client, natives: list[str]) -> dict[str, int]:
    """CIs whose failure touches a few hundred, with how many, of those tried in a fixed disorder."""
    found: dict[str, int] = {}
    for native in Random(7).sample(natives, min(TRIED, len(natives))):
        if len(found) == SOUGHT:
            break
        touched = touches(ask(client, native, limit=1))
        if touched in FEW_HUNDRED:
            found[native] = touched
    return found


def post(client: httpx.Client, native: str, **parameters: int) -> httpx.Response:
    """The response to what fails with a CI."""
    response = client.post("/impact", json={"failed": [native]}, params=parameters)
    return response.raise_for_status()


def ask(client: httpx.Client, native: str, **parameters: int) -> dict[str, Any]:
    """The answer to what fails with a CI."""
    answer: dict[str, Any] = post(client, native, **parameters).json()
    return answer


def touches(answer: dict[str, Any]) -> int:
    """How many CIs are not up."""
    return sum(answer["counts"][state] for state in STATES)


def measure(client: httpx.Client, natives: list[str], touched: list[int]) -> Answering:
    """Ask about the CIs in turns."""
    took = []
    for native in natives * ROUNDS:
        start = time.perf_counter()
        post(client, native)
        took.append((time.perf_counter() - start) * 1000)
    median, p95 = np.percentile(took, [50, 95])
    return Answering(
        touched=[min(touched), max(touched)],
        requests=len(took),
        median=round(float(median), 2),
        p95=round(float(p95), 2),
    )


def compare(address: Address, folder: Path) -> Http:
    """Import the folder, and ask about it."""
    with Database(address.uri, address.user, address.password) as database:
        if database.read("MATCH (n) RETURN n LIMIT 1"):
            raise SystemExit(f"The database at {address.uri} is not empty; benchmarks need one that is.")
        prepare(database, [type_.type for type_ in load_catalogue().relationships.values()])
    our_import(address, folder)
    return asked(address, folder)


def asked(address: Address, folder: Path) -> Http:
    """Ask about a folder that has been imported."""
    with np.load(folder / "graph.npz") as graph:
        cis, core_switch = len(graph["kind"]), int(graph["q_core_switch"])
    natives = [f"{SOURCE}/CI{number:07d}" for number in range(cis)]
    with api(address) as client:
        found = typical(client, natives)
        worst = touches(ask(client, natives[core_switch]))
        return Http(
            cis=cis,
            typical=measure(client, list(found), list(found.values())),
            core_switch=measure(client, [natives[core_switch]], [worst]),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="Time answers over HTTP.")
    parser.add_argument("--cis", type=int, default=100_000)
    parser.add_argument("--estate", type=Path, help="folder that estate.py of the benchmark kit wrote")
    parser.add_argument("--keep", action="store_true", help="renew docs/benchmarks.*")
    arguments = parser.parse_args()
    with estate(arguments.cis, arguments.estate) as folder, server() as address:
        measured = compare(address, folder)
    results = read().model_copy(update={"http": measured})
    print(http(results))
    if arguments.keep:
        write(results)
        renew()


if __name__ == "__main__":
    main()
