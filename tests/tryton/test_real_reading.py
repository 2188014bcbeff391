"""What the adapter reads from a real Tryton server."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from clm_bridge import (
    FULL,
    Basis,
    Money,
    PartyRole,
    Status,
    TermState,
    from_dict,
    to_dict,
)

from ..paper import Tasks
from .server import ASKED, WHY_NOT

if not ASKED:
    pytest.skip(WHY_NOT, allow_module_level=True)


def test_the_key_is_checked(bridge):
    """The user says who he is, and which company's agreements he sees."""
    check = bridge.do(lambda clm: clm.check())

    assert check.identity == "Ada Admin"
    assert check.notes == ("Agreements of Northwind Ltd are seen.",)


def test_each_state_is_a_status(bridge, known):
    """Every state that Tryton has occurs, and none is unknown."""
    found = known

    assert {name: one.status for name, one in found.items()} == {
        "running": Status.EXECUTED,
        "closed": Status.EXECUTED,
        "early": Status.EXECUTED,
        "cancelled": Status.CANCELLED,
        "untouched": Status.DRAFT,
    }
    words = {one.source.status for one in found.values()}
    assert words == set(bridge.clm.settings.adapter.statuses)


def test_a_running_agreement_is_read_whole(bridge, known):
    """Everything that the model has a place for, from one row."""
    one = known["running"]

    assert (one.name, one.number) == ("Bolts 2026", "1")
    assert one.external_link.id == "PR-1042"
    assert one.value == Money(Decimal("257.50"), "EUR")
    assert one.key_dates.effective_on == date(2026, 1, 1)
    assert one.key_dates.expires_on == date(2026, 12, 31)
    assert [(p.role, p.name) for p in one.parties] == [
        (PartyRole.OURSELVES, "Northwind Ltd"),
        (PartyRole.COUNTERPARTY, "Acme Supplies"),
    ]
    assert one.counterparty.identifiers == {"code": "ACM-7"}
    assert [person.name for person in one.people] == ["Ada Admin"]
    assert one.loaded == FULL
    assert one.term_state(date(2026, 6, 1)).state is TermState.IN_FORCE


def test_what_was_never_changed_has_no_write_date(bridge, known):
    """Tryton sends null, and the creation stands in for it."""
    one = known["untouched"]

    assert one.source.raw["row"]["write_date"] is None
    assert one.key_dates.updated_at == one.key_dates.created_at
    age = datetime.now(UTC) - one.key_dates.created_at
    assert timedelta(0) <= age < timedelta(hours=1)


def test_what_was_changed_has_both(bridge, known):
    """Buttons change an agreement."""
    dates = known["running"].key_dates

    assert dates.updated_at > dates.created_at


def test_a_bare_agreement_has_a_name(bridge, known):
    """Neither description, number, reference, days nor lines are needed."""
    one = known["untouched"]

    assert one.name == f"({one.id})"
    assert (one.number, one.external_link, one.value) == (None, None, None)
    assert (one.key_dates.effective_on, one.key_dates.expires_on) == (None, None)


def test_a_party_without_a_name_is_what_tryton_shows(bridge, known):
    """A party's name is optional in Tryton."""
    party = known["cancelled"].counterparty

    assert party.name
    assert party.identifiers == {"code": "N-1"}


def test_open_quantities_are_no_value(bridge, known):
    """The sum of lines without quantities is 0."""
    one = known["closed"]

    assert one.source.raw["row"]["amount"] == {
        "__class__": "Decimal",
        "decimal": "0.00",
    }
    assert one.value is None


def test_a_closed_agreement_has_expired(bridge, known):
    """By its last day, or against it."""
    found = known

    past = found["closed"].term_state(date(2024, 3, 1))
    assert (past.state, past.basis) == (TermState.EXPIRED, Basis.REPORTED)
    early = found["early"].term_state(date(2026, 1, 1))
    assert (early.state, early.basis) == (TermState.EXPIRED, Basis.CONFLICT)


def test_get_equals_list(bridge, known):
    """An agreement read alone is the agreement that was listed."""
    for one in known.values():
        assert bridge.do(lambda clm, own=one.id: clm.contracts.get(own)) == one


def test_status_equals_list(bridge, known):
    """The state alone says the same."""
    for one in known.values():
        told = bridge.do(lambda clm, own=one.id: clm.contracts.status(own))

        assert (told.status, told.word) == (one.status, one.source.status)
        assert told.reported_state is one.reported_state


def test_agreements_survive_json(known):
    """Out and in again without loss."""
    for one in known.values():
        assert from_dict(json.loads(json.dumps(to_dict(one)))) == one


def test_further_fields(connect, company):
    """Fields of the agreement, and of records beside it, typed by their tags."""
    names = ("supplier.active", "lines.product.rec_name", "lines.unit_price", "to_date")
    bridge = connect(fields=list(names), key_dates={"notice_by": "to_date"})

    own = str(company.agreements["running"])
    one = bridge.do(lambda clm: clm.contracts.get(own))

    assert one.fields["lines.product.rec_name"].value == ["Bolt", "Bolt"]
    assert one.fields["lines.unit_price"].value == ["2.5", "2.5"]
    assert one.fields["to_date"].value == date(2026, 12, 31)
    assert one.key_dates.notice_by == date(2026, 12, 31)


def test_both_colours_read_the_same(connect, known):
    """Every agreement, from either kind of bridge."""
    told = connect().clm.settings
    other = Tasks(told)
    try:
        listed = other.do(lambda clm: clm.contracts.list())
    finally:
        other.close()

    assert [one for one in listed if one in known.values()] == [*known.values()]
