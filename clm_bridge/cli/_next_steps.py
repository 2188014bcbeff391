"""After an error: the next command to type."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .._errors import (
    AlreadyExists,
    AmbiguousWrite,
    AuthenticationFailed,
    ClmError,
    ConfigError,
    DownloadError,
    IllegalTransition,
    Incomplete,
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


class Step(NamedTuple):
    """What is known when the next command is chosen."""

    error: Any
    typed: tuple[str, ...]
    where: str
    about: str = ""

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


def next_step(step: Step) -> str:
    """Return the command to type after an error."""
    chosen = (say for cls, say in _STEPS.items() if isinstance(step.error, cls))
    return next(chosen, _again)(step)


def _again(step: Step) -> str:
    return step.again()


def debugged(step: Step) -> str:
    """Return the same command, with its traceback."""
    typed = (word for word in step.typed if word != "--debug")
    return shlex.join(("clm-bridge", "--debug", *typed))


def _doctor(step: Step) -> str:
    return f"clm-bridge doctor{step.where}"


def _configure(step: Step) -> str:
    for said, command in _CONFIGURATION.items():
        if said in step.error.message:
            return command or debugged(step)
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
    return _doctor(step) if told else debugged(step)


def _record(step: Step) -> str:
    """Look at the contract that the error names."""
    ids = getattr(step.error, "contract_ids", None) or [step.error.contract_id]
    return f"clm-bridge contracts get {shlex.quote(ids[0])}{step.where}"


def _standing(step: Step) -> str:
    return f"clm-bridge contracts status {shlex.quote(step.about)}{step.where}"


def _unsure(step: Step) -> str:
    """Do what the error says: call again, at once or later, or else look."""
    told = re.match(r"call again(?: in (\d+) seconds)?", step.error.hint or "")
    if told:
        return f"sleep {told[1]}; {step.again()}" if told[1] else step.again()
    if step.error.contract_ids:
        return _record(step)
    since = f" --created-since {step.error.since:%Y-%m-%d}" if step.error.since else ""
    return _list(step) + since


def _corrected(step: Step) -> str:
    """Show what would be accepted, where a command lists it."""
    if "note=" in (step.error.hint or ""):
        return step.again("--note", "TEXT")
    for problem in step.error.problems:
        path = problem.path.partition("[")[0]
        table = path.partition(".")[0]
        if problem.placeless and table in ("key_dates", "term", "value"):
            return f"clm-bridge fields suggest{step.where}"
        if path in _LISTED:
            return f"clm-bridge {_LISTED[path]} list{step.where}"
    return _help(step)


_LISTED = {
    "fields": "fields",
    "template": "templates",
    "counterparty.id": "counterparties",
    "counterparty.name": "counterparties",
}
"""Where in the input a problem is → the command that lists what there is."""


def _later(step: Step) -> str:
    seconds = step.error.retry_after
    return f"sleep {seconds:.0f}; {step.again()}" if seconds else step.again()


_STEPS: Mapping[type[ClmError], Callable[[Step], str]] = {
    ConfigError: _configure,
    InvalidInput: _corrected,
    AlreadyExists: _record,
    AmbiguousWrite: _unsure,
    IllegalTransition: _standing,
    Incomplete: _record,
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
