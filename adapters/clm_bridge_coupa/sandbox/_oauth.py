"""
The client-credentials grant, and what a bearer token opens.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/oauth-2.0-and-oidc/openid-connect-clients
https://www.rfc-editor.org/rfc/rfc6749#section-5.2
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Response, abort, request

from ._world import Token, World

CLIENT_ID = "5f1c0d7e9a3b4c2d8e6f0a1b2c3d4e5f"
CLIENT_SECRET = "sandbox-secret-not-for-anything-else"  # noqa: S105 - opens a sandbox

_TICKED = (
    "core.contract.read core.contract.write core.contracts_template.read"
    " core.contracts_template.write core.supplier.read core.supplier.write"
    " core.approval.read core.approval.write core.common.read core.user.read"
    " core.user_group.read core.legal_entity.read core.comment.read core.comment.write"
    " openid email login profile offline_access"
)

SCOPES = frozenset(_TICKED.split())
"""The scopes that are ticked on the client."""

_TOKEN = "bearer"  # noqa: S105 - a type of token and not one


def issue(world: World) -> Response:
    """Answer the token endpoint."""
    client, secret = _credentials()
    if not (_same(client, CLIENT_ID) and _same(secret, CLIENT_SECRET)):
        return _error("invalid_client", 401)
    grant = request.form.get("grant_type")
    if grant is None:
        return _error("invalid_request")
    if grant != "client_credentials":
        return _error("unsupported_grant_type")
    scopes = frozenset(request.form.get("scope", "").split())
    if not scopes or not scopes <= SCOPES:
        return _error("invalid_scope")
    return _told(_grant(world, scopes))


def guard(world: World, scope: str) -> None:
    """Abort a call without a good token, or whose token does not cover *scope*."""
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    token = world.tokens.get(text) if kind.lower() == _TOKEN else None
    now = world.now()
    if token is None or not token.usable_at <= now < token.expires_at:
        abort(_bearer("invalid_token", 401))
    if scope not in token.scopes:
        abort(_bearer("insufficient_scope", world.switches.missing_scope_status))


def _credentials() -> tuple[str, str]:
    """Read the client's id and secret, from HTTP Basic or from the body."""
    basic = request.authorization
    if basic is not None and basic.type == "basic":
        return basic.username or "", basic.password or ""
    form = request.form
    return form.get("client_id", ""), form.get("client_secret", "")


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode(), right.encode())


def _grant(world: World, scopes: frozenset[str]) -> Mapping[str, Any]:
    switches, now = world.switches, world.now()
    expires_at = now + timedelta(seconds=switches.token_seconds)
    text = _jwt(
        {
            "aud": CLIENT_ID,
            "exp": int(expires_at.timestamp()),
            "iat": int(now.timestamp()),
            "jti": secrets.token_hex(8),
            "scope": sorted(scopes),
        }
    )
    usable_at = now + timedelta(seconds=switches.token_delay)
    world.tokens[text] = Token(scopes, usable_at, expires_at)
    return {
        "access_token": text,
        "token_type": _TOKEN,
        "expires_in": switches.token_seconds,
        "scope": " ".join(sorted(scopes)),
    }


def _jwt(claims: Mapping[str, Any]) -> str:
    head = {"typ": "JWT", "alg": "HS256"}
    signed = b".".join(_base64(json.dumps(part).encode()) for part in (head, claims))
    seal = hmac.digest(CLIENT_SECRET.encode(), signed, hashlib.sha256)
    return (signed + b"." + _base64(seal)).decode()


def _base64(content: bytes) -> bytes:
    return urlsafe_b64encode(content).rstrip(b"=")


def _told(told: Mapping[str, Any], status: int = 200) -> Response:
    answer = Response(json.dumps(told), status, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _error(word: str, status: int = 400) -> Response:
    answer = _told({"error": word}, status)
    if status == 401 and request.authorization is not None:
        answer.headers["WWW-Authenticate"] = "Basic"
    return answer


def _bearer(word: str, status: int) -> Response:
    answer = _told({"error": word}, status)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
