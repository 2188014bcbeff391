"""Contracts go into JSON and come back the same."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clm_bridge import (
    Check,
    Contract,
    Counterparty,
    ExternalLink,
    Facet,
    Field,
    FieldDefinition,
    FieldKind,
    InvalidInput,
    Person,
    PersonRole,
    Ref,
    Source,
    Status,
    StatusReport,
    Template,
    TermState,
    from_dict,
    to_dict,
)
from clm_bridge._parsing import parse

from .drawn import CONTRACTS, JSON, OBJECTS, field_of

SOURCE = Source("paper", "acme")


def through_json(record, cls=Contract):
    return from_dict(json.loads(json.dumps(to_dict(record))), cls)


@given(CONTRACTS)
def test_a_contract_comes_back_the_same(contract):
    """Nothing is lost on the way, in whatever script or size."""
    found = through_json(contract)

    assert found == contract
    assert found.source.fetched_at == contract.source.fetched_at


@pytest.mark.parametrize("kind", list(FieldKind))
@given(st.data())
def test_a_field_comes_back_with_its_type(kind, data):
    """Each kind of field keeps the type of its value."""
    own = data.draw(field_of(kind))
    contract = Contract("7", "Deal", Status.DRAFT, SOURCE, fields={own.id: own})

    found = through_json(contract).fields[own.id].value
    assert found == own.value
    assert type(found) is type(own.value)


@given(OBJECTS)
def test_raw_survives_exactly(raw):
    """The payload comes back to the last digit, whatever keys it has."""
    contract = Contract("7", "Deal", Status.DRAFT, Source("paper", raw=raw))

    assert repr(through_json(contract).source.raw) == repr(raw)


@given(JSON)
def test_a_links_data_survives_exactly(data):
    """What the user's own system put on a link comes back as it was."""
    link = ExternalLink("erp", "po", "1", data={"own": data})
    contract = Contract("7", "Deal", Status.DRAFT, SOURCE, external_links=[link])

    assert repr(through_json(contract).external_link.data) == repr(link.data)


def test_a_fraction_keeps_its_spelling():
    """1.10 does not become 1.1."""
    raw = {"row": parse(b'{"amount": 1.10, "rate": 1E+2}')}
    contract = Contract("7", "Deal", Status.DRAFT, Source("paper", raw=raw))

    assert str(through_json(contract).source.raw["row"]["amount"]) == "1.10"
    assert str(through_json(contract).source.raw["row"]["rate"]) == "1E+2"


def test_raw_can_be_left_out():
    """Payloads need not go where the contract goes."""
    contract = Contract("7", "Deal", Status.DRAFT, Source("paper", raw={"a": 1}))

    assert to_dict(contract, raw=False)["source"]["raw"] == {}
    assert to_dict(Ref("7"), raw=False) == {"id": "7", "name": None}


def test_facets_are_sorted():
    """The same contract gives the same text each time."""
    loaded = {Facet.VALUE, Facet.FIELDS, Facet.PARTIES}
    contract = Contract("7", "Deal", Status.DRAFT, SOURCE, loaded=loaded)

    assert to_dict(contract)["loaded"] == ["fields", "parties", "value"]


@pytest.mark.parametrize(
    "record",
    [
        Template("t", "NDA", SOURCE, Ref("1"), "en"),
        Counterparty(
            "c",
            "Globex",
            SOURCE,
            active=False,
            identifiers={"vat": "FR1"},
            contacts=[Person(PersonRole.CONTACT, "Ann")],
        ),
        FieldDefinition("f", "Risk", FieldKind.OPTION, SOURCE, applies_to=Ref("1")),
        StatusReport(Status.EXECUTED, "done", TermState.EXPIRED),
        Check("ann", ("read",), ["no scopes are told"]),
        Check(),
    ],
    ids=lambda record: type(record).__name__,
)
def test_every_record_comes_back_the_same(record):
    """Not contracts alone."""
    assert through_json(record, type(record)) == record


TOLD = to_dict(Contract("7", "Deal", Status.DRAFT, SOURCE))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"id": "7"}, ["$.name", "$.status", "$.source"]),
        (TOLD | {"status": "canary"}, ["$.status"]),
        (TOLD | {"colour": "canary"}, ["colour"]),
        (TOLD | {"id": 7}, ["$.id"]),
        (TOLD | {"number": 7}, ["$.number"]),
        (TOLD | {"parties": [{"role": "other"}]}, ["$.parties[0].name"]),
        (TOLD | {"key_dates": {"expires_on": "canary"}}, ["$.key_dates.expires_on"]),
        (
            TOLD | {"value": {"amount": "canary", "currency": "EUR"}},
            ["$.value.amount"],
        ),
        (TOLD | {"fields": {"a": {"id": "a"}}}, ["$.fields['a']"]),
        (
            TOLD
            | {"fields": {"a": {"id": "a", "label": "A", "kind": "text", "value": 1}}},
            ["$.fields['a']"],
        ),
        ("canary", ["a dictionary"]),
        (None, ["a dictionary"]),
    ],
)
def test_a_fault_is_named_by_its_path(told, words):
    """What is wrong, and where; never the value that is."""
    with pytest.raises(InvalidInput) as caught:
        from_dict(told)

    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert "canary" not in str(caught.value)


@given(JSON)
def test_anything_else_is_one_kind_of_error(told):
    """Whatever JSON comes, it is a contract or an InvalidInput."""
    with pytest.raises(InvalidInput):
        from_dict(told)


def test_an_untyped_value_keeps_its_shape():
    """A field of no known kind holds what JSON held."""
    own = Field("f", "F", FieldKind.OTHER, {"rows": [{"share": Decimal("0.50")}]})
    contract = Contract("7", "Deal", Status.DRAFT, SOURCE, fields={"f": own})

    assert through_json(contract).fields["f"] == own
