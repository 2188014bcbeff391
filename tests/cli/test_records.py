"""Tests for documents, templates, counterparties, fields and links."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run


def test_lists_documents(cli: Run) -> None:
    """Each document has an id that download takes."""
    result = cli("documents", "list", "42", "--sandbox=paper", "--format=csv")

    assert result.stdout.splitlines()[1] == "d1,signed,signed.pdf,"


def test_downloads_the_signed_file(cli: Run, tmp_path: Path) -> None:
    """Without further words, the signed file is meant; the row says where it is."""
    result = cli("documents", "download", "42", "--sandbox=paper", "--format=ndjson")
    told = json.loads(result.stdout)

    assert told["media_type"] == "application/pdf"
    assert Path(told["path"]).stat().st_size == told["bytes"]
    assert [path.name for path in tmp_path.iterdir()] == ["signed.pdf"]


def test_downloads_all_files(cli: Run, tmp_path: Path) -> None:
    """``--all`` takes drafts too."""
    cli("documents", "download", "42", "--sandbox=paper", "--all")

    assert {path.name for path in tmp_path.iterdir()} == {
        "42-d1-signed.pdf",
        "42-d2-draft.pdf",
    }


def test_files_of_several_contracts_do_not_meet(cli: Run, tmp_path: Path) -> None:
    """Two contracts' files of one name are two files."""
    result = cli("documents", "download", "1", "42", "--sandbox=paper")

    assert result.exit_code == 0
    assert len(list(tmp_path.iterdir())) == 2


def test_several_files_need_a_folder(cli: Run) -> None:
    """Several contracts cannot be written into one file."""
    result = cli("documents", "download", "1", "42", "--sandbox=paper", "--to=x.pdf")

    assert result.exit_code == 2
    assert "several files need a folder" in result.stderr


def test_downloads_one_document(cli: Run, tmp_path: Path) -> None:
    """``--document`` names one, and ``--to`` may name the file."""
    cli("documents", "download", "42", "--sandbox=paper", "--document=d2", "--to=x.pdf")

    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]


def test_an_unsigned_contract_has_no_signed_file(cli: Run, tmp_path: Path) -> None:
    """The error says what there is, and nothing is written."""
    result = cli("documents", "download", "240", "--sandbox=paper")

    assert result.exit_code == 1
    assert "has no signed document; it has: no documents" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_some_downloads_may_fail(cli: Run) -> None:
    """What arrived is printed, what failed is said, and the exit code is 6."""
    result = cli("documents", "download", "42", "404", "--sandbox=paper")

    assert result.exit_code == 6
    assert "signed.pdf" in result.stdout


@pytest.mark.parametrize(
    ("room", "said"), [("templates", "Standard"), ("counterparties", "Acme")]
)
def test_lists_the_address_book(cli: Run, room: str, said: str) -> None:
    """Templates and counterparties are lists like any other."""
    assert said in cli(room, "list", "--sandbox=paper", "--limit=5").stdout


def test_lists_fields(cli: Run) -> None:
    """Fields are printed with the ids that settings name."""
    result = cli("fields", "list", "--sandbox=paper", "--format=ndjson")

    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [
        "start",
        "odd",
    ]


@pytest.mark.usefixtures("file")
def test_builds_an_index_that_find_reads(cli: Run) -> None:
    """What one command put into the file, the next one finds."""
    built = cli("links", "build", "-c", "slow", "--format=json")
    found = cli("contracts", "find", "PR-1042", "-c", "slow", "--format=ndjson")

    assert json.loads(built.stdout) == {
        "contracts": 240,
        "linked": 216,
        "file": "links.sqlite",
    }
    assert json.loads(found.stdout)["id"] == "42"


def test_an_index_in_memory_is_not_built(cli: Run) -> None:
    """An index that would be gone at once is refused, with what to write."""
    result = cli("links", "build", "--sandbox=stone")

    assert result.exit_code == 3
    assert 'write links = "links.sqlite"' in result.stderr
