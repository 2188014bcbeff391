"""Vendors' recorded answers, and what a broken or changed vendor may make of them."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from clm_bridge.adapter import Response
from clm_bridge.testing import cassettes

ROOT = Path(__file__).parents[2]
DEEP = "~deep~"
"""Stands for a value nested deeper than any parser may follow by recursion."""
NAN = "~nan~"
LONG = "~digits~"
LEVELS = 100_000

STRANGE = (
    None,
    True,
    0,
    -1,
    7,
    10**30,
    Decimal("1.5"),
    Decimal("-0.000"),
    Decimal("1E+400"),
    Decimal("1E-400"),
    "",
    " ",
    "7",
    "no_such_word",
    "\x00",
    "\ud800",
    "\u202e",
    "../..",
    "{id}",
    [],
    {},
    [None],
    [[]],
    {"": None},
    {"id": None},
    [{"id": {}}],
    DEEP,
    NAN,
    LONG,
)
DATES = (
    "31/12/2026",
    "2026-13-45",
    "2026-02-30",
    "2026-02-30T25:61:61Z",
    "0000-00-00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-23:59",
    "2026-01-15T10:30:00",
    "2026-W03-4",
    "20260115",
    "10000-01-01",
    1767225600,
    1767225600000,
    10**18,
    "Thu, 15 Jan 2026 10:30:00 GMT",
)
BODIES = (
    b"",
    b" ",
    b"null",
    b"[]",
    b"{}",
    b"17",
    b'"no"',
    b"NaN",
    b"{",
    b"<!doctype html><title>Sign in</title>",
    b'<?xml version="1.0"?><errors><error>no</error></errors>',
    b"<error>" + b" " * 5000,
    b"<error><![CDATA[" * 400,
    b"\xef\xbb\xbf{}",
    b'{"name": "caf\xe9"}',
    b"\xff\xfe\x00",
    b"[" * LEVELS,
    b'{"detail":' * 900 + b"1" + b"}" * 900,
)


@cache
def answers(vendor, most=None):
    """Every recorded answer of *vendor*: method, path and JSON; of *most* files."""
    found = []
    files = sorted((ROOT / "cassettes" / vendor).glob("*.yaml"))
    step = max(1, len(files) // most) if most else 1
    for file in files[::step]:
        for told in cassettes.load(file).interactions:
            path = told.request.uri.partition("?")[0]
            body = told.response.body or {}
            if "json" in body:
                found.append(
                    (told.request.method, path, told.response.status, body["json"])
                )
    return found


@cache
def examples(vendor):
    """The vendor's own example payloads, by the name of their file."""
    folder = ROOT / "tests" / vendor / "payloads"
    return {
        file.stem: json.loads(file.read_bytes(), parse_float=Decimal)
        for file in sorted(folder.glob("*.json"))
    }


@cache
def recorded(vendor, method, template, most):
    """The answers that a request by this template got, or all if none is recorded."""
    pattern = re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)) + "$")
    known = answers(vendor, most)
    fitting = [
        json
        for asked, path, status, json in known
        if asked == method and status < 300 and pattern.search(path)
    ]
    return fitting or [*examples(vendor).values()]


def places(value, path=()):
    """Yield the way to every value below *value*."""
    pairs = ()
    if isinstance(value, Mapping):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    for key, below in pairs:
        yield (*path, key)
        yield from places(below, (*path, key))


def mutant(value, dice, changes):
    """Return a copy of *value* with some *changes*, each in a place of its own."""
    told = copied(value)
    for _ in range(changes):
        ways = [*places(told)]
        if not ways:
            return copied(dice.choice(STRANGE))
        *above, last = dice.choice(ways)
        holder = told
        for key in above:
            holder = holder[key]
        change(holder, last, dice)
    return told


def copied(value):
    if isinstance(value, Mapping):
        return {key: copied(below) for key, below in value.items()}
    if isinstance(value, list):
        return [copied(below) for below in value]
    return value


def change(holder, key, dice):
    """Change one value: as R9 lists it."""
    dice.choice((drop, strange, strange, longer, odd_date, extra, renamed))(
        holder, key, dice
    )


def drop(holder, key, dice):
    del holder[key]


def strange(holder, key, dice):
    holder[key] = copied(dice.choice(STRANGE))


def odd_date(holder, key, dice):
    holder[key] = dice.choice(DATES)


def longer(holder, key, dice):
    value = holder[key]
    if isinstance(value, str | list):
        holder[key] = value * 10
    elif isinstance(value, int):
        holder[key] = value * 10**20
    else:
        holder[key] = [value] * 10


def extra(holder, key, dice):
    if isinstance(holder, dict):
        holder[f"new_{dice.randrange(9)}"] = copied(dice.choice(STRANGE))
    else:
        holder.append(copied(dice.choice(STRANGE)))


def renamed(holder, key, dice):
    if isinstance(holder, dict):
        holder[str(key).upper()] = holder.pop(key)
    else:
        holder.insert(key, holder[key])


def spelled(value):
    """Write JSON as a vendor would that keeps no rule of it."""
    text = json.dumps(value, default=str)
    text = text.replace(f'"{NAN}"', "NaN").replace(f'"{LONG}"', "9" * 5000)
    return text.replace(f'"{DEEP}"', "[" * LEVELS + "]" * LEVELS).encode()


def response(vendor, request, *, dice, most):
    """Answer *request* with a mutant of what was recorded, or seldom with no JSON."""
    if dice.random() < 0.02:
        return Response(200, {}, dice.choice(BODIES))
    told = dice.choice(recorded(vendor, request.method, request.shown, most))
    if dice.random() < 0.3:
        return Response(200, {}, spelled(told))
    return Response(200, {}, spelled(mutant(told, dice, dice.randint(1, 3))))


REFUSALS = (
    {"detail": "Not Found"},
    {
        "detail": "Record type does not match",
        "status_code": 400,
        "code": "SD_INTEGRATIONS_00030",
        "message": "Record type does not match",
    },
    {"detail": "It has been executed", "code": "SD_PUBLIC_00009"},
    {"limit": ["Input should be less than or equal to 100"]},
    {"assignees": {"0": {"entity_id": ["Field required"]}}},
    {"error": "The feature is not enabled"},
    {"errors": {"contract": ["Number has already been taken", "No supplier"]}},
    {"errors": {"contract": ["No"], "warnings": ["End date is in the past"]}},
    {"statusCode": 400, "message": ["limit is too large"], "error": "Bad Request"},
    {"errors": [{"message": "no", "extensions": {"code": "BAD_USER_INPUT"}}]},
    {"type": "about:blank", "title": "No", "detail": "Not so\nand not so"},
)
"""Bodies of errors, of the fact sheets and of JSON's conventions."""
XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<errors>
  <error><![CDATA[Number has already been taken]]></error>
  <error>Supplier can't be blank.</error>
</errors>"""


def refusal(dice):
    """Return the body of an error, changed, or something quite different."""
    chance = dice.random()
    if chance < 0.1:
        return dice.choice(BODIES)
    if chance < 0.2:
        start = dice.randrange(len(XML))
        return XML[:start] + dice.randbytes(3) + XML[start + dice.randrange(20) :]
    return spelled(mutant(dice.choice(REFUSALS), dice, dice.randint(0, 3)))


def dice_of(*seed):
    return random.Random("-".join(map(str, seed)))
