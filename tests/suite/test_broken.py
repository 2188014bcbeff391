"""The suite itself: a good adapter passes, and its rule catches each broken one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clm_bridge import ExternalLink, Money, NewContract, NewCounterparty
from clm_bridge.testing.suite import COLOURS, Plugin, run, sandboxed

from .broken import BROKEN
from .toy import Toy
from .toy_sandbox import ToySandbox


def record(clm, own_id):
    """A contract that the toy takes."""
    return NewContract(
        name=f"Agreement {own_id}",
        counterparty=NewCounterparty("Globex"),
        external_link=ExternalLink(None, None, own_id),
        value=Money(Decimal("10.50"), "EUR"),
    )


@pytest.fixture
def results():
    """Return a function that runs checks on an adapter."""
    subjects = []

    def ran(adapter, *given, colour="threads"):
        plugin = Plugin(adapter, ToySandbox)
        subject = sandboxed("toy", colour, plugin=plugin, record=record)
        subjects.append(subject)
        return [*run(subject, *given)]

    yield ran
    for subject in subjects:
        subject.close()


@pytest.mark.parametrize("colour", COLOURS)
def test_a_good_adapter_breaks_no_rule(results, colour):
    """What the toy offers is proven, or said not to be."""
    found = results(Toy, colour=colour)

    assert [one.evidence for one in found if one.outcome == "failed"] == []
    unproven = [one.must.id for one in found if one.outcome == "not proven"]
    assert unproven == ["MUST-WRITE-11"]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_adapter_is_caught_by_its_rule(results, name):
    """The check of the rule that is broken fails, and says which rule it is."""
    adapter, must = BROKEN[name]

    [result] = results(adapter, [must])

    assert result.outcome == "failed", result
    assert result.evidence.startswith(f"{must} [")
    assert " toy (threads): " in result.evidence


def test_there_are_many_ways_to_break():
    """At least forty, over most of the groups."""
    broken = [must for _, must in BROKEN.values()]

    assert len(broken) >= 40
    assert len({must.split("-")[1] for must in broken}) >= 13
