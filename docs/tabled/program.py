"""What is the same for all vendors: errors, hooks, commands, public names."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

import click
from attrs import fields

import clm_bridge
from clm_bridge import ClmError
from clm_bridge._hooks import Specs
from clm_bridge._vocabulary import Sensitivity
from clm_bridge.cli import _app, _failures
from clm_bridge.sandbox.faults import CATALOGUE, Fault

from .markdown import code, first_sentence, table


def errors() -> str:
    """Return the tree of errors: which, when, and what to do."""
    return table(
        ["Error", "When", "Next step"],
        (
            [f"{'&emsp;' * depth}{code(cls.__name__)}", _when(cls), cls.next_step or ""]
            for cls, depth in _tree(ClmError, 0)
        ),
    )


def _tree(cls: type[ClmError], depth: int) -> Iterator[tuple[type[ClmError], int]]:
    yield cls, depth
    for below in cls.__subclasses__():
        if below.__name__ in clm_bridge.__all__:
            yield from _tree(below, depth + 1)


def _when(cls: type[ClmError]) -> str:
    return first_sentence(cls.__doc__).replace("``", "`")


def faults() -> str:
    """Return the faults of the sandboxes."""
    return table(
        ["Fault", "What happens", "Settings", "In process"],
        (
            [code(one.name), one.about, _settings(one), "yes" if one.in_process else ""]
            for one in CATALOGUE.values()
        ),
    )


def _settings(fault: Fault) -> str:
    return ", ".join(code(f"{key} = {told!r}") for key, told in fault.takes.items())


def hooks() -> str:
    """Return the hooks that a plugin may implement."""
    return table(
        ["Hook", "What it is for"],
        (
            [code(f"{name}({_arguments(spec)})"), first_sentence(spec.__doc__)]
            for name, spec in vars(Specs).items()
            if name.startswith("clm_bridge_")
        ),
    )


def _arguments(spec: Any) -> str:
    return ", ".join(list(inspect.signature(spec).parameters)[1:])


def commands() -> str:
    """Return every command of the program."""
    return table(
        ["Command", "What it does"],
        ([code(f"clm-bridge {name}"), _help(one)] for name, one in every_command()),
    )


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Yield each command that can be typed, with its full name."""
    context = click.Context(_app.app)
    for name in _app.ENTRIES:
        command = _app.app.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            if command.invoke_without_command:
                yield name, command
            for inner, below in command.commands.items():
                yield f"{name} {inner}", below
        else:
            yield name, command


def _help(command: click.Command) -> str:
    said = (command.help or "").replace("\b", "").strip()
    return first_sentence(said)


def exit_codes() -> str:
    """Return the program's exit codes, and which errors end in each."""
    return table(
        ["Exit code", "Meaning", "Errors"],
        ([str(number), means, _ending(number)] for number, means in _MEANS.items()),
    )


_MEANS: Mapping[int, str] = {
    0: "everything was done",
    _failures.FAILED: "it failed; stderr says why, and what to type next",
    _failures.USAGE: "the command line is not right",
    _failures.CONFIGURATION: "the configuration is wrong or incomplete",
    _failures.AUTHENTICATION: "the credentials are refused, or may not do this",
    _failures.RATE: "the vendor's rate limit, also after waiting",
    _failures.PARTIAL: "some of it was done or printed, and the rest was not",
}


def _ending(exit_code: int) -> str:
    if exit_code == _failures.FAILED:
        return "every other one"
    ends = [cls for cls, known in _failures.CODES.items() if known == exit_code]
    return ", ".join(code(cls.__name__) for cls in ends)


def options() -> str:
    """Return what ``with_options`` takes, with the defaults."""
    return table(
        ["Option", "Default"],
        ([code(one.name), f"{one.default:_}"] for one in fields(clm_bridge.Options)),
    )


def attributes(name: str) -> str:
    """Return the attributes of a class of the model, with who may see each."""
    cls: Any = getattr(clm_bridge, name)
    types: Mapping[str, str] = cls.__annotations__
    return table(
        ["Attribute", "Type", "Sensitivity"],
        (
            [code(one.name), code(types[one.name]), _sensitivity(one.metadata)]
            for one in fields(cls)
        ),
    )


def _sensitivity(metadata: Any) -> str:
    told: Sensitivity = metadata.get("sensitivity", Sensitivity.PUBLIC)
    return told.value
