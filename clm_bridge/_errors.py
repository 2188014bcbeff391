"""
What can go wrong, as exceptions.

* ClmError
  x ConfigError             the settings are wrong or incomplete
  x InvalidInput            an argument cannot be what was meant
  x Unsupported             this vendor cannot do what was asked
  x AlreadyExists           a contract with that external id is there
  x IllegalTransition       the contract's status does not lead there
  x AmbiguousWrite          nobody can say whether a write took effect
  x Incomplete              a write took effect, and a part of it did not
  x NotIndexed              the vendor cannot be asked, and the link index does not know
  x TransportError          no whole answer arrived
    + ConnectionFailed        DNS, TLS, refused, reset
    + TimedOut                no answer in time, or the call's deadline passed
  x PayloadError            an answer arrived that cannot be read
  x DownloadError           a file did not arrive whole, or is not a file
  x WebhookVerificationError  a delivery that cannot be trusted or read
  x StatusError             an answer arrived, and it says no
    + AuthenticationFailed    401
    + PermissionDenied        403
    + NotFound                404
    + Conflict                409
    + Rejected                other 4xx, and redirects, which are never followed;
                              410 too: it tells of an API, and not of a record
    + RateLimited             429
    + VendorDown              5xx

An adapter may know better what a status or a code of its vendor's means.

A message is one line: where, what, and the next step.  None holds a payload's
value, a credential, or a URL with a query.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from datetime import datetime

    from ._problems import Problem
    from ._vocabulary import Transition


class ClmError(Exception):
    """Everything that this library raises on purpose; the facts are attributes."""

    next_step: ClassVar[str | None] = None
    sent: bool = True

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint or self.next_step
        self.vendor: str | None = None
        self.connection: str | None = None
        self.operation: str | None = None
        self.attempts = 0
        self.request_id: str | None = None
        self.in_doubt = False
        """True if a write was under way, and may or may not have taken effect."""

    def locate(
        self, *, vendor: str, connection: str | None, operation: str | None
    ) -> None:
        """Say where it happened, unless that is known already."""
        self.vendor = self.vendor or vendor
        self.connection = self.connection or connection
        self.operation = self.operation or operation

    def belong(self, request_id: str | None, attempts: int) -> None:
        """Say to which request it belongs, unless that is known already."""
        self.request_id = self.request_id or request_id
        self.attempts = self.attempts or attempts

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to other processes, and into copies, with all that is known."""
        return _revived, (type(self), self.args), self.__dict__

    def __str__(self) -> str:
        where = " ".join(filter(None, (self._who(), self.operation)))
        tries = f" (after {self.attempts} attempts)" if self.attempts > 1 else ""
        what = f"{self._what()}{tries}"
        said = f"{where}: {what}" if where else what
        return f"{said}; {self.hint}" if self.hint else said

    def _what(self) -> str:
        return self.message

    def _who(self) -> str | None:
        if self.connection and self.vendor:
            return f"{self.connection} ({self.vendor})"
        return self.vendor


def _revived(cls: type[ClmError], args: tuple[Any, ...]) -> ClmError:
    """Make an error without its constructor, whose arguments are no longer known."""
    return cls.__new__(cls, *args)


class ConfigError(ClmError):
    """The settings are wrong or incomplete."""

    next_step = "see what is set, and where: 'clm-bridge config explain'"

    def _who(self) -> str | None:
        if self.operation is not None:
            return super()._who()
        made = "the connection made from arguments" if self.vendor else None
        return self.connection or made


class InvalidInput(ClmError, ValueError):
    """An argument cannot be what was meant; ``problems`` lists each, if several can."""

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        problems: Sequence[Problem] = (),
    ) -> None:
        super().__init__(message, hint=hint)
        self.problems = tuple(problems)


class Unsupported(ClmError):
    """This vendor cannot do what was asked; nothing was sent."""


class AlreadyExists(ClmError):
    """Contracts that carry this external id are there; ``contract_ids`` names them."""

    def __init__(
        self, message: str, *, contract_ids: Sequence[str], hint: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.contract_ids = tuple(contract_ids)


class IllegalTransition(ClmError):
    """The contract's status does not lead there; ``allowed`` are the steps that do."""

    def __init__(
        self, message: str, *, status: str | None, allowed: Sequence[Transition]
    ) -> None:
        steps = ", ".join(step.value for step in allowed)
        hint = f"from there it can {steps}" if steps else "no step leads from there"
        super().__init__(message, hint=hint)
        self.status = status
        self.allowed = tuple(allowed)


class AmbiguousWrite(ClmError):
    """
    Nobody can say whether a write took effect: its answer never came.

    ``since`` is when it was begun, ``contract_ids`` are contracts that may be its work.
    """

    next_step = "look at the vendor's own pages before you write it again"

    def __init__(
        self,
        message: str,
        *,
        since: datetime | None = None,
        contract_ids: Sequence[str] = (),
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.since = since
        self.contract_ids = tuple(contract_ids)


class Incomplete(ClmError):
    """
    A write took effect, and a part of it did not.

    ``contract_id`` is the contract as it now is; ``missing`` are paths into the input
    that the vendor did not take.
    """

    next_step = "read the contract, then write what is missing"

    def __init__(
        self,
        message: str,
        *,
        contract_id: str,
        missing: Sequence[str] = (),
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.contract_id = contract_id
        self.missing = tuple(missing)


class NotIndexed(ClmError):
    """The vendor cannot search for an external id, and the index does not know it."""

    next_step = (
        "run 'clm-bridge links build' (with 'links' set to a file in the connection's "
        "settings), or read the contract once with contracts.list or contracts.get"
    )


class TransportError(ClmError):
    """No whole answer arrived; ``sent`` is False if the request never left."""

    next_step = "try again; 'clm-bridge doctor' shows whether the vendor answers"


class ConnectionFailed(TransportError):
    """The connection could not be made, or broke."""

    next_step = "check base_url or region, the network and any proxy"


class TimedOut(TransportError):
    """No answer came in time, or the call's deadline passed."""

    next_step = "try again, or raise 'deadline' in with_options(deadline=…)"


class PayloadError(ClmError):
    """
    An answer arrived that is not what the vendor promises.

    ``problems`` are paths into it with what is wrong there, never a value; ``asked``
    is the request that it answers, where only one can be meant.
    """

    next_step = (
        "read the answer with clm.vendor.request(method, path); if it is right, "
        "please tell us"
    )

    def __init__(
        self, message: str, *, problems: Sequence[str] = (), hint: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.problems = tuple(problems)
        self.asked: str | None = None

    def within(self, index: int) -> None:
        """Say that the faults lie in one item of a list."""
        self.problems = tuple(
            told.replace("$", f"$[{index}]", 1) for told in self.problems
        )

    def _what(self) -> str:
        told = "; ".join(self.problems)
        said = f"{self.message}: {told}" if told else self.message
        return f"{self.asked}: {said}" if self.asked else said


class DownloadError(ClmError):
    """A file did not arrive whole, or is not a file; nothing is left on disk."""

    next_step = "try again; if it stays so, open the document on the vendor's own pages"


class WebhookVerificationError(ClmError):
    """A delivery is not proven to be the vendor's, or holds no event."""


class StatusError(ClmError):
    """
    The vendor answered, and the answer is no; ``complaints`` are its own words.

    ``code`` is the vendor's own for what is wrong, where it has such codes.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 0,
        code: str | None = None,
        complaints: Sequence[str] = (),
        retry_after: float | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.code = code
        self.complaints = tuple(complaints)
        self.retry_after = retry_after


class AuthenticationFailed(StatusError):
    """The vendor does not accept the credentials."""

    next_step = "check the connection's credentials and region: 'clm-bridge doctor'"


class PermissionDenied(StatusError):
    """The credentials are good, and may not do this."""

    next_step = "ask the workspace's admin for the right or scope"


class NotFound(StatusError):
    """There is no such record, or these credentials may not see it."""

    next_step = "check the id, and that these credentials may see the record"


class Conflict(StatusError):
    """The record is in a state that does not allow this."""

    next_step = "read the record, and see what its state allows"


class Rejected(StatusError):
    """The vendor refuses the request as it is."""

    next_step = "correct what the vendor complains of; sent again, it is refused again"


class RateLimited(StatusError):
    """Too many requests, also after waiting as told."""

    next_step = "wait, or lower 'rate_limit' in the settings"


class VendorDown(StatusError):
    """The vendor has a fault of its own."""

    next_step = "try again later"


_BY_STATUS: dict[int, type[StatusError]] = {
    401: AuthenticationFailed,
    403: PermissionDenied,
    404: NotFound,
    409: Conflict,
    429: RateLimited,
}


def status_class(status: int) -> type[StatusError]:
    """Return what a status means, where an adapter does not know better."""
    return _BY_STATUS.get(status, VendorDown if status >= 500 else Rejected)


def note_doubt(error: ClmError, *, safe: bool) -> None:
    """Note that a write may have taken effect: the answer is missing or no answer."""
    unread = isinstance(error, PayloadError | VendorDown)
    lost = isinstance(error, TransportError)
    late = isinstance(error, StatusError) and error.status == 408
    may_be = error.sent and not safe and (unread or lost or late)
    error.in_doubt = error.in_doubt or may_be


def status_error(
    asked: str,
    status: int,
    complaints: Sequence[str],
    retry_after: float | None,
    hint: str | None = None,
    *,
    code: str | None = None,
    cls: type[StatusError] | None = None,
) -> StatusError:
    """
    Build the error for a status; *asked* is a method and a path template.

    *hint* and *cls* are what the vendor's adapter knows about this status or *code*.
    """
    coded = [code] if code is not None and code not in complaints else []
    words = "; ".join([*coded, *complaints])[:300]
    return (cls or status_class(status))(
        f"{asked} answered {status}" + (f": {words}" if words else ""),
        status=status,
        code=code,
        complaints=complaints,
        retry_after=retry_after,
        hint=hint or _next_step(status, retry_after),
    )


def _next_step(status: int, retry_after: float | None) -> str | None:
    if 300 <= status < 400:
        return "redirects are not followed: check base_url"
    if status == 429 and retry_after is not None:
        return f"wait {retry_after:g} seconds, or lower 'rate_limit' in the settings"
    if status == 501:
        return "the vendor does not do this, or not for this workspace: ask its admin"
    return None
