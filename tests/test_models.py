"""What a contract promises to those who hold one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from attrs.exceptions import FrozenInstanceError

from clm_bridge import (
    Basis,
    Contract,
    ExternalLink,
    Facet,
    KeyDates,
    Money,
    Party,
    PartyRole,
    Period,
    Source,
    Status,
    Term,
    TermKind,
    TermState,
)

US = Party(PartyRole.OURSELVES, "Acme")
THEM = Party(PartyRole.COUNTERPARTY, "Globex")
OTHERS = Party(PartyRole.COUNTERPARTY, "Initech")


def contract(**told):
    source = told.pop("source", Source("paper"))
    return Contract("7", "Deal", told.pop("status", Status.EXECUTED), source, **told)


def test_the_counterparty_is_the_first_that_is_not_us():
    """We may come first in the vendor's list."""
    assert contract(parties=[US, THEM, OTHERS]).counterparty is THEM
    assert contract(parties=[US]).counterparty is None


def test_the_external_link_is_the_first():
    """There may be several, and there may be none."""
    links = [ExternalLink("erp", "po", "1"), ExternalLink("erp", "po", "2")]

    assert contract(external_links=links).external_link is links[0]
    assert contract().external_link is None


def test_what_was_handed_over_can_no_longer_be_changed():
    """A list that the caller keeps is copied."""
    parties = [US]
    made = contract(parties=parties, loaded={Facet.PARTIES})
    parties.append(THEM)

    assert made.parties == (US,)
    assert made.loaded == frozenset({Facet.PARTIES})


def test_a_contract_is_frozen():
    """Nobody changes a contract that somebody else holds."""
    with pytest.raises(FrozenInstanceError):
        contract().name = "other"


def test_a_contract_is_hashable():
    """Contracts go into sets, mappings inside them or not."""
    link = ExternalLink("erp", "po", "1", data={"a": [1]})

    assert len({contract(external_links=[link]), contract(external_links=[link])}) == 1


def test_when_it_was_fetched_does_not_make_it_another():
    """Two readings of the same contract are equal, whatever their raw."""
    one = Source("paper", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), raw={"a": 1})

    assert contract(source=one) == contract(source=Source("paper"))


def test_the_payload_is_not_in_the_repr():
    """Raw is kept for those who ask, and shown to nobody else."""
    assert "canary" not in repr(contract(source=Source("paper", raw={"a": "canary"})))


def test_a_contract_knows_its_term_state():
    """The second axis is asked for a day."""
    dates = KeyDates(expires_on=date(2026, 6, 30))

    found = contract(key_dates=dates).term_state(date(2026, 7, 1))
    assert (found.state, found.basis) == (TermState.EXPIRED, Basis.COMPUTED)


def test_a_source_without_a_table_maps_nothing():
    """The report of a hand-made record names every leaf as unplaced."""
    found = Source("paper", raw={"row": {"id": "7"}}).report()

    assert [line.path for line in found.unplaced] == ["row.id"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Money(Decimal("1250000.75"), "EUR"), "1250000.75 EUR"),
        (Money(Decimal("1E+6"), "JPY"), "1000000 JPY"),
        (Period(years=1, months=6), "1 year 6 months"),
        (Period(), "0 days"),
        (Term(TermKind.AUTO_RENEW, Period(months=48)), "auto-renew, 48 months"),
        (Term(TermKind.PERPETUAL), "perpetual"),
    ],
)
def test_values_print_as_people_write_them(value, text):
    """Printing a value needs no formatting by the caller."""
    assert str(value) == text
