"""What is wrong with a dictionary that is not a record's."""

from __future__ import annotations

from enum import Enum
from typing import Any

from attrs import fields
from cattrs import BaseValidationError, transform_error
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.v import format_exception

from ._problems import Problem
from ._scalars import Mismatch


def found_in(error: Exception) -> list[Problem]:
    """Return each fault with its path."""
    if not isinstance(error, BaseValidationError):
        return [Problem("$", "is not a dictionary of the form that to_dict gives")]
    told = transform_error(error, format_exception=_why)
    return [_problem(one) for one in sorted(told)]


def _problem(told: str) -> Problem:
    why, _, path = told.rpartition(" @ ")
    return Problem(path, why)


def _why(error: BaseException, wanted: Any) -> str:
    if isinstance(error, Mismatch):
        return f"is wrong: {error}"
    if isinstance(error, KeyError):
        return "is missing"
    if isinstance(error, ForbiddenExtraKeysError):
        known = ", ".join(one.name for one in fields(error.cl))
        return f"has no {', '.join(sorted(error.extra_fields))}: it has {known}"
    if isinstance(error, ValueError) and isinstance(wanted, type(Enum)):
        return f"is none of {', '.join(str(one.value) for one in wanted)}"
    if "date" in str(wanted):
        return "is no date such as 2026-01-31"
    if isinstance(error, ArithmeticError):
        return "is no number"
    if isinstance(error, AttributeError):
        return "is no object"
    return format_exception(error, wanted)
