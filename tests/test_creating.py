"""Creating: refused as a whole, found if it is there, and never made twice."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from clm_bridge import (
    AlreadyExists,
    AmbiguousWrite,
    ConnectionFailed,
    Contact,
    ExternalLink,
    Incomplete,
    InvalidInput,
    KeyDates,
    MemoryLinks,
    Money,
    NewCounterparty,
    Outcome,
    Rejected,
    SqliteLinks,
    Status,
    Unsupported,
    Upload,
)
from clm_bridge._creating import LATE
from clm_bridge._workspace import Pointer
from clm_bridge.adapter import Workspace

from .clerk import DEAL, Clerk, Deaf, Now, World, create, scripted
from .paper import Paper

MAPPED = Workspace("acme", key_dates={"expires_on": Pointer("f-end")})


def test_what_is_created_is_read_back(connect):
    """Both colours give the contract as the vendor now has it."""
    world = World()
    written = create(connect(world, Clerk()))

    assert written.outcome is Outcome.CREATED
    assert written.result.name == "Hosting"
    assert written.result.value == DEAL.value
    assert written.result.external_link.id == "PR-1"
    assert world.writes == ["POST contracts"]


def test_it_is_created_once(connect):
    """The second call returns the first one's contract."""
    world = World()
    bridge = connect(world, Clerk())
    first, second = create(bridge), create(bridge)

    assert second.outcome is Outcome.EXISTED
    assert first.result.id == second.result.id
    assert len(world.contracts) == 1


def test_one_that_exists_can_be_an_error(connect):
    """on_existing="error" names it."""
    bridge = connect(World(), Clerk())
    made = create(bridge).result

    with pytest.raises(AlreadyExists, match="'PR-1' is on 1") as caught:
        create(bridge, on_existing="error")
    assert caught.value.contract_ids == (made.id,)


def test_another_can_be_created_on_purpose(connect):
    """on_existing="create" makes one more."""
    world = World()
    bridge = connect(world, Clerk())
    create(bridge)

    assert create(bridge, on_existing="create").outcome is Outcome.CREATED
    assert len(world.contracts) == 2


def test_several_that_exist_are_not_chosen_from(connect):
    """Nothing says which of them was meant."""
    bridge = connect(World(), Clerk())
    create(bridge)
    create(bridge, on_existing="create")

    with pytest.raises(AlreadyExists, match="'PR-1' is on 1, 2"):
        create(bridge)


def test_another_word_for_on_existing_is_refused(connect):
    """Before anything else."""
    with pytest.raises(InvalidInput, match="on_existing is 'skip'"):
        create(connect(World(), Clerk()), on_existing="skip")


def test_a_vendor_that_only_reads_refuses(connect):
    """With what it does offer, and nothing is sent."""
    with pytest.raises(Unsupported, match=r"paper does not offer contracts\.create"):
        create(connect(None, Paper()))


BAD = {
    "a wrong type": (evolve(DEAL, name=7), "name is a whole number (accepts text)"),
    "a dict for a class": (
        evolve(DEAL, counterparty={"name": "Globex"}),
        "counterparty is a dict (accepts NewCounterparty)",
    ),
    "a datetime for a date": (
        evolve(DEAL, key_dates=KeyDates(expires_on=Now()())),
        "key_dates.expires_on is a datetime (accepts a date)",
    ),
    "no currency": (
        evolve(DEAL, value=Money(Decimal(1), "EURO")),
        "value.currency is 'EURO', which is no currency",
    ),
    "a float": (evolve(DEAL, value=Money(1.5, "EUR")), "value.amount is a float"),
    "an end before the start": (
        evolve(
            DEAL,
            key_dates=KeyDates(
                effective_on=date(2026, 2, 1), expires_on=date(2026, 1, 1)
            ),
        ),
        "key_dates.expires_on is 2026-01-01, before effective_on",
    ),
    "no address": (
        evolve(DEAL, counterparty=NewCounterparty("Globex", contact=Contact("x"))),
        "counterparty.contact.email is no e-mail address",
    ),
    "an empty file": (
        evolve(DEAL, document=Upload("a.pdf", b"")),
        "document a.pdf is empty",
    ),
    "a large file": (
        evolve(DEAL, document=Upload("a.pdf", b"x" * 100_000_001)),
        "document a.pdf has 100,000,001 bytes (accepts at most 100,000,000)",
    ),
    "no place": (
        evolve(DEAL, owner="me@acme.example"),
        "owner has no place in Clerk",
    ),
    "a date that is not mapped": (
        evolve(DEAL, key_dates=KeyDates(signed_on=date(2026, 1, 1))),
        "map signed_on under key_dates in the settings",
    ),
    "no beginning": (
        evolve(DEAL, status=Status.EXECUTED),
        "status executed: no contract begins so in Clerk (accepts draft)",
    ),
    "an unknown field": (
        evolve(DEAL, fields={"Departement": "Legal"}),
        "fields['Departement'] 'Departement' is no field of this workspace "
        "(accepts Department",
    ),
    "a label of two": (
        evolve(DEAL, fields={"Twin": "x"}),
        "is the label of 2 fields (accepts one of their ids: f-x1, f-x2)",
    ),
    "a wrong option": (
        evolve(DEAL, fields={"Department": "Lgal"}),
        "Department has no option 'Lgal' (accepts Legal, Procurement)",
    ),
    "a wrong kind": (
        evolve(DEAL, fields={"Last day": "2026-01-01"}),
        "Last day cannot be that (accepts a date)",
    ),
    "the vendor's own rule": (evolve(DEAL, name="forbidden"), "name is forbidden"),
    "an empty name": (evolve(DEAL, name=" "), "name is empty"),
    "an empty link": (
        evolve(DEAL, external_link=ExternalLink("erp", None, "")),
        "external_link.id is empty",
    ),
}


@pytest.mark.parametrize("bad", BAD)
def test_what_cannot_be_said_is_refused(connect, bad):
    """One clear error with the path and what would do; nothing is written."""
    new, told = BAD[bad]
    world = World()

    with pytest.raises(InvalidInput) as caught:
        create(connect(world, Clerk(MAPPED)), new)
    assert told in str(caught.value)
    assert caught.value.problems
    assert world.writes == []


def test_all_problems_come_at_once(connect):
    """Each with its path."""
    new = evolve(DEAL, name="forbidden", owner="me", status=Status.SIGNATURE)

    with pytest.raises(InvalidInput, match="3 problems") as caught:
        create(connect(World(), Clerk()), new)
    paths = [one.path for one in caught.value.problems]
    assert paths == ["owner", "status", "name"]
    assert [one.placeless for one in caught.value.problems] == [True, False, False]


@pytest.mark.parametrize("bad", BAD)
def test_validate_says_the_same_and_writes_nothing(connect, bad):
    """It returns what create would raise."""
    new, told = BAD[bad]
    world = World()
    found = connect(world, Clerk(MAPPED)).do(lambda clm: clm.contracts.validate(new))

    assert any(told in str(one) for one in found)
    assert world.writes == []


def test_what_is_right_has_no_problems(connect):
    """Also with fields, which are asked for."""
    new = evolve(
        DEAL,
        fields={"Department": "Legal"},
        key_dates=KeyDates(expires_on=date(2026, 12, 31)),
    )
    bridge = connect(World(), Clerk(MAPPED))

    assert list(bridge.do(lambda clm: clm.contracts.validate(new))) == []


def test_dates_reach_the_fields_that_the_settings_name(connect):
    """What is read from a field is written to it."""
    world = World()
    new = evolve(
        DEAL,
        fields={"f-dep": "Legal"},
        key_dates=KeyDates(expires_on=date(2026, 12, 31)),
    )
    create(connect(world, Clerk(MAPPED)), new)

    assert world.contracts["1"]["fields"] == {"f-end": "2026-12-31", "f-dep": "Legal"}


def test_extra_is_put_over_the_payload(connect):
    """Last, so that it wins."""
    world = World()
    create(connect(world, Clerk()), evolve(DEAL, extra={"colour": "red"}))

    assert world.contracts["1"]["colour"] == "red"


@pytest.mark.parametrize("fate", ["lost", "gateway", "garbled"])
def test_an_answer_that_is_lost_is_found_out(connect, fate):
    """The contract is there, once, and is what the call returns."""
    world = World(scripted(fate))
    written = create(connect(world, Clerk()))

    assert written.outcome is Outcome.RECONCILED
    assert written.result.name == "Hosting"
    assert world.writes == ["POST contracts"]


def test_a_request_that_never_left_is_sent_again(connect):
    """It provably did nothing."""
    world = World(scripted("never"))

    assert create(connect(world, Clerk())).outcome is Outcome.CREATED
    assert len(world.contracts) == 1


def test_an_answer_that_never_comes_is_said_to_be_unknown(connect):
    """Nothing is found, nothing is written again, and the next step is told."""
    world = World(scripted("late"))

    with pytest.raises(AmbiguousWrite) as caught:
        create(connect(world, Clerk()))
    assert world.writes == ["POST contracts"]
    assert "no new contract with external id 'PR-1' is found since" in str(caught.value)
    assert "call again in 30 seconds" in str(caught.value)
    assert caught.value.since is not None


def test_a_vendor_that_refuses_twins_is_asked_again(connect):
    """There it is safe: a second contract of that number cannot be."""

    class Strict(Clerk):
        refuses_twins = True

    world = World(scripted("late"), unique=True)
    written = create(connect(world, Strict()))

    assert written.outcome is Outcome.RECONCILED
    assert world.writes == ["POST contracts", "POST contracts"]
    assert len(world.contracts) == 1


def test_without_an_own_id_nobody_can_look(connect):
    """A lost answer is then unknown, and says so."""
    world = World(scripted("lost"))

    with pytest.raises(AmbiguousWrite, match="look at the vendor's own pages"):
        create(connect(world, Clerk()), evolve(DEAL, external_link=None))


def test_an_unknown_end_is_remembered(connect):
    """The next call looks first, and does not write while it may yet take effect."""
    now = Now()
    world = World(scripted("late"))
    bridge = connect(world, Clerk(Workspace("acme", now=now)))
    with pytest.raises(AmbiguousWrite):
        create(bridge)

    with pytest.raises(AmbiguousWrite, match="another creation for external id 'PR-1'"):
        create(bridge)
    now.at += LATE + timedelta(seconds=1)
    assert create(bridge).outcome is Outcome.CREATED
    assert len(world.contracts) == 1


def test_a_part_that_fails_is_told_and_can_be_made_good(connect):
    """The contract is named; calling again completes it."""
    world = World(scripted("ok", "gateway"))
    new = evolve(DEAL, fields={"Department": "Legal"})
    bridge = connect(world, Clerk())

    with pytest.raises(
        Incomplete, match="the contract 1 was created, and then"
    ) as told:
        create(bridge, new)
    assert told.value.contract_id == "1"
    world.contracts["1"]["fields"].clear()
    again = create(bridge, new)
    assert again.outcome is Outcome.RECONCILED
    assert again.result.fields["f-dep"].value == "Legal"
    assert len(world.contracts) == 1


def test_what_the_vendor_silently_drops_is_told(connect):
    """It is read back."""

    class Dropping(Clerk):
        async def furnish_contract(self, id, new, fields):
            pass

    new = evolve(DEAL, fields={"Department": "Legal"})

    with pytest.raises(Incomplete, match="did not take fields") as caught:
        create(connect(World(), Dropping()), new)
    assert caught.value.missing == ("fields['f-dep']",)


def test_a_refusal_frees_the_own_id(connect):
    """The vendor said no; the next try may begin at once."""
    world = World()
    world.contracts["9"] = {"link": "PR-1", "id": "9"}  # found by no lookup of names
    bridge = connect(World(unique=True), Clerk())
    create(bridge)

    with pytest.raises(Rejected):
        create(bridge, on_existing="create")
    assert create(bridge).outcome is Outcome.EXISTED


def test_a_vendor_that_cannot_search_is_remembered(connect, tmp_path):
    """The link index finds what was created, also for another bridge."""
    world = World()
    index = SqliteLinks(tmp_path / "links.db", "acme")
    first = create(connect(world, Deaf(), links=index))
    second = create(connect(world, Deaf(), links=index))
    index.close()

    assert (first.outcome, second.outcome) == (Outcome.CREATED, Outcome.EXISTED)
    assert len(world.contracts) == 1


def test_a_dry_run_sends_nothing(connect):
    """It shows every request, with the secrets masked."""
    world = World()
    new = evolve(DEAL, fields={"Department": "Legal"})
    written = create(connect(world, Clerk()), new, dry_run=True)

    assert written.outcome is Outcome.DRY_RUN
    assert world.writes == []
    create_, fields = written.requests
    assert (create_.method, create_.url) == (
        "POST",
        "https://paper.example/api/contracts",
    )
    assert create_.headers["x-key"] == "***"
    assert create_.json["value"] == "1250.50 EUR"
    assert fields.url.endswith("/contracts/<id of the new contract>/fields")
    assert '"name": "Hosting"' in str(create_)
    with pytest.raises(InvalidInput, match="dry_run has no result"):
        _ = written.result


def test_a_dry_run_says_what_exists(connect):
    """Then nothing would be written."""
    bridge = connect(World(), Clerk())
    made = create(bridge)
    again = create(bridge, dry_run=True)

    assert (again.outcome, again.requests) == (Outcome.EXISTED, ())
    assert again.result.id == made.result.id


def settled(bridge, new):
    """What came of it, that nobody knows, or that nothing ever left."""
    try:
        return create(bridge, new)
    except AmbiguousWrite as error:
        return error
    except ConnectionFailed as error:
        return None if not error.sent else pytest.fail(str(error))


FATES = ("ok", "ok", "lost", "never", "late", "gateway", "garbled")


@pytest.mark.parametrize("kind", [Clerk, Deaf])
@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_lost_nothing_is_made_twice(connect, kind, seed):
    """Ten own ids, created again and again by a vendor that loses answers."""
    dice, now = random.Random(seed), Now()
    world = World(lambda: dice.choice(FATES))
    bridge = connect(world, kind(Workspace("acme", now=now)), links=MemoryLinks())
    ids = [f"PR-{number}" for number in range(10)]
    for own in [dice.choice(ids) for _ in range(60)]:
        link = ExternalLink("erp", None, own)
        told = settled(bridge, evolve(DEAL, external_link=link))
        if not isinstance(told, AmbiguousWrite | None):
            assert told.result.external_link.id == own
        now.at += timedelta(seconds=dice.choice((1, 10, 60)))

    made = Counter(one["link"] for one in world.contracts.values())
    assert made
    assert set(made.values()) == {1}


def test_many_threads_make_one(connect):
    """Of eight that ask at once, one creates; the others find it or are told."""
    world = World()
    bridge = connect(world, Clerk())

    def ask(clm):
        try:
            return clm.contracts.create(DEAL)
        except AmbiguousWrite as error:
            return error

    if bridge.name == "threads":
        found = bridge.several(8, ask)
        assert len(world.contracts) == 1
        assert any(getattr(one, "outcome", None) is Outcome.CREATED for one in found)


def test_what_has_no_place_can_be_dropped(connect):
    """It is left out, and listed; what is wrong is refused all the same."""
    world = World()
    new = evolve(DEAL, owner="me@acme.example", number="7")
    bridge = connect(world, Clerk())
    written = create(bridge, new, on_placeless="drop")

    assert [one.path for one in written.dropped] == ["owner", "number"]
    assert written.result.name == "Hosting"
    with pytest.raises(InvalidInput, match="name is forbidden"):
        create(bridge, evolve(new, name="forbidden"), on_placeless="drop")
    with pytest.raises(InvalidInput, match="on_placeless is 'ignore'"):
        create(bridge, new, on_placeless="ignore")


def test_a_creation_under_way_is_waited_for(connect):
    """As long as its request may be sent, and then as long as it may take effect."""
    now = Now()
    links = MemoryLinks()
    links.begin("PR-1", now() + timedelta(seconds=90))  # by another process
    world = World()
    bridge = connect(world, Clerk(Workspace("acme", now=now)), links=links)

    with pytest.raises(AmbiguousWrite, match="call again in 120 seconds"):
        create(bridge)
    now.at += timedelta(seconds=100)
    with pytest.raises(AmbiguousWrite, match="call again in 20 seconds"):
        create(bridge)
    assert world.writes == []
    now.at += timedelta(seconds=21)
    assert create(bridge).outcome is Outcome.CREATED


def test_one_of_two_takes_a_dead_creation_over(connect):
    """The other finds that it was too late, and writes nothing."""

    class Overtaken(MemoryLinks):
        def take_over(self, external_id, began, at):
            return False

    now, links = Now(), Overtaken()
    links.begin("PR-1", now() - timedelta(hours=1))
    world = World()
    bridge = connect(world, Clerk(Workspace("acme", now=now)), links=links)

    with pytest.raises(AmbiguousWrite, match="how it ended is not known"):
        create(bridge)
    assert world.writes == []
