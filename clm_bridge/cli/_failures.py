"""
What an error becomes: one line, the next command to type, and an exit code.

Nothing here prints a payload, a credential, or (unless asked) a traceback.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import IO, Any

import click

from .._errors import (
    AuthenticationFailed,
    ClmError,
    ConfigError,
    Incomplete,
    InvalidInput,
    PermissionDenied,
    RateLimited,
    Unsupported,
)
from ._harmless import harmless
from ._next_steps import Step, debugged, next_step

ARGV = "clm_bridge.argv"
WHERE = "clm_bridge.where"
ABOUT = "clm_bridge.about"

FAILED, USAGE, CONFIGURATION, AUTHENTICATION, RATE, PARTIAL = range(1, 7)

CODES: Mapping[type[Exception], int] = {
    ConfigError: CONFIGURATION,
    AuthenticationFailed: AUTHENTICATION,
    PermissionDenied: AUTHENTICATION,
    RateLimited: RATE,
    InvalidInput: USAGE,
    Incomplete: PARTIAL,
}
"""Class of an error → exit code; any other error is `FAILED`."""


class Partial(Exception):
    """Some of what was asked for is on stdout, and the rest is not."""

    def __init__(
        self,
        message: str,
        *,
        cause: ClmError | None = None,
        code: int = PARTIAL,
        details: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.cause = cause
        self.code = code
        self.details = details


class Interrupted(Partial):
    """A listing broke off after some records; ``cursor`` resumes it."""

    def __init__(self, error: ClmError, count: int, cursor: str | None) -> None:
        super().__init__(f"{error}; {count} were printed before", cause=error)
        self.cursor = cursor


def about(id: str) -> None:
    """Note which record a command is about, for the command to type after an error."""
    click.get_current_context().meta[ABOUT] = id


def refuse_none_of(done: object, failed: dict[str, ClmError]) -> None:
    """Raise an error of the first one's kind if nothing at all went well."""
    if failed and not done:
        about(next(iter(failed)))
        first = next(iter(failed.values()))
        raise first if len(failed) == 1 else _several(failed, code_of(first))


def refuse_some_of(failed: dict[str, ClmError]) -> None:
    """Say which ids failed, and why, if some did."""
    if failed:
        about(next(iter(failed)))
        raise _several(failed, PARTIAL)


def _several(failed: dict[str, ClmError], code: int) -> Partial:
    told = [f"{one}: {_said(error)}" for one, error in failed.items()]
    first = next(iter(failed.values()))
    if len(told) == 1:
        return Partial(f"1 failed: {told[0]}", cause=first, code=code)
    return Partial(f"{len(told)} failed", cause=first, code=code, details=told)


class Failure(click.ClickException):
    """An error as the user sees it; ``details`` have a line each."""

    def __init__(
        self,
        message: str,
        code: int,
        next_step: str | None = None,
        details: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.details = details
        self.exit_code = code  # type: ignore[misc]  # one for each error here
        self.next_step = next_step

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the error, and what to type next, on stderr."""
        colour = False if os.environ.get("NO_COLOR") else None
        lines = [(click.style("error:", fg="red", bold=True), self.message)]
        lines += [("      -", detail) for detail in self.details]
        if self.next_step:
            lines.append((click.style(" next:", fg="cyan", bold=True), self.next_step))
        for lead, text in lines:
            click.echo(f"{lead} {harmless(text)}", file=file, err=True, color=colour)


def code_of(error: Exception) -> int:
    """Return the exit code for an error."""
    return next((code for cls, code in CODES.items() if isinstance(error, cls)), FAILED)


def step_after(error: Exception, ctx: click.Context) -> Step:
    """Gather what is known when the next command is chosen."""
    told = ctx.meta
    return Step(error, told.get(ARGV, ()), told.get(WHERE, ""), told.get(ABOUT, ""))


def failure(error: Exception, ctx: click.Context) -> Failure:
    """Say an error in one line, with the next command."""
    step = step_after(error, ctx)
    if isinstance(error, Partial):
        return Failure(error.message, error.code, _resumed(step), error.details)
    if isinstance(error, InvalidInput) and len(error.problems) > 1:
        return _listed(error, step)
    if isinstance(error, ClmError):
        return Failure(_said(error), code_of(error), next_step(step))
    if isinstance(error, ImportError):
        need = "pip install 'clm-bridge[cli,sandbox]'"
        return Failure(error.msg, CONFIGURATION, need)
    if isinstance(error, OSError):
        return Failure(error.strerror or type(error).__name__, FAILED)
    from ._faults import fault  # asks for the plugins; only a fault pays for it

    return Failure(fault(error), FAILED, debugged(step))


def _listed(error: InvalidInput, step: Step) -> Failure:
    """Give each problem a line of its own."""
    details = [str(problem) for problem in error.problems]
    said = str(error).replace(f": {'; '.join(details)}", "")
    return Failure(said, USAGE, next_step(step), details)


def _said(error: ClmError) -> str:
    """Say an error in one line; what a vendor offers is shown by the next command."""
    lists_all = isinstance(error, Unsupported) and (error.hint or "").count(", ") > 8
    return str(error).removesuffix(f"; {error.hint}") if lists_all else str(error)


def misuse(error: click.UsageError) -> Failure:
    """Say in one line what was typed wrongly, and where help is."""
    path = error.ctx.command_path if error.ctx else "clm-bridge"
    return Failure(error.format_message(), USAGE, f"{path} --help")


def _resumed(step: Step) -> str:
    if isinstance(step.error, Interrupted) and step.error.cursor is not None:
        return step.instead("--cursor", step.error.cursor)
    return next_step(step._replace(error=step.error.cause))
