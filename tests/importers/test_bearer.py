"""A token goes out even where a .netrc knows the host."""

from pathlib import Path

import pytest
from requests import Request, Session

from importers.bearer import Bearer


def test_a_netrc_does_not_take_the_place_of_the_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine metrics.example login someone password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    address = "https://metrics.example/api"
    plain = Session().prepare_request(Request("GET", address, headers={"Authorization": "Bearer token"}))
    assert plain.headers["Authorization"].startswith("Basic "), "without it, the .netrc counts"
    signed = Session().prepare_request(Request("GET", address, auth=Bearer("token")))
    assert signed.headers["Authorization"] == "Bearer token"
