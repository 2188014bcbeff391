"""Tests for moving contracts on, and for what is around them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from clm_bridge import Transition
from clm_bridge.cli._contracts import HELP_SECTIONS
from clm_bridge.cli._steps import VERBS

from .conftest import Run
from .toy_writing import WRITES

DRAFT, OTHER, SIGNING = "114", "115", "144"


@pytest.fixture(autouse=True)
def _unwritten() -> Iterator[None]:
    """Begin with nothing written."""
    WRITES.clear()
    yield
    WRITES.clear()


def test_every_step_is_a_verb() -> None:
    """Whatever a contract can do can be typed, and help has a place for it."""
    assert [verb.step for verb in VERBS.values()] == list(Transition)
    assert tuple(VERBS) == HELP_SECTIONS["Move on"]


def test_help_has_sections(cli: Run) -> None:
    """The many commands of a group are arranged by what they do."""
    said = cli("contracts", "--help").stdout

    assert said.index("Read:") < said.index("Write:") < said.index("Move on:")
    assert "Other:" not in said


def test_says_where_a_contract_is_now(cli: Run) -> None:
    """The status is read back after the step."""
    result = cli("contracts", "sign", DRAFT, "--sandbox=paper", "--note=Please")

    assert result.exit_code == 0
    assert result.stderr == "changed: 114 has status signature (SIGNATURE)\n"
    assert result.stdout.splitlines()[1].split() == [
        *("114", "changed", "signature", "SIGNATURE"),
    ]


def test_a_step_that_was_taken_is_not_taken_again(cli: Run) -> None:
    """What is so already is no error, and nothing is sent."""
    result = cli("contracts", "sign", SIGNING, "--sandbox=paper")

    assert result.exit_code == 0
    assert result.stderr == "unchanged: 144 has status signature (SIGNATURE) already\n"
    assert WRITES == []


def test_several_move_at_once(cli: Run) -> None:
    """In JSON each contract has its outcome."""
    result = cli(
        *("contracts", "sign", DRAFT, SIGNING, "--sandbox=paper", "--format=json")
    )

    assert [(one["id"], one["outcome"]) for one in json.loads(result.stdout)] == [
        (DRAFT, "changed"),
        (SIGNING, "unchanged"),
    ]


def test_6_is_some_of_several(cli: Run) -> None:
    """Those that can move do; the rest is said, a line each."""
    result = cli("contracts", "sign", "1", DRAFT, "404", "--sandbox=paper")

    assert result.exit_code == 6
    assert "error: 2 failed\n      - 1: paper contracts.request_signature" in (
        result.stderr
    )
    assert "next: clm-bridge contracts status 1 --sandbox paper" in result.stderr
    assert [f"POST /contracts/{DRAFT}/move"] == WRITES


def test_none_of_several_is_their_error(cli: Run) -> None:
    """If nothing moved, the exit code is the first error's, and all are said."""
    result = cli("contracts", "sign", "403", "404", "--sandbox=paper")

    assert result.exit_code == 4
    assert "error: 2 failed" in result.stderr


def test_a_step_that_is_not_allowed_says_what_is(cli: Run) -> None:
    """The status does not lead there: the error says where it does."""
    result = cli("contracts", "send", SIGNING, "--sandbox=paper")

    assert result.exit_code == 1
    assert "from there it can cancel" in result.stderr
    assert "next: clm-bridge contracts status 144 --sandbox paper" in result.stderr


def test_a_step_that_the_vendor_lacks_names_the_capabilities(cli: Run) -> None:
    """The long list of what there is instead is left to the next command."""
    result = cli("contracts", "complete", DRAFT, "--sandbox=paper")

    assert result.exit_code == 1
    assert "paper does not offer contracts.complete\n" in result.stderr
    assert "next: clm-bridge capabilities paper" in result.stderr


def test_a_note_that_is_missing_is_asked_for(cli: Run) -> None:
    """The next command has the option."""
    result = cli("contracts", "cancel", DRAFT, "--sandbox=paper")

    assert result.exit_code == 2
    assert result.stderr.endswith("contracts cancel 114 --sandbox=paper --note TEXT\n")


def test_a_note_that_is_dropped_is_told(cli: Run) -> None:
    """A vendor that takes no note does not get it, and the user is told."""
    result = cli("contracts", "send", DRAFT, "--sandbox=paper", "--note=Hello")

    assert result.stderr.startswith("note: Paper takes no note here")


def test_a_dry_run_moves_nothing(cli: Run) -> None:
    """The requests of all contracts are shown."""
    step = ("contracts", "sign", DRAFT, OTHER, "--sandbox=paper", "--dry-run")
    result = cli(*step)
    shown = json.loads(cli(*step, "--format=json").stdout)

    assert result.stderr.count("this request would be sent") == 2
    assert result.stdout.count("POST https://api.paper.example") == 2
    assert [one["result"] for one in shown] == [None, None]
    assert WRITES == []


@pytest.mark.parametrize(
    ("command", "row"),
    [
        ("people", "owner,Robin,robin@acme.example,"),
        ("approvals", "a1,pending,waiting,Legal,robin@acme.example,,"),
        ("relations", "parent,7,Frame,parent"),
        ("comments", "1,2026-01-31 09:00:00Z,,All [31m good"),
    ],
)
def test_lists_what_is_around_a_contract(cli: Run, command: str, row: str) -> None:
    """People, approvals, relations and comments are records like others."""
    result = cli("contracts", command, "42", "--sandbox=paper", "--format=csv")

    assert result.stdout.splitlines()[1] == row


def test_comments_on_a_contract(cli: Run) -> None:
    """A comment is said, and has nothing to print but where it is."""
    comment = ("contracts", "comment", "42", "Fine", "--sandbox=paper")
    result = cli(*comment)

    assert result.stderr == "created a comment on 42\n"
    assert result.stdout == ""
    assert json.loads(cli(*comment, "--format=json").stdout)["result"] == {
        "contract": "42"
    }


def test_a_dry_run_does_not_comment(cli: Run) -> None:
    """The request is shown."""
    result = cli("contracts", "comment", "42", "Fine", "--sandbox=paper", "--dry-run")

    assert '"text": "Fine"' in result.stdout
    assert WRITES == []


def test_uploads_a_file(cli: Run, tmp_path: Path) -> None:
    """What was sent is printed with its checksum."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    upload = ("documents", "upload", "42", "a.pdf", "--sandbox=paper")
    result = cli(*upload, "--name=b.pdf", "--format=json")
    sent = json.loads(result.stdout)["result"]

    assert result.stderr == "created b.pdf on 42\n"
    assert (sent["name"], sent["kind"], sent["bytes"]) == ("b.pdf", "draft", 8)
    assert WRITES == ["POST /contracts/42/files"]
    assert "b.pdf" in cli(*upload, "--name=b.pdf").stdout


@pytest.mark.parametrize(
    ("name", "more", "exit_code", "said"),
    [
        ("empty.pdf", (), 2, "empty.pdf is empty"),
        ("gone.pdf", (), 2, "gone.pdf cannot be read"),
        ("a.pdf", ("--kind=signed",), 1, "it takes draft"),
    ],
)
def test_a_file_that_cannot_go_is_refused(
    cli: Run,
    tmp_path: Path,
    name: str,
    more: tuple[str, ...],
    exit_code: int,
    said: str,
) -> None:
    """Nothing is sent of it."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "empty.pdf").touch()
    result = cli("documents", "upload", "42", name, "--sandbox=paper", *more)

    assert result.exit_code == exit_code
    assert said in result.stderr
    assert WRITES == []


def test_finds_counterparties(cli: Run) -> None:
    """By exactly their name."""
    found = cli("counterparties", "find", "Acme", "--sandbox=paper", "--format=csv")
    missing = cli("counterparties", "find", "Acm", "--sandbox=paper")

    assert found.stdout.splitlines()[1].startswith("c1,Acme")
    assert missing.exit_code == 1
    assert "next: clm-bridge counterparties list --sandbox paper" in missing.stderr


def test_adds_a_counterparty_once(cli: Run) -> None:
    """One that is there is returned."""
    create = ("counterparties", "create", "--sandbox=paper")
    added = cli(*create, "Globex", "--contact-email=a@globex.example")

    assert added.stderr == "created c2\n"
    assert cli(*create, "Acme").stderr == "existed: c1; nothing was written\n"
    assert "this request would be sent" in cli(*create, "New", "--dry-run").stderr
    assert WRITES == ["POST /companies"]
