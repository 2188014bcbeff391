"""
The file: what a cassette holds, and how it is read and written.

It needs PyYAML and nothing of vcrpy, so that tools can read cassettes.  Writing what
was read gives the same bytes; `faults` says where a file is not so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import fields_dict

from . import _exact, _yaml
from ._checks import cassette
from ._model import FORMAT, Cassette, Headers, Interaction, Metadata


def load(path: str | PathLike[str]) -> Cassette:
    """Read one file; a fault is a `ValueError` that names the file."""
    try:
        return loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def loads(text: str) -> Cassette:
    """Read a cassette from text."""
    return cassette(_yaml.read(text))


def dumps(tape: Cassette) -> str:
    """Write a cassette as text, always in the same way."""
    said = {
        name: list(value) if name == "operations" else value
        for name in fields_dict(Metadata)
        if (value := getattr(tape.metadata, name)) is not None
    }
    interactions = [_told(one) for one in tape.interactions]
    return _yaml.written(
        {"format": FORMAT, "metadata": said, "interactions": interactions}
    )


def write(
    path: str | PathLike[str],
    metadata: Mapping[str, Any],
    interactions: Sequence[Mapping[str, Any]],
) -> Cassette:
    """
    Write a cassette from plain values; numbers with a point are ``Decimal``.

    ``vendor`` and ``case`` may be left out: folder and file name say them.
    """
    file = Path(path)
    named = {"vendor": file.resolve().parent.name, "case": file.stem}
    told = {
        "format": FORMAT,
        "metadata": {**named, **metadata},
        "interactions": list(interactions),
    }
    tape = cassette(_exact.plain(told))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(dumps(tape), encoding="utf-8", newline="\n")
    return tape


def reformat(path: str | PathLike[str]) -> bool:
    """Write a file as `dumps` would; say whether that changed it."""
    file = Path(path)
    after = dumps(load(file))
    if after == file.read_text(encoding="utf-8"):
        return False
    file.write_text(after, encoding="utf-8", newline="\n")
    return True


def cassettes(folder: str | PathLike[str]) -> Iterator[Path]:
    """Yield the files below a folder, in order."""
    return iter(sorted(Path(folder).rglob("*.yaml")))


def header(headers: Headers, name: str) -> str:
    """Return a header's first value, or nothing."""
    found = headers.get(name, "")
    return found if isinstance(found, str) else next(iter(found), "")


def _told(one: Interaction) -> dict[str, Any]:
    request: dict[str, Any] = {"method": one.request.method, "uri": one.request.uri}
    if one.request.query:
        request["query"] = {
            name: _figure(value) if isinstance(value, str) else [*map(_figure, value)]
            for name, value in one.request.query.items()
        }
    response: dict[str, Any] = {"status": one.response.status}
    for said, part in ((request, one.request), (response, one.response)):
        if part.headers:
            said["headers"] = dict(part.headers)
        if part.body is not None:
            said["body"] = part.body
    return {"request": request, "response": response}


def _figure(value: str) -> str | int:
    """Write a number of a query without quotes."""
    return int(value) if re.fullmatch(r"0|[1-9][0-9]{0,15}", value) else value
