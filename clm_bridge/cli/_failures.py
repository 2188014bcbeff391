"""
What an error becomes: one line, the next command to type, and an exit code.

Nothing here prints a payload, a credential, or (unless asked) a traceback.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping
from typing import IO, Any, NamedTuple

import click

from .._errors import (
    AuthenticationFailed,
    ClmError,
    ConfigError,
    DownloadError,
    InvalidInput,
    NotFound,
    NotIndexed,
    PayloadError,
    PermissionDenied,
    RateLimited,
    Rejected,
    TransportError,
    Unsupported,
    VendorDown,
)
from ._harmless import harmless

ARGV = "clm_bridge.argv"
WHERE = "clm_bridge.where"

FAILED, USAGE, CONFIGURATION, AUTHENTICATION, RATE, PARTIAL = range(1, 7)

CODES: Mapping[type[Exception], int] = {
    ConfigError: CONFIGURATION,
    AuthenticationFailed: AUTHENTICATION,
    PermissionDenied: AUTHENTICATION,
    RateLimited: RATE,
    InvalidInput: USAGE,
}
"""Class of an error → exit code; any other error is `FAILED`."""


class Partial(Exception):
    """Some of what was asked for is on stdout, and the rest is not."""

    def __init__(self, message: str, *, cause: ClmError | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.cause = cause


class Interrupted(Partial):
    """A listing broke off after some records; ``cursor`` resumes it."""

    def __init__(self, error: ClmError, count: int, cursor: str | None) -> None:
        super().__init__(f"{error}; {count} were printed before", cause=error)
        self.cursor = cursor


def refuse_none_of(done: object, failed: dict[str, ClmError]) -> None:
    """Raise the first error if nothing at all went well."""
    if failed and not done:
        raise next(iter(failed.values()))


def refuse_some_of(failed: dict[str, ClmError]) -> None:
    """Say which ids failed, and why, if some did."""
    if failed:
        told = "; ".join(f"{one}: {error}" for one, error in failed.items())
        first = next(iter(failed.values()))
        raise Partial(f"{len(failed)} failed: {told}", cause=first)


class Failure(click.ClickException):
    """An error as the user sees it."""

    def __init__(self, message: str, code: int, next_step: str | None = None) -> None:
        super().__init__(message)
        self.exit_code = code  # type: ignore[misc]  # one for each error here
        self.next_step = next_step

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the error, and what to type next, on stderr."""
        colour = False if os.environ.get("NO_COLOR") else None
        lines = [(click.style("error:", fg="red", bold=True), self.message)]
        if self.next_step:
            lines.append((click.style(" next:", fg="cyan", bold=True), self.next_step))
        for lead, text in lines:
            click.echo(f"{lead} {harmless(text)}", file=file, err=True, color=colour)


class Step(NamedTuple):
    """What is known when the next command is chosen."""

    error: Any
    typed: tuple[str, ...]
    where: str

    def again(self, *more: str) -> str:
        """Return the same command, with something added."""
        return shlex.join(("clm-bridge", *self.typed, *more))

    def instead(self, option: str, value: str) -> str:
        """Return the same command, with another value for an option."""
        typed = [word for word in self.typed if not word.startswith(f"{option}=")]
        if option in typed:
            at = typed.index(option)
            del typed[at : at + 2]
        return self._replace(typed=tuple(typed)).again(option, value)


def code_of(error: Exception) -> int:
    """Return the exit code for an error."""
    return next((code for cls, code in CODES.items() if isinstance(error, cls)), FAILED)


def failure(error: Exception, ctx: click.Context) -> Failure:
    """Say an error in one line, with the next command."""
    step = Step(error, ctx.meta.get(ARGV, ()), ctx.meta.get(WHERE, ""))
    if isinstance(error, Partial):
        return Failure(error.message, PARTIAL, _resumed(step))
    if isinstance(error, ClmError):
        return Failure(str(error), code_of(error), next_step(step))
    if isinstance(error, ImportError):
        need = "pip install 'clm-bridge[cli,sandbox]'"
        return Failure(error.msg, CONFIGURATION, need)
    if isinstance(error, OSError):
        return Failure(error.strerror or type(error).__name__, FAILED)
    from ._faults import fault  # asks for the plugins; only a fault pays for it

    return Failure(fault(error), FAILED, _debugged(step))


def misuse(error: click.UsageError) -> Failure:
    """Say in one line what was typed wrongly, and where help is."""
    path = error.ctx.command_path if error.ctx else "clm-bridge"
    return Failure(error.format_message(), USAGE, f"{path} --help")


def next_step(step: Step) -> str:
    """Return the command to type after an error."""
    chosen = (say for cls, say in _STEPS.items() if isinstance(step.error, cls))
    return next(chosen, _again)(step)


def _again(step: Step) -> str:
    return step.again()


def _debugged(step: Step) -> str:
    typed = (word for word in step.typed if word != "--debug")
    return shlex.join(("clm-bridge", "--debug", *typed))


def _resumed(step: Step) -> str:
    if isinstance(step.error, Interrupted) and step.error.cursor is not None:
        return step.instead("--cursor", step.error.cursor)
    return next_step(step._replace(error=step.error.cause))


def _doctor(step: Step) -> str:
    return f"clm-bridge doctor{step.where}"


def _configure(step: Step) -> str:
    for said, command in _CONFIGURATION.items():
        if said in step.error.message:
            return command or _debugged(step)
    if step.typed[:1] == ("config",):
        return _doctor(step)
    return f"clm-bridge config explain{step.where}"


_CONFIGURATION = {
    "no configuration file": "clm-bridge demo",
    "cannot be read": "clm-bridge doctor",
    "is not installed": "clm-bridge vendors",
    "holds no connection": "clm-bridge vendors",
    "names no default": "clm-bridge connections",
    "there is no connection": "clm-bridge connections",
    "the sandboxes need flask": "pip install 'clm-bridge[cli,sandbox]'",
    "cannot be imported": None,
    "the hook ": None,
    "plugin": "clm-bridge vendors",
}
"""What a `ConfigError` says → the command that shows more; None: the traceback."""


def _capabilities(step: Step) -> str:
    if 'detail="full"' in (step.error.hint or ""):
        return step.instead("--detail", "full")
    return f"clm-bridge capabilities {step.error.vendor or ''}".rstrip()


def _index(step: Step) -> str:
    return step.again("--build")


def _list(step: Step) -> str:
    return f"clm-bridge contracts list{step.where}"


def _help(step: Step) -> str:
    words = [word for word in step.typed[:2] if not word.startswith("-")]
    return shlex.join(("clm-bridge", *words, "--help"))


def _rejected(step: Step) -> str:
    return _doctor(step) if step.error.status < 400 else _help(step)


def _unread(step: Step) -> str:
    """Suspect the settings if the error does, and else show where it was read."""
    told = "clm-bridge doctor" in (step.error.hint or "")
    return _doctor(step) if told else _debugged(step)


def _later(step: Step) -> str:
    seconds = step.error.retry_after
    return f"sleep {seconds:.0f}; {step.again()}" if seconds else step.again()


_STEPS: Mapping[type[ClmError], Callable[[Step], str]] = {
    ConfigError: _configure,
    InvalidInput: _help,
    Unsupported: _capabilities,
    NotIndexed: _index,
    NotFound: _list,
    Rejected: _rejected,
    RateLimited: _later,
    AuthenticationFailed: _doctor,
    PermissionDenied: _doctor,
    TransportError: _doctor,
    VendorDown: _doctor,
    PayloadError: _unread,
    DownloadError: _again,
}
