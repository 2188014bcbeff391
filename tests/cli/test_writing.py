"""Tests for creating, changing and linking contracts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from clm_bridge.cli._app import app

from .conftest import Run
from .toy_writing import WRITES

CREATE = ("contracts", "create", "--sandbox=paper")
NEW = (*CREATE, "--name=Supply", "--counterparty=Globex")


@pytest.fixture(autouse=True)
def _unwritten() -> Iterator[None]:
    """Begin with nothing written."""
    WRITES.clear()
    yield
    WRITES.clear()


def told(result: Any) -> Any:
    """Return what was printed as JSON."""
    return json.loads(result.stdout)


def test_says_what_was_created_and_prints_it(cli: Run) -> None:
    """The outcome is one line on stderr, the contract is on stdout."""
    result = cli(*NEW, "--value=1250.50 EUR", "--effective=2027-01-01")

    assert result.exit_code == 0
    assert result.stderr == "created 241\n"
    assert "1,250.50 EUR" in result.stdout
    assert "2027-01-01" in result.stdout


def test_json_says_the_outcome_too(cli: Run) -> None:
    """A program reads the outcome, the contract and what was left out."""
    found = told(cli(*NEW, "--format=json"))

    assert found["outcome"] == "created"
    assert found["result"]["name"] == "Supply"
    assert found["dropped"] == found["requests"] == []


def test_csv_is_the_contract_as_a_row(cli: Run) -> None:
    """In CSV the contract is as in a list."""
    [row] = csv.DictReader(io.StringIO(cli(*NEW, "--format=csv").stdout))

    assert (row["id"], row["name"], row["status"]) == ("241", "Supply", "draft")


def test_returns_what_carries_the_external_id(cli: Run) -> None:
    """What was created once is not created again."""
    result = cli(*NEW, "--external-id=PR-1042")

    assert result.exit_code == 0
    assert result.stderr == "existed: 42; nothing was written\n"
    assert WRITES == []


def test_refuses_what_exists_if_that_is_asked(cli: Run) -> None:
    """``--on-existing error`` is an error that leads to the contract."""
    result = cli(*NEW, "--external-id=PR-1042", "--on-existing=error")

    assert result.exit_code == 1
    assert "next: clm-bridge contracts get 42 --sandbox paper" in result.stderr
    assert WRITES == []


def test_creates_another_if_that_is_asked(cli: Run) -> None:
    """``--on-existing create`` does."""
    result = cli(*NEW, "--external-id=PR-1042", "--on-existing=create")

    assert result.stderr == "created 241\n"


def test_reads_a_file_and_puts_options_over_it(cli: Run, tmp_path: Path) -> None:
    """A JSON file says most; what is typed goes before it."""
    (tmp_path / "new.json").write_text(
        '{"name": "From file", "value": {"amount": 1.10, "currency": "EUR"},'
        ' "external_link": {"id": "X-1"}, "fields": {"Start date": "2027-01-31"}}'
    )
    found = told(cli(*CREATE, "new.json", "--name=Typed", "--format=json"))["result"]

    assert found["name"] == "Typed"
    assert found["value"] == {"amount": "1.10", "currency": "EUR"}
    assert found["external_links"][0]["id"] == "X-1"
    assert found["fields"]["start"]["value"] == "2027-01-31"


def test_reads_from_a_pipe() -> None:
    """A dash is stdin."""
    result = CliRunner().invoke(app, [*CREATE, "-"], input='{"name": "Piped"}')

    assert "Piped" in result.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "new.json is not JSON"),
        ("[]", "new.json is not a JSON object"),
        ('{"nme": "x"}', "$ has no nme"),
        ('{"status": "drft"}', "$.status is none of draft, negotiation"),
    ],
)
def test_a_file_that_is_no_contract_is_usage(
    cli: Run, tmp_path: Path, text: str, said: str
) -> None:
    """What the file has wrong is said, before anything is asked."""
    (tmp_path / "new.json").write_text(text)
    result = cli(*CREATE, "new.json")

    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--value=12", "'12' is not an amount such as '1250.00 EUR'"),
        ("--effective=soon", "'soon' is not an ISO date"),
        ("--term-length=long", "'long' is not a length such as '12 months'"),
        ("--field=Renewal", "'Renewal' is not LABEL=VALUE"),
        ("--extra=1", "is not a JSON object"),
        ("--document=gone.pdf", "gone.pdf cannot be read"),
    ],
)
def test_what_is_typed_wrongly_is_usage(cli: Run, option: str, said: str) -> None:
    """Each option says what it takes."""
    result = cli(*NEW, option)

    assert result.exit_code == 2
    assert said in result.stderr
    assert WRITES == []


def test_sends_what_options_say(cli: Run) -> None:
    """Fields have the types of their kinds, and the extra payload comes last."""
    shown = told(
        cli(
            *NEW,
            "--field=Renewal=12.50",
            "--signatory=a@globex.example=Avery",
            "--our-signatory=b@acme.example",
            "--extra",
            '{"name": "Extra"}',
            "--dry-run",
            "--format=json",
        )
    )
    [request] = shown["requests"]

    assert request["json"]["fields"]["odd"]["value"] == "12.50"
    assert request["json"]["name"] == "Extra"


def test_a_document_is_uploaded(cli: Run, tmp_path: Path) -> None:
    """The file goes with the contract."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    cli(*NEW, "--document=a.pdf")

    assert WRITES == ["POST /contracts", "POST /contracts/241/files"]


def test_a_dry_run_writes_nothing_and_shows_the_requests(
    cli: Run, tmp_path: Path
) -> None:
    """People read the requests as they would be sent, with the secret masked."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    result = cli(*NEW, "--document=a.pdf", "--dry-run")

    assert result.exit_code == 0
    assert "these 2 requests would be sent" in result.stderr
    assert "POST https://api.paper.example/contracts\nx-key: ***" in result.stdout
    assert "/contracts/<id of the new contract>/files" in result.stdout
    assert "file: <a.pdf, 8 bytes" in result.stdout
    assert WRITES == []


def test_a_dry_run_can_be_read_by_programs(cli: Run) -> None:
    """In JSON the requests are whole, in CSV a row each."""
    shown = told(cli(*NEW, "--dry-run", "--format=json"))
    rows = cli(*NEW, "--dry-run", "--format=csv").stdout.splitlines()

    assert shown["outcome"] == "dry_run"
    assert shown["result"] is None
    assert shown["requests"][0]["json"]["name"] == "Supply"
    assert rows == ["method,url", "POST,https://api.paper.example/contracts"]


def test_a_dry_run_cuts_what_nobody_reads(cli: Run) -> None:
    """A text of a thousand characters and more is cut, for people only."""
    extra = json.dumps({"list": [{"file": "x" * 1500}]})
    result = cli(*NEW, "--extra", extra, "--dry-run")
    whole = told(cli(*NEW, "--extra", extra, "--dry-run", "--format=ndjson"))

    assert "… (1,500 characters)" in result.stdout
    assert len(whole["requests"][0]["json"]["list"][0]["file"]) == 1500


def test_a_dry_run_of_what_exists_sends_nothing(cli: Run) -> None:
    """Then there is nothing that would be sent."""
    result = cli(*NEW, "--external-id=PR-1042", "--dry-run")

    assert result.stderr == "dry run: existed: 42; nothing was written\n"


def test_validate_only_checks(cli: Run) -> None:
    """What can be told is said to be so."""
    result = cli(*NEW, "--validate")

    assert result.exit_code == 0
    assert result.stderr == "Paper can be told this; nothing was written\n"
    assert result.stdout == ""
    assert WRITES == []


def test_validate_lists_every_problem(cli: Run) -> None:
    """The problems are data: each with its path and what is accepted."""
    result = cli(*CREATE, "--value=1 EURO", "--term-length=1 year", "--format=json")
    listed = cli(
        *CREATE, "--name=x", "--value=1 EUR", "--term-length=1 year", "--validate"
    )
    problems = told(
        cli(*CREATE, "--name=x", "--value=1 EURO", "--validate", "--format=json")
    )

    assert result.exit_code == listed.exit_code == 2
    assert "has no place in Paper" in listed.stdout
    assert "1 problem; nothing was written" in listed.stderr
    assert "next: clm-bridge fields suggest --sandbox paper" in listed.stderr
    assert problems[0]["path"] == "value.currency"
    assert problems[0]["placeless"] is False


def test_several_problems_have_a_line_each(cli: Run) -> None:
    """One error lists them all, and the next command is named."""
    result = cli(*CREATE, "--term-length=1 year", "--template=t1")

    assert result.exit_code == 2
    assert "Paper cannot be told this: 3 problems; nothing was written\n" in (
        result.stderr
    )
    assert "\n      - name is missing (accepts text)\n" in result.stderr
    assert WRITES == []


@pytest.mark.parametrize(
    ("option", "next_step"),
    [
        ("--field=Renwal=1", "fields list --sandbox paper"),
        ("--field=Start date=soon", "fields list --sandbox paper"),
        ("--template=t9", "templates list --sandbox paper"),
        ("--term-length=1 year", "fields suggest --sandbox paper"),
        ("--value=1 EURO", "contracts create --help"),
    ],
)
def test_the_next_command_lists_what_is_accepted(
    cli: Run, option: str, next_step: str
) -> None:
    """Where a command shows what there is, it is the next one."""
    result = cli(*NEW, option)

    assert result.exit_code == 2
    assert result.stderr.endswith(f" next: clm-bridge {next_step}\n")


def test_what_has_no_place_can_be_left_out(cli: Run) -> None:
    """``--on-placeless drop`` says what it left out."""
    result = cli(*NEW, "--term-length=1 year", "--on-placeless=drop")

    assert result.exit_code == 0
    assert result.stderr.startswith("created 241\nleft out: term.length has no place")


def test_6_is_a_contract_that_lacks_something(cli: Run) -> None:
    """What the vendor silently did not take is exit code 6, with the contract."""
    result = cli(*CREATE, "--name=ignores", "--value=1 EUR")

    assert result.exit_code == 6
    assert "did not take value" in result.stderr
    assert "next: clm-bridge contracts get 241 --sandbox paper" in result.stderr


def test_an_answer_that_is_lost_names_what_to_look_at(cli: Run) -> None:
    """Nobody can say whether it was created: look at what was, since."""
    result = cli(*CREATE, "--name=lost")

    assert result.exit_code == 1
    assert "no new contract is found since" in result.stderr
    assert "next: clm-bridge contracts list --sandbox paper --created-since 20" in (
        result.stderr
    )


def test_an_answer_that_is_lost_may_be_asked_for_again(cli: Run) -> None:
    """With an external id the same command is safe after a while."""
    result = cli(*CREATE, "--name=lost", "--external-id=X-1")

    assert result.exit_code == 1
    assert "next: sleep 30; clm-bridge contracts create" in result.stderr


def test_updates_a_contract(cli: Run) -> None:
    """What is said is changed."""
    found = cli("contracts", "update", "42", "--sandbox=paper", "--name=Other")

    assert found.stderr == "changed 42\n"
    assert WRITES == ["PUT /contracts/42"]


def test_empties_what_is_named(cli: Run) -> None:
    """``--clear`` empties."""
    found = cli(
        *("contracts", "update", "42", "--sandbox=paper", "--clear=value"),
        "--format=json",
    )

    assert told(found)["result"]["value"] is None


def test_update_can_be_checked_only(cli: Run) -> None:
    """``--validate`` writes nothing, here too."""
    result = cli(
        *("contracts", "update", "42", "--sandbox=paper", "--name=x"),
        "--validate",
        "--format=json",
    )

    assert told(result) == []
    assert WRITES == []


def test_an_update_of_nothing_is_usage(cli: Run) -> None:
    """Something must be said."""
    result = cli("contracts", "update", "42", "--sandbox=paper")

    assert result.exit_code == 2
    assert "nothing is to be changed" in result.stderr


def test_links_a_contract_once(cli: Run) -> None:
    """A link that is there already changes nothing."""
    link = ("contracts", "link", "42", "--sandbox=paper")

    assert cli(*link, "X-1", "--system=erp").stderr == "changed 42\n"
    assert cli(*link, "PR-1042").stderr == "unchanged: 42 was so already\n"
    assert WRITES == ["PUT /contracts/42"]


def test_takes_a_link_off(cli: Run) -> None:
    """The contract carries none after it."""
    result = cli("contracts", "unlink", "42", "--sandbox=paper", "--format=csv")
    [row] = csv.DictReader(io.StringIO(result.stdout))

    assert row["external_id"] == ""


@pytest.mark.usefixtures("file")
def test_a_link_that_only_the_index_holds_needs_a_file(cli: Run) -> None:
    """An index that ends with the command would lose it."""
    refused = cli("contracts", "link", "42", "X-1", "--sandbox=stone")
    kept = cli("contracts", "link", "42", "X-1", "-c", "slow")
    found = cli("contracts", "find", "X-1", "-c", "slow", "--format=csv")

    assert refused.exit_code == 3
    assert "links is not set" in refused.stderr
    assert kept.stderr == "changed 42\n"
    assert found.stdout.splitlines()[1].startswith("42,")


@pytest.mark.usefixtures("file")
def test_a_dry_run_of_what_only_the_index_holds_sends_nothing(cli: Run) -> None:
    """Keeping a link in the index is no request, and a dry run keeps nothing."""
    result = cli("contracts", "link", "42", "X-1", "-c", "slow", "--dry-run")
    found = cli("contracts", "find", "X-1", "-c", "slow")

    assert result.stderr == "dry run: nothing would be sent\n"
    assert found.exit_code == 1


@pytest.mark.usefixtures("file")
def test_warns_where_the_next_run_would_create_it_again(cli: Run) -> None:
    """Without a search and without an index on disk, nobody remembers."""
    new = ("contracts", "create", "--name=Supply", "--external-id=X-1")

    assert "set 'links' in the settings" in cli(*new, "--sandbox=stone").stderr
    assert "note:" not in cli(*new, "-c", "slow").stderr


def test_sets_fields_by_their_kinds(cli: Run) -> None:
    """A date is typed as a date, and nothing empties."""
    result = cli(
        *("fields", "set", "42", "--sandbox=paper", "Start date=2027-01-31"),
        *("odd=", "--format=json"),
    )
    fields = told(result)["result"]["fields"]

    assert fields["start"] == {
        "id": "start",
        "label": "Start date",
        "kind": "date",
        "value": "2027-01-31",
    }
    assert fields["odd"]["value"] is None
