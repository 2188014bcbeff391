"""A contract as it is said to another vendor: what fits, what is lost, what cannot."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given

from clm_bridge import (
    Contact,
    Contract,
    ExternalLink,
    Field,
    FieldDefinition,
    FieldKind,
    KeyDates,
    MemoryLinks,
    Money,
    Party,
    PartyRole,
    Person,
    PersonRole,
    Problem,
    Ref,
    Relation,
    RelationKind,
    Source,
    Status,
    Term,
    TermKind,
    Transition,
    Upload,
)
from clm_bridge._desk import Desk
from clm_bridge._field_values import Definitions
from clm_bridge._placing import written
from clm_bridge._workspace import Pointer
from clm_bridge.adapter import Loss, Workspace
from clm_bridge.moving import Names, Renderer
from clm_bridge.moving._rendering import Origin

from ..clerk import FIELDS, Clerk
from ..drawn import CONTRACTS

PDF = Upload("deal.pdf", b"%PDF-1.7\n")
LINK = ExternalLink("erp", "Request", "PR-7", "https://erp.example/PR-7")
SOONER, LATER = date(2026, 1, 1), date(2026, 1, 2)
DEAL = Contract(
    id="7",
    name="Hosting",
    status=Status.DRAFT,
    source=Source("stone", status="open"),
    parties=[
        Party(PartyRole.OURSELVES, "Us"),
        Party(
            PartyRole.COUNTERPARTY,
            "Globex",
            id="99",
            contact=Person(PersonRole.CONTACT, "Ada", "ada@globex.example"),
        ),
    ],
    external_links=[LINK],
    value=Money(Decimal("1250.50"), "EUR"),
)


def definitions(adapter):
    source = adapter.source({})
    return Definitions([FieldDefinition(*told[:3], source, told[3]) for told in FIELDS])


def renderer(adapter=None, names=None, origin=None, **more):
    adapter = adapter or Clerk()
    desk, known = Desk(adapter, MemoryLinks(), 10_000), definitions(adapter)

    def faults(new):
        return desk.faults(new) or written(adapter.workspace, new, known)[1]

    return Renderer(
        origin or Origin("stone"), adapter, faults, names or Names(), **more
    )


def render(contract, adapter=None, paper=None, **given):
    return renderer(adapter, **given).render(contract, paper)


def lost(told):
    return {one.path: one.why for one in told.lost}


def reinterpreted(told):
    return {one.path: one.becomes for one in told.reinterpreted}


def test_what_has_a_place_is_said():
    """Name, counterparty with its contact, value and link; not the old vendor's ids."""
    new = render(DEAL).new

    assert new.name == "Hosting"
    assert new.counterparty.name == "Globex"
    assert new.counterparty.id is None
    assert new.counterparty.contact == Contact("ada@globex.example", "Ada")
    assert new.value == DEAL.value
    assert new.external_link.id == "PR-7"


def test_the_old_id_is_kept_beside_the_own_link():
    """Where the new vendor has a place for data."""
    new = render(DEAL).new

    assert new.external_link.data == {"moved_from": {"vendor": "stone", "id": "7"}}


def test_the_old_id_is_the_link_where_there_is_none():
    """So that it can be found by it."""
    new = render(evolve(DEAL, external_links=[])).new

    assert new.external_link == ExternalLink("stone", "contract", "7")


class Plain(Clerk):
    """Holds the id of a link, and nothing else of it."""

    title = "Plain"
    writes = frozenset({"name", "counterparty.name", "external_link.id"})
    drops = frozenset({"external_link.system", "external_link.record_type"})
    losses = (
        Loss("external_link.system", "an id stands alone"),
        Loss("number", "it numbers them itself", becomes="a number of its own"),
    )


def test_what_has_no_place_is_lost_with_its_reason():
    """Dropped, placeless, and the old id that only the journal keeps."""
    told = render(
        evolve(DEAL, key_dates=KeyDates(effective_on=date(2026, 1, 1))), Plain()
    )

    assert lost(told) == {
        "value": "has no place in Plain",
        "key_dates.effective_on": "has no place in Plain",
        "counterparty.contact.email": "has no place in Plain",
        "counterparty.contact.name": "has no place in Plain",
        "external_link.url": "has no place in Plain",
        "external_link.system": "an id stands alone",
        "external_link.record_type": "is dropped",
        "external_link.data.moved_from": (
            "has no place in Plain; the journal keeps it"
        ),
    }
    assert told.new.external_link == ExternalLink("erp", "Request", "PR-7")


def test_what_a_loss_says_it_becomes_is_reinterpreted():
    """A number that the vendor gives itself is no loss."""
    told = render(evolve(DEAL, number="CT-1"), Plain())

    assert reinterpreted(told) == {"number": "a number of its own"}


class Choosy(Clerk):
    """Has rules of its own."""

    writes = Clerk.writes | {"type", "template", "signatories", "owner", "number"}

    def check_contract(self, told):
        if told.name == "forbidden":
            yield Problem("name", "is forbidden", "another")
        for place, one in enumerate(told.signatories):
            if not one.ours:
                yield Problem(f"signatories[{place}]", "is not ours")
        if told.type is None:
            yield Problem("type", "is missing", "its id")
        if told.document is not None and not told.document.name.endswith(".pdf"):
            yield Problem("document", "is no PDF", "a .pdf")
        if told.document is None:
            yield Problem("document", "is missing", "the PDF")


KINDS = Names(types={"Supply": "41", "*": "1"})


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        ({"name": "forbidden"}, "name", "is forbidden"),
        ({"name": ""}, "name", "is empty"),
        ({"value": Money(Decimal(1), "EURO")}, "value.currency", "'EURO'"),
        (
            {
                "key_dates": KeyDates(
                    effective_on=date(2, 1, 1), expires_on=date(1, 1, 1)
                )
            },
            "key_dates.expires_on",
            "before effective_on",
        ),
        ({"status": Status.UNKNOWN}, "status", "no contract begins so"),
        ({"status": Status.EXECUTED}, "status", "no contract begins so"),
    ],
)
def test_what_matters_and_cannot_be_said_is_refused(change, path, said):
    """The contract is not moved, and the reason names the path."""
    told = render(evolve(DEAL, **change), Choosy(), PDF, names=KINDS)

    assert told.new is None
    assert path in {one.path for one in told.refused}
    assert said in " ".join(map(str, told.refused))


def test_what_may_go_is_left_out_for_its_value():
    """A signatory whom the vendor does not take is lost, and the contract moves."""
    signing = Person(PersonRole.SIGNATORY, "Ada", "ada@globex.example")

    told = render(evolve(DEAL, people=[signing]), Choosy(), PDF, names=KINDS)

    assert told.new.signatories == ()
    assert lost(told)["signatories[0]"] == "is not ours"


def test_what_was_left_out_and_is_needed_is_what_is_refused():
    """The reason is what is wrong with the file, and not that there is none."""
    told = render(DEAL, Choosy(), Upload("deal.zip", b"PK"), names=KINDS)

    assert [str(one) for one in told.refused] == ["document is no PDF (accepts a .pdf)"]


def test_a_refusal_says_what_the_mapping_lacks():
    """By the name of the type that is not mapped."""
    told = render(evolve(DEAL, type=Ref("9", "Lease")), Choosy(), PDF)

    [problem] = told.refused
    assert problem.accepts == "its id: map 'Lease' under [types]"


def test_names_are_looked_up_by_id_then_name_then_for_all():
    """A type of the mapping is the other vendor's."""
    by_name = evolve(DEAL, type=Ref("9", "Supply"))
    other = evolve(DEAL, type=Ref("9", "Lease"))

    assert render(by_name, Choosy(), PDF, names=KINDS).new.type == "41"
    assert render(other, Choosy(), PDF, names=KINDS).new.type == "1"


class Filing(Clerk):
    """Begins contracts in two statuses."""

    creates = frozenset({Status.DRAFT, Status.EXECUTED})


class Reviewing(Clerk):
    """Reviews paper, if there is some."""

    creates = frozenset({Status.DRAFT, Status.NEGOTIATION})

    def check_contract(self, told):
        if told.status is Status.NEGOTIATION and told.document is None:
            yield Problem("document", "is missing", "the paper")


@pytest.mark.parametrize(
    ("adapter", "status", "begins", "then"),
    [
        (Clerk, Status.NEGOTIATION, Status.DRAFT, None),
        (Clerk, Status.APPROVAL, Status.DRAFT, None),
        (Clerk, Status.SIGNATURE, Status.DRAFT, None),
        (Clerk, Status.ON_HOLD, Status.DRAFT, None),
        (Clerk, Status.CANCELLED, Status.DRAFT, Transition.CANCEL),
        (Clerk, Status.DECLINED, Status.DRAFT, Transition.CANCEL),
        (Filing, Status.EXECUTED, Status.EXECUTED, None),
        (Filing, Status.NEGOTIATION, Status.DRAFT, None),
        (Reviewing, Status.SIGNATURE, Status.NEGOTIATION, None),
    ],
)
def test_a_contract_begins_in_the_nearest_earlier_status(adapter, status, begins, then):
    """Never in one that sends it out to be signed."""
    told = render(evolve(DEAL, status=status), adapter(), PDF)

    assert (told.new.status, told.then) == (begins, then)
    ends = Status.CANCELLED if then else begins
    assert reinterpreted(told) == ({} if ends is status else {"status": ends.value})


def test_a_later_beginning_says_why_it_is_not_the_nearest():
    """There is no paper to review, so that it begins as a draft."""
    told = render(evolve(DEAL, status=Status.NEGOTIATION), Reviewing())

    [remark] = told.reinterpreted
    assert told.new.status is Status.DRAFT
    assert remark.why == "document is missing (accepts the paper)"


class Keeping(Clerk):
    """Gives up nothing."""

    transitions = {}  # noqa: RUF012


def test_what_is_given_up_stays_so_or_is_not_moved():
    """A draft in its place would be alive again."""
    told = render(evolve(DEAL, status=Status.CANCELLED), Keeping())

    assert [one.path for one in told.refused] == ["status"]


def test_what_is_executed_is_never_mapped_to_a_draft():
    """Whatever the mapping says."""
    names = Names(statuses={"executed": "draft"})

    told = render(evolve(DEAL, status=Status.EXECUTED), Filing(), PDF, names=names)

    assert told.new is None
    assert "executed is not to become draft" in str(told.refused[0])


def test_a_status_can_be_mapped():
    """By the vendor's own word."""
    names = Names(statuses={"open": "negotiation"})

    assert render(DEAL, Reviewing(), PDF, names=names).new.status is Status.NEGOTIATION


def owned(*fields):
    return evolve(DEAL, fields={one.id: one for one in fields})


def text(id, label, value):
    return Field(id, label, FieldKind.TEXT, value)


def test_fields_go_by_their_labels():
    """An option that is not offered is lost, as is an unknown field."""
    told = render(
        owned(
            text("a", "Department", "Legal"),
            text("b", "Shoe size", "46"),
            text("c", "Twin", "x"),
            text("d", "Empty", ""),
        )
    )

    assert told.new.fields == {"Department": "Legal"}
    assert set(lost(told)) >= {"fields['Shoe size']", "fields['Twin']"}


def test_fields_go_by_the_mapping():
    """Renamed, or left out."""
    names = Names(fields={"Unit": "Department", "b": ""})

    told = render(
        owned(text("a", "Unit", "Legal"), text("b", "Note", "x")), names=names
    )

    assert told.new.fields == {"Department": "Legal"}
    assert lost(told)["fields['Note']"] == "the mapping leaves it out"


def test_two_fields_of_one_name_are_not_merged():
    """The first is kept, the other is told as lost."""
    told = render(owned(text("a", "Department", "Legal"), text("b", "Department", "x")))

    assert told.new.fields == {"Department": "Legal"}
    assert lost(told)["fields['Department']"].startswith("another field goes by")


def test_a_field_that_says_a_key_date_is_said_once():
    """The settings read it as the last day, which is said under its own path."""
    workspace = Workspace(key_dates={"expires_on": Pointer("f-end")})
    origin = Origin("stone", frozenset({"x"}))
    ends = Field("x", "End", FieldKind.DATE, date(2027, 1, 1))
    contract = evolve(owned(ends), key_dates=KeyDates(expires_on=date(2027, 1, 1)))

    told = render(contract, Clerk(workspace), origin=origin)

    assert told.new.fields == {}
    assert told.new.key_dates.expires_on == date(2027, 1, 1)


class Selecting(Clerk):
    """Has no yes and no but by label."""

    losses = (Loss("fields.value", "no yes and no", "true", "Legal"),)


def test_a_field_is_said_otherwise_where_that_is_declared():
    """And back again, by what the old vendor declares."""
    yes = Field("a", "Department", FieldKind.BOOLEAN, True)
    back = evolve(Origin("stone"), losses=Selecting.losses)

    told = render(owned(yes), Selecting())
    again = render(owned(text("a", "Months", "Legal")), origin=back)

    assert told.new.fields == {"Department": "Legal"}
    assert reinterpreted(told) == {"fields['Department']": "Legal"}
    assert "fields['Months']" in lost(again)  # True is no number either


def test_what_no_new_contract_takes_is_told():
    """Relations, further parties, bystanders, further links."""
    contract = evolve(
        DEAL,
        parties=[*DEAL.parties, Party(PartyRole.COUNTERPARTY, "Initech")],
        people=[
            Person(PersonRole.APPROVER, "Kim"),
            Person(PersonRole.SIGNATORY, "Sam"),
        ],
        relations=[Relation(RelationKind.PARENT, Ref("1"))],
        external_links=[LINK, LINK],
        owner=Person(PersonRole.OWNER, "Kim"),
    )

    told = render(contract)

    assert set(lost(told)) >= {
        *("parties", "people", "relations", "external_links", "owner", "signatories")
    }


class Unlinked(Clerk):
    """Takes links of one system alone."""

    def check_contract(self, told):
        if told.external_link and told.external_link.system != "crm":
            yield Problem("external_link.system", "is not crm")


def test_a_link_without_a_place_is_for_the_index():
    """It is lost where there is no file for it."""
    kept = render(DEAL, Unlinked(), indexes=True)
    gone = render(DEAL, Unlinked())

    assert kept.new.external_link is gone.new.external_link is None
    assert kept.link.id == gone.link.id == "PR-7"
    assert reinterpreted(kept) == {"external_link": "kept in the link index"}
    assert lost(gone)["external_link.system"] == "is not crm"


def test_what_turned_out_not_to_fit_is_left_out_or_refused():
    """As the vendor said when it was asked."""
    owner = Person(PersonRole.OWNER, "Kim", "kim@us.example")
    using = renderer(Choosy(), KINDS)
    told = using.render(evolve(DEAL, owner=owner), PDF)

    lighter = using.refit(told, [Problem("owner", "is nobody here")])
    without = using.refit(told, [Problem("type", "'1' is no type")])
    refused = using.refit(told, [Problem("counterparty.name", "is no supplier")])

    assert (told.new.owner, lighter.new.owner) == ("kim@us.example", None)
    assert lost(lighter)["owner"] == "is nobody here"
    assert [str(one) for one in without.refused] == ["type '1' is no type"]
    assert refused.new is None


def test_a_contact_can_be_named_in_the_mapping():
    """For a counterparty whose contact the old vendor does not tell."""
    party = Party(PartyRole.COUNTERPARTY, "Globex")
    names = Names(contacts={"Globex": "Ada Lind <ada@globex.example>", "*": "no"})

    told = render(evolve(DEAL, parties=[party]), names=names)

    assert told.new.counterparty.contact == Contact("ada@globex.example", "Ada Lind")


def test_a_term_that_says_nothing_is_not_said():
    """An unknown kind alone is nothing."""
    assert (
        render(evolve(DEAL, term=Term(kind=TermKind.FIXED)), Plain()).new.term is None
    )


@given(CONTRACTS)
def test_any_contract_is_said_or_refused(contract):
    """And never raises; what is said has no fault left."""
    for adapter in (Clerk(), Plain(), Choosy(), Filing()):
        using = renderer(adapter, KINDS)
        told = using.render(contract, PDF)

        assert (told.new is None) == bool(told.refused)
        assert told.new is None or not using.faults(told.new)
