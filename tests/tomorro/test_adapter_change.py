"""Changing and linking contracts in Tomorro, as its reference has it."""

from __future__ import annotations

from datetime import date

import pytest

from clm_bridge import (
    Contact,
    ContractChanges,
    InvalidInput,
    NewCounterparty,
    Period,
    Signatory,
    Term,
    Unsupported,
)
from clm_bridge.adapter import Field, FieldKind
from clm_bridge.testing import play, reply

from .wire import (
    ACME,
    BODY,
    CONTRACT,
    FIELD,
    LINK,
    MEMBER,
    TYPE,
    adapter,
    counterparties,
    members,
)

DONE = reply(BODY)


@pytest.fixture
def tomorro():
    return adapter()


def patched(tomorro, *replies, fields=(), **told):
    """Return the body of the only write, which is the last request."""
    changes = ContractChanges(**told)
    played = play(tomorro.update_contract(CONTRACT, changes, fields), *replies, DONE)
    *before, last = played.asked

    assert last.named == f"PATCH contracts/{CONTRACT}"
    assert all(one.safe for one in before)
    assert last.safe is False
    return last.json


def field(value, kind=FieldKind.TEXT):
    return Field(FIELD, "Department", kind, value)


def test_only_what_is_said_is_sent(tomorro):
    """The rest stays as it is."""
    assert patched(tomorro, name="Renamed") == {"name": "Renamed"}


def test_fields_are_written_by_id(tomorro):
    """The id of reading is another key of writing; null empties a field."""
    told = [field(date(2026, 1, 31), FieldKind.DATE), field(None)]

    assert patched(tomorro, fields=told) == {
        "fields": [
            {"fieldId": FIELD, "value": "2026-01-31"},
            {"fieldId": FIELD, "value": None},
        ]
    }


def test_participants_are_plain_ids(tomorro):
    """Strings, where creating takes objects."""
    known = members("legal@buyer.example")

    assert patched(tomorro, known, owner="legal@buyer.example") == {
        "contractMembersIds": [MEMBER]
    }


def test_signatories_are_sent_whole(tomorro):
    """Ours by id, theirs by address."""
    told = [Signatory("a@buyer.example", ours=True), Signatory("b@acme.example")]

    assert patched(tomorro, members("a@buyer.example"), signatories=told) == {
        "signatories": {
            "internalSignatoryMemberIds": [MEMBER],
            "externalSignatoryEmailList": ["b@acme.example"],
        }
    }


def test_signatories_can_be_cleared(tomorro):
    """With two empty lists."""
    assert patched(tomorro, clear=["signatories"]) == {
        "signatories": {
            "internalSignatoryMemberIds": [],
            "externalSignatoryEmailList": [],
        }
    }


def test_a_counterparty_is_sent_by_its_id(tomorro):
    """A name might rename the one that is there."""
    told = NewCounterparty(name="Acme SAS")
    known = counterparties((ACME, "Acme SAS", "active"))

    assert patched(tomorro, known, counterparty=told) == {"counterparty": {"id": ACME}}


def test_an_unknown_counterparty_is_refused(tomorro):
    """Nothing is written; the error says how to add it."""
    told = ContractChanges(counterparty=NewCounterparty(name="Nobody"))

    with pytest.raises(InvalidInput, match=r"counterparties\.create"):
        play(tomorro.update_contract(CONTRACT, told, ()), counterparties())


def test_extra_is_put_over_the_change(tomorro):
    """Such as the date of a signature, which can only be written."""
    extra = {"signatureDate": "2026-01-31T09:00:00Z", "name": "Other"}

    assert patched(tomorro, name="MSA", extra=extra) == {
        "signatureDate": "2026-01-31T09:00:00Z",
        "name": "Other",
    }


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ({"clear": ["name"]}, "clear[0]"),
        ({"clear": ["signatories", "counterparty.name"]}, "clear[1]"),
        ({"counterparty": NewCounterparty(contact=Contact("a@b.c"))}, "counterparty"),
        ({"term": Term(length=Period(months=1, days=1))}, "term.length"),
    ],
)
def test_what_cannot_be_changed_is_refused_before_any_request(told, path, tomorro):
    """Each by its path."""
    found = tomorro.check_contract(ContractChanges(**told))

    assert [one.path for one in found] == [path]


def test_a_length_of_two_units_is_refused(tomorro):
    """Also where it is a field of the workspace's own."""
    told = field(Period(months=1, days=3), FieldKind.DURATION)

    with pytest.raises(InvalidInput, match="1 month 3 days"):
        play(tomorro.update_contract(CONTRACT, ContractChanges(), [told]))


def test_the_own_id_is_written_to_its_field():
    """And emptied by null."""
    tomorro = adapter(external_id=f"field:{TYPE}")
    [linked] = play(tomorro.link_contract(f"ctr_{CONTRACT}", LINK), DONE).asked
    [unlinked] = play(tomorro.unlink_contract(CONTRACT), DONE).asked

    assert linked.named == unlinked.named == f"PATCH contracts/{CONTRACT}"
    assert linked.json == {"fields": [{"fieldId": TYPE, "value": LINK.id}]}
    assert unlinked.json == {"fields": [{"fieldId": TYPE, "value": None}]}


def test_the_integration_link_never_changes(tomorro):
    """Nothing is sent; the bridge's link index takes it instead."""
    with pytest.raises(Unsupported, match="when a contract is created"):
        play(tomorro.link_contract(CONTRACT, LINK))
    with pytest.raises(Unsupported, match="external_id"):
        play(tomorro.unlink_contract(CONTRACT))
