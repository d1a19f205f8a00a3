"""Signs requests with a bearer token."""

from requests import PreparedRequest
from requests.auth import AuthBase


class Bearer(AuthBase):
    """The token as `auth` of a request: a header alone gives way to a .netrc."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Put the token into the header."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request
