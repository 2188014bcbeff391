"""What is asked of every vendor that takes registrations: addresses, kinds, words."""

from __future__ import annotations

import pytest

import clm_bridge
from clm_bridge import EventKind, InvalidInput, Outcome, Unsupported
from clm_bridge._registering import check_address, vendor_words
from clm_bridge.adapter import Secret, Workspace
from clm_bridge_spotdraft import SpotDraft

ADAPTER = SpotDraft(SpotDraft.Config("i", Secret("s")), Workspace())


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.com/clm",
        "https://hooks.example.com:8443/clm?tenant=1",
        "http://127.0.0.1:8000/hooks",
        "http://localhost/",
        "http://[::1]:8000/",
    ],
)
def test_https_is_taken_and_http_on_loopback(url):
    """A sandbox calls no other."""
    check_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example.com",
        "//hooks.example.com/",
        "ftp://hooks.example.com/",
        "https:///path",
        "https://[",
        "https://h.example:0/",
        "http://hooks.example.com/",
        "http://127.0.0.1.example.com/",
        "https://user:pass@hooks.example.com/",
        "https://hooks.example.com/#there",
    ],
)
def test_no_other_address_is_taken(url):
    """And what is wrong is said without repeating it."""
    with pytest.raises(InvalidInput) as caught:
        check_address(url)

    assert "pass" not in str(caught.value).replace("password", "")


def test_without_kinds_all_that_mean_something_are_asked_for():
    """What is OTHER here is noise."""
    words = vendor_words(ADAPTER, None)

    assert "CONTRACT_EXECUTED" in words
    assert "SIGNING_EMAIL_OPENED" not in words


@pytest.mark.parametrize(
    "kinds",
    [
        EventKind.FIELDS_UPDATED,
        [EventKind.FIELDS_UPDATED],
        ["fields_updated"],
        "fields_updated",
    ],
)
def test_a_kind_is_all_of_its_words(kinds):
    """One alone needs no list, and a name will do."""
    assert vendor_words(ADAPTER, kinds) == [
        "CONTRACT_DATA_UPDATED",
        "CONTRACT_KEY_POINTER_CREATION",
        "CONTRACT_KEY_POINTER_UPDATION",
    ]


def test_the_vendors_own_word_is_taken():
    """Also one that is OTHER, and twice is once."""
    told = ["SIGNING_EMAIL_OPENED", EventKind.EXECUTED, "CONTRACT_EXECUTED"]

    assert vendor_words(ADAPTER, told) == ["SIGNING_EMAIL_OPENED", "CONTRACT_EXECUTED"]


@pytest.mark.parametrize("kinds", [["excuted"], "", []])
def test_what_is_no_kind_is_refused(kinds):
    """With what there is."""
    with pytest.raises(InvalidInput):
        vendor_words(ADAPTER, kinds)


def test_a_dry_run_registers_nothing(clm_sandbox):
    """It shows the one request."""
    sandbox = clm_sandbox("spotdraft")
    with clm_bridge.connect(vendor="spotdraft", sandbox=sandbox) as clm:
        told = clm.webhooks.register("https://h.example/", dry_run=True)
        gone = clm.webhooks.unregister("511", dry_run=True)
        again = clm.webhooks.resend(["T-1001"], dry_run=True)

    assert {one.outcome for one in (told, gone, again)} == {Outcome.DRY_RUN}
    assert [one.requests[0].method for one in (told, gone, again)] == [
        "POST",
        "DELETE",
        "POST",
    ]
    assert len(sandbox.webhooks.subscriptions) == 0


@pytest.mark.parametrize(
    ("vendor", "where"),
    [
        ("tomorro", "My account → Integrations → Webhooks"),
        ("coupa", "Setup → Integrations → Call Outs"),
    ],
)
def test_who_cannot_says_where_it_is_done(clm_sandbox, vendor, where):
    """In the words of the vendor's own app."""
    with clm_bridge.connect(vendor=vendor, sandbox=clm_sandbox(vendor)) as clm:
        for ask in (
            lambda: clm.webhooks.register("https://h.example/"),
            lambda: clm.webhooks.unregister("1"),
            clm.webhooks.list,
        ):
            with pytest.raises(Unsupported, match=where):
                ask()
        for ask in (lambda: clm.webhooks.resend(["1"]), clm.webhooks.secret):
            with pytest.raises(Unsupported) as caught:
                ask()
            assert "it offers" not in str(caught.value)


def test_nobody_is_asked_to_resend_nothing(clm_sandbox):
    """An empty list is a mistake."""
    with (
        clm_bridge.connect(vendor="spotdraft", sandbox=clm_sandbox("spotdraft")) as clm,
        pytest.raises(InvalidInput, match="no contract is named"),
    ):
        clm.webhooks.resend([])
