"""Contracts that are changed at Coupa, as its documents show it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from clm_bridge import (
    ContractChanges,
    ExternalLink,
    IllegalTransition,
    Incomplete,
    KeyDates,
    Money,
    Outcome,
    Status,
    Transition,
)
from clm_bridge.testing.cassettes import Cassettes

RENAMED = ContractChanges(name="Acme services 2")


class TestChange(Cassettes):
    """Each test is named after its cassette, which holds what must be sent."""

    vendor = "coupa"
    settings = {"instance": "acme", "timezone": "America/Los_Angeles"}  # noqa: RUF012

    def test_contracts_update(self, clm):
        """Only what changes is sent; a day in summer has summer's offset."""
        told = ContractChanges(
            key_dates=KeyDates(expires_on=date(2027, 6, 30)),
            value=Money(Decimal("5000.5"), "USD"),
        )
        after = clm.contracts.update("232", told)

        assert after.outcome is Outcome.CHANGED
        assert after.result.key_dates.expires_on == date(2027, 6, 30)
        assert after.result.value == Money(Decimal("5000.5"), "USD")

    def test_contracts_update_published(self, clm):
        """What is published is changed by an action of its own, without a draft."""
        after = clm.contracts.update("232", RENAMED)

        assert after.result.name == "Acme services 2"
        assert after.result.source.status == "published"

    def test_contracts_update_without_hierarchy(self, connect):
        """Without the hierarchy there is the plain update alone."""
        after = connect(hierarchy=False).contracts.update("232", RENAMED)

        assert after.result.name == "Acme services 2"

    def test_contracts_update_ignored(self, clm):
        """A change that was answered by 200 and not made is told."""
        with pytest.raises(Incomplete) as caught:
            clm.contracts.update("232", RENAMED)

        assert caught.value.missing == ("name",)

    def test_contracts_update_clear(self, clm):
        """What is emptied takes the neutral value of its key."""
        told = ContractChanges(
            clear=[
                "key_dates.expires_on",
                "term.renewals_max",
                "term.renewal_length",
                "term.notice",
            ]
        )
        after = clm.contracts.update("232", told).result

        assert after.key_dates.expires_on is None
        assert (after.term.renewal_length, after.term.notice) == (None, None)

    def test_fields_set(self, clm):
        """Custom fields alone take a plain update, also of what is published."""
        after = clm.fields.set("232", {"erp-agreement": "4600001234"})

        assert after.result.fields["erp-agreement"].value == "4600001234"
        assert after.result.source.status == "published"

    def test_fields_set_ignored(self, clm):
        """A field that is not API editable keeps its value, which is told."""
        with pytest.raises(Incomplete) as caught:
            clm.fields.set("232", {"erp-agreement": "77"})

        assert caught.value.missing == ("fields['erp-agreement']",)

    def test_contracts_link(self, clm):
        """An own id goes to the key for it."""
        after = clm.contracts.link("232", ExternalLink(None, None, "CLM-77"))

        assert after.outcome is Outcome.CHANGED
        assert after.result.external_links == (ExternalLink(None, None, "CLM-77"),)

    def test_contracts_link_source(self, connect):
        """With source-id the system has a place too."""
        own = ExternalLink("salesforce", None, "SF-1")
        after = connect(external_id="source-id").contracts.link("232", own)

        assert after.result.external_links == (own,)

    def test_contracts_unlink(self, clm):
        """The own id is taken off."""
        after = clm.contracts.unlink("232")

        assert (after.outcome, after.result.external_links) == (Outcome.CHANGED, ())

    def test_contracts_submit_for_approval(self, clm):
        """A draft waits for approval after an action without a body."""
        after = clm.contracts.submit_for_approval("232")

        assert after.outcome is Outcome.CHANGED
        assert (after.result.status, after.result.word) == (
            Status.APPROVAL,
            "pending_approval",
        )

    def test_contracts_complete(self, clm):
        """What waits for signatures is completed, and so executed."""
        after = clm.contracts.complete("232").result

        assert (after.status, after.word) == (Status.EXECUTED, "completed")

    def test_contracts_withdraw_signature(self, clm):
        """Signatures that are withdrawn lead back to an earlier status."""
        after = clm.contracts.withdraw_signature("232").result

        assert after.status is Status.APPROVAL

    def test_contracts_activate(self, clm):
        """What is completed takes effect once its status is set to published."""
        after = clm.contracts.activate("232").result

        assert (after.status, after.word) == (Status.EXECUTED, "published")

    def test_contracts_activate_draft(self, clm):
        """A draft takes effect in the same way."""
        after = clm.contracts.activate("232")

        assert (after.outcome, after.result.word) == (Outcome.CHANGED, "published")

    def test_contracts_activate_ignored(self, clm):
        """A step that was answered by 200 and not taken is told."""
        with pytest.raises(Incomplete, match="still completed") as caught:
            clm.contracts.activate("232")

        assert caught.value.missing == ("status",)

    def test_contracts_deactivate(self, clm):
        """What was published is inactive and stays executed."""
        after = clm.contracts.deactivate("232").result

        assert (after.status, after.word) == (Status.EXECUTED, "inactive")

    def test_contracts_cancel(self, clm):
        """A draft that is inactive was given up."""
        after = clm.contracts.cancel("232").result

        assert (after.status, after.word) == (Status.CANCELLED, "inactive")

    def test_contracts_submit_published(self, clm):
        """What is published goes back to no approval; the one way out is told."""
        with pytest.raises(IllegalTransition) as caught:
            clm.contracts.submit_for_approval("232")

        assert caught.value.allowed == (Transition.DEACTIVATE,)
