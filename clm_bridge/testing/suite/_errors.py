"""What a vendor's no becomes, and what must never be shown: ERRORS and SECRETS."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..._errors import (
    AuthenticationFailed,
    ClmError,
    Conflict,
    NotFound,
    PermissionDenied,
    RateLimited,
    Rejected,
    StatusError,
    TransportError,
    VendorDown,
)
from ..._json import to_dict
from ..._messages import Response
from ._outcomes import demand, must, prove
from ._subject import Subject
from ._traffic import Answering, Breaking, Meddling

BODIES = (
    b"",
    b"{",
    b"null",
    b"[]",
    b"17",
    b'"no"',
    b"<html>no</html>",
    b"\xff\xfe",
    b'{"error": null}',
    b'{"error": {"message": ["no"]}}',
    b'{"errors": [{"detail": 5}, "no", null]}',
    b'{"errors": {"name": ["is taken", 3], "x": {"y": []}}}',
    b'{"message": [], "detail": {"a": "b"}}',
)


class Errors:
    """Checks of errors."""

    @must("MUST-ERRORS-1")
    def test_401(self, subject: Subject) -> str:
        return _answered(subject, AuthenticationFailed, 401)

    @must("MUST-ERRORS-2")
    def test_403(self, subject: Subject) -> str:
        return _answered(subject, PermissionDenied, 403)

    @must("MUST-ERRORS-3")
    def test_404(self, subject: Subject) -> str:
        return _answered(subject, NotFound, 404)

    @must("MUST-ERRORS-4")
    def test_409(self, subject: Subject) -> str:
        return _answered(subject, Conflict, 409)

    @must("MUST-ERRORS-5")
    def test_other_4xx(self, subject: Subject) -> str:
        return _answered(subject, Rejected, 400, 405, 410, 418, 422, 451)

    @must("MUST-ERRORS-6")
    def test_429(self, subject: Subject) -> str:
        return _answered(subject, RateLimited, 429)

    @must("MUST-ERRORS-7")
    def test_5xx(self, subject: Subject) -> str:
        return _answered(subject, VendorDown, 500, 502, 503, 599)

    @must("MUST-ERRORS-8")
    def test_connections_break(self, subject: Subject) -> str:
        for name, call in _calls(subject):
            error = _error(subject, Breaking(), call)
            demand(isinstance(error, TransportError), f"{name}: {error!r}")
        return "ConnectError"

    @must("MUST-ERRORS-9")
    def test_errors_are_located(self, subject: Subject) -> str:
        for name, call in _calls(subject):
            error = _error(subject, Answering(500), call)
            assert error is not None
            demand(error.vendor == subject.adapter.name, f"{name} is of {error.vendor}")
            demand(error.operation == name, f"{name} is {error.operation}")
        return f"{subject.adapter.name} {name}"

    @must("MUST-ERRORS-10")
    def test_error_bodies(self, subject: Subject) -> str:
        adapter = subject.settings().adapter
        for body in BODIES:
            try:
                told = adapter.complaints(Response(400, {}, body))
            except Exception as error:
                raise AssertionError(f"{body!r}: {type(error).__name__}") from error
            demand(
                not isinstance(told, str) and all(isinstance(one, str) for one in told),
                f"{body!r} is read as {told!r}",
            )
        return f"{len(BODIES)} bodies"

    @must("MUST-ERRORS-11")
    def test_the_vendors_words(self, subject: Subject) -> str:
        try:
            subject.clm.contracts.get("999999999999")
        except StatusError as error:
            prove(error.complaints, "the vendor says nothing with its 404")
            return "; ".join(error.complaints)[:80]
        except ClmError as error:
            prove(not error, "it is not the vendor who refuses")
        return ""

    @must("MUST-SECRETS-1")
    def test_reprs(self, subject: Subject) -> str:
        shown = [repr(subject.clm), repr(subject.clm.settings), repr(subject.one)]
        adapter = subject.settings().adapter
        shown += [repr(adapter), repr(vars(adapter)), repr(adapter.auth)]
        return _unseen(subject, shown)

    @must("MUST-SECRETS-2")
    def test_logs(self, subject: Subject) -> str:
        with _logged() as records, subject.open() as (clm, _):
            clm.check() if "check" in clm.capabilities else None
            _first(clm)
            _error(subject, Answering(500), _first)
        return _unseen(subject, records)

    @must("MUST-SECRETS-3")
    def test_errors_show_none(self, subject: Subject) -> str:
        shown = []
        for secret in subject.secrets:
            for key in ("error", "message", "detail", "errors"):
                told: Any = [secret] if key == "errors" else secret
                body = json.dumps({key: told}).encode()
                error = _error(subject, Answering(400, body), _first)
                shown += [str(error), repr(error), repr(getattr(error, "args", ()))]
        return _unseen(subject, shown)

    @must("MUST-SECRETS-4")
    def test_addresses(self, subject: Subject) -> str:
        _ = subject.contracts
        return _unseen(subject, [str(one.url) for one in subject.traffic.asked])

    @must("MUST-SECRETS-5")
    def test_json_shows_none(self, subject: Subject) -> str:
        return _unseen(subject, [json.dumps(to_dict(c)) for c in subject.sample])

    @must("MUST-SECRETS-6")
    def test_credentials_stay_home(self, subject: Subject) -> str:
        _ = subject.contracts
        base = subject.settings().adapter.base_url
        for request in subject.traffic.asked:
            told = str(request.headers) + request.content.decode("latin-1")
            if any(secret in told for secret in subject.secrets):
                host = f"{request.url.scheme}://{request.url.netloc.decode()}/"
                demand(
                    _same_site(base, host), f"they went to {host}, which is not {base}"
                )
        return f"{len(subject.traffic.asked)} requests"


def _same_site(base: str, host: str) -> bool:
    """Say whether two addresses are of one site; an API may have a host for tokens."""
    ours, theirs = (one.split("/")[2].split(".")[-2:] for one in (base, host))
    return ours == theirs


def _first(clm: Any) -> Any:
    return clm.contracts.list(detail="summary").first()


def _calls(subject: Subject) -> list[tuple[str, Any]]:
    """Return some calls by their names."""
    known = subject.one.id
    calls = {
        "contracts.list": _first,
        "contracts.get": lambda clm: clm.contracts.get(known),
        "contracts.status": lambda clm: clm.contracts.status(known),
        "check": lambda clm: clm.check(),
    }
    return [(name, c) for name, c in calls.items() if name in subject.clm.capabilities]


def _answered(subject: Subject, kind: type[ClmError], *statuses: int) -> str:
    for status in statuses:
        for name, call in _calls(subject):
            error = _error(subject, Answering(status, b'{"error": "no"}'), call)
            demand(type(error) is kind, f"{name} with {status} is {_kind(error)}")
            told = getattr(error, "status", None)
            demand(told == status, f"{name} with {status} says {told}")
    return ", ".join(map(str, statuses))


def _kind(error: object) -> str:
    return "no error" if error is None else type(error).__name__


def _error(subject: Subject, meddling: Meddling, call: Any) -> ClmError | None:
    """Return the error of one call, which is tried once."""
    with subject.meddled(meddling) as clm:
        try:
            call(clm.with_options(max_attempts=1))
        except ClmError as error:
            return error
    return None


def _unseen(subject: Subject, shown: list[str]) -> str:
    for secret in subject.secrets:
        for text in shown:
            demand(secret not in text, f"it is in {text[:60].replace(secret, '***')!r}")
    return f"{len(shown)} texts"


@contextmanager
def _logged() -> Iterator[list[str]]:
    """Keep what is logged at the level of debugging, whoever logs it."""
    shown: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            shown.append(record.getMessage())

    root, handler = logging.getLogger(), Keeping(logging.DEBUG)
    before = {name: logging.getLogger(name).level for name in (None, "clm_bridge")}
    root.addHandler(handler)
    try:
        for name in before:
            logging.getLogger(name).setLevel(logging.DEBUG)
        yield shown
    finally:
        root.removeHandler(handler)
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
