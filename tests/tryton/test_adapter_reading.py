"""What Tryton's answers become; they were recorded at a real server."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clm_bridge import FieldKind, Money, PartyRole, PayloadError, Status, TermState
from clm_bridge.testing import play, reply

from .reading import adapter, answered, body, read, row


def test_a_running_agreement():
    """Everything that the model has a place for."""
    one = read(row())

    assert (one.id, one.name, one.number) == ("1", "Bolts 2026", "1")
    assert (one.status, one.source.status) == (Status.EXECUTED, "running")
    assert one.value == Money(Decimal("257.50"), "EUR")
    assert one.key_dates.effective_on == date(2026, 1, 1)
    assert one.key_dates.expires_on == date(2026, 12, 31)
    assert one.key_dates.updated_at > one.key_dates.created_at
    assert [(party.role, party.name) for party in one.parties] == [
        (PartyRole.OURSELVES, "Northwind Ltd"),
        (PartyRole.COUNTERPARTY, "Acme Supplies"),
    ]


@pytest.mark.parametrize(
    ("name", "status", "state"),
    [
        ("untouched", Status.DRAFT, None),
        ("running", Status.EXECUTED, None),
        ("closed", Status.EXECUTED, TermState.EXPIRED),
        ("cancelled", Status.CANCELLED, None),
    ],
)
def test_states(name, status, state):
    """Each of Tryton's four words."""
    one = play(adapter().get_contract("1"), answered(name)).result

    assert (one.status, one.reported_state) == (status, state)


def test_an_unknown_state_is_kept():
    """A module may add states; none fails."""
    one = read(row(state="suspended"))

    assert (one.status, one.source.status) == (Status.UNKNOWN, "suspended")


def test_the_state_alone():
    """As few bytes as Tryton sends."""
    played = play(adapter().contract_status("1"), answered("status"))

    assert played.result.word == "running"
    assert played.asked[0].params == {"f": ("id", "state")}


def test_a_null_write_date_is_the_creation():
    """Tryton writes the date of a change, and there was none."""
    told = body("untouched")
    one = read(told)

    assert told["write_date"] is None
    assert one.key_dates.updated_at == one.key_dates.created_at


def test_instants_are_in_utc():
    """Their tag has no zone, and microseconds count."""
    parts = {"year": 2026, "month": 3, "day": 1, "hour": 23, "minute": 59}
    told = {"__class__": "datetime", **parts, "second": 58, "microsecond": 7}

    assert read(row(write_date=told)).key_dates.updated_at == datetime(
        2026, 3, 1, 23, 59, 58, 7, tzinfo=UTC
    )


def test_days_are_days_in_every_zone():
    """A day is no instant, and the company's zone does not move it."""
    from zoneinfo import ZoneInfo

    one = read(row(), zone=ZoneInfo("Pacific/Auckland"))

    assert one.key_dates.expires_on == date(2026, 12, 31)


@pytest.mark.parametrize(
    "wrong",
    [
        {"__class__": "date", "year": 2026, "month": 13, "day": 1},
        {"__class__": "date", "year": 2026, "month": 1},
        {"__class__": "date", "year": "x", "month": 1, "day": 1},
        {"__class__": "week", "year": 2026},
        {"__class__": ["date"]},
    ],
)
def test_a_day_that_is_none_is_an_error(wrong):
    """It is said where, and that an object came."""
    with pytest.raises(PayloadError, match=r"\$\.to_date: expected .*got an object"):
        read(row(to_date=wrong))


@pytest.mark.parametrize("digits", ["0", "0.00", None])
def test_no_amount_is_no_value(digits):
    """The sum of lines whose quantities were left open is 0."""
    told = digits and {"__class__": "Decimal", "decimal": digits}

    assert read(row(amount=told)).value is None


@pytest.mark.parametrize("code", ["euros", "", "€", None])
def test_a_currency_is_a_code(code):
    """Tryton takes any text; an amount in no known currency is not money."""
    assert read(row(currency={"id": 1, "code": code})).value is None


def test_money_is_exact():
    """More digits than a float holds."""
    told = {"__class__": "Decimal", "decimal": "12345678901234567.89"}

    assert read(row(amount=told)).value.amount == Decimal("12345678901234567.89")


@pytest.mark.parametrize("key", ["id", "rec_name", "state", "create_date"])
def test_what_must_be_there(key):
    """An answer without it is no agreement."""
    told = row()
    del told[key]

    with pytest.raises(PayloadError, match=rf"\$\.{key}: is missing"):
        read(told)


@pytest.mark.parametrize(
    "key",
    [
        "amount",
        "company",
        "create_uid",
        "currency",
        "description",
        "from_date",
        "number",
        "reference",
        "supplier",
        "to_date",
        "write_date",
    ],
)
def test_what_may_be_missing(key):
    """Tryton leaves out what the key's user may not read, and sends null for empty."""
    told = row()
    del told[key]

    assert read(told).status is read(row(**{key: None})).status is Status.EXECUTED


def test_unknown_keys_are_kept():
    """A key that nobody knows is in raw, and said to have no place."""
    one = read(row(new_key={"deep": [1]}))

    assert one.source.raw["row"]["new_key"] == {"deep": [1]}
    assert "row.new_key.deep" in {line.path for line in one.source.report().unplaced}


def test_every_field_that_is_read_has_a_place():
    """All that is left over are Tryton's own marks of a record."""
    unplaced = {line.path for line in read(row()).source.report().unplaced}

    ours = {path for path in unplaced if not path.endswith("__name__")}
    assert ours == {"row.company.id", "row.currency.id"}


def test_raw_can_be_left_out():
    """The payload stays out of memory where the settings say so."""
    assert read(row(), keep_raw=False).source.raw == {}


@pytest.mark.parametrize(
    ("where", "own"), [("reference", "PR-1042"), ("number", "1"), ("description", None)]
)
def test_the_own_id_is_where_the_settings_say(where, own):
    """Three places, any of which may be empty."""
    link = read(row(description=None), external_id=where).external_link

    assert (link and link.id) == own


def test_further_fields_by_their_tags():
    """Typed as they were sent; of several records one each; what is empty is absent."""
    told = row(
        active=True,
        lead=3,
        note="soon",
        empty="",
        lines=[{"product": {"rec_name": "Bolt"}}, {"product": {"rec_name": "Nut"}}],
        price={"__class__": "Decimal", "decimal": "2.50"},
    )
    names = ("active", "lead", "note", "empty", "price", "to_date", "write_date")
    one = read(told, fields=(*names, "lines.product.rec_name", "supplier.name.x"))

    assert {name: field.kind for name, field in one.fields.items()} == {
        "active": FieldKind.BOOLEAN,
        "lead": FieldKind.NUMBER,
        "note": FieldKind.TEXT,
        "price": FieldKind.NUMBER,
        "to_date": FieldKind.DATE,
        "write_date": FieldKind.INSTANT,
        "lines.product.rec_name": FieldKind.OTHER,
    }
    assert one.fields["price"].value == Decimal("2.50")
    assert one.fields["lines.product.rec_name"].value == ["Bolt", "Nut"]
    assert one.fields["write_date"].value == one.key_dates.updated_at


def test_parties():
    """An inactive one is a party too; SQLite says 0 and 1, other databases say so."""
    told = body("parties")
    told[0]["active"] = True
    page = play(adapter().list_counterparties(None), reply(told)).result

    found = {one.name: one for one in page.items}
    assert found["Northwind Ltd"].active is True
    assert found["Acme Supplies"].active is True
    assert found["Globex"].active is False
    assert found["Acme Supplies"].identifiers == {"code": "ACM-7"}


def test_a_party_may_tell_less():
    """Its tax identifier is a record of its own, and any field may be hidden."""
    tax = {"id": 9, "__name__": "party.identifier", "code": "FR23334175221"}
    told = [{"id": 7, "rec_name": "[N-1]", "tax_identifier": tax}]
    [one] = play(adapter().list_counterparties(None), reply(told)).result.items

    assert (one.name, one.active) == ("[N-1]", None)
    assert one.identifiers == {"tax_identifier": "FR23334175221"}
