"""Moving over a network that loses answers: nothing twice, whatever is lost."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from attrs import evolve

import clm_bridge
from clm_bridge import ClmError
from clm_bridge.moving import migrate

from ..lossy import FATES, Lossy
from .homes import left, lived_in, names

PAIRS = [("tomorro", "coupa"), ("coupa", "tomorro"), ("coupa", "spotdraft")]
SOON = timedelta(seconds=0.2)
RUNS = 60


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_lost_answers_make_nothing_twice(source, target, tmp_path):
    """What is open is found out in the end; what is incomplete is finished or told."""
    house = lived_in(target)
    given = {"vendor": target, "sandbox": house}
    if target == "tomorro":
        given["links"] = tmp_path / "links.sqlite"
    with clm_bridge.connect(**given) as clm:
        how = evolve(names(clm), contacts={"*": "Ada <ada@acme.example>"})
        before = Counter(one.name for one in clm.contracts.list(detail="summary"))
    dice = random.Random(f"{source} {target}")
    transport = Lossy(house.app, lambda _: dice.choice((*FATES, "ok", "ok")))

    results, broke_off = [], 0
    with (
        clm_bridge.connect(vendor=source, sandbox=left(source, 12, target)) as old,
        clm_bridge.connect(**given, transport=transport) as new,
    ):
        move = partial(migrate, old, new, tmp_path / "journal", names=how, late=SOON)
        for _ in range(RUNS):
            try:
                results = move()
            except ClmError:
                broke_off += 1
                continue
            if not any(one.outcome == "open" for one in results):
                break

    with clm_bridge.connect(**given) as clm:
        there = Counter(one.name for one in clm.contracts.list(detail="summary"))
    made = [one.target for one in results if one.target]
    assert results
    assert not any(one.outcome == "open" for one in results)
    assert set((there - before).values()) == {1}
    assert len(made) == len(set(made)) == sum((there - before).values())
    assert broke_off < RUNS
