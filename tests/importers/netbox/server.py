"""A small HTTP server that pages through saved objects as NetBox does."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "0123456789abcdef"


@contextmanager
def served(pages: Mapping[str, list[dict[str, Any]]], forbidden: tuple[str, ...] = ()) -> Iterator[str]:
    """The address of a server with these endpoints, of which some are forbidden to the token."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            split = urlsplit(self.path)
            endpoint = split.path.removeprefix("/api/").strip("/")
            query = parse_qs(split.query)
            if self.headers["authorization"] != f"Token {TOKEN}":
                self._answer(401, {"detail": "Invalid token"})
            elif split.path.strip("/") == "api":
                self._answer(200, {})
            elif endpoint in forbidden:
                self._answer(403, {"detail": "You do not have permission to perform this action."})
            elif endpoint in pages:
                limit, offset = (int(query.get(name, ["0"])[0]) for name in ("limit", "offset"))
                self._answer(200, self._page(pages[endpoint], limit or 50, offset))
            else:
                self._answer(404, {"detail": "Not found."})

        def _page(self, rows: list[dict[str, Any]], limit: int, offset: int) -> dict[str, Any]:
            onward = f"?limit={limit}&offset={offset + limit}" if offset + limit < len(rows) else None
            results = rows[offset : offset + limit]
            return {"count": len(rows), "next": onward, "previous": None, "results": results}

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("API-Version", "3.6")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
