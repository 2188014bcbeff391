"""The reference: a directive for every public name."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from enum import Enum
from importlib import import_module
from itertools import pairwise
from types import ModuleType
from typing import Any

import clm_bridge


def reference(module: str) -> str:
    """Return the directives that document every public name of a module."""
    imported = import_module(module)
    parts = [_directive(imported, name) for name in imported.__all__]
    return "\n".join(["```{eval-rst}", f".. module:: {module}", "", *parts, "```"])


def _directive(module: ModuleType, name: str) -> str:
    found = getattr(module, name)
    again = module is not clm_bridge and name in clm_bridge.__all__
    options = ["   :no-index:"] if again else []
    if not inspect.isclass(found) and not inspect.isfunction(found):
        says = _said_below(name, found)
        lines = [f".. data:: {module.__name__}.{name}", *options, "", f"   {says}"]
    else:
        kind, more = _kind(found)
        lines = [f".. auto{kind}:: {module.__name__}.{name}", *more, *options]
    return "\n".join([*lines, ""])


def _kind(found: Any) -> tuple[str, list[str]]:
    if inspect.isfunction(found):
        return "function", []
    if issubclass(found, Exception):
        return "exception", ["   :members:"]
    if issubclass(found, Enum):
        return "class", ["   :members:", "   :undoc-members:"]
    return "class", ["   :members:"]


def _said_below(name: str, found: object) -> str:
    """Return the text that stands below a constant where it is defined."""
    for module in [one for key, one in sys.modules.items() if key.startswith("clm_")]:
        if vars(module).get(name) is found:
            for told in _texts(module, name):
                return " ".join(told.split())
    return _SAYS[name]


_SAYS: Mapping[str, str] = {
    "DEPARTMENTS": "The departments that the portfolio's contracts belong to.",
    "Cursor": "Where a page begins, as text.",
    "Op": "A coroutine that awaits requests and returns a model.",
    "hookimpl": "Mark a function as the implementation of a hook.",
}
"""For names that carry no text where they are defined."""


def _texts(module: ModuleType, name: str) -> Iterator[str]:
    body = ast.parse(inspect.getsource(module)).body
    for statement, after in pairwise(body):
        match statement, after:
            case (
                ast.Assign(targets=[ast.Name(id=known)])
                | ast.AnnAssign(target=ast.Name(id=known)),
                ast.Expr(value=ast.Constant(value=str(told))),
            ) if known == name:
                yield told
