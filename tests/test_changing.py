"""Changing, linking and moving: each write is read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from clm_bridge import (
    AmbiguousWrite,
    ContractChanges,
    ExternalLink,
    IllegalTransition,
    Incomplete,
    InvalidInput,
    MemoryLinks,
    Money,
    NewContract,
    Outcome,
    Status,
    Transition,
    Unsupported,
)
from clm_bridge._changing import link as link_to

from .clerk import DEAL, LINK, Clerk, Deaf
from .paper import Paper

DEARER = ContractChanges(value=Money(Decimal("9.90"), "EUR"))


def update(bridge, changes=DEARER, **given):
    return bridge.do(lambda clm: clm.contracts.update("1", changes, **given))


def test_what_is_changed_is_read_back(there):
    """What is not said stays as it is."""
    bridge, world = there()
    written = update(bridge)

    assert written.outcome is Outcome.CHANGED
    assert (written.result.value, written.result.name) == (DEARER.value, "Hosting")
    assert world.writes == ["PATCH contracts/1"]


def test_a_value_can_be_emptied(there):
    """By its path."""
    bridge, _ = there()

    assert update(bridge, ContractChanges(clear=["value"])).result.value is None


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (ContractChanges(), "nothing is to be changed"),
        (ContractChanges(clear=["number"]), "'number' cannot be emptied"),
        (ContractChanges(owner="a@b.example"), "owner has no place in Clerk"),
        (ContractChanges(name="forbidden"), "name is forbidden"),
        (ContractChanges(fields={"Nix": 1}), "'Nix' is no field of this workspace"),
    ],
)
def test_what_cannot_be_changed_is_refused(there, changes, told):
    """Before anything is sent."""
    bridge, world = there()

    with pytest.raises(InvalidInput, match=told):
        update(bridge, changes)
    assert world.writes == []


def test_a_change_that_is_ignored_is_told(there):
    """The vendor said yes and did nothing."""
    bridge, _ = there("ignored")

    with pytest.raises(Incomplete, match="and did not make it for value") as caught:
        update(bridge)
    assert (caught.value.contract_id, caught.value.missing) == ("1", ("value",))


@pytest.mark.parametrize("fate", ["lost", "gateway"])
def test_a_change_whose_answer_is_lost_is_found_out(there, fate):
    """The contract tells."""
    bridge, world = there(fate)

    assert update(bridge).outcome is Outcome.RECONCILED
    assert world.writes == ["PATCH contracts/1"]


def test_a_change_that_did_not_arrive_is_unknown(there):
    """It may still come; writing it twice does no harm, and is the user's to do."""
    bridge, world = there("late")

    with pytest.raises(AmbiguousWrite, match="call again: a change may be written"):
        update(bridge)
    assert world.writes == ["PATCH contracts/1"]


def test_a_dry_update_sends_nothing(there):
    """It shows the one request."""
    bridge, world = there()
    written = update(bridge, dry_run=True)

    assert [one.method for one in written.requests] == ["PATCH"]
    assert written.requests[0].json["value"] == "9.90 EUR"
    assert world.writes == []


def test_fields_are_set_and_emptied(there):
    """By label or id."""
    bridge, _ = there()

    def put(**values):
        return bridge.do(lambda clm: clm.fields.set("1", values)).result

    assert put(Department="Legal").fields["f-dep"].value == "Legal"
    assert "f-dep" not in put(Department=None).fields


def linked(bridge, link=None, **given):
    own = link or ExternalLink("erp", None, "PO-2")
    return bridge.do(lambda clm: clm.contracts.link("1", own, **given))


def test_a_contract_can_be_linked(there):
    """It carries the own id then."""
    bridge, _ = there()
    written = linked(bridge)

    assert written.outcome is Outcome.CHANGED
    assert written.result.external_link.id == "PO-2"


def test_a_link_that_is_there_is_not_written(there):
    """Nothing is sent."""
    bridge, world = there()

    assert linked(bridge, LINK).outcome is Outcome.UNCHANGED
    assert world.writes == []


def test_a_lost_link_is_found_out(there):
    """By reading the contract."""
    bridge, _ = there("lost")

    assert linked(bridge).outcome is Outcome.RECONCILED


def test_an_ignored_link_is_told(there):
    """The vendor does not show it."""
    bridge, _ = there("ignored")

    with pytest.raises(Incomplete, match="external_link"):
        linked(bridge)


def test_a_link_without_an_id_is_refused(there):
    """There is nothing to find it by."""
    bridge, _ = there()

    with pytest.raises(InvalidInput, match="the link has no id"):
        linked(bridge, ExternalLink("erp", None, ""))


def test_a_link_can_be_taken_off(there):
    """Once; after that there is nothing to do."""
    bridge, world = there()

    def unlinked(**given):
        return bridge.do(lambda clm: clm.contracts.unlink("1", **given))

    assert [one.method for one in unlinked(dry_run=True).requests] == ["PATCH"]
    assert world.writes == []
    assert unlinked().result.external_links == ()
    assert unlinked().outcome is Outcome.UNCHANGED


def test_the_index_keeps_a_link_that_the_vendor_cannot(there):
    """It is found by it, is shown with it, and survives every reading."""
    links = MemoryLinks()
    bridge, world = there(kind=Deaf, links=links)
    written = linked(bridge)
    bridge.do(lambda clm: clm.contracts.get("1"))
    [found] = bridge.do(lambda clm: clm.contracts.find_by_external_id("PO-2"))

    assert written.outcome is Outcome.CHANGED
    assert [link.id for link in found.external_links] == ["PR-1", "PO-2"]
    assert world.writes == []
    assert bridge.do(lambda clm: clm.contracts.unlink("1")).outcome is Outcome.CHANGED
    assert links.find("PO-2") == []


def test_a_dry_link_leaves_the_index_alone(there):
    """Nothing is kept."""
    links = MemoryLinks()
    bridge, _ = there(kind=Deaf, links=links)

    assert linked(bridge, dry_run=True).outcome is Outcome.DRY_RUN
    assert links.find("PO-2") == []


def test_a_vendor_that_searches_must_take_links_itself(connect):
    """Where it does not, the index would be asked by nobody."""
    with pytest.raises(Unsupported, match=r"does not offer contracts\.link"):
        linked(connect(None, Paper()))
    assert link_to


def sign(bridge, **given):
    return bridge.do(lambda clm: clm.contracts.request_signature("1", **given))


def test_a_step_is_taken_and_read_back(there):
    """The status that the vendor now tells."""
    bridge, world = there()
    written = sign(bridge)

    assert written.outcome is Outcome.CHANGED
    assert written.result.status is Status.SIGNATURE
    assert world.writes == ["POST contracts/1/move"]


def test_a_step_that_was_taken_is_not_taken_again(there):
    """Nothing is sent."""
    bridge, world = there()
    sign(bridge)
    world.asked.clear()

    assert sign(bridge).outcome is Outcome.UNCHANGED
    assert world.writes == []


def test_a_step_that_the_status_does_not_lead_to_is_refused(there):
    """With the steps that are possible."""
    bridge, world = there()
    bridge.do(lambda clm: clm.contracts.cancel("1", note="no"))
    world.asked.clear()

    with pytest.raises(IllegalTransition) as caught:
        sign(bridge)
    assert world.writes == []
    assert caught.value.status == "void"
    assert caught.value.allowed == ()
    assert "a contract that is void cannot request_signature" in str(caught.value)


def test_a_refused_step_says_what_can_be_done_instead(there):
    """From out, it can be cancelled."""
    bridge, world = there()
    sign(bridge)
    world.contracts["1"]["status"] = "done"

    with pytest.raises(IllegalTransition, match="no step leads from there"):
        bridge.do(lambda clm: clm.contracts.cancel("1", note="no"))


def test_a_status_that_nobody_knows_is_the_vendors_to_judge(there):
    """An unknown word is not a reason to refuse."""
    bridge, world = there()
    world.contracts["1"]["status"] = "pondered"

    assert sign(bridge).outcome is Outcome.CHANGED


def test_a_note_that_the_vendor_wants_is_asked_for(there):
    """Before anything is sent."""
    bridge, world = there()

    with pytest.raises(InvalidInput, match="Clerk wants a note for cancel"):
        bridge.do(lambda clm: clm.contracts.cancel("1"))
    assert world.asked == []


def test_a_step_that_is_not_offered_is_unsupported(there):
    """Each step is a capability of its own."""
    bridge, _ = there()
    offered = Clerk.capabilities()

    assert {"contracts.request_signature", "contracts.cancel"} <= offered
    assert "contracts.activate" not in offered
    with pytest.raises(Unsupported, match=r"does not offer contracts\.activate"):
        bridge.do(lambda clm: clm.contracts.activate("1"))


STEPS = [one.value for one in Transition]


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_a_method(connect, step):
    """And each is refused by a vendor that offers none."""
    with pytest.raises(Unsupported, match=f"does not offer contracts.{step}"):
        connect(None, Paper()).do(lambda clm: getattr(clm.contracts, step)("1"))


def test_a_step_whose_answer_is_lost_is_found_out(there):
    """The status tells."""
    bridge, _ = there("lost")

    assert sign(bridge).outcome is Outcome.RECONCILED


def test_a_step_of_which_nothing_is_seen_is_unknown(there):
    """It is not taken twice: a signature request is a mail to somebody."""
    bridge, world = there("late")

    with pytest.raises(AmbiguousWrite, match="and the contract is open"):
        sign(bridge)
    assert world.writes == ["POST contracts/1/move"]


def test_a_yes_that_moves_nothing_is_told(there):
    """The contract is still where it was."""
    bridge, _ = there("ignored")

    with pytest.raises(Incomplete, match="and the contract is still open"):
        sign(bridge)


def test_a_dry_step_sends_nothing(there):
    """It shows the request with its note."""
    bridge, world = there()
    shown = bridge.do(lambda clm: clm.contracts.cancel("1", note="no", dry_run=True))

    assert shown.requests[0].json == {"to": "void", "note": "no"}
    assert world.writes == []


def test_a_new_contract_is_a_value():
    """Two that say the same are equal, and nothing in them can be changed."""
    assert evolve(DEAL) == DEAL
    with pytest.raises(AttributeError):
        DEAL.name = "other"
    assert NewContract().status is Status.DRAFT
