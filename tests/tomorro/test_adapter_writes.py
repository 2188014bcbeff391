"""Everything that can be written to Tomorro, written to its sandbox and read back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import httpx
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
    NotFound,
    Outcome,
    Period,
    PersonRole,
    Rejected,
    Signatory,
    Status,
    Term,
    TermKind,
    Unsupported,
    Upload,
)
from clm_bridge.sandbox import InProcess, start
from clm_bridge_tomorro.sandbox import TomorroSandbox
from clm_bridge_tomorro.sandbox import _smart_fields as fields
from clm_bridge_tomorro.sandbox._workspace import SERVICE

from .procurement import particulars

OURS = "ana.brandao@buyer.example"
CEO = Signatory("ceo@new.example", "Cleo Osei")
LINK = ExternalLink(
    "salesforce", "Opportunity", "PR-9001", "https://buyer.example/9001"
)
UNKNOWN = "00000000-0000-4000-8000-000000000000"
SLATE = [{"type": "paragraph", "children": [{"text": "Net 30"}]}]


class Counting(InProcess):
    """Counts the requests that write."""

    def __init__(self, app):
        super().__init__(app)
        self.written = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.written += request.method != "GET"
        return super().handle_request(request)


class Desk:
    """A sandbox, a connection to it, and what a contract needs there."""

    def __init__(self, switches=None, **settings):
        told = {"rate_limit": False, **(switches or {})}
        self.sandbox = start(TomorroSandbox, switches=told)
        self.wire = Counting(self.sandbox.app)
        self.clm = clm_bridge.connect(
            vendor="tomorro", sandbox=self.sandbox, transport=self.wire, **settings
        )
        self.least = particulars(self.clm) | {
            "name": "PR-9001",
            "counterparty": NewCounterparty(name="New Company Ltd"),
        }

    def new(self, **told):
        return NewContract(**(self.least | told))

    def create(self, **told):
        return self.clm.contracts.create(self.new(**told)).result

    def signing(self):
        made = self.create(signatories=[CEO])
        self.clm.contracts.request_signature(made.id)
        return made


@pytest.fixture
def desk():
    desk = Desk()
    with desk.clm:
        yield desk


def values(contract):
    return {one.label: one.value for one in contract.fields.values()}


def test_a_contract_comes_back_as_it_was_said(desk):
    """The own id, the dates, the term, the value and every kind of field."""
    told = {
        "external_link": LINK,
        "key_dates": KeyDates(
            effective_on=date(2027, 1, 1), expires_on=date(2027, 12, 31)
        ),
        "term": Term(
            TermKind.AUTO_RENEW,
            length=Period(years=1),
            renewal_length=Period(months=6),
            renewals_max=2,
            notice=Period(days=90),
        ),
        "value": Money(Decimal("125000.50"), "EUR"),
        "fields": {
            "Department": "Legal",
            "Regions": ["Europe", "Asia"],
            "Risk score": 3,
            "Review date": date(2027, 6, 30),
            "Cost centre": "CC-1",
            "Special terms": SLATE,
        },
    }
    made = desk.create(**told)

    assert made.status is Status.DRAFT
    assert made.external_link == LINK
    assert made.key_dates.expires_on == date(2027, 12, 31)
    assert made.term == Term(
        TermKind.AUTO_RENEW, Period(months=12), Period(months=6), 2, Period(days=90)
    )
    assert made.value == told["value"]
    assert (
        values(made).items()
        >= {
            "Department": "Legal",
            "Regions": ("Europe", "Asia"),
            "Risk score": 3,
            "Review date": date(2027, 6, 30),
            "Cost centre": "CC-1",
            "Special terms": SLATE,
        }.items()
    )


@pytest.mark.parametrize(
    ("kind", "told"),
    [(TermKind.FIXED, "Fixed-term"), (TermKind.PERPETUAL, "Open-ended")],
)
def test_the_kind_of_a_term_is_two_selections(kind, told, desk):
    """The settings say which options tell it, and which tell that it is not so."""
    made = desk.create(term=Term(kind, notice=Period(months=3)))

    assert made.term.kind is kind
    assert values(made)["Duration type"] == told


def test_people_are_named_by_their_addresses(desk):
    """An owner takes part; a contact of the counterparty is left out."""
    made = desk.create(
        signatories=[Signatory(OURS, ours=True), CEO],
        owner=OURS.upper(),
        counterparty=NewCounterparty("New Company Ltd", contact=Contact(CEO.email)),
    )
    people = [(one.role, one.email) for one in desk.clm.contracts.people(made.id)]

    assert people == [
        (PersonRole.AUTHOR, SERVICE.email),
        (PersonRole.SIGNATORY, OURS),
        (PersonRole.SIGNATORY, CEO.email),
        (PersonRole.PARTICIPANT, SERVICE.email),
        (PersonRole.PARTICIPANT, OURS),
    ]


def test_the_type_may_be_left_to_the_template(desk):
    """It is looked up."""
    made = desk.create(type=None)

    assert made.type.id == desk.least["type"]


@pytest.mark.parametrize(
    "switches",
    [
        {"prefixed_ids": True},
        {"wrapped": True},
        {"link_key": "externalLink"},
        {"lists": "documented"},
        {"lists": "pagination"},
        {"lists": "introduction"},
        {"reuse_counterparties": False},
    ],
    ids=lambda switches: "-".join(map(str, *switches.items())),
)
def test_whichever_way_the_undocumented_falls_a_contract_is_created(switches):
    """And changed, sent, signed, and its file read back."""
    desk = Desk(switches)
    with desk.clm as clm:
        made = desk.create(external_link=LINK, owner=OURS, signatories=[CEO])
        clm.contracts.update(made.id, ContractChanges(name="Renamed"))
        clm.contracts.request_signature(made.id)
        desk.sandbox.sign(made.id)
        [found] = clm.contracts.find_by_external_id("PR-9001")

    assert found.id == made.id
    assert (found.name, found.status) == ("Renamed", Status.EXECUTED)


def test_a_dry_run_shows_what_would_be_sent_and_sends_nothing(desk):
    """The create, then the file's three requests; no key is shown."""
    new = desk.new(external_link=LINK, fields={"Department": "Legal"})
    before, desk.wire.written = desk.sandbox.counts(), 0
    told = desk.clm.contracts.create(new, dry_run=True)

    assert told.outcome is Outcome.DRY_RUN
    assert [f"{one.method} {one.url}" for one in told.requests] == [
        "POST https://api.tomorro.com/v2/contracts",
        "POST https://api.tomorro.com/v2/files/upload-url",
        "PUT upload link",
        "POST https://api.tomorro.com/v2/contracts/<id of the new contract>/versions",
    ]
    assert told.requests[0].json["integration"]["externalId"] == "PR-9001"
    assert told.requests[0].headers["x-api-key"] == "***"
    assert desk.wire.written == 0
    assert desk.sandbox.counts() == before


def test_every_other_write_can_be_rehearsed(desk):
    """Nothing of it is sent."""
    made = desk.create()
    contracts, desk.wire.written = desk.clm.contracts, 0
    file = Upload("next.pdf", b"%PDF-1.7")
    rehearsed = [
        contracts.update(made.id, ContractChanges(name="Other"), dry_run=True),
        contracts.link(made.id, LINK, dry_run=True),
        contracts.send_to_counterparty(made.id, dry_run=True),
        contracts.request_signature(made.id, dry_run=True),
        contracts.cancel(made.id, dry_run=True),
        desk.clm.documents.upload(made.id, file, dry_run=True),
        desk.clm.fields.set(made.id, {"Risk score": 4}, dry_run=True),
        desk.clm.counterparties.create(NewCounterparty("New Ltd"), dry_run=True),
    ]

    assert {one.outcome for one in rehearsed} == {Outcome.DRY_RUN}
    assert desk.wire.written == 0
    assert contracts.get(made.id) == made


def test_the_same_record_makes_one_contract(desk):
    """The link index knows it from then on."""
    first = desk.clm.contracts.create(desk.new(external_link=LINK))
    second = desk.clm.contracts.create(desk.new(external_link=LINK))

    assert (first.outcome, second.outcome) == (Outcome.CREATED, Outcome.EXISTED)
    assert first.result.id == second.result.id


def test_a_known_company_gets_no_second_entry(desk):
    """A name that is in the address book is meant."""
    known = desk.clm.counterparties.list().first()
    before = desk.sandbox.counts()["counterparties"]
    made = desk.create(counterparty=NewCounterparty(name=known.name))

    assert made.counterparty.id == known.id
    assert desk.sandbox.counts()["counterparties"] == before


BAD = {
    "wrong type": ({"name": 7}, "name"),
    "missing template": ({"template": None}, "template"),
    "missing counterparty": ({"counterparty": None}, "counterparty"),
    "unknown template": ({"template": UNKNOWN, "type": None}, "template"),
    "unknown field": ({"fields": {"Colour": "red"}}, "fields['Colour']"),
    "wrong option": ({"fields": {"Department": "Catering"}}, "fields['Department']"),
    "wrong options": ({"fields": {"Regions": ["Mars"]}}, "fields['Regions']"),
    "wrong value": ({"fields": {"Risk score": "3"}}, "fields['Risk score']"),
    "no currency": ({"value": Money(Decimal(1), "EUX")}, "value.currency"),
    "end before start": (
        {
            "key_dates": KeyDates(
                effective_on=date(2027, 2, 1), expires_on=date(2027, 1, 1)
            )
        },
        "key_dates.expires_on",
    ),
    "no place": (
        {"key_dates": KeyDates(sent_at=datetime.now(UTC))},
        "key_dates.sent_at",
    ),
    "own number": ({"number": "CT-1"}, "number"),
    "empty file": ({"document": Upload("a.pdf", b"")}, "document"),
    "nameless file": ({"document": Upload("a", b"%PDF")}, "document"),
    "another system": (
        {"external_link": ExternalLink("sap", None, "1")},
        "external_link.system",
    ),
    "stranger": ({"owner": "nobody@buyer.example"}, "owner"),
    "no draft": ({"status": Status.EXECUTED}, "status"),
    "odd notice": ({"term": Term(notice=Period(months=1, days=1))}, "term.notice"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_clear_error_and_nothing_is_written(case, desk):
    """It says where, and what would be accepted."""
    told, path = BAD[case]
    before, desk.wire.written = desk.sandbox.counts(), 0

    with pytest.raises(InvalidInput) as caught:
        desk.create(**told)
    assert [one.path for one in caught.value.problems] == [path]
    assert desk.wire.written == 0
    assert desk.sandbox.counts() == before


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"template": UNKNOWN}, "templateId is not a template of Supply agreement"),
        ({"type": UNKNOWN}, "contractTypeId is not a contract type"),
        ({"counterparty": NewCounterparty(id=UNKNOWN)}, "counterparty.id is not a"),
        ({"owner": UNKNOWN}, "is not a member"),
    ],
)
def test_what_only_the_vendor_knows_it_says(told, words, desk):
    """In its own words; no contract is made."""
    before = desk.sandbox.counts()

    with pytest.raises(Rejected, match=words):
        desk.create(**told)
    assert desk.sandbox.counts() == before


def test_a_field_that_the_form_requires_is_named(desk):
    """By the vendor, which alone knows the rules of its types."""
    [template, *_] = [
        one
        for one in desk.clm.templates.list()
        if one.type.name == "Data processing agreement"
    ]
    told = {"template": template.id, "type": template.type.id}

    with pytest.raises(Rejected, match="must have Personal data"):
        desk.create(**told)
    assert values(desk.create(**told, fields={"Personal data": "Yes"}))


def test_changes_are_read_back(desk):
    """Name, counterparty, signatories, dates and fields."""
    made = desk.create(fields={"Risk score": 3, "Department": "Legal"})
    known = desk.clm.counterparties.list().first()
    changes = ContractChanges(
        name="Renamed",
        counterparty=NewCounterparty(name=known.name),
        signatories=[CEO],
        key_dates=KeyDates(effective_on=date(2027, 3, 1)),
        fields={"Risk score": 5, "Department": None},
    )
    done = desk.clm.contracts.update(made.id, changes)

    assert done.outcome is Outcome.CHANGED
    assert done.result.name == "Renamed"
    assert done.result.counterparty.id == known.id
    assert done.result.key_dates.effective_on == date(2027, 3, 1)
    assert values(done.result)["Risk score"] == 5
    assert "Department" not in values(done.result)


def test_a_change_that_is_not_made_is_told(desk):
    """Here what is put over the body says otherwise; the contract is compared."""
    made = desk.create()
    changes = ContractChanges(
        extra={"fields": [{"fieldId": fields.RISK_SCORE.id, "value": 9}]},
        fields={"Risk score": 5},
    )

    with pytest.raises(Incomplete, match="did not make it"):
        desk.clm.contracts.update(made.id, changes)


def test_a_template_cannot_be_changed_later(desk):
    """A change has no such path, and `extra` is ignored by the vendor."""
    made = desk.create()
    told = ContractChanges(extra={"templateId": UNKNOWN})

    assert desk.clm.contracts.update(made.id, told).result.template == made.template


def test_a_later_link_is_kept_by_the_index(desk):
    """Tomorro takes one at creation only."""
    made = desk.create()
    linked = desk.clm.contracts.link(made.id, LINK)
    [found] = desk.clm.contracts.find_by_external_id("PR-9001")
    unlinked = desk.clm.contracts.unlink(made.id)

    assert linked.outcome is unlinked.outcome is Outcome.CHANGED
    assert (found.id, found.external_link) == (made.id, LINK)
    assert unlinked.result.external_links == ()


def test_a_link_that_was_made_at_creation_stays(desk):
    """The refusal says what would help."""
    made = desk.create(external_link=LINK)

    with pytest.raises(Unsupported, match="external_id"):
        desk.clm.contracts.unlink(made.id)


def test_the_own_id_may_live_in_a_field():
    """Then it can be written, changed and taken off at any time."""
    desk = Desk(external_id=f"field:{fields.COST_CENTRE.id}")
    own, other = (ExternalLink("ariba", None, number) for number in ("R-1", "R-2"))
    with desk.clm as clm:
        made = desk.create(external_link=own)
        linked = clm.contracts.link(made.id, other).result
        unlinked = clm.contracts.unlink(made.id).result

    assert [made.external_link.id, linked.external_link.id] == ["R-1", "R-2"]
    assert unlinked.external_links == ()


def test_a_contract_goes_its_way(desk):
    """Sent, signed by both, and the very file that was uploaded comes back."""
    made = desk.create(signatories=[CEO])
    contracts = desk.clm.contracts
    sent = contracts.send_to_counterparty(made.id)
    asked = contracts.request_signature(made.id, note="Please sign")
    desk.sandbox.sign(made.id)
    signed = contracts.get(made.id)

    assert sent.result.status is Status.NEGOTIATION
    assert asked.result.status is Status.SIGNATURE
    assert signed.status is Status.EXECUTED
    assert signed.key_dates.executed_on == date(2026, 11, 2)


def test_a_later_version_is_the_one_that_is_signed(desk, tmp_path):
    """Byte for byte."""
    made = desk.create(signatories=[CEO])
    content = b"%PDF-1.7\r\n\x00" + bytes(range(256)) * 300
    desk.clm.documents.upload(made.id, Upload("v3.pdf", content))
    desk.clm.contracts.request_signature(made.id)
    desk.sandbox.sign(made.id)
    [document] = desk.clm.documents.list(made.id)
    found = desk.clm.documents.download(document, tmp_path)

    assert document.kind is DocumentKind.SIGNED
    assert found.path.read_bytes() == content


def test_a_refusal_reopens_the_talks(desk):
    """It is a contract under negotiation again, and nothing says why."""
    made = desk.signing()
    desk.sandbox.decline(made.id)

    assert desk.clm.contracts.status(made.id).word == "negotiating"
    again = desk.clm.contracts.request_signature(made.id)
    assert again.result.status is Status.SIGNATURE


def test_a_step_that_leads_nowhere_is_refused(desk):
    """With those that the status allows; nothing is sent."""
    made = desk.signing()
    desk.sandbox.sign(made.id)
    desk.wire.written = 0

    with pytest.raises(IllegalTransition, match="signed") as caught:
        desk.clm.contracts.cancel(made.id)
    assert caught.value.allowed == ()
    assert desk.wire.written == 0


def test_a_step_that_was_made_already_changes_nothing(desk):
    """Canceling twice is canceling once."""
    made = desk.create()
    first, second = (desk.clm.contracts.cancel(made.id) for _ in range(2))

    assert (first.outcome, second.outcome) == (Outcome.CHANGED, Outcome.UNCHANGED)


@pytest.mark.parametrize(
    "step",
    ["submit_for_approval", "withdraw_signature", "complete", "activate", "deactivate"],
)
def test_what_only_the_app_can_do_is_not_offered(step, desk):
    """Nothing is sent."""
    made, desk.wire.written = desk.create(), 0

    with pytest.raises(Unsupported, match=step):
        getattr(desk.clm.contracts, step)(made.id)
    assert desk.wire.written == 0


def test_a_signature_needs_signatories(desk):
    """The vendor says so, and the contract stays a draft."""
    made = desk.create()

    with pytest.raises(Rejected, match="signatories must not be empty"):
        desk.clm.contracts.request_signature(made.id)
    assert desk.clm.contracts.status(made.id).word == "draft"


@pytest.mark.parametrize("kind", [DocumentKind.SIGNED, DocumentKind.ATTACHMENT])
def test_only_versions_of_the_draft_are_taken(kind, desk):
    """Nothing else has a place in the API."""
    made = desk.create()

    with pytest.raises(Unsupported, match=kind.value):
        desk.clm.documents.upload(made.id, Upload("a.pdf", b"%PDF"), kind=kind)


def test_a_counterparty_is_added_once(desk):
    """With what the workspace keeps of counterparties."""
    told = NewCounterparty("Zoë & Söhne", identifiers={"Registration number": "HRB 1"})
    first = desk.clm.counterparties.create(told)
    second = desk.clm.counterparties.create(told)
    [found] = desk.clm.counterparties.find("Zoë & Söhne")

    assert (first.outcome, second.outcome) == (Outcome.CREATED, Outcome.EXISTED)
    assert found.id == first.result.id == second.result.id


def test_nothing_is_written_to_a_contract_of_nobody(desk):
    """It is not found."""
    desk.wire.written = 0

    with pytest.raises(NotFound):
        desk.clm.contracts.link(UNKNOWN, LINK)
    with pytest.raises(NotFound):
        desk.clm.contracts.cancel(UNKNOWN)
    assert desk.wire.written == 0
