"""Errors of Coupa, as its documents show them."""

from __future__ import annotations

import pytest

from clm_bridge import (
    AuthenticationFailed,
    ContractChanges,
    NotFound,
    PayloadError,
    PermissionDenied,
    RateLimited,
    Rejected,
    VendorDown,
)
from clm_bridge.testing.cassettes import Cassettes

TAKEN = ContractChanges(name="Taken")


class TestErrors(Cassettes):
    """Each test is named after its cassette."""

    vendor = "coupa"
    settings = {"instance": "acme", "timezone": "America/Los_Angeles"}  # noqa: RUF012

    def test_error_400_json(self, clm):
        """Sentences are filed under a model, and each of them is told."""
        with pytest.raises(Rejected, match="answered 400") as caught:
            clm.contracts.update("232", TAKEN)

        assert caught.value.complaints == (
            "Name has already been taken",
            "Supplier can't be blank",
        )

    def test_error_400_warnings(self, clm):
        """Warnings inside the errors are told as well."""
        with pytest.raises(Rejected) as caught:
            clm.contracts.update("232", TAKEN)

        assert caught.value.complaints == (
            "Number has already been taken",
            "End date is in the past",
        )

    def test_error_400_xml(self, clm):
        """The same sentences are read from XML, in CDATA or not."""
        with pytest.raises(Rejected) as caught:
            clm.contracts.update("232", TAKEN)

        assert caught.value.complaints == (
            "Number has already been taken",
            "Supplier can't be blank.",
        )

    def test_error_400_query(self, clm):
        """An invalid query is refused with an explanation, which is told."""
        with pytest.raises(Rejected, match="Invalid query"):
            clm.contracts.list(name_contains="x").first()

    def test_error_404_text(self, clm):
        """The body of a 404 need not be JSON; its text is told."""
        with pytest.raises(NotFound, match="answered 404: Not Found"):
            clm.contracts.get("232")

    def test_error_404_empty(self, clm):
        """Nor need there be a body."""
        with pytest.raises(NotFound, match="answered 404"):
            clm.contracts.get("232")

    def test_error_404_xml(self, clm):
        """A document of XML is read, not printed."""
        with pytest.raises(NotFound) as caught:
            clm.contracts.get("232")

        assert caught.value.complaints == ("No results match your search criteria.",)

    def test_error_401(self, clm):
        """A token that is refused twice is a matter of credentials or scopes."""
        with pytest.raises(AuthenticationFailed) as caught:
            clm.contracts.get("232")

        assert "client_secret" in caught.value.hint

    def test_error_401_once(self, clm):
        """A token that ended early costs one more call, and no error."""
        assert clm.contracts.get("232").id == "232"

    def test_error_403(self, clm):
        """A scope that is not granted is named in the hint."""
        with pytest.raises(PermissionDenied) as caught:
            clm.contracts.approvals("232")

        assert "core.approval.read" in caught.value.hint

    def test_error_429(self, clm):
        """Nothing says how long to wait."""
        with pytest.raises(RateLimited) as caught:
            clm.contracts.get("232")

        assert caught.value.retry_after is None

    def test_error_429_retried(self, connect):
        """A call that came too fast is made again."""
        assert connect(max_attempts=2).contracts.get("232").id == "232"

    def test_error_502_html(self, clm):
        """A page of HTML is no complaint of the vendor's."""
        with pytest.raises(VendorDown, match="answered 502") as caught:
            clm.contracts.get("232")

        assert caught.value.complaints == ()

    def test_error_200_html(self, clm):
        """A page in the place of JSON is not what was promised."""
        with pytest.raises(PayloadError):
            clm.contracts.get("232")
