"""One thing that Prometheus scrapes."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Target:
    """A target by its address (`host:port`); `url` as it is scraped, where that is known.

    `labels` are those of its time series, and those that service discovery found (`__meta_…`).
    """

    address: str
    labels: Mapping[str, str]
    url: str = ""

    @property
    def job(self) -> str:
        """The job that scrapes it; empty where that is not known."""
        return self.labels.get("job", "")

    @property
    def host(self) -> str:
        """The host of the address: an IP address or a name in lower case."""
        return split_address(self.address)[0]

    @property
    def port(self) -> int | None:
        """The port of the address."""
        return split_address(self.address)[1]

    @property
    def asked(self) -> tuple[str, str]:
        """Of an exporter that asks others: its path, and whom it is to ask; both empty of any other."""
        if "://" in self.address:
            return "", self.address
        parts = urlsplit(self.url)
        whom = parse_qs(parts.query).get("target", [""])[0]
        return (parts.path, whom) if whom else ("", "")


def split_address(text: str) -> tuple[str, int | None]:
    """Host and port of `host:port`, `[address]:port`, a bare host, or a URL."""
    bare = text.partition("://")[2] or text
    bare = bare.partition("/")[0]
    host, _, port = bare.rpartition(":") if bare.count(":") == 1 or bare.startswith("[") else (bare, "", "")
    if bare.endswith("]"):
        host, port = bare, ""
    return host.strip("[]").lower().rstrip("."), int(port) if port.isdecimal() else None
