"""Tests for the control API, which moves a sandbox's world."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from clm_bridge.sandbox import TODAY, InProcess


def test_tells_what_it_is(world: httpx.Client) -> None:
    """The first page names the vendor, the time, the counts and the assumptions."""
    told = world.get("/").json()

    assert told["vendor"] == "paper"
    assert told["now"].startswith(TODAY.isoformat())
    assert told["counts"] == {"contracts": 240}
    assert told["assumptions"] == {"ids": "a number is an id"}


def test_asks_for_no_credentials(world: httpx.Client, paper: Any) -> None:
    """The vendor refuses whom the control API lets in."""
    with httpx.Client(transport=InProcess(paper.app)) as vendor:
        refused = vendor.get(f"{paper.origin}/contracts")

    assert (refused.status_code, world.get("/").status_code) == (401, 200)


def test_advances_the_clock(world: httpx.Client, clock: Any) -> None:
    """Days, hours and seconds are added up."""
    body = {"days": 1, "hours": 1, "seconds": 1800.5}
    told = world.post("/clock/advance", json=body).json()

    assert told["now"].startswith("2026-11-03T10:30:0")
    assert clock.now().hour == 10


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"tomorrow",
        b"[]",
        b"{}",
        b'{"weeks": 1}',
        b'{"days": "1"}',
        b'{"days": true}',
        b'{"days": -1}',
        b'{"days": NaN}',
        b'{"days": Infinity}',
        b'{"days": 99999999}',
        b'{"days": 1e300}',
    ],
)
def test_a_step_that_is_none_is_refused(
    world: httpx.Client, clock: Any, body: bytes
) -> None:
    """A body that does not say how far is a 400 that says how to ask."""
    answer = world.post("/clock/advance", content=body)

    assert answer.status_code == 400
    assert '{"days": 1}' in answer.json()["next"]
    assert clock.now().date() == TODAY


def test_a_contract_is_signed(world: httpx.Client, paper: Any) -> None:
    """A verb that the sandbox offers happens to the contract named."""
    answer = world.post("/contracts/CT-0042/sign")

    assert answer.json()["done"] == "sign"
    assert paper.signed == {"CT-0042"}


def test_a_verb_that_is_not_offered_lists_those_that_are(world: httpx.Client) -> None:
    """Only the methods that the sandbox has are verbs."""
    answer = world.post("/contracts/CT-0042/hold")

    assert (answer.status_code, answer.json()["verbs"]) == (404, ["sign"])


def test_other_methods_are_not_verbs(world: httpx.Client) -> None:
    """No other method of the sandbox can be reached by its name."""
    assert world.post("/contracts/CT-0042/reset").status_code == 404


def test_a_contract_that_is_not_there_is_named(world: httpx.Client) -> None:
    """An unknown id is a 404 that says which."""
    answer = world.post("/contracts/CT-9999/sign")

    assert answer.status_code == 404
    assert "'CT-9999'" in answer.json()["error"]


def test_what_the_status_forbids_is_a_conflict(world: httpx.Client) -> None:
    """The sandbox's own sentence says why."""
    world.post("/contracts/CT-0042/sign")
    answer = world.post("/contracts/CT-0042/sign")

    assert answer.status_code == 409
    assert answer.json()["error"] == "CT-0042 is signed already"


def test_a_bug_is_not_taken_for_a_missing_contract(broken: Any) -> None:
    """A KeyError about something else is the sandbox's own failure."""
    with httpx.Client(transport=InProcess(broken.app)) as client:
        url = f"{broken.origin}/__sandbox__/contracts/CT-0042/hold"
        answer = client.post(url)

    assert answer.status_code == 500


def test_reset_forgets(world: httpx.Client, paper: Any) -> None:
    """After a reset nothing that was written is left."""
    world.post("/contracts/CT-0042/sign")
    world.post("/reset")

    assert paper.signed == set()


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/world", 404), ("GET", "/reset", 405)]
)
def test_an_unknown_call_lists_the_known(
    world: httpx.Client, method: str, path: str, status: int
) -> None:
    """A wrong path or method is answered with the calls that exist."""
    answer = world.request(method, path)

    assert answer.status_code == status
    assert "POST /__sandbox__/reset" in answer.json()["calls"]
