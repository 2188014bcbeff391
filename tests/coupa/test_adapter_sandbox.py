"""Coupa's adapter reads its sandbox, whichever way the undocumented falls."""

from __future__ import annotations

import pytest

import clm_bridge
from clm_bridge import (
    NotFound,
    PayloadError,
    PermissionDenied,
    Unsupported,
    VendorDown,
)
from clm_bridge.sandbox import portfolio, start
from clm_bridge_coupa.sandbox import CoupaSandbox

DEALS = {deal.name: deal for deal in portfolio()}


def connect(switches=None, **settings):
    sandbox = start(CoupaSandbox, switches={"rate_limit": False, **(switches or {})})
    return clm_bridge.connect(vendor="coupa", sandbox=sandbox, **settings)


@pytest.mark.parametrize(
    "switches",
    [
        {"plain_decimals": False},
        {"new_fields_only_if_named": False},
        {"timezone": "Asia/Kolkata"},
        {"timezone": "Europe/Paris"},
        {"timezone": "UTC"},
        {"clamp_limit": False},
    ],
    ids=lambda switches: "-".join(map(str, *switches.items())),
)
def test_every_form_reads_the_same(switches):
    """Decimals, later attributes and the company's zone change no contract."""
    with connect() as plain, connect(switches) as other:
        expected = {one.id: one.key_dates for one in plain.contracts.list()}
        values = {one.id: (one.value, one.fields) for one in plain.contracts.list()}
        found = list(other.contracts.list())

    dates = ("effective_on", "expires_on", "executed_on")
    for one in found:
        for name in dates:
            assert getattr(one.key_dates, name) == getattr(expected[one.id], name)
        assert (one.value, one.fields) == values[one.id]
    assert len(found) == len(expected) == len(DEALS)


def test_a_check_notices_a_wrong_zone():
    """The instance is in California, and the settings say Paris."""
    with connect(timezone="Europe/Paris") as clm:
        assert any("-08:00" in n or "-07:00" in n for n in clm.check().notes)


def test_a_check_is_content_with_the_right_one():
    """The sandbox's own settings name its zone."""
    with connect() as clm:
        assert not any("timezone" in note for note in clm.check().notes)


@pytest.mark.parametrize("raw", [True, False])
def test_the_agreement_is_a_pdf_either_way(raw, tmp_path):
    """It comes as it is, or as a ZIP around it."""
    with connect({"raw_agreement": raw}) as clm:
        one = next(iter(clm.contracts.list(status="executed", detail="summary")))
        signed = clm.documents.list(one.id)[0]
        arrived = clm.documents.download(signed, tmp_path)

    assert arrived.media_type == "application/pdf"
    assert arrived.path.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("body", ["json", "text"])
def test_a_missing_contract_is_not_found(body):
    """Whatever the body is, and its words are in the error."""
    with connect({"not_found_body": body}) as clm, pytest.raises(NotFound) as caught:
        clm.contracts.get("999999")

    assert caught.value.complaints


@pytest.mark.parametrize(
    ("html", "error"), [("login", PayloadError), ("bad_gateway", VendorDown)]
)
def test_a_page_is_no_answer(html, error):
    """HTML with 200 or with 502 is an error, and its text is not shown."""
    with connect({"html": html}) as clm, pytest.raises(error) as caught:
        clm.with_options(max_attempts=1).check()

    assert "<" not in str(caught.value)


@pytest.mark.parametrize("status", [401, 403])
def test_a_scope_that_is_missing(status):
    """Coupa does not say which of the two it is: neither is retried for ever."""
    switches = {"missing_scope_status": status}
    with (
        connect(switches, scope="core.supplier.read") as clm,
        pytest.raises((PermissionDenied, clm_bridge.AuthenticationFailed)),
    ):
        clm.contracts.list().first()


def test_an_instance_that_cannot_be_asked_for_the_own_id():
    """It refuses or ignores the filter; a guess is never returned."""
    with (
        connect({"query_any_attribute": False}) as clm,
        pytest.raises((Unsupported, clm_bridge.Rejected)),
    ):
        clm.contracts.find_by_external_id("PR-1")


def test_a_supplier_by_name_and_by_id():
    """Both find the same contracts."""
    with connect() as clm:
        one = next(c for c in clm.contracts.list() if c.counterparty)
        by_name = {c.id for c in clm.contracts.list(counterparty=one.counterparty.name)}
        by_id = {c.id for c in clm.contracts.list(counterparty=one.counterparty.id)}

    assert one.id in by_id
    assert by_id <= by_name


def test_a_spelling_of_the_instance_is_kept():
    """A spelling that nobody knows is UNKNOWN, and counted."""
    with connect({"pending_signature": "Pending Signature"}) as clm:
        words = {c.source.status for c in clm.contracts.list(status="unknown")}

    assert words == {"Pending Signature"}
