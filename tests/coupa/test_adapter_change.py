"""Changing contracts: plain updates, what is in force, own ids, and what to empty."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clm_bridge import (
    ContractChanges,
    ExternalLink,
    KeyDates,
    Money,
    NewCounterparty,
    Period,
    Term,
    TermKind,
    Unsupported,
)
from clm_bridge.adapter import Field, FieldKind
from clm_bridge.testing import Played, play, reply

from .reading import adapter
from .telling import paths, suppliers

OWN = Field("erp-agreement", "", FieldKind.TEXT, "4600001234")


def update(
    word: str | None, *fields: Field, settings: Any = None, **told: Any
) -> Played:
    """Update a contract that is in a status, or of which nobody asks for it."""
    coupa = adapter(**settings or {})
    before = [] if word is None else [reply({"status": word})]
    changes = ContractChanges(**told)
    operation = coupa.update_contract("232", changes, fields)
    return play(operation, *before, reply({"id": 232}))


@pytest.mark.parametrize(
    ("word", "path"),
    [
        ("draft", "contracts/232"),
        ("expired", "contracts/232"),
        ("completed", "contracts/232/update_published"),
        ("published", "contracts/232/update_published"),
    ],
)
def test_what_is_in_force_has_an_update_of_its_own(word: str, path: str) -> None:
    """With hierarchy on, completed and published contracts need it."""
    asked, written = update(word, name="New name").asked

    assert (asked.target, asked.params) == (
        "contracts/232",
        {"fields": '["status"]'},
    )
    assert (written.method, written.target) == ("PUT", path)
    assert written.json == {"name": "New name"}


def test_without_hierarchy_one_update_does_for_all() -> None:
    """Then nobody needs to ask for the status."""
    [written] = update(None, settings={"hierarchy": False}, name="New name").asked

    assert written.target == "contracts/232"


def test_custom_fields_need_no_more_than_a_plain_update() -> None:
    """That works on a published contract too."""
    [written] = update(None, OWN).asked

    assert (written.method, written.target) == ("PUT", "contracts/232")
    assert written.json == {"custom-fields": {"erp-agreement": "4600001234"}}


def test_the_usual_fields() -> None:
    """Only what is said is sent."""
    told = {
        "key_dates": KeyDates(expires_on=date(2027, 6, 30)),
        "value": Money(Decimal("5000.00"), "USD"),
        "term": Term(TermKind.PERPETUAL, notice=Period(years=1)),
        "owner": "pdoe",
        "extra": {"payment-term": {"code": "Net 30"}},
    }

    assert update("draft", **told).asked[1].json == {
        "end-date": "2027-06-30T00:00:00-07:00",
        "maximum-value": "5000.00",
        "max-commit": "5000.00",
        "currency": {"code": "USD"},
        "term-type": "perpetual",
        "termination-notice": "yes",
        "termination-notice-length-unit": "years",
        "termination-notice-length-value": 1,
        "contract-owner": {"login": "pdoe"},
        "payment-term": {"code": "Net 30"},
    }


def test_another_supplier() -> None:
    """It is looked up before anything is written."""
    changes = ContractChanges(counterparty=NewCounterparty("Acme Hosting BV"))
    replies = (suppliers(), reply({"status": "draft"}), reply({}))
    asked = play(adapter().update_contract("232", changes, ()), *replies).asked

    assert [request.safe for request in asked] == [True, True, False]
    assert asked[-1].json == {"supplier": {"id": 20}}


def test_what_is_emptied() -> None:
    """Each path has its own way of being empty; a field is emptied by None."""
    clear = [
        "owner",
        "value",
        "key_dates.expires_on",
        "term.kind",
        "term.notice",
        "term.renewal_length",
        "term.renewals_max",
    ]
    gone = Field("second-owner", "", FieldKind.OPTION, None)

    assert update("draft", gone, clear=clear).asked[1].json == {
        "contract-owner": None,
        "maximum-value": None,
        "max-commit": None,
        "end-date": None,
        "term-type": None,
        "termination-notice": "no",
        "renewal-length-unit": "",
        "renewal-length-value": 0,
        "no-of-renewals": 0,
        "custom-fields": {"second-owner": None},
    }


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"clear": ["name"]}, ["clear[0]"]),
        ({"clear": ["value", "counterparty.name"]}, ["clear[1]"]),
        ({"counterparty": NewCounterparty(id="x")}, ["counterparty.id"]),
        ({"term": Term(TermKind.AUTO_RENEW)}, []),
        ({"key_dates": KeyDates(published_on=date(2026, 1, 1))}, None),
    ],
)
def test_what_cannot_be_changed(
    told: dict[str, Any], expected: list[str] | None
) -> None:
    """A contract that renews may have its length already."""
    wanted = ["key_dates.published_on"] if expected is None else expected

    assert paths(ContractChanges(**told)) == wanted


LINK = ExternalLink("salesforce", "Opportunity", "PR-1")


@pytest.mark.parametrize(
    ("where", "linked", "unlinked"),
    [
        (
            "external-contract-id",
            {"external-contract-id": "PR-1"},
            {"external-contract-id": None},
        ),
        (
            "source-id",
            {"source-id": "PR-1", "source-type": "salesforce"},
            {"source-id": None, "source-type": None},
        ),
    ],
)
def test_an_own_id_is_put_on_and_taken_off(
    where: str, linked: dict[str, Any], unlinked: dict[str, Any]
) -> None:
    """In the place where it is looked for, whatever the status."""
    coupa = adapter(external_id=where)
    published = reply({"status": "published"})
    put = play(coupa.link_contract("232", LINK), published, reply({})).asked[1]
    off = play(coupa.unlink_contract("232"), published, reply({})).asked[1]

    assert put.target == off.target == "contracts/232/update_published"
    assert (put.json, off.json) == (linked, unlinked)


def test_an_own_id_in_a_custom_field() -> None:
    """A plain update does."""
    coupa = adapter(external_id="custom-field:erp-agreement")
    [put] = play(coupa.link_contract("232", LINK), reply({})).asked
    [off] = play(coupa.unlink_contract("232"), reply({})).asked

    assert put.json == {"custom-fields": {"erp-agreement": "PR-1"}}
    assert off.json == {"custom-fields": {"erp-agreement": None}}


def test_a_number_cannot_be_taken_off() -> None:
    """Every contract has one; another can be put in its place."""
    coupa = adapter(external_id="number")
    replies = (reply({"status": "draft"}), reply({}))
    put = play(coupa.link_contract("232", LINK), *replies).asked[1]

    assert put.json == {"number": "PR-1"}
    with pytest.raises(Unsupported):
        play(coupa.unlink_contract("232"))
