"""Tests for the neutral portfolio, for the default seed and for any."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from clm_bridge._vocabulary import Status
from clm_bridge.sandbox import DEPARTMENTS, FIELDS, TYPES, Deal, portfolio
from clm_bridge.sandbox._names import COMPANIES

from .drawn import ANY, anything

DEALS = portfolio()


def _shared(deals: tuple[Deal, ...]) -> list[int]:
    """Count how many deals share one external id, where more than one does."""
    ids = Counter(deal.link.id for deal in deals if deal.link)
    return sorted(count for count in ids.values() if count > 1)


def test_the_seed_decides_everything() -> None:
    """One seed gives one portfolio, another seed another."""
    assert portfolio(7) == portfolio(7)
    assert portfolio(7) != portfolio(8)


def test_is_the_same_in_every_process() -> None:
    """Nothing depends on the hash of a text, which differs between processes."""
    program = "from clm_bridge.sandbox import portfolio; print(ascii(portfolio()))"
    told = [
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]

    assert told[0] == told[1] == f"{DEALS!a}\n".encode()


@anything
@given(ANY)
def test_names_are_unique(deals: tuple[Deal, ...]) -> None:
    """Neither two names nor two numbers are alike, and the index counts from one."""
    assert len({deal.name for deal in deals}) == 240
    assert [deal.number for deal in deals] == [f"CT-{n:04d}" for n in range(1, 241)]


def test_companies_are_told_apart() -> None:
    """Forty companies differ in name, contact address and registration."""
    assert len({company.name for company in COMPANIES}) == 40
    assert len({company.contact.email for company in COMPANIES}) == 40
    assert len({company.registration for company in COMPANIES}) == 40


@pytest.mark.parametrize(
    "script", ["GREEK", "CJK", "KATAKANA", "DEVANAGARI", "LATIN SMALL LETTER DOTLESS I"]
)
def test_names_are_written_in_many_scripts(script: str) -> None:
    """A counterparty's name may be in any script."""
    letters = {letter for deal in DEALS for letter in deal.counterparty.name}

    assert any(unicodedata.name(letter, "").startswith(script) for letter in letters)


def test_a_name_holds_a_letter_beyond_sixteen_bits() -> None:
    """A letter that JSON may write as a pair of surrogates is among them."""
    assert any(ord(letter) > 0xFFFF for c in COMPANIES for letter in c.name)


@anything
@given(ANY)
def test_external_ids_are_missing_and_shared(deals: tuple[Deal, ...]) -> None:
    """A tenth has no link; four ids belong to two deals each and one to three."""
    assert sum(deal.link is None for deal in deals) == 24
    assert _shared(deals) == [2, 2, 2, 2, 3]


@anything
@given(ANY)
def test_an_amendment_is_of_what_was_executed_before(deals: tuple[Deal, ...]) -> None:
    """Ten deals amend an executed one of the same company and type."""
    amendments = [deal for deal in deals if deal.amends is not None]

    assert len(amendments) == 10
    for deal in amendments:
        master = deals[(deal.amends or 0) - 1]
        assert master.status is Status.EXECUTED
        assert master.index < deal.index
        assert master.type == deal.type
        assert master.counterparty == deal.counterparty


@anything
@given(ANY)
def test_other_parties_are_other_companies(deals: tuple[Deal, ...]) -> None:
    """A multi-party deal names each company once."""
    many = [deal for deal in deals if deal.other_parties]

    assert len(many) >= 20
    for deal in many:
        companies = (deal.counterparty, *deal.other_parties)
        assert len({company.index for company in companies}) == len(companies)


@anything
@given(ANY)
def test_signatories_are_one_to_three(deals: tuple[Deal, ...]) -> None:
    """Nobody signs twice, and the counterparty's contact signs first."""
    for deal in deals:
        emails = [person.email for person in deal.signatories]
        assert emails[0] == deal.counterparty.contact.email
        assert len(set(emails)) == len(emails) <= 3


@anything
@given(ANY)
def test_a_confidentiality_agreement_has_no_value(deals: tuple[Deal, ...]) -> None:
    """Where nothing is paid, no amount is stated."""
    for deal in deals:
        assert deal.type != "Non-disclosure agreement" or deal.value is None


@anything
@given(ANY)
def test_amounts_are_written_as_the_currency_has_it(deals: tuple[Deal, ...]) -> None:
    """Yen have no decimals; every other amount has two."""
    for value in (deal.value for deal in deals if deal.value):
        places = 0 if value.currency == "JPY" else -2
        assert value.amount.as_tuple().exponent == places


@anything
@given(ANY)
def test_amounts_that_a_float_would_spoil(deals: tuple[Deal, ...]) -> None:
    """One ends in a zero, one has more cents than a double counts, one is nothing."""
    amounts = [str(deal.value.amount) for deal in deals if deal.value]

    assert {"1234.50", "98765432109876.54", "0.00"} <= set(amounts)
    assert Decimal("98765432109876.54") * 100 > 2**53


def test_every_currency_is_there() -> None:
    """Six currencies are in use."""
    currencies = {deal.value.currency for deal in DEALS if deal.value}

    assert currencies == {"EUR", "USD", "GBP", "JPY", "INR", "CHF"}


@anything
@given(ANY)
def test_fields_hold_what_their_kind_says(deals: tuple[Deal, ...]) -> None:
    """Each label has one type of value; an empty field is not there."""
    kinds = {"Department": str, "Cost centre": str, "Risk score": int}
    kinds |= {"Personal data": bool, "Review date": date}

    assert set(kinds) == set(FIELDS)
    for label, value in (pair for deal in deals for pair in deal.fields.items()):
        assert type(value) is kinds[label]


def test_some_fields_are_empty() -> None:
    """Every label is missing somewhere, and some deals have none at all."""
    assert all(any(label not in deal.fields for deal in DEALS) for label in FIELDS)
    assert any(not deal.fields for deal in DEALS)


def test_departments_are_options() -> None:
    """A department is one of the options, and each option is chosen."""
    chosen = {deal.fields.get("Department") for deal in DEALS} - {None}

    assert chosen == set(DEPARTMENTS)


def test_templates_are_named_for_types() -> None:
    """A deal is made from its type's template, or on the counterparty's paper."""
    for deal in DEALS:
        assert deal.type in TYPES
        assert deal.template in (None, f"{deal.type} (standard)")


@anything
@given(ANY)
def test_one_deal_is_complete(deals: tuple[Deal, ...]) -> None:
    """The deal that documentation shows lacks no field and shares no link."""
    deal = deals[41]

    assert deal.link is not None
    assert [d.index for d in deals if d.link and d.link.id == "PR-1042"] == [42]
    assert set(deal.fields) == set(FIELDS)
    assert deal.name.endswith("Société Générale d\u2019Énergie (042)")
