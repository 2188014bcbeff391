"""How requests are signed.  Schemes are values and pure functions."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any, Protocol

from attrs import field, frozen

from ._errors import PayloadError
from ._messages import Request
from ._secrets import Secret


@frozen
class Token:
    """A bearer token; the times are on the clock that *renew* was given."""

    value: Secret
    usable_at: float
    renew_at: float


class Scheme(Protocol):
    """How one vendor wants its requests signed."""

    def sign(self, request: Request, token: Token | None) -> Request:
        """Return the request with the credentials on it."""

    def renew(self, now: float) -> Coroutine[Any, Any, Token] | None:
        """Return the operation that fetches a token, or None if none is needed."""


@frozen
class ApiKey:
    """Fixed headers: a literal, or a `Secret` that is revealed when sent."""

    headers: Mapping[str, str | Secret] = field(repr=False)

    def sign(self, request: Request, token: Token | None) -> Request:
        """Add the headers."""
        return request.with_headers(
            {name: _plain(value) for name, value in self.headers.items()}
        )

    def renew(self, now: float) -> None:
        """Need no token."""


def _plain(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value


@frozen
class ClientCredentials:
    """
    OAuth 2 client credentials (RFC 6749, 4.4).

    ``lifetime`` is the part of a token's life after which it is renewed; ``settle``
    the seconds that the vendor wants between issue and first use.
    """

    token_url: str
    client_id: str
    client_secret: Secret
    scope: str = ""
    lifetime: float = 0.9
    settle: float = 0.0

    def sign(self, request: Request, token: Token | None) -> Request:
        """Add the bearer token."""
        if token is None:
            raise RuntimeError("a token is fetched before a request is signed")
        return request.with_headers({"authorization": f"Bearer {token.value.reveal()}"})

    async def renew(self, now: float) -> Token:
        """Ask for a token."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "client_secret": self.client_secret.reveal(),
        }
        if self.scope:
            form["scope"] = self.scope
        response = await Request(
            "POST", self.token_url, form=form, signed=False, safe=True
        )
        return self._token(response.json(), now)

    def _token(self, granted: Any, now: float) -> Token:
        try:
            value, seconds = granted["access_token"], float(granted["expires_in"])
        except (TypeError, KeyError, ValueError):
            value, seconds = None, 0.0
        if not isinstance(value, str) or not value:
            raise PayloadError("the token endpoint's answer holds no token")
        return Token(Secret(value), now + self.settle, now + seconds * self.lifetime)
