"""Writing to SpotDraft's sandbox, and reading back what was written."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from clm_bridge import (
    AmbiguousWrite,
    ApprovalStatus,
    ConnectionFailed,
    Contact,
    ContractChanges,
    DocumentKind,
    ExternalLink,
    IllegalTransition,
    Incomplete,
    InvalidInput,
    KeyDates,
    MemoryLinks,
    Money,
    NewContract,
    NewCounterparty,
    Outcome,
    Period,
    Rejected,
    RelationKind,
    Signatory,
    Status,
    Term,
    TermKind,
    Upload,
)
from clm_bridge.sandbox import pdf

from .lossy import FATES, Now, world

PAPER = Upload("theirs.pdf", pdf("Their paper", "as it came"))
DEAL = NewContract(
    name="Hosting for PR-9001",
    template="1204",
    counterparty=NewCounterparty(
        name="Initech Inc.", contact=Contact("legal@initech.example", "Avery Stone")
    ),
    external_link=ExternalLink("salesforce", "Opportunity", "PR-9001"),
    key_dates=KeyDates(effective_on=date(2026, 12, 1), expires_on=date(2028, 11, 30)),
    term=Term(
        TermKind.AUTO_RENEW, Period(months=24), Period(years=1), 3, Period(days=30)
    ),
    value=Money(Decimal("125000.50"), "EUR"),
    fields={"Department": "Legal", "Risk score": 3, "Personal data": False},
    owner="ana.brandao@buyer.example",
    signatories=[
        Signatory("legal@initech.example", "Avery Stone"),
        Signatory("ana.brandao@buyer.example", "Ana Brandão", ours=True),
    ],
)
UPLOADED = evolve(
    DEAL, template=None, type="101", document=PAPER, signatories=(), owner=None
)


@pytest.fixture
def desk(connect):
    """Return a function that opens a bridge over a sandbox of its own."""

    def over(fate=lambda: "ok", **given):
        sandbox, line, adapter = world(fate, **given)
        bridge = connect(None, adapter, transport=line, links=MemoryLinks())
        return sandbox, line, lambda work: bridge.do(work)

    return over


def create(do, new=DEAL, **given):
    return do(lambda clm: clm.contracts.create(new, **given))


def test_a_procurement_record_comes_back_equal(desk):
    """Created, found by its own id, sent, signed, and read back with its paper."""
    sandbox, _, do = desk()
    made = create(do)
    own = made.result.id
    do(lambda clm: clm.contracts.send_to_counterparty(own, note="please review"))
    do(lambda clm: clm.contracts.request_signature(own))
    sandbox.sign(own)
    [found] = do(lambda clm: clm.contracts.find_by_external_id("PR-9001"))

    assert made.outcome is Outcome.CREATED
    assert (found.id, found.status) == (own, Status.EXECUTED)
    assert found.external_link == DEAL.external_link
    assert found.key_dates.effective_on == DEAL.key_dates.effective_on
    assert found.key_dates.expires_on == DEAL.key_dates.expires_on
    assert found.key_dates.executed_on == date(2026, 11, 2)
    assert found.term == DEAL.term
    assert found.value == DEAL.value
    assert found.fields["department"].value == "Legal"
    assert {"legal@initech.example", "ana.brandao@buyer.example"} <= {
        one.email for one in found.people
    }


@pytest.mark.parametrize(
    ("status", "party"),
    [
        (Status.NEGOTIATION, None),
        (Status.NEGOTIATION, DEAL.counterparty),
        (Status.SIGNATURE, DEAL.counterparty),
        (Status.EXECUTED, DEAL.counterparty),
    ],
)
def test_paper_begins_where_it_is(desk, tmp_path, status, party):
    """And the file that comes back is the one that was sent, byte for byte."""
    _, _, do = desk()
    new = evolve(UPLOADED, status=status, counterparty=party)
    made = create(do, new).result
    [document] = do(lambda clm: clm.documents.list(made.id))
    done = do(lambda clm: clm.documents.download(document, tmp_path / "back.pdf"))

    assert made.status is status
    assert made.value == DEAL.value
    assert done.path.read_bytes() == PAPER.content


def test_a_dry_run_sends_nothing_that_writes(desk):
    """It shows three requests, all exact; nothing is there afterwards."""
    sandbox, line, do = desk()
    before = sandbox.counts()
    told = create(do, dry_run=True)

    assert told.outcome is Outcome.DRY_RUN
    assert [
        (one.method, one.url.rpartition("public/")[2][:13]) for one in told.requests
    ]
    assert [one.method for one in told.requests] == ["POST", "POST", "PATCH"]
    assert told.requests[0].json["contract_template_id"] == 1204
    assert "125000.50" in str(told.requests[1])
    assert line.writes == []
    assert sandbox.counts() == before


def test_a_second_creation_returns_the_first(desk):
    """By its own id; nothing is written again."""
    _, line, do = desk()
    first, again = create(do), create(do)

    assert (first.outcome, again.outcome) == (Outcome.CREATED, Outcome.EXISTED)
    assert again.result.id == first.result.id
    assert line.writes.count("POST contracts/") == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"template": "9"},
        {"counterparty": NewCounterparty(id="9999")},
        {"fields": {"Colour": "red"}},
        {"fields": {"Department": "Astrology"}},
        {"fields": {"Risk score": "high"}},
        {"value": Money(Decimal(1), "XXQ")},
        {
            "key_dates": KeyDates(
                effective_on=date(2026, 12, 2), expires_on=date(2026, 12, 1)
            )
        },
        {"counterparty": None},
        {"name": 7},
        {"number": "CT-1"},
        {"owner": "nobody@buyer.example"},
        {"template": None, "type": "101", "status": Status.NEGOTIATION},
        {
            "template": None,
            "type": "101",
            "status": Status.NEGOTIATION,
            "document": Upload("empty.pdf", b""),
        },
        {
            "template": None,
            "type": "999",
            "status": Status.NEGOTIATION,
            "document": PAPER,
            "signatories": (),
        },
    ],
    ids=lambda changes: "-".join(changes),
)
def test_bad_input_is_one_error_and_nothing_is_written(desk, changes):
    """Whether it is seen here or by the vendor, which refuses the one request."""
    sandbox, line, do = desk()
    before = sandbox.counts()
    with pytest.raises((InvalidInput, Rejected)):
        create(do, evolve(DEAL, **changes))

    assert len(line.writes) <= 1
    assert sandbox.counts() == before


def test_fields_and_the_owner_are_changed(desk):
    """A value is written, another emptied; the call is read back."""
    sandbox, _, do = desk()
    own = create(do).result.id
    changes = ContractChanges(
        fields={"Department": None, "Cost centre": "CC-9"},
        value=Money(Decimal("1.10"), "JPY"),
        owner="bjorn.lindqvist@buyer.example",
    )
    told = do(lambda clm: clm.contracts.update(own, changes))

    assert told.outcome is Outcome.CHANGED
    assert "department" not in told.result.fields
    assert told.result.fields["cost_centre"].value == "CC-9"
    assert told.result.value == changes.value
    assert sandbox.world.by_id(own).owner.email == changes.owner


def test_a_link_is_replaced(desk):
    """A contract has one; the old id finds nothing any more."""
    _, _, do = desk()
    own = create(do).result.id
    link = ExternalLink("coupa", "Requisition", "R-1")
    told = do(lambda clm: clm.contracts.link(own, link))

    assert told.result.external_links == (link,)
    assert do(lambda clm: clm.contracts.find_by_external_id("PR-9001")) == []
    assert create(do).outcome is Outcome.CREATED


def test_a_contract_is_taken_back_and_cancelled(desk):
    """From signature to negotiation, and given up from there."""
    _, _, do = desk()
    own = create(do).result.id
    do(lambda clm: clm.contracts.request_signature(own))
    back = do(lambda clm: clm.contracts.withdraw_signature(own, note="wait"))
    gone = do(lambda clm: clm.contracts.cancel(own, note="no longer needed"))

    assert back.result.status is Status.NEGOTIATION
    assert gone.result.status is Status.CANCELLED
    with pytest.raises(IllegalTransition, match="VOIDED"):
        do(lambda clm: clm.contracts.request_signature(own))


def test_a_signed_version_executes(desk, tmp_path):
    """It is what is downloaded from then on."""
    _, line, do = desk()
    own = create(do).result.id
    signed = Upload("signed.pdf", pdf("Signed", "by hand"))
    do(lambda clm: clm.documents.upload(own, signed, kind=DocumentKind.SIGNED))
    do(lambda clm: clm.documents.upload(own, PAPER, kind=DocumentKind.ATTACHMENT))
    [document] = do(lambda clm: clm.documents.list(own))
    done = do(lambda clm: clm.documents.download(document, tmp_path / "back.pdf"))

    assert document.kind is DocumentKind.SIGNED
    assert done.path.read_bytes() == signed.content
    assert line.writes[-1] == f"POST supported_documents/{own}/"


def test_comments_approvals_and_relations_are_read(desk):
    """What was said, what is pending, and what amends what."""
    sandbox, _, do = desk()
    contracts = list(sandbox.world.contracts())
    own = create(do).result.id
    do(lambda clm: clm.contracts.send_to_counterparty(own))
    do(lambda clm: clm.contracts.comment(own, "first"))
    sandbox.comment(own)
    said = do(lambda clm: clm.contracts.comments(own))
    waiting = next(one for one in contracts if one.approvals)
    above = next(one for one in contracts if sandbox.world.related(one))
    asked = do(lambda clm: clm.contracts.approvals(waiting.id))
    related = do(lambda clm: clm.contracts.relations(above.id))

    assert said[0].text == "first"
    assert len(said) == 2
    assert asked[0].status is ApprovalStatus.PENDING
    assert {one.kind for one in related} <= {
        RelationKind.PARENT,
        RelationKind.AMENDED_BY,
    }


def test_a_counterparty_is_added_once(desk):
    """The second time it is found."""
    _, line, do = desk()
    new = NewCounterparty(name="Hooli", contact=Contact("a@hooli.example", "Ada H"))
    first = do(lambda clm: clm.counterparties.create(new))
    again = do(lambda clm: clm.counterparties.create(new))

    assert (first.outcome, again.outcome) == (Outcome.CREATED, Outcome.EXISTED)
    assert first.result.id == again.result.id
    assert line.writes == ["POST counter_parties/"]


def test_a_lagging_index_makes_nothing_incomplete(desk):
    """The list does not know the contract yet, and so no counterparty."""
    _, _, do = desk(index_lag=3600)

    assert create(do).outcome is Outcome.CREATED


def test_a_refusal_after_creation_names_the_contract(desk):
    """The owner left between the question and the answer."""
    sandbox, line, do = desk()
    real = line.handle_request

    def leaving(request):
        told = real(request)
        if request.method == "POST" and request.url.path.endswith("/contracts/"):
            users = sandbox.world.workspace.users
            users.update(
                {key: evolve(one, is_active=False) for key, one in users.items()}
                | {sandbox.world.workspace.service.id: sandbox.world.workspace.service}
            )
        return told

    line.handle_request = leaving
    with pytest.raises(Incomplete, match="user_id: Unknown user") as caught:
        create(do)

    assert sandbox.world.by_id(caught.value.contract_id).name == DEAL.name


@pytest.mark.parametrize(
    "write",
    [
        lambda clm, own: clm.contracts.update(own, ContractChanges(owner="17260")),
        lambda clm, own: clm.contracts.link(own, ExternalLink("erp", "PO", "P-1")),
        lambda clm, own: clm.contracts.request_signature(own),
        lambda clm, own: clm.contracts.cancel(own, note="no"),
    ],
    ids=["update", "link", "move", "cancel"],
)
def test_a_lost_change_is_found_out(desk, write):
    """The contract itself says what became of it."""
    fate = iter(["ok"] * 3)
    _, _, do = desk(lambda: next(fate, "lost"))
    own = create(do).result.id
    told = do(lambda clm: write(clm, own))

    assert told.outcome is Outcome.RECONCILED


def settled(do, new):
    """Create, and return the error where nobody knows, or nothing was sent."""
    try:
        return create(do, new)
    except (AmbiguousWrite, ConnectionFailed) as error:
        return error


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_lost_nothing_is_made_twice(desk, seed):
    """Ten creations of four own ids at a time, on a line that loses answers."""
    dice, now = random.Random(seed), Now()
    sandbox, _, do = desk(lambda: dice.choice(FATES), now=now)
    bare = NewContract(name=DEAL.name, template="1204", counterparty=DEAL.counterparty)
    ids = [f"PR-{seed}-{number}" for number in range(4)]
    for own in dice.choices(ids, k=10):
        link = ExternalLink("salesforce", "Opportunity", own)
        told = settled(do, evolve(bare, external_link=link))
        now.at += timedelta(seconds=dice.choice((1, 10, 60)))

        if isinstance(told, ConnectionFailed):
            assert not told.in_doubt
        elif not isinstance(told, AmbiguousWrite):
            assert told.result.external_link.id == own

    carried = Counter(
        one.metadata["id"] for one in sandbox.world.contracts() if one.name == DEAL.name
    )
    assert set(carried) <= set(ids)
    assert set(carried.values()) == {1}
