"""What the list can be filtered and sorted by."""

from __future__ import annotations

import pytest
from attrs import evolve

from .sandbox_workspace import DEALS, PLAIN, Api

EXECUTED = {"filter__display_status": "EXECUTED"}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"filter__display_status": "DRAFT"}, ["Draft"]),
        ({"filter__display_status[$eq]": "VOIDED"}, ["Voided"]),
        ({"filter__display_status[$in]": "DRAFT,VOIDED"}, ["Voided", "Draft"]),
        ({"filter__contract_id[$in]": "T-1001,H-1009"}, ["Uploaded", "Draft"]),
        ({"filter__contract_id": "1001"}, []),
        ({"filter__contract_reference_id": "SD-1003"}, ["Negotiated"]),
        ({"filter__client_name": "Übertal & Söhne"}, ["Signing"]),
        ({"filter__client_email": "joerg@uebertal.ex"}, ["Signing"]),
        ({"filter__client_name": "globex ltd"}, []),
        ({"filter__contract_kind": "UPLOAD_EXECUTED"}, ["Uploaded"]),
        ({"filter__contract_type_id[$gt]": "102"}, []),
        ({"filter__created_at[$lt]": "2026-01-03"}, ["Draft"]),
        ({"filter__created_at[$lte]": "2026-01-02T15:00:00Z"}, ["Draft"]),
        ({"filter__created_at[$lte]": "2026-01-02"}, []),
        ({"filter__last_updated_on[$gte]": "2026-01-08"}, ["Uploaded", "Signed"]),
        ({"filter__expiring_at[$gt]": "2027-01-30"}, ["Uploaded", "Signed"]),
        ({"filter__expiring_at[$gt]": "2027-01-31"}, []),
        ({"filter__execution_date[$gte]": "2026-01-11"}, []),
        ({"filter__signatures_rejected_by": "avery@globex.ex"}, ["Declined"]),
        ({"filter__approvals_pending": "Contract Service"}, ["Approved"]),
        ({"filter__tags": "urgent"}, []),
        ({"filter__pending_with": "CREATOR_PARTY"}, ["Approved", "Draft"]),
        ({"filter__signatures_pending_on": "joerg@uebertal.ex"}, ["Signing"]),
        ({"filter_metadata__department": "Legal"}, ["Uploaded", "Signed"]),
        ({"filter_metadata__risk_score[$gt]": "3"}, []),
        ({**EXECUTED, "filter__contract_id": "T-1002"}, ["Signed"]),
    ],
)
def test_filters(api, filters, found):
    """Each documented kind of field, with its operators; several are joined by AND."""
    assert api.names(**filters) == found


def test_not_equal_leaves_out(api):
    """$ne keeps everything else, also what has no value."""
    assert "Draft" not in api.names(**{"filter__display_status[$ne]": "DRAFT"})
    found = api.names(**{"filter__execution_date[$ne]": "2026-01-10T15:00:00Z"})

    assert "Draft" in found
    assert "Signed" not in found


def test_a_comma_can_be_escaped():
    """A backslash before it makes it part of the value."""
    company = evolve(PLAIN.counterparty, name="Smith, Jones")
    api = Api([evolve(PLAIN, counterparty=company)])

    assert api.names(**{"filter__client_name[$in]": r"Acme,Smith\, Jones"}) == ["Draft"]
    assert api.names(**{"filter__client_name[$in]": "Smith, Jones"}) == []


@pytest.mark.parametrize("query", ["übertal", "JOERG@", "signing"])
def test_the_free_search_looks_everywhere(api, query):
    """Name, party name and party e-mail, in any case."""
    assert api.names(query=query) == ["Signing"]


def test_the_free_search_knows_our_company(api):
    """Every contract is ours."""
    assert len(api.names(query="buyer holding")) == len(DEALS)


def test_an_unknown_status_is_refused(api):
    """The words that exist are listed."""
    answer = api.get("/contracts/", **{"filter__display_status[$in]": "DRAFT,SIGNING"})

    assert answer.status_code == 400
    assert answer.json == {
        "display_status": [
            "Value should be one of DRAFT, REDLINING, SIGN, EXECUTED, ON_HOLD, VOIDED"
        ]
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("filter__created_at[$gte]", "yesterday"),
        ("filter__contract_type_id", "ten"),
        ("filter_metadata__risk_score[$gt]", "NaN"),
    ],
)
def test_a_filter_that_cannot_be_read_is_refused(api, name, value):
    """The fault is told under the parameter's name."""
    answer = api.get("/contracts/", **{name: value})

    assert answer.status_code == 400
    assert name in answer.json


@pytest.mark.parametrize("name", ["status", "filter__nothing", "filter__tags[$gt]"])
def test_an_unknown_filter_is_ignored(api, name):
    """Also an operator that the kind of field does not have."""
    assert len(api.names(**{name: "x"})) == len(DEALS)


def test_a_switch_refuses_unknown_filters():
    """Which of both SpotDraft does is not documented."""
    answer = Api(strict_filters=True).get("/contracts/", filter__nothing="x")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("+filter__created_at", "Draft"),
        ("filter__created_at", "Draft"),
        ("-filter__created_at", "Voided"),
        ("+filter__client_name,+filter__contract_reference_id", "Draft"),
        ("-filter__client_name", "Signing"),
        ("-filter_metadata__risk_score,+filter__contract_kind", "Signed"),
    ],
)
def test_sorting(api, sort, first):
    """A comma list of filter names with a sign."""
    assert api.names(sort=sort)[0] == first
