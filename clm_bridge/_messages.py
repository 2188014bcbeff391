"""What an adapter says to its vendor, and what it hears back."""

from __future__ import annotations

import json as jsonlib
import re
from collections.abc import Awaitable, Generator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from secrets import token_hex
from typing import Any
from urllib.parse import quote

from attrs import evolve, field, frozen

from ._errors import InvalidInput
from ._parsing import parse
from ._uploads import Upload

Params = Mapping[str, str | int | Sequence[str]]
"""Of a query; a parameter that comes several times has several values."""


@frozen
class Request:
    """
    One HTTP request as data; awaiting it hands back the vendor's good answer.

    ``path`` is a template below the adapter's base URL, ``ids`` fill it and are
    encoded.  ``url`` replaces both for a link that the vendor handed out.  With
    ``signed=False`` the credentials stay at home.

    A ``safe`` request changes nothing at the vendor's and may be sent again.  In a dry
    run only safe ones are sent; ``dry`` is the JSON that stands for another's answer.
    """

    method: str
    path: str
    ids: Mapping[str, str] = field(factory=dict)
    params: Params = field(factory=dict)
    json: Any = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    files: Mapping[str, Upload] = field(factory=dict, repr=False)
    content: bytes | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    url: str | None = field(default=None, repr=False)
    signed: bool = True
    safe: bool = field()
    dry: Any = field(default=None, repr=False)

    @safe.default
    def _is_read(self) -> bool:
        return self.method in ("GET", "HEAD")

    def __await__(self) -> Generator[Request, Response, Response]:
        """Hand this request to whichever driver is running, and wait."""
        return (yield self)

    @property
    def target(self) -> str:
        """The path with its ids filled in and encoded."""
        encoded = {name: _encoded(name, own) for name, own in self.ids.items()}
        return self.path.format(**encoded)

    @property
    def asked(self) -> str:
        """Method and path template: what logs and observers may see."""
        return f"{self.method} {self.shown}"

    @property
    def named(self) -> str:
        """Method and path with the ids filled in: what an error tells its caller."""
        if self.url is not None:
            return self.asked
        return f"{self.method} {self.target.partition('?')[0]}"

    @property
    def shown(self) -> str:
        """The path template, without the query that a caller may have put into it."""
        return self.path.partition("?")[0]

    def with_headers(self, headers: Mapping[str, str]) -> Request:
        """Return a copy that also carries *headers*."""
        return evolve(self, headers={**self.headers, **headers})


def _encoded(name: str, id: str) -> str:
    with suppress(UnicodeError):  # half a character, which no address can hold
        if id not in ("", ".", ".."):
            return quote(id, safe="")
    raise InvalidInput(f"{name} is {id!r}, which is not an id")


REQUEST_IDS = ("x-request-id", "x-correlation-id", "x-amzn-requestid", "cf-ray")


@frozen
class Response:
    """
    An answer: status, headers under lower-case names, and the body's bytes.

    ``attempts`` is how often the request was sent until this one came.
    """

    status: int
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    attempts: int = field(default=1, eq=False, repr=False)

    @property
    def ok(self) -> bool:
        """Whether the vendor says yes."""
        return 200 <= self.status < 300

    @property
    def request_id(self) -> str | None:
        """What the vendor's support will ask for, if the vendor says it."""
        return request_id(self.headers)

    @property
    def sent_at(self) -> datetime | None:
        """The instant by the vendor's own clock, or None if it does not say."""
        try:
            then = parsedate_to_datetime(self.headers.get("date", ""))
            return then.astimezone(UTC) if then.tzinfo else then.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            return None

    def json(self) -> Any:
        """Parse the body; numbers with a point stay exact, NaN is refused."""
        return parse(self.body)


def request_id(headers: Mapping[str, str]) -> str | None:
    """Return the request's id at the vendor's; a header that is no id is left out."""
    named = (headers.get(name, "").strip()[:100] for name in REQUEST_IDS)
    return next((found for found in named if found.isprintable() and found), None)


def spelled(
    value: Any, *, indent: int | None = None, ensure_ascii: bool = False
) -> bytes:
    """Spell JSON; a ``Decimal`` becomes a number with exactly its digits."""
    numbers: list[str] = []
    mark = token_hex(8)  # what no text of a user's holds

    def number(one: Any) -> str:
        if not isinstance(one, Decimal) or not one.is_finite():
            raise TypeError("this is not JSON")
        numbers.append(f"{one:f}")
        return f"{mark}{len(numbers) - 1}"

    text = jsonlib.dumps(
        value,
        default=number,
        ensure_ascii=ensure_ascii,
        allow_nan=False,
        indent=indent,
        separators=(",", ":") if indent is None else (",", ": "),
    )
    exact = re.sub(f'"{mark}(\\d+)"', lambda found: numbers[int(found[1])], text)
    return exact.encode()


@frozen
class Together:
    """Several awaitables at once; the answers come back in their order."""

    parts: Sequence[Awaitable[Any]]

    def __await__(self) -> Generator[Together, list[Any], list[Any]]:
        return (yield self)


@frozen
class Pause:
    """Some seconds of waiting; for the bridge's own operations, not for adapters."""

    seconds: float

    def __await__(self) -> Generator[Pause, None, None]:
        yield self


def together(*parts: Awaitable[Any]) -> Together:
    """Await requests or operations at the same time; the first error is raised."""
    return Together(parts)


def get(path: str, params: Mapping[str, Any] | None = None, /, **ids: str) -> Request:
    """Ask for *path* with *ids* filled in; a parameter that is ``None`` is left out."""
    return Request("GET", path, ids=ids, params=_present(params or {}))


def post(
    path: str, json: Any, /, *, reads: bool = False, dry: Any = None, **ids: str
) -> Request:
    """Send *json* to *path*; ``reads`` says that it only asks, as a GET would."""
    return Request("POST", path, ids=ids, json=json, safe=reads, dry=dry)


def put(path: str, json: Any, /, *, dry: Any = None, **ids: str) -> Request:
    """Replace what is at *path* by *json*."""
    return Request("PUT", path, ids=ids, json=json, dry=dry)


def patch(path: str, json: Any, /, *, dry: Any = None, **ids: str) -> Request:
    """Change what is at *path* as *json* says."""
    return Request("PATCH", path, ids=ids, json=json, dry=dry)


def delete(path: str, /, **ids: str) -> Request:
    """Take away what is at *path*."""
    return Request("DELETE", path, ids=ids)


def merged(payload: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return *payload* with *extra* put over it, object by object."""
    found = dict(payload)
    for key, value in extra.items():
        known = found.get(key)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            found[key] = merged(known, value)
        else:
            found[key] = value
    return found


def _present(params: Mapping[str, Any]) -> dict[str, str | int]:
    return {name: value for name, value in params.items() if value is not None}
