"""What may be shown of a contract."""

from __future__ import annotations

import attrs
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from clm_bridge import (
    Contract,
    ExternalLink,
    Field,
    FieldKind,
    Money,
    Party,
    PartyRole,
    Person,
    PersonRole,
    Sensitivity,
    Source,
    Status,
    from_dict,
    redact,
    to_dict,
)

from .drawn import CONTRACTS, DECIMALS

CANARY = "canary"
PERSON = Person(PersonRole.OWNER, CANARY, CANARY, "p1")
FULL = Contract(
    "7",
    CANARY,
    Status.EXECUTED,
    Source("paper", raw={"row": CANARY}),
    parties=[Party(PartyRole.COUNTERPARTY, CANARY, "c1", contact=PERSON)],
    external_links=[ExternalLink("erp", "po", "1", data={"note": CANARY})],
    value=Money(1, "EUR"),
    owner=PERSON,
    people=[PERSON],
    fields={"f": Field("f", "Risk", FieldKind.TEXT, CANARY)},
    url=f"https://paper.example/{CANARY}",
)


def sensitive(record):
    """Yield every text under an attribute that is not public."""
    if attrs.has(type(record)):
        for attribute in attrs.fields(type(record)):
            below = getattr(record, attribute.name)
            if "sensitivity" in attribute.metadata and isinstance(below, str):
                yield below
            yield from sensitive(below)
    elif isinstance(record, tuple | dict):
        for one in record.values() if isinstance(record, dict) else record:
            yield from sensitive(one)


@given(CONTRACTS)
def test_no_sensitive_text_is_left(contract):
    """Every text under a commercial or personal attribute is replaced."""
    assert set(sensitive(redact(contract))) <= {"[redacted]"}


def test_nothing_of_it_is_in_the_repr():
    """A redacted contract can be printed."""
    assert CANARY in repr(FULL)
    assert CANARY not in repr(redact(FULL))
    assert CANARY not in str(to_dict(redact(FULL)))


def test_the_value_is_gone_and_its_place_is_not():
    """What is not text becomes None or empty, so the shape stays."""
    found = redact(FULL)

    assert found.value is None
    assert found.external_link.data == {}
    assert found.fields["f"].value == "[redacted]"
    assert found.owner.name == "[redacted]"


@given(DECIMALS)
def test_a_typed_value_of_a_field_is_gone(amount):
    """Amounts in the workspace's own fields are commercial too."""
    own = Field("f", "Price", FieldKind.MONEY, Money(amount, "EUR"))

    assert redact(evolve(FULL, fields={"f": own})).fields["f"].value is None


def test_what_is_public_stays():
    """Ids, statuses and dates are what logs are for."""
    found = redact(FULL)

    assert (found.id, found.status) == (FULL.id, FULL.status)
    assert found.key_dates == FULL.key_dates
    assert found.owner.id == "p1"
    assert found.external_link.id == "1"


@pytest.mark.parametrize(
    ("show", "name", "person"),
    [
        (frozenset(), "[redacted]", "[redacted]"),
        (frozenset({Sensitivity.COMMERCIAL}), CANARY, "[redacted]"),
        (frozenset({Sensitivity.PERSONAL}), "[redacted]", CANARY),
        (frozenset({Sensitivity.COMMERCIAL, Sensitivity.PERSONAL}), CANARY, CANARY),
    ],
)
def test_each_sensitivity_is_shown_on_request(show, name, person):
    """Commercial and personal are two decisions."""
    found = redact(FULL, show=show)

    assert (found.name, found.owner.name) == (name, person)


@given(st.sets(st.sampled_from(Sensitivity)))
def test_raw_is_never_shown(show):
    """Nobody knows what a payload holds."""
    assert redact(FULL, show=frozenset(show)).source.raw == {}


@given(CONTRACTS)
def test_a_redacted_contract_is_a_contract(contract):
    """It goes into JSON and comes back."""
    hidden = redact(contract)

    assert from_dict(to_dict(hidden)) == hidden
