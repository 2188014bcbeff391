"""What a check can come to: proven, failed, not offered, or not proven."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import frozen

from ._musts import MUSTS, Must

if TYPE_CHECKING:
    from ._subject import Subject

F = TypeVar("F", bound=Callable[..., Any])


class NotOffered(Exception):
    """The adapter does not offer what the rule is about."""

    clm_outcome = "not offered"


class NotProven(Exception):
    """The rule holds or it does not: this subject cannot show which."""

    clm_outcome = "not proven"


class Broken(AssertionError):
    """A rule is broken; the message names the rule, the capability and the adapter."""

    clm_outcome = "failed"


@frozen
class Result:
    """What one check came to, and what it rests on."""

    must: Must
    outcome: str
    evidence: str


def demand(holds: object, otherwise: str) -> None:
    """Fail with *otherwise* unless something holds."""
    if not holds:
        raise AssertionError(otherwise)


def prove(holds: object, otherwise: str) -> None:
    """Say that nothing can be shown unless something holds."""
    if not holds:
        raise NotProven(otherwise)


def must(id: str) -> Callable[[F], F]:
    """Bind a check to its MUST: it is run only where that can be asked for."""
    rule = MUSTS[id]

    def bound(check: F) -> F:
        @wraps(check)
        def checked(self: Any, subject: Subject) -> None:
            _ask(rule, subject)
            try:
                subject.evidence[id] = check(self, subject) or ""
            except (NotOffered, NotProven):
                raise
            except Exception as error:
                raise Broken(_told(rule, subject, error)) from error

        checked.must = id  # type: ignore[attr-defined]  # read by the suite
        checked.__doc__ = rule.says
        return checked  # type: ignore[return-value]  # the same signature

    return bound


def _ask(rule: Must, subject: Subject) -> None:
    offered = subject.adapter.capabilities()
    lacks = [one for one in rule.needs if one not in offered]
    if lacks:
        raise NotOffered(", ".join(lacks))
    if rule.writes and not subject.may_write:
        raise NotProven("nothing may be written to this subject")


def _told(rule: Must, subject: Subject, error: Exception) -> str:
    about = ", ".join(rule.needs) or "declarations"
    where = f"{subject.adapter.name} ({subject.colour})"
    if subject.cassette:
        where += f", cassette {subject.cassette}"
    said = str(error) if isinstance(error, AssertionError) else _named(error)
    return f"{rule.id} [{about}] {where}: {rule.says} {said}"


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
