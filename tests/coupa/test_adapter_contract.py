"""How a contract of Coupa is read, one fact a test."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clm_bridge import (
    ExternalLink,
    Facet,
    Money,
    PartyRole,
    PayloadError,
    Period,
    Person,
    PersonRole,
    Ref,
    RelationKind,
    Status,
    Term,
    TermKind,
    TermState,
)
from clm_bridge._workspace import Pointer
from clm_bridge.adapter import FULL

from .reading import payload, read, row


def test_an_id_is_text() -> None:
    """Coupa's integer id becomes the text that the other calls take."""
    assert read(row()).id == "232"


def test_what_people_read() -> None:
    """Name and number are Coupa's own."""
    contract = read(row())

    assert (contract.name, contract.number) == ("Acme master services", "ACME-2026-001")


def test_the_page_of_a_contract() -> None:
    """The link to the page is made from the instance and the id."""
    assert read(row()).url == "https://acme.coupahost.com/contracts/show/232"


def test_everything_is_loaded() -> None:
    """One call carries each facet, and relations."""
    assert read(row()).loaded == FULL | {Facet.RELATIONS}


def test_raw_is_what_came() -> None:
    """The payload is kept whole, with keys that have no place in the model."""
    assert read(row()).source.raw["row"]["is-default?"] is False


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("draft", Status.DRAFT),
        ("in_negotiation", Status.NEGOTIATION),
        ("pending_approval", Status.APPROVAL),
        ("approved", Status.APPROVAL),
        ("pending_signature", Status.SIGNATURE),
        ("pending_signatures", Status.SIGNATURE),
        ("completed", Status.EXECUTED),
        ("published", Status.EXECUTED),
        ("expired", Status.EXECUTED),
        ("rejected", Status.DECLINED),
    ],
)
def test_status_words(word: str, status: Status) -> None:
    """Each word, documented or inferred, has a status."""
    assert read(row(status=word)).status is status


def test_inactive_after_published() -> None:
    """What was published before it became inactive had been executed."""
    assert read(row(status="inactive")).status is Status.EXECUTED


def test_inactive_and_never_published() -> None:
    """What became inactive without being published was given up."""
    contract = read(row(status="inactive", published_date=None))

    assert contract.status is Status.CANCELLED


def test_an_unknown_word_is_kept() -> None:
    """A word that nobody knows is no error."""
    contract = read(row(status="awaiting_oracle"))

    assert contract.status is Status.UNKNOWN
    assert contract.source.status == "awaiting_oracle"


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, None),
        ({"status": "expired"}, TermState.EXPIRED),
        ({"terminated": True}, TermState.TERMINATED),
        ({"terminated": None}, None),
    ],
)
def test_reported_state(changes: dict[str, Any], state: TermState | None) -> None:
    """Only 'expired' and the flag 'terminated' say how the term stands."""
    assert read(row(**changes)).reported_state is state


def test_instants_are_utc() -> None:
    """Audit times are instants, given with the instance's offset."""
    dates = read(row()).key_dates

    assert dates.created_at == datetime(2026, 1, 12, 17, 14, 3, tzinfo=UTC)
    assert dates.updated_at == datetime(2026, 3, 3, 0, 20, 45, tzinfo=UTC)


def test_days_are_cut_in_the_company_zone() -> None:
    """Midnight with an offset is a day."""
    dates = read(row()).key_dates

    assert dates.effective_on == date(2026, 1, 1)
    assert dates.expires_on == date(2026, 12, 31)
    assert dates.executed_on == date(2026, 1, 20)
    assert dates.published_on == date(2026, 1, 21)


def test_a_day_does_not_move_east() -> None:
    """The answer's offset is not the company's zone: 23:00 UTC is the next day."""
    told = row(start_date="2025-12-31T23:00:00+00:00")

    found = read(told, zone=ZoneInfo("Europe/Paris")).key_dates.effective_on

    assert found == date(2026, 1, 1)


def test_a_bare_date_written_by_api_is_the_day_before_in_the_west() -> None:
    """Midnight UTC reads as 17:00 of the day before, in Coupa as here."""
    told = row(start_date="2008-10-26T17:00:00-07:00")

    assert read(told).key_dates.effective_on == date(2008, 10, 26)


def test_a_whole_term() -> None:
    """Kind, renewals and notice; Coupa has no length."""
    assert read(row()).term == Term(
        kind=TermKind.AUTO_RENEW,
        renewal_length=Period(months=12),
        renewals_max=2,
        notice=Period(days=90),
    )


def test_neutral_values_say_nothing() -> None:
    """Clients send 0 and "" where nothing renews."""
    told = row(
        term_type="fixed",
        no_of_renewals=0,
        renewal_length_unit="",
        renewal_length_value=0,
        termination_notice="no",
    )

    assert read(told).term == Term(kind=TermKind.FIXED)


def test_no_termination_notice() -> None:
    """'no' counts more than a length left behind."""
    term = read(row(termination_notice="no")).term

    assert term is not None
    assert term.notice is None


def test_length_of_notice_steps_in() -> None:
    """Where the termination notice has no length, length-of-notice has: as text."""
    told = row(
        termination_notice=None,
        termination_notice_length_value=None,
        length_of_notice_unit="months",
        length_of_notice_value="3",
    )

    term = read(told).term

    assert term is not None
    assert term.notice == Period(months=3)


def test_an_unknown_unit_is_no_length() -> None:
    """A length in a unit that we do not know is not guessed."""
    term = read(row(renewal_length_unit="fortnights")).term

    assert term is not None
    assert term.renewal_length is None


@pytest.mark.parametrize("value", [12, "12", "12.0", Decimal("12.0"), "12.00"])
def test_a_whole_number_in_any_form(value: Any) -> None:
    """One key holds an integer, another text; a decimal ends in .0."""
    term = read(row(renewal_length_value=_json(value))).term

    assert term is not None
    assert term.renewal_length == Period(months=12)


@pytest.mark.parametrize("value", [-3, 0, "0", "1.5", 1.5, "many", True, [], "NaN"])
def test_what_is_no_length(value: Any) -> None:
    """Nothing, half a month or less than nothing is not guessed at."""
    term = read(row(renewal_length_value=value)).term

    assert term is not None
    assert term.renewal_length is None


def test_no_term_at_all() -> None:
    """A contract that says nothing about its term has none."""
    silent = dict.fromkeys(
        [
            "term_type",
            "no_of_renewals",
            "renewal_length_value",
            "termination_notice_length_value",
            "length_of_notice_value",
        ]
    )

    assert read(row(**silent)).term is None


def test_an_unknown_kind_of_term() -> None:
    """A kind of term that is not known is UNKNOWN, and the rest is read."""
    term = read(row(term_type="evergreen")).term

    assert term is not None
    assert (term.kind, term.renewals_max) == (TermKind.UNKNOWN, 2)


@pytest.mark.parametrize("amount", ["250000.0", 250000, Decimal("250000.00")])
def test_decimals_are_text_or_numbers(amount: Any) -> None:
    """Decimals are strings, and numbers are taken too; exactly."""
    told = row(maximum_value=str(amount) if isinstance(amount, Decimal) else amount)

    assert read(told).value == Money(Decimal(250000), "EUR")


def test_a_long_amount_is_exact() -> None:
    """No float is on the way."""
    value = read(row(maximum_value="98765432109876.5432")).value

    assert value == Money(Decimal("98765432109876.5432"), "EUR")


def test_the_other_pair_of_amounts() -> None:
    """max-commit is taken where maximum-value is unset."""
    value = read(row(maximum_value=None, max_commit="5000.00")).value

    assert value == Money(Decimal(5000), "EUR")


def test_nothing_to_pay_is_said() -> None:
    """An amount of zero is an amount."""
    value = read(row(maximum_value="0.0")).value

    assert value == Money(Decimal(0), "EUR")


def test_no_currency_no_value() -> None:
    """An amount without a currency is not money."""
    assert read(row(currency=None)).value is None


@pytest.mark.parametrize("code", [None, ""])
def test_a_currency_without_a_code_is_none(code: str | None) -> None:
    """Money in no currency is not money."""
    assert read(row(currency={"code": code})).value is None


@pytest.mark.parametrize(
    "name", ["supplier", "currency", "parent", "contract-owner", "contract-type"]
)
def test_an_empty_object_is_unset(name: str) -> None:
    """What an association without a record looks like under 'fields' is not told."""
    contract = read({**row(), name: {}})

    assert contract.id == "232"


def test_the_supplier_is_the_counterparty() -> None:
    """Id, name, number and first contact are the supplier's."""
    [party] = read(row()).parties

    assert party.role is PartyRole.COUNTERPARTY
    assert (party.id, party.name) == ("20", "Acme Hosting BV")
    assert party.identifiers == {"number": "V-10020"}
    assert party.contact == Person(
        PersonRole.CONTACT, "Pat Doe", "contact@acme.example"
    )


def test_further_parties() -> None:
    """Contract parties follow, without the supplier again and without the nameless."""
    parties = read(row(contract_parties=payload("parties"))).parties

    assert [party.name for party in parties] == [
        "Acme Hosting BV",
        "Bolt Ltd",
        "Cog SA",
    ]
    assert parties[1].contact == Person(PersonRole.CONTACT, "Bo Lt", "bo@bolt.example")
    assert parties[2].contact is None


def test_signers() -> None:
    """A contract party's contact signs, or is a contact."""
    people = read(row(contract_parties=payload("parties"))).people

    assert people == (
        Person(PersonRole.SIGNATORY, "Sig Ner", "sig@bolt.example"),
        Person(PersonRole.CONTACT, "Loo Ker", None),
    )


def test_the_owner() -> None:
    """The contract's owner is a user."""
    owner = read(row()).owner

    assert owner == Person(PersonRole.OWNER, "Pat Doe", "pdoe@buyer.example", "16")


def test_the_type() -> None:
    """The contract type is the type; 'type' is the place in the hierarchy."""
    assert read(row()).type == Ref("4", "Services")


MASTER = {"id": 5, "name": "Frame", "type": "MasterContract"}
PLAIN = {"id": 8, "name": "Order", "type": "Contract"}
UNTYPED = {"id": 9, "name": "Above"}


@pytest.mark.parametrize(
    ("changes", "relations"),
    [
        ({"type": "AmendmentContract", "parent": PLAIN}, [(RelationKind.AMENDS, "8")]),
        ({"type": "Amendment", "parent": PLAIN}, [(RelationKind.AMENDS, "8")]),
        ({"type": "Contract", "parent": MASTER}, [(RelationKind.MASTER, "5")]),
        ({"type": "Contract", "parent": PLAIN}, [(RelationKind.PARENT, "8")]),
        ({"type": "Contract", "parent": UNTYPED}, [(RelationKind.MASTER, "9")]),
        ({"type": None, "parent": UNTYPED}, [(RelationKind.MASTER, "9")]),
        ({"type": "Schedule", "parent": UNTYPED}, [(RelationKind.PARENT, "9")]),
        ({"master_contract": MASTER}, [(RelationKind.MASTER, "5")]),
        (
            {"type": "AmendmentContract", "parent": PLAIN, "master_contract": MASTER},
            [(RelationKind.AMENDS, "8"), (RelationKind.MASTER, "5")],
        ),
        (
            {"type": "AmendmentContract", "parent": MASTER, "master_contract": MASTER},
            [(RelationKind.AMENDS, "5")],
        ),
        (
            {"type": "Contract", "parent": PLAIN, "master_contract": PLAIN},
            [(RelationKind.MASTER, "8")],
        ),
    ],
)
def test_relations(
    changes: dict[str, Any], relations: list[tuple[RelationKind, str]]
) -> None:
    """An amendment amends its parent, a contract hangs under it; no parent twice."""
    found = read(row(**changes)).relations

    assert [(one.kind, one.ref.id) for one in found] == relations


def test_the_own_id_is_a_link() -> None:
    """external-contract-id is where the own id lives, unless the settings say."""
    assert read(row()).external_links == (ExternalLink(None, None, "CLM-77"),)


@pytest.mark.parametrize(
    ("where", "link"),
    [
        ("number", ExternalLink(None, None, "ACME-2026-001")),
        ("source-id", ExternalLink("erp", None, "S-9")),
        ("custom-field:erp-agreement", ExternalLink(None, None, "4600001234")),
    ],
)
def test_where_the_own_id_lives(where: str, link: ExternalLink) -> None:
    """The settings name the attribute; source-type is the system of source-id."""
    contract = read(row(source_id="S-9", source_type="erp"), external_id=where)

    assert contract.external_links == (link,)


@pytest.mark.parametrize(
    ("value", "id"),
    [
        (141, "141"),
        ({"id": 141, "name": "CLM-77"}, "CLM-77"),
        ({"id": 141}, None),
        (True, None),
    ],
)
def test_an_own_id_that_is_no_text(value: Any, id: str | None) -> None:
    """A number is an id, a lookup is what it is called, anything else is none."""
    contract = read(row(custom_fields={"own": value}), external_id="custom-field:own")

    assert [link.id for link in contract.external_links] == [id] * bool(id)


@pytest.mark.parametrize("unset", [None, ""])
def test_no_own_id(unset: str | None) -> None:
    """An own id that is unset is no link."""
    assert read(row(external_contract_id=unset)).external_links == ()


def test_absent_is_null() -> None:
    """Old payloads leave out what is unset."""
    contract = read({"id": 1, "name": "Bare", "status": "draft"})

    assert contract.parties == ()
    assert (contract.term, contract.value, contract.owner) == (None, None, None)
    assert contract.key_dates.created_at is None


def test_an_empty_text_is_unset() -> None:
    """Unset scalars may be "": also dates and numbers."""
    contract = read(row(end_date="", maximum_value="", max_commit=None))

    assert contract.key_dates.expires_on is None
    assert contract.value is None


@pytest.mark.parametrize(
    ("told", "path"),
    [
        (row(start_date="soon"), "$.start-date: expected an ISO 8601 date"),
        (row(terminated="yes"), "$.terminated: expected true or false, got text"),
        (row(supplier=[]), "$.supplier: expected an object, got a list"),
        ({"id": 1, "name": "x"}, "$.status: is missing"),
        ([], "expected an object, got a list"),
    ],
)
def test_a_payload_that_breaks_its_promise(told: Any, path: str) -> None:
    """An error names the path in Coupa's own keys, and what came instead."""
    with pytest.raises(PayloadError) as caught:
        read(told)

    assert path in str(caught.value)


def test_own_fields_as_key_dates() -> None:
    """The settings can name a custom field for a date that Coupa lacks."""
    told = row(custom_fields={"signed": "2026-01-19T00:00:00-08:00"})

    dates = read(told, key_dates={"signed_on": Pointer("signed")}).key_dates

    assert dates.signed_on == date(2026, 1, 19)
    assert dates.effective_on == date(2026, 1, 1)


def test_own_fields_as_term() -> None:
    """A custom field for the length is put over the term that Coupa states."""
    told = row(custom_fields={"months": "24"})

    term = read(told, term={"length": Pointer("months", unit="months")}).term

    assert term is not None
    assert (term.kind, term.length) == (TermKind.AUTO_RENEW, Period(months=24))


def test_an_own_field_that_says_whether_it_renews() -> None:
    """A label made of digits is a label, not a figure."""
    told = row(term_type=None, custom_fields={"renews": "1"})

    term = read(told, term={"auto_renews": Pointer("renews", equals="1")}).term

    assert term is not None
    assert term.kind is TermKind.AUTO_RENEW


def test_own_fields_as_value() -> None:
    """A custom amount, which is text as all decimals, and an attribute's currency."""
    told = row(custom_fields={"annual": "1200.50"})
    value = {"amount": Pointer("annual"), "currency": Pointer("currency")}

    contract = read(told, value=value, fields=("currency",))

    assert contract.value == Money(Decimal("1200.50"), "EUR")


def _json(value: Any) -> Any:
    """Return what the payload holds; a fraction is a number without quotes."""
    return float(value) if isinstance(value, Decimal) else value


def test_raw_can_be_dropped() -> None:
    """With keep_raw false nothing of the payload stays."""
    contract = read(row(), keep_raw=False)

    assert contract.source.raw == {}
