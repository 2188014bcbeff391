"""Tests for faults: which requests they strike, and what a client sees of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from flask import Flask

from clm_bridge.sandbox import Faults, InProcess, Striking, serve
from clm_bridge.sandbox.faults import CATALOGUE, Struck, load, rule

ORIGIN = "https://api.vendor.example"
QUICK: dict[str, dict[str, Any]] = {
    "drip": {"delay": 1},
    "latency": {"latency": 30},
    "slow_close": {"delay": 30},
    "timeout": {"timeout": 30},
    "down": {"seconds": 0.2},
    "huge_header": {"bytes": 200_000},
}
HARMLESS = ("latency", "bandwidth", "slow_close", "slicer", "drip")
"""These only take time."""
TOXICS = {
    *("latency", "bandwidth", "slow_close", "timeout", "reset_peer", "slicer"),
    *("limit_data", "down"),
}


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def app(echo: Flask, faults: Faults) -> Striking:
    return Striking(echo.wsgi_app, faults)


@pytest.fixture
def client(app: Striking) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=ORIGIN, transport=InProcess(app)) as client:
        yield client


@pytest.fixture
def wire(app: Striking) -> Iterator[httpx.Client]:
    """A client of the same application over a socket."""
    with (
        serve(app) as url,
        httpx.Client(base_url=url, timeout=0.5, trust_env=False) as client,
    ):
        yield client


def _seen(client: httpx.Client) -> tuple[Any, ...]:
    """What a client sees: status and raw bytes, and then perhaps an error."""
    seen: list[Any] = []
    try:
        with client.stream("GET", "/echo/x", headers={"host": "x"}) as answer:
            body = b""
            seen += [answer.status_code, answer.headers.get("content-encoding")]
            for part in answer.iter_raw():
                body += part
            seen.append(body)
    except httpx.TransportError as error:
        seen.append(type(error).__name__)
    return tuple(seen)


def test_the_toxics_have_their_names() -> None:
    """Whoever knows Toxiproxy knows these eight."""
    assert set(CATALOGUE) > TOXICS


@pytest.mark.parametrize("fault", CATALOGUE)
def test_a_client_in_process_sees_what_a_wire_shows(
    fault: str, faults: Faults, client: httpx.Client, wire: httpx.Client
) -> None:
    """The same status and bytes, or the same exception of httpx; or a refusal."""
    plain = _seen(client)
    told = QUICK.get(fault, {})
    standing = faults.add(fault, count=1, **told)
    on_the_wire = _seen(wire)

    assert standing.struck == 1
    if fault in HARMLESS:
        assert on_the_wire == plain
        faults.add(fault, **told)
        with pytest.raises(Struck, match="needs a wire"):
            _seen(client)
        return
    assert on_the_wire != plain
    faults.add(fault, **told)
    # Over a socket, what is down resets first, and refuses after that.
    assert _seen(client) == (("ConnectError",) if fault == "down" else on_the_wire)


def test_what_is_down_comes_back(
    faults: Faults, wire: httpx.Client, client: httpx.Client
) -> None:
    """Connections are refused for a while, and the port is the same afterwards."""
    faults.add("down", count=1, seconds=0.3)
    begun = time.monotonic()
    seen = [_seen(wire), _seen(wire)]
    while _seen(wire) == ("ConnectError",):
        assert time.monotonic() < begun + 10
        time.sleep(0.02)

    assert seen == [("ReadError",), ("ConnectError",)]
    assert _seen(wire) == _seen(client)


def test_a_lost_answer_took_effect(faults: Faults) -> None:
    """The application was asked, and the client is not told."""
    asked: list[str] = []
    app = Flask("counting")
    app.add_url_rule("/", view_func=lambda: asked.append("yes") or "done")
    transport = InProcess(Striking(app.wsgi_app, faults))
    with httpx.Client(base_url=ORIGIN, transport=transport) as client:
        for fault in ("reset", "lost"):
            faults.add(fault, count=1)
            with pytest.raises(httpx.ReadError):
                client.get("/")

    assert asked == ["yes"]


def _statuses(client: httpx.Client, count: int) -> list[int]:
    return [client.get("/echo/x").status_code for _ in range(count)]


@pytest.mark.parametrize(
    ("told", "statuses"),
    [
        ({"count": 2}, [503, 503, 200, 200]),
        ({"after": 2}, [200, 200, 503, 503]),
        ({"every": 2, "after": 1}, [200, 503, 200, 503]),
        ({"method": "POST"}, [200, 200, 200, 200]),
        ({"path": "/echo/*", "count": 1}, [503, 200, 200, 200]),
        ({"path": "/other/*"}, [200, 200, 200, 200]),
        ({"probability": 0}, [200, 200, 200, 200]),
    ],
)
def test_a_rule_says_which_requests(
    faults: Faults, client: httpx.Client, told: dict[str, Any], statuses: list[int]
) -> None:
    """By method, path, place and number."""
    faults.add("status", **told)

    assert _statuses(client, 4) == statuses


def test_the_dice_are_thrown_alike(faults: Faults, client: httpx.Client) -> None:
    """A seed makes chance repeatable."""
    runs = []
    for seed in (1, 1, 2):
        faults.add("status", probability=0.5, seed=seed)
        runs.append(_statuses(client, 30))
        faults.clear()

    assert runs[0] == runs[1] != runs[2]


def test_jitter_differs_from_time_to_time() -> None:
    """Two delays of one rule are not the same."""
    jittery = rule("latency", latency=100, jitter=50)
    from clm_bridge.sandbox.faults import Answer, Broken

    delays = set()
    for time_ in range(5):
        shown = jittery.shown(Answer(), "/", time_)
        assert isinstance(shown, Broken)
        delays.add(next(iter(shown.steps)))

    assert len(delays) == 5
    assert all(0.05 <= one <= 0.15 for one in delays if isinstance(one, float))


def test_the_first_rule_that_strikes_does(faults: Faults, client: httpx.Client) -> None:
    """Of several rules, the earlier goes first, and then the next."""
    faults.add("status", status=429, count=1)
    faults.add("status", status=503, count=1)

    assert _statuses(client, 3) == [429, 503, 200]


@pytest.mark.parametrize(
    ("fault", "told", "said"),
    [
        ("statsu", {}, "'statsu' is not a fault; there are status,"),
        ("status", {"stat": 1}, "status takes no 'stat'; it takes status,"),
        ("status", {"status": "503"}, "'503' is no status of status"),
        ("status", {"status": 42}, "42 is no status of status"),
        ("status", {"count": -1}, "-1 is no count"),
        ("status", {"every": 0}, "0 is no every"),
        ("status", {"probability": 1.5}, "1.5 is no probability"),
        ("status", {"count": True}, "True is no count"),
        ("latency", {"latency": -5}, "-5 is no latency"),
        ("bom", {"effect": False}, "made of the sandbox's own answer"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    fault: str, told: dict[str, Any], said: str
) -> None:
    """The error names what is wrong, and what there is."""
    with pytest.raises(ValueError, match=said.replace("(", r"\(")):
        rule(fault, **told)


def test_the_control_api_adds_lists_and_clears(world: httpx.Client, paper: Any) -> None:
    """Rules are added, listed with how often they struck, and cleared."""
    added = world.post("/faults", json={"fault": "status", "status": 418, "count": 1})
    with httpx.Client(transport=InProcess(paper.app)) as vendor:
        statuses = [
            vendor.get(f"{paper.origin}/contracts").status_code for _ in range(2)
        ]
    [listed] = world.get("/faults").json()["faults"]
    gone = world.delete("/faults").json()

    assert added.status_code == 201
    assert statuses == [418, 401]
    assert (listed["fault"], listed["matched"], listed["struck"]) == ("status", 2, 1)
    assert gone == {"done": "clear", "gone": 1}
    assert world.get("/faults").json() == {"faults": []}


@pytest.mark.parametrize("told", [[], {}, 1, {"fault": 1}, [{"fault": "no"}], "close"])
def test_the_control_api_says_what_a_rule_is(world: httpx.Client, told: Any) -> None:
    """What is no rule is a 400 with an example, and adds nothing."""
    answer = world.post("/faults", json=told)
    if told == []:
        assert answer.json() == {"faults": []}
        return

    assert answer.status_code == 400
    assert '{"fault": "status"' in answer.json()["next"]
    assert world.get("/faults").json() == {"faults": []}


def test_the_control_api_is_never_struck(world: httpx.Client) -> None:
    """Whoever let everything go wrong can set it right again."""
    world.post("/faults", json={"fault": "close"})

    assert world.delete("/faults").status_code == 200


TOML = """
[[faults]]
fault = "storm"
count = 2

[[faults]]
fault = "close"
vendor = "coupa"
"""
JSON = '[{"fault": "storm", "count": 2}, {"fault": "close", "vendor": "coupa"}]'


@pytest.mark.parametrize(("name", "text"), [("f.toml", TOML), ("f.json", JSON)])
def test_rules_come_from_a_file(tmp_path: Path, name: str, text: str) -> None:
    """TOML or JSON; a rule may be for one vendor alone."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")

    rules = load(file)

    assert [one.fault.name for one in rules[None]] == ["storm"]
    assert [one.fault.name for one in rules["coupa"]] == ["close"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1", "no \\[\\[faults\\]\\]"),
        ("faults = [1]", "names its fault"),
        ("[", "cannot be read|at line 1|Expected|at end of document"),
    ],
)
def test_a_file_without_rules_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """A typo does not leave a server without the faults that were meant."""
    file = tmp_path / "faults.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match=said):
        load(file)
