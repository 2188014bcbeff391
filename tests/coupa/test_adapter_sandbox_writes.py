"""Every write against the sandbox, read back; and what the sandbox refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import clm_bridge
from clm_bridge import (
    Contact,
    ContractChanges,
    DocumentKind,
    ExternalLink,
    IllegalTransition,
    Incomplete,
    InvalidInput,
    KeyDates,
    Money,
    NewContract,
    NewCounterparty,
    Outcome,
    Period,
    PermissionDenied,
    Rejected,
    Status,
    Term,
    TermKind,
    Unsupported,
    Upload,
)
from clm_bridge.sandbox import portfolio, start
from clm_bridge_coupa.sandbox import CoupaSandbox

DEALS = portfolio()
SUPPLIER = DEALS[0].counterparty.name
LINK = ExternalLink(None, None, "PR-9001")


class Counted:
    """A sandbox's application that counts the calls that are no reads."""

    def __init__(self, sandbox: CoupaSandbox) -> None:
        self.sandbox, self.written = sandbox, 0
        self._app, sandbox.app.wsgi_app = sandbox.app.wsgi_app, self

    def __call__(self, environ: Any, start_response: Any) -> Any:
        told = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        self.written += told[0] != "GET" and not told[1].startswith("/oauth2")
        return self._app(environ, start_response)


def connected(switches: Any = None, **settings: Any) -> tuple[Any, Counted]:
    sandbox = start(CoupaSandbox, switches={"rate_limit": False, **(switches or {})})
    clm = clm_bridge.connect(vendor="coupa", sandbox=sandbox, **settings)
    return clm, Counted(sandbox)


@pytest.fixture
def clm():
    bridge, _ = connected()
    with bridge:
        yield bridge


def new(**changes: Any) -> NewContract:
    said: dict[str, Any] = {
        "name": "Hosting",
        "counterparty": NewCounterparty(SUPPLIER),
        "external_link": LINK,
        "value": Money(Decimal("125000.50"), "EUR"),
    }
    return NewContract(**said | changes)


EVERYTHING = {
    "number": "CT-9001",
    "type": "1",
    "owner": DEALS[0].owner.email,
    "key_dates": KeyDates(
        effective_on=date(2026, 7, 1),
        expires_on=date(2027, 6, 30),
        executed_on=date(2026, 6, 30),
        published_on=date(2026, 7, 1),
    ),
    "term": Term(
        TermKind.AUTO_RENEW,
        renewal_length=Period(years=1),
        renewals_max=2,
        notice=Period(days=90),
    ),
    "fields": {
        "Department": "Legal",
        "cost-centre": "CC-1",
        "Risk score": 4,
        "Personal data": True,
        "Review date": date(2027, 2, 28),
    },
    "status": Status.EXECUTED,
}


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Kolkata"])
def test_all_that_is_said_is_read_back(zone: str) -> None:
    """Days are the company's, wherever that is."""
    bridge, _ = connected({"timezone": zone})
    with bridge as clm:
        said = new(**EVERYTHING)
        made = clm.contracts.create(said)

    found = made.result
    assert made.outcome is Outcome.CREATED
    assert (found.name, found.number, found.status) == (
        "Hosting",
        "CT-9001",
        Status.EXECUTED,
    )
    for name in ("effective_on", "expires_on", "executed_on", "published_on"):
        assert getattr(found.key_dates, name) == getattr(said.key_dates, name)
    assert (found.term, found.value, found.external_link) == (
        said.term,
        said.value,
        LINK,
    )
    assert found.owner.email == said.owner
    assert {f.label: f.value for f in found.fields.values()} == {
        "Department": "Legal",
        "Cost centre": "CC-1",
        "Risk score": 4,
        "Personal data": True,
        "Review date": date(2027, 2, 28),
    }


@pytest.mark.parametrize(
    "where", ["external-contract-id", "number", "source-id", "custom-field:cost-centre"]
)
def test_the_own_id_is_found_again(where: str) -> None:
    """In whichever place it lives, and a second create returns the first."""
    bridge, _ = connected(external_id=where)
    with bridge as clm:
        made = clm.contracts.create(new())
        again = clm.contracts.create(new())
        [found] = clm.contracts.find_by_external_id("PR-9001")

    assert (made.outcome, again.outcome) == (Outcome.CREATED, Outcome.EXISTED)
    assert made.result.id == again.result.id == found.id


def test_a_dry_run_writes_nothing() -> None:
    """It shows the writes that would be sent, and sends none."""
    bridge, counted = connected()
    agreement = Upload("a.pdf", b"%PDF")
    with bridge as clm:
        written = clm.contracts.create(new(document=agreement), dry_run=True)
        clm.contracts.update("272", ContractChanges(name="N"), dry_run=True)
        clm.contracts.link("272", LINK, dry_run=True)
        clm.contracts.deactivate("272", dry_run=True)
        clm.contracts.comment("272", "x", dry_run=True)
        clm.documents.upload("272", agreement, kind=DocumentKind.DRAFT, dry_run=True)
        clm.counterparties.create(NewCounterparty("New"), dry_run=True)

    assert [one.method for one in written.requests] == ["POST", "POST"]
    assert counted.written == 0


@pytest.mark.parametrize(
    ("changes", "error", "word"),
    [
        ({"counterparty": NewCounterparty("Nobody Ltd")}, InvalidInput, "counterparty"),
        ({"fields": {"Colour": "red"}}, InvalidInput, "Colour"),
        ({"fields": {"Risk score": "high"}}, InvalidInput, "Risk score"),
        ({"template": "1"}, InvalidInput, "template"),
        ({"fields": {"Department": "Nowhere"}}, Rejected, "LookupValue"),
        ({"value": Money(Decimal(1), "BRL")}, Rejected, "Currency"),
        ({"type": "99"}, Rejected, "ContractType"),
        ({"owner": "nobody@buyer.example"}, Rejected, "User"),
        ({"number": DEALS[0].number, "external_link": None}, Rejected, "Number"),
        ({"document": Upload("a.pdf", b"")}, InvalidInput, "empty"),
    ],
)
def test_bad_input_writes_nothing(
    changes: dict[str, Any], error: type[Exception], word: str
) -> None:
    """One clear error, in our words or in Coupa's, and no contract."""
    bridge, counted = connected()
    before = counted.sandbox.counts()
    with bridge as clm, pytest.raises(error, match=word):
        clm.contracts.create(new(**changes))

    assert counted.sandbox.counts() == before
    assert error is Rejected or counted.written == 0


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"value": Money(Decimal(1), "BRL")}, "value"),
        ({"fields": {"Department": "Nowhere"}}, "fields['department']"),
        ({"fields": {"Legacy id": "x"}}, "fields['legacy-id']"),
    ],
)
def test_what_is_silently_ignored_is_noticed(
    changes: dict[str, Any], missing: str
) -> None:
    """An instance may leave a value unchanged with 200; the contract is named."""
    bridge, _ = connected({"unknown_reference": "ignore"})
    with bridge as clm, pytest.raises(Incomplete) as caught:
        clm.contracts.create(new(**changes))

    assert caught.value.missing == (missing,)
    assert caught.value.contract_id == "10000"


@pytest.mark.parametrize("hierarchy", [True, False])
@pytest.mark.parametrize("status", [Status.DRAFT, Status.EXECUTED])
def test_a_contract_is_changed(status: Status, hierarchy: bool) -> None:
    """Draft or published, with or without hierarchy."""
    bridge, _ = connected({"hierarchy": hierarchy})
    with bridge as clm:
        told = EVERYTHING | {"status": status, "key_dates": KeyDates()}
        made = clm.contracts.create(new(**told)).result
        changes = ContractChanges(
            name="Hosting II",
            value=Money(Decimal(7), "USD"),
            key_dates=KeyDates(expires_on=date(2028, 6, 30)),
            counterparty=NewCounterparty(DEALS[1].counterparty.name),
            fields={"Department": "IT", "Risk score": None},
            clear=["term.notice"],
        )
        changed = clm.contracts.update(made.id, changes)

    found = changed.result
    assert (changed.outcome, found.name, found.value) == (
        Outcome.CHANGED,
        "Hosting II",
        changes.value,
    )
    assert found.counterparty.name == DEALS[1].counterparty.name
    assert found.key_dates.expires_on == date(2028, 6, 30)
    assert found.term.notice is None
    assert found.fields["department"].value == "IT"
    assert "risk-score" not in found.fields


def test_fields_are_set(clm: Any) -> None:
    """On a published contract too."""
    done = clm.fields.set("272", {"Cost centre": "CC-9", "Department": "Legal"})

    assert done.result.fields["cost-centre"].value == "CC-9"


@pytest.mark.parametrize("id", ["272", "10000"])
def test_an_own_id_is_put_on_and_taken_off(clm: Any, id: str) -> None:
    """Whether the contract is published or a draft."""
    clm.contracts.create(new())
    linked = clm.contracts.link(id, ExternalLink(None, None, "PR-7"))
    unlinked = clm.contracts.unlink(id)

    assert linked.result.external_link.id == "PR-7"
    assert unlinked.result.external_links == ()


def test_a_contract_is_submitted_once(clm: Any) -> None:
    """Until somebody approves it, it cannot take effect."""
    made = clm.contracts.create(new()).result.id
    first, second = (clm.contracts.submit_for_approval(made) for _ in range(2))
    approvals = clm.contracts.approvals(made)

    assert (first.result.word, first.outcome) == ("pending_approval", Outcome.CHANGED)
    assert second.outcome is Outcome.UNCHANGED
    assert [one.status.value for one in approvals] == ["pending", "pending"]
    with pytest.raises(IllegalTransition):
        clm.contracts.activate(made)


def test_what_was_signed_is_activated_and_deactivated() -> None:
    """Everybody signs, and the signed file is the one that was sent."""
    bridge, counted = connected()
    agreement = Upload("a.pdf", b"%PDF-1.7 ours")
    with bridge as clm:
        made = clm.contracts.create(new(document=agreement)).result.id
        clm.contracts.submit_for_approval(made)
        counted.sandbox.sign(made)
        words = [
            clm.contracts.status(made).word,
            clm.contracts.activate(made).result.word,
            clm.contracts.deactivate(made).result.word,
        ]

        assert words == ["completed", "published", "inactive"]
        assert clm.contracts.status(made).status is Status.EXECUTED


def test_a_signature_is_withdrawn_and_given(clm: Any) -> None:
    """The portfolio has contracts that wait for one."""
    first, second = [one.id for one in clm.contracts.list(status="signature")][:2]

    assert clm.contracts.withdraw_signature(first).result.status is Status.APPROVAL
    assert clm.contracts.complete(second).result.status is Status.EXECUTED


def test_a_draft_is_given_up(clm: Any) -> None:
    """It counts as cancelled, and cannot come back."""
    made = clm.contracts.create(new()).result.id

    assert clm.contracts.cancel(made).result.status is Status.CANCELLED
    with pytest.raises(IllegalTransition):
        clm.contracts.submit_for_approval(made)


def test_what_is_declined_can_be_submitted_again() -> None:
    """A rejected contract says who did not want it, and why."""
    bridge, counted = connected()
    with bridge as clm:
        made = clm.contracts.create(new()).result.id
        clm.contracts.submit_for_approval(made)
        counted.sandbox.decline(made)
        [refusal] = clm.contracts.approvals(made)
        declined = clm.contracts.status(made).status
        again = clm.contracts.submit_for_approval(made)

    assert (declined, refusal.status.value) == (Status.DECLINED, "rejected")
    assert (refusal.approver.name, refusal.note) == (
        "Legal Desk",
        "Not on these terms",
    )
    assert again.result.status is Status.APPROVAL


@pytest.mark.parametrize("raw", [True, False])
@pytest.mark.parametrize("kind", [DocumentKind.DRAFT, DocumentKind.SIGNED])
def test_an_uploaded_agreement_comes_back(
    raw: bool, kind: DocumentKind, tmp_path: Any
) -> None:
    """Byte for byte, whether Coupa packs it or not."""
    bridge, _ = connected({"raw_agreement": raw})
    agreement = Upload("a.pdf", b"%PDF-1.7\n" + bytes(range(256)))
    with bridge as clm:
        made = clm.contracts.create(new()).result.id
        for contract in (made, "272"):
            clm.documents.upload(contract, agreement, kind=kind)
            [document] = clm.documents.list(contract)
            arrived = clm.documents.download(document, tmp_path / f"{contract}.pdf")

            assert arrived.path.read_bytes() == agreement.content
            executed = contract == "272"
            assert (document.kind is DocumentKind.SIGNED) is executed


def test_an_attachment_comes_back(clm: Any, tmp_path: Any) -> None:
    """It is listed beside the agreement, under its own name."""
    annex = Upload("Anlage Köln.pdf", b"%PDF-1.7 annex")
    clm.documents.upload("272", annex, kind=DocumentKind.ATTACHMENT)
    document = clm.documents.list("272")[1]
    arrived = clm.documents.download(document, tmp_path)

    assert document.name == "Anlage Köln.pdf"
    assert arrived.path.read_bytes() == annex.content


def test_comments_go_both_ways() -> None:
    """Ours and the supplier's, in their order."""
    bridge, counted = connected()
    with bridge as clm:
        clm.contracts.comment("272", "Please sign")
        counted.sandbox.comment("272")
        ours, theirs = clm.contracts.comments("272")

    assert ours.text == "Please sign"
    assert theirs.author.name != ours.author.name


def test_a_supplier_is_found_or_created(clm: Any) -> None:
    """A name that is there is not created twice."""
    told = NewCounterparty("New Co", contact=Contact("p@new.example", "Pat Doe"))
    made, again = clm.counterparties.create(told), clm.counterparties.create(told)
    [found] = clm.counterparties.find("New Co")

    assert (made.outcome, again.outcome) == (Outcome.CREATED, Outcome.EXISTED)
    assert found.contacts[0].name == "Pat Doe"
    assert clm.contracts.create(new(counterparty=NewCounterparty(id=found.id)))


def test_relations_and_people_of_the_portfolio(clm: Any) -> None:
    """What the contract shows, asked for alone."""
    deal = next(one for one in DEALS if one.amends is not None)
    [found] = [one for one in clm.contracts.list() if one.name == deal.name]

    assert clm.contracts.relations(found.id) == found.relations
    assert clm.contracts.people(found.id)[0].email == deal.owner.email


def test_what_has_no_place_is_told_before_anything_is_sent() -> None:
    """Validating asks for the fields at most."""
    bridge, counted = connected()
    with bridge as clm:
        problems = clm.contracts.validate(new(name=None, template="7"))

    assert [one.path for one in problems] == ["template", "name"]
    assert counted.written == 0


def test_a_client_that_may_only_read() -> None:
    """The refusal says which scope writes."""
    scope = "core.contract.read core.supplier.read core.common.read"
    bridge, _ = connected(scope=scope)
    with bridge as clm, pytest.raises(PermissionDenied, match=r"core\.contract\.write"):
        clm.contracts.create(new())


def test_what_coupa_does_not_offer(clm: Any) -> None:
    """Nothing sends a contract to the supplier, or out for signature."""
    with pytest.raises(Unsupported):
        clm.contracts.send_to_counterparty("272")
    with pytest.raises(Unsupported):
        clm.contracts.request_signature("272")
