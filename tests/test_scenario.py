"""
From a procurement record to a signed contract, the same way through every vendor.

Created, found by the own id, sent, signed by the other side, and read back: equal to
what was put in, save for what the adapter declares as lost.
"""

from __future__ import annotations

import pytest

from clm_bridge import (
    ContractChanges,
    DocumentKind,
    Outcome,
    Status,
    TermKind,
)
from clm_bridge.testing.suite._facts import differing

from .procurement import VENDORS, of, opened, record

COLOURS = ("threads", "asyncio")


@pytest.fixture(params=VENDORS)
def vendor(request):
    """Each vendor in turn."""
    return request.param


@pytest.fixture(params=COLOURS)
def colour(request):
    """Each kind of bridge."""
    return request.param


@pytest.fixture
def sandbox(vendor, clm_sandbox):
    """The vendor's sandbox, in this process."""
    return clm_sandbox(vendor)


@pytest.fixture
def clm(vendor, colour, sandbox):
    """A bridge to it."""
    with opened(colour, vendor, sandbox) as bridge:
        yield bridge


def test_from_record_to_signed_contract(clm, vendor, sandbox, tmp_path):
    """The whole way, by public calls alone, save for the other side's signature."""
    new = record(clm)

    written = clm.contracts.create(new)
    assert written.outcome is Outcome.CREATED
    [found] = clm.contracts.find_by_external_id("PR-9001")
    assert found.id == written.result.id
    assert found.status is Status.DRAFT

    of(vendor).send(clm, found.id)
    sandbox.sign(found.id)
    assert clm.contracts.status(found.id).status is Status.EXECUTED

    executed = clm.contracts.get(found.id)
    assert differing(new, executed, clm.settings.adapter.losses) == {}
    assert {field.label: field.value for field in executed.fields.values()}[
        "Department"
    ] == new.fields["Department"]
    [signed] = [
        one for one in clm.documents.list(found.id) if one.kind is DocumentKind.SIGNED
    ]
    arrived = clm.documents.download(signed, to=tmp_path)
    assert arrived.media_type == "application/pdf"
    if new.document is not None:
        assert arrived.path.read_bytes() == new.document.content


def test_the_same_record_is_one_contract(clm):
    """However often it is created."""
    new = record(clm)
    first, second = clm.contracts.create(new), clm.contracts.create(new)

    assert (first.outcome, second.outcome) == (Outcome.CREATED, Outcome.EXISTED)
    assert first.result.id == second.result.id


def test_a_dry_run_changes_nothing(clm):
    """It shows requests whose credentials are masked, and the vendor has no more."""
    before = {one.id for one in clm.contracts.list(detail="summary")}
    shown = clm.contracts.create(record(clm), dry_run=True)

    assert shown.outcome is Outcome.DRY_RUN
    assert shown.requests
    text = "\n".join(map(str, shown.requests))
    assert "***" in text
    assert "Managed hosting PR-9001" in text
    assert "secret" not in text.lower().replace("client-secret: ***", "")
    assert {one.id for one in clm.contracts.list(detail="summary")} == before


def test_a_change_is_read_back(clm):
    """A field and, where the vendor has it, the name."""
    made = clm.contracts.create(record(clm)).result
    fields = {"Department": "Legal"}
    name = "Hosting, renamed" if "name" in clm.settings.adapter.changes else None

    changed = clm.contracts.update(made.id, ContractChanges(name=name, fields=fields))

    assert changed.outcome is Outcome.CHANGED
    assert changed.result.name == (name or made.name)
    told = {one.label: one.value for one in changed.result.fields.values()}
    assert told["Department"] == "Legal"


def test_a_contract_can_be_given_up(clm):
    """Each vendor has a way to cancel a draft."""
    made = clm.contracts.create(record(clm)).result

    cancelled = clm.contracts.cancel(made.id, note="not needed any more")

    assert cancelled.result.status is Status.CANCELLED
    again = clm.contracts.cancel(made.id, note="again")
    assert again.outcome is Outcome.UNCHANGED


def test_what_is_said_is_valid(clm):
    """The record has no problems, and every vendor can say so beforehand."""
    assert list(clm.contracts.validate(record(clm))) == []


def test_the_term_is_fixed(clm):
    """A test of the test: the record says a kind that every vendor can tell."""
    assert record(clm).term.kind is TermKind.FIXED
