"""Files, comments and counterparties that are added."""

from __future__ import annotations

import pytest

from clm_bridge import (
    AmbiguousWrite,
    Contact,
    DocumentKind,
    InvalidInput,
    NewCounterparty,
    Options,
    Outcome,
    Unsupported,
    Upload,
)

from .paper import Paper

FILE = Upload("Draft é.pdf", b"%PDF-1.7 \x00\xff")


def upload(bridge, file=FILE, **given):
    return bridge.do(lambda clm: clm.documents.upload("1", file, **given))


def test_a_file_arrives_byte_for_byte(there):
    """With its name and type."""
    bridge, world = there()

    assert upload(bridge).outcome is Outcome.CREATED
    [sent] = world.files
    assert FILE.content in sent
    assert b"Content-Type: application/pdf" in sent


def test_a_kind_that_is_not_taken_is_unsupported(there):
    """With those that are."""
    bridge, world = there()

    with pytest.raises(Unsupported, match="no document of kind signed; it takes draft"):
        upload(bridge, kind=DocumentKind.SIGNED)
    assert world.writes == []


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (Upload("a.pdf", b""), "a.pdf is empty"),
        (Upload("a.pdf", b"x" * 101), "a.pdf has 101 bytes"),
    ],
)
def test_a_file_that_cannot_be_is_refused(there, file, told):
    """Before it is sent; the size is an option."""
    bridge, world = there()

    with pytest.raises(InvalidInput, match=told):
        bridge.do(
            lambda clm: clm.with_options(max_upload=100).documents.upload("1", file)
        )
    assert world.writes == []


def test_a_file_whose_answer_is_lost_is_not_sent_twice(there):
    """Nobody can see a vendor's versions; the user is told where to look."""
    bridge, world = there("lost")

    with pytest.raises(AmbiguousWrite, match="the file may be there"):
        upload(bridge)
    assert len(world.files) == 1


def test_a_dry_upload_shows_the_file(there):
    """By name, size and checksum."""
    bridge, world = there()
    [shown] = upload(bridge, dry_run=True).requests

    assert shown.files == {"file": str(FILE)}
    assert "11 bytes, sha256" in shown.files["file"]
    assert "multipart/form-data" in shown.headers["content-type"]
    assert world.writes == []


def test_a_file_is_read_from_disk(tmp_path):
    """Under its own name, or another; its type is told by its ending."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")

    assert Upload.read(path) == Upload("a.pdf", b"%PDF", "application/pdf")
    assert (
        Upload.read(path, name="b.unheard-of").media_type == "application/octet-stream"
    )
    assert "%PDF" not in repr(Upload.read(path))


def test_a_file_that_is_not_there_is_bad_input(tmp_path):
    """The path is told."""
    with pytest.raises(InvalidInput, match=r"none\.pdf cannot be read: No such"):
        Upload.read(tmp_path / "none.pdf")


def comment(bridge, text="Fine.", **given):
    return bridge.do(lambda clm: clm.contracts.comment("1", text, **given))


def test_a_comment_is_added_and_listed(there):
    """The oldest first."""
    bridge, _ = there()
    comment(bridge, "One.")
    comment(bridge, "Two.")
    told = bridge.do(lambda clm: clm.contracts.comments("1"))

    assert [one.text for one in told] == ["One.", "Two."]


def test_a_lost_comment_is_not_written_twice(there):
    """It may be there."""
    bridge, world = there("lost")

    with pytest.raises(AmbiguousWrite, match=r"look at contracts\.comments"):
        comment(bridge)
    assert world.contracts["1"]["comments"] == ["Fine."]


def test_an_empty_comment_is_refused(there):
    """Nothing is sent."""
    bridge, world = there()

    with pytest.raises(InvalidInput, match="the comment is empty"):
        comment(bridge, " ")
    assert world.asked == []
    assert comment(bridge, dry_run=True).outcome is Outcome.DRY_RUN


def company(bridge, new=None, **given):
    told = new or NewCounterparty("Globex")
    return bridge.do(lambda clm: clm.counterparties.create(told, **given))


def test_a_counterparty_is_added_once(there):
    """The second time it is there."""
    bridge, world = there()
    first, second = company(bridge), company(bridge)
    [found] = bridge.do(lambda clm: clm.counterparties.find("Globex"))

    assert (first.outcome, second.outcome) == (Outcome.CREATED, Outcome.EXISTED)
    assert first.result == second.result == found
    assert world.writes == ["POST counterparties"]


def test_a_lost_counterparty_is_found_out(there):
    """By its name."""
    bridge, _ = there("lost")

    assert company(bridge).outcome is Outcome.RECONCILED


def test_a_counterparty_of_which_nothing_is_seen_is_unknown(there):
    """It is not added twice."""
    bridge, world = there("late")

    with pytest.raises(AmbiguousWrite, match="0 counterparties are called 'Globex'"):
        company(bridge)
    assert world.companies == {}


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (NewCounterparty(), "counterparty.name is missing"),
        (NewCounterparty(7), "counterparty.name is a whole number"),
        (NewCounterparty("G", country="fr"), "counterparty.country is no code"),
        (NewCounterparty("G", contact=Contact("x")), "email is no e-mail address"),
    ],
)
def test_a_counterparty_that_cannot_be_is_refused(there, new, told):
    """Nothing is sent."""
    bridge, world = there()

    with pytest.raises(InvalidInput, match=told):
        company(bridge, new)
    assert world.asked == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda clm: clm.contracts.people("1"),
        lambda clm: clm.contracts.approvals("1"),
        lambda clm: clm.contracts.relations("1"),
        lambda clm: clm.contracts.comments("1"),
        lambda clm: clm.contracts.comment("1", "x"),
        lambda clm: clm.documents.upload("1", FILE),
        lambda clm: clm.counterparties.find("x"),
        lambda clm: clm.counterparties.create(NewCounterparty("x")),
        lambda clm: clm.fields.set("1", {"a": 1}),
        lambda clm: clm.contracts.unlink("1"),
    ],
)
def test_what_a_vendor_lacks_is_unsupported(connect, ask):
    """Before any request."""
    with pytest.raises(Unsupported, match="paper does not offer"):
        connect(None, Paper()).do(ask)


def test_a_write_ends_by_the_deadline_that_was_asked_for(there):
    """What the call may take beyond it is for finding out what became of a write."""
    bridge, world = there(options=Options(deadline=5, read_timeout=60))

    upload(bridge)
    allowed = [
        one.extensions["timeout"]["read"] for one in world.asked if one.method == "POST"
    ]
    assert allowed
    assert max(allowed) <= 5
