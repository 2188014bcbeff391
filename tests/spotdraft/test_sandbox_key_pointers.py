"""What a contract's key pointers tell."""

from __future__ import annotations

from .sandbox_workspace import Api


def test_key_pointers_are_a_bare_array_of_six_keys(api):
    """The id is the value's own, not the definition's."""
    rows = api.get("/contracts/T-1002/key_pointers").json

    assert rows[0] == {
        "id": 100201,
        "value": "2026-02-01",
        "label": "Effective Date",
        "field_name": "effective_date",
        "data_type": "date",
        "format_option": {},
    }
    assert len(rows) == 16


def test_key_pointers_hold_what_the_deal_says(api):
    """Dates are plain, lengths and amounts are objects."""
    found = {name: row["value"] for name, row in api.pointers("T-1002").items()}

    assert found | {"contract_value": None} == {
        "effective_date": "2026-02-01",
        "expiration_date": "2027-01-31",
        "renewal_date": None,
        "term_length": {"type": "MONTHS", "value": 12, "days": 365},
        "renewal_term": {"type": "MONTHS", "value": 6, "days": 180},
        "max_renewals": 3,
        "notice_period": {"type": "DAYS", "value": 30, "days": 30},
        "auto_renewal": True,
        "perpetual": False,
        "contract_value": None,
        "termination_date": "2026-09-30",
        "department": "Legal",
        "cost_centre": "CC-1",
        "risk_score": 3,
        "personal_data": False,
        "review_date": "2026-06-01",
    }


def test_amounts_keep_their_cents(api):
    """No float stands between the contract and the wire."""
    text = api.get("/contracts/T-1002/key_pointers").get_data(as_text=True)

    assert '"value":{"type":"INR","value":98765432109876.54}' in text


def test_data_types_are_the_template_kinds(api):
    """In lower case."""
    found = {name: row["data_type"] for name, row in api.pointers("T-1001").items()}

    assert found["effective_date"] == "date"
    assert found["term_length"] == "duration"
    assert found["contract_value"] == "currency"
    assert found["auto_renewal"] == "check-box"
    assert found["department"] == "dropdown"
    assert found["risk_score"] == "number"
    assert found["cost_centre"] == "string"


def test_a_switch_leaves_empty_key_pointers_out():
    """A row without a value may be absent instead of null."""
    api = Api(omit_empty_key_pointers=True)

    assert set(api.pointers("T-1001")) == {"term_length", "auto_renewal", "perpetual"}


def test_a_switch_makes_dates_instants():
    """A date key pointer may hold an ISO datetime."""
    api = Api(key_pointer_instants=True)

    assert api.pointers("T-1002")["effective_date"]["value"] == "2026-02-01T00:00:00Z"


def test_a_switch_makes_format_options_null():
    """What stands there is not documented."""
    api = Api(null_format_option=True)

    assert api.pointers("T-1002")["department"]["format_option"] is None
