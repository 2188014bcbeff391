"""What vcrpy is told, so that it replays these files, strictly."""

from __future__ import annotations

from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from . import _bodies, _exact, _format
from ._model import Interaction

MATCH_ON = (
    "method",
    "scheme",
    "host",
    "port",
    "path",
    "clm_query",
    "clm_headers",
    "clm_body",
)


class Serializer:
    """Reads our files, and leaves anybody else's to vcrpy."""

    @staticmethod
    def deserialize(text: str) -> Any:
        """Return a file as vcrpy holds one."""
        if not text.startswith("format: clm-cassette/"):
            return _of_vcrpy().deserialize(text)
        tape = _format.loads(text)
        return {"version": 1, "interactions": [*map(_as_vcr, tape.interactions)]}

    @staticmethod
    def serialize(told: Any) -> str:
        """Write as vcrpy does; our own files are written by `recording` alone."""
        text: str = _of_vcrpy().serialize(told)
        return text


def _of_vcrpy() -> Any:
    return import_module("vcr.serializers.yamlserializer")


def _as_vcr(one: Interaction) -> dict[str, Any]:
    asked, answer = one.request, one.response
    kind = _format.header(asked.headers, "content-type")
    headers = dict(asked.headers)
    if asked.body is not None and "multipart" in asked.body and not kind:
        headers["content-type"] = f"multipart/form-data; boundary={_bodies.BOUNDARY}"
    return {
        "request": {
            "method": asked.method,
            "uri": asked.address,
            "headers": headers,
            "body": _bodies.content(asked.body),
        },
        "response": {
            "status": {"code": answer.status, "message": ""},
            "headers": {
                name: [value] if isinstance(value, str) else list(value)
                for name, value in answer.headers.items()
            },
            "body": {"string": _bodies.content(answer.body)},
        },
    }


def fix_boundary(request: Any) -> Any:
    """Give an upload the one boundary, before it is compared."""
    kind = request.headers.get("content-type", "")
    request.body, fixed = _bodies.with_fixed_boundary(request.body or b"", kind)
    if fixed != kind:
        request.headers["content-type"] = fixed
    return request


def clm_query(made: Any, stored: Any) -> None:
    """Compare queries; a parameter without a value is one too."""
    mine, theirs = (
        sorted(parse_qsl(urlsplit(one.uri).query, keep_blank_values=True))
        for one in (made, stored)
    )
    assert mine == theirs, f"{mine} is asked, {theirs} is on the cassette"


def clm_headers(made: Any, stored: Any) -> None:
    """Look that each header on the cassette is sent."""
    for name, value in stored.headers.items():
        sent = made.headers.get(name)
        assert sent == value, f"{name} is {sent!r}, and {value!r} on the cassette"


def clm_body(made: Any, stored: Any) -> None:
    """Compare bodies: JSON as JSON with exact numbers, anything else as bytes."""
    mine, theirs = made.body or b"", stored.body or b""
    assert mine == theirs or _exact.equal(mine, theirs), (
        f"{mine[:500]!r} is sent, {theirs[:500]!r} is on the cassette"
    )


def configure(vcr: Any) -> None:
    """Teach one VCR our files and comparisons."""
    vcr.register_serializer("yaml", Serializer)
    for matcher in (clm_query, clm_headers, clm_body):
        vcr.register_matcher(matcher.__name__, matcher)
